import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect, useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useActor } from '../lib/actor'
import { loadFinderWords, loadOfficeWords } from '../lib/i18n'
import { useLiveEvents } from '../lib/live'
import { companiesQuery, drugsQuery, listsQuery, regionsQuery } from '../lib/queries/lists'
import { readerOf, sessionQuery } from '../lib/queries/session'
import { ListSearch, parseSearch, stringifySearch } from '../lib/search'
import { onShutOut, useLeaving } from '../lib/session-end'
import { useAsking, useWorld, WorldProvider } from '../lib/world'
import { AccountSearch, AccountsSearch, AuditSearch, CasesSearch, BulletinsSearch, CompanyRequestsSearch, CompanySearch, ContradictionsSearch, ConfirmSearch, DemandSearch, DraftSearch, DrugSearch, DutiesSearch, EditionsSearch, FeedsSearch, FillSearch, FindDrugSearch, GapsSearch, InboxSearch, InspectionSearch, InstitutionsSearch, LadderFactsSearch, LadderSearch, LetterSearch, MatrixSearch, NewCompanyRequestSearch, OverviewSearch, PlannerSearch, PlansSearch, PricesSearch, ProgressSearch, RegionSearch, ReportSearch, ReportingSearch, ReportsSearch, ScorecardSearch, SignInSearch, StandardsSearch, SubscriptionsSearch } from '../lib/searches'
import { Loading } from '../ui/empty'
import { Shell } from '../ui/shell'
import { NothingYet } from './nothing-yet'
import { ListProblem, NotFound, PageNotFound, PageProblem, RouteProblem, ToCome } from './route-problem'

/** A page whose words are not among the first: they come along with it. */
function withOfficeWords<Page>(load: () => Promise<Page>): () => Promise<Page> {
  return async () => (await Promise.all([load(), loadOfficeWords()]))[0]
}

/** The same of the finder's pages: a phone need not load the words of offices. */
function withFinderWords<Page>(load: () => Promise<Page>): () => Promise<Page> {
  return async () => (await Promise.all([load(), loadFinderWords()]))[0]
}

/** Pages for whoever has not said who he is. */
const doors = ['/sign-in', '/invitation']

/** Before any page: who looks. Whoever may not look yet is led to where he can say who he is, or set up his second factor. */
const root = createRootRouteWithContext<{ client: QueryClient }>()({
  beforeLoad: async ({ context: { client }, location: { pathname, href } }) => {
    const { actor, next, publicMayLook } = await client.ensureQueryData(sessionQuery())
    const search = pathname === '/' ? {} : { from: href }
    if (next === 'set_up_second_factor' && pathname !== '/account') throw redirect({ to: '/account', search, replace: true })
    if (actor.kind === 'public' && !publicMayLook && !doors.includes(pathname)) throw redirect({ to: '/sign-in', search, replace: true })
  },
  component: Root, errorComponent: RouteProblem, notFoundComponent: NotFound,
})

const signIn = createRoute({ getParentRoute: () => root, path: 'sign-in', validateSearch: SignInSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/sign-in-page')), 'SignInPage') })
const invitation = createRoute({ getParentRoute: () => root, path: 'invitation', component: lazyRouteComponent(withOfficeWords(() => import('../pages/invitation-page')), 'InvitationPage') })
const account = createRoute({ getParentRoute: () => root, path: 'account', validateSearch: AccountSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/account-page')), 'AccountPage') })
const seeAs = createRoute({ getParentRoute: () => root, path: 'see-as', component: lazyRouteComponent(withOfficeWords(() => import('../pages/see-as-page')), 'SeeAsPage') })
const accounts = createRoute({ getParentRoute: () => root, path: 'accounts', validateSearch: AccountsSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/accounts-page')), 'AccountsPage') })
const keys = createRoute({ getParentRoute: () => root, path: 'keys', component: lazyRouteComponent(withOfficeWords(() => import('../pages/keys-page')), 'KeysPage') })
const feeds = createRoute({ getParentRoute: () => root, path: 'feeds', validateSearch: FeedsSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/feeds-page')), 'FeedsPage') })
const audit = createRoute({ getParentRoute: () => root, path: 'audit', validateSearch: AuditSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/audit-page')), 'AuditPage') })

const inbox = createRoute({ getParentRoute: () => root, path: 'inbox', validateSearch: InboxSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/inbox-page')), 'InboxPage') })

const subscriptions = createRoute({ getParentRoute: () => root, path: 'subscriptions', validateSearch: SubscriptionsSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/subscriptions-page')), 'SubscriptionsPage') })

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  loader: async ({ context: { client } }) => {
    const { lists } = await client.ensureQueryData(listsQuery())
    const [first] = lists
    if (first) throw redirect({ to: '/$list', params: { list: first.code }, replace: true })
  },
  component: NothingYet,
})

/** Everything of one list. Its search parameters hold on every page below. */
const list = createRoute({
  getParentRoute: () => root,
  path: '$list',
  validateSearch: ListSearch,
  search: { middlewares: [({ search, next }) => {
    const result = next(search)
    return { ...result, ...keep(search, result) }
  }] },
  beforeLoad: ({ search: { knownOn } }) => ({ isKnownAhead: knownOn !== undefined && knownOn > new Date().toISOString() }),
  loader: async ({ context: { client }, params: { list: code } }) => {
    await Promise.all([client.ensureQueryData(listsQuery()), client.ensureQueryData(drugsQuery(code)), client.ensureQueryData(companiesQuery(code)), client.ensureQueryData(regionsQuery(code))])
  },
  // What stands around the pages stays where another list is chosen, and the focus with it; the pages below begin anew.
  remountDeps: () => undefined,
  component: ListFrame,
  errorComponent: ListProblem,
  notFoundComponent: PageNotFound,
})

const under = () => list
const overview = createRoute({ getParentRoute: under, path: '/', validateSearch: OverviewSearch, component: lazyRouteComponent(() => import('../pages/overview-page'), 'OverviewPage') })
const matrix = createRoute({ getParentRoute: under, path: 'matrix', validateSearch: MatrixSearch, component: lazyRouteComponent(() => import('../pages/matrix-page'), 'MatrixPage') })
const drug = createRoute({ getParentRoute: under, path: 'drugs/$drug', validateSearch: DrugSearch, component: lazyRouteComponent(() => import('../pages/drug-page'), 'DrugPage') })
const life = createRoute({ getParentRoute: under, path: 'drugs/$drug/life', component: lazyRouteComponent(withOfficeWords(() => import('../pages/life-page')), 'LifePage') })
const editions = createRoute({ getParentRoute: under, path: 'editions', validateSearch: EditionsSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/editions-page')), 'EditionsPage') })
const company = createRoute({ getParentRoute: under, path: 'companies/$company', validateSearch: CompanySearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/company-page')), 'CompanyPage') })
const region = createRoute({ getParentRoute: under, path: 'regions/$code', validateSearch: RegionSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/region-page')), 'RegionPage') })
const institutions = createRoute({ getParentRoute: under, path: 'institutions', validateSearch: InstitutionsSearch, component: lazyRouteComponent(() => import('../pages/institutions-page'), 'InstitutionsPage') })
const institution = createRoute({ getParentRoute: under, path: 'institutions/$code', component: lazyRouteComponent(() => import('../pages/institution-page'), 'InstitutionPage') })
const reports = createRoute({ getParentRoute: under, path: 'reports', validateSearch: ReportsSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/reports-page')), 'ReportsPage') })
const report = createRoute({ getParentRoute: under, path: 'reports/$id', validateSearch: ReportSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/report-page')), 'ReportPage') })
const receipt = createRoute({ getParentRoute: under, path: 'reports/$id/receipt', component: lazyRouteComponent(withOfficeWords(() => import('../pages/receipt-page')), 'ReceiptPage') })
const reporting = createRoute({ getParentRoute: under, path: 'reporting', validateSearch: ReportingSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/reporting-page')), 'ReportingPage') })
const gaps = createRoute({ getParentRoute: under, path: 'gaps', validateSearch: GapsSearch, component: lazyRouteComponent(() => import('../pages/gaps-page'), 'GapsPage') })
const contradictions = createRoute({ getParentRoute: under, path: 'contradictions', validateSearch: ContradictionsSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/contradictions-page')), 'ContradictionsPage') })
const cases = createRoute({ getParentRoute: under, path: 'cases', validateSearch: CasesSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/cases-page')), 'CasesPage') })
const supervisionCase = createRoute({ getParentRoute: under, path: 'cases/$code', component: lazyRouteComponent(withOfficeWords(() => import('../pages/case-page')), 'CasePage') })
const letter = createRoute({ getParentRoute: under, path: 'cases/$code/notices/$notice', validateSearch: LetterSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/letter-page')), 'LetterPage') })
const companyRequests = createRoute({ getParentRoute: under, path: 'company-requests', validateSearch: CompanyRequestsSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/company-requests-page')), 'CompanyRequestsPage') })
const newCompanyRequest = createRoute({ getParentRoute: under, path: 'company-requests/new', validateSearch: NewCompanyRequestSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/new-company-request-page')), 'NewCompanyRequestPage') })
const companyRequest = createRoute({ getParentRoute: under, path: 'company-requests/$code', component: lazyRouteComponent(withOfficeWords(() => import('../pages/company-request-page')), 'CompanyRequestPage') })
const find = createRoute({ getParentRoute: under, path: 'find', component: lazyRouteComponent(withFinderWords(() => import('../pages/find-page')), 'FindPage') })
const findDrug = createRoute({ getParentRoute: under, path: 'find/$drug', validateSearch: FindDrugSearch, component: lazyRouteComponent(withFinderWords(() => import('../pages/find-drug-page')), 'FindDrugPage') })
const demand = createRoute({ getParentRoute: under, path: 'demand', validateSearch: DemandSearch, component: lazyRouteComponent(withOfficeWords(withFinderWords(() => import('../pages/demand-page'))), 'DemandPage') })
const inspection = createRoute({ getParentRoute: under, path: 'inspection/$of', validateSearch: InspectionSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/inspection-page')), 'InspectionPage') })
const inspectionOfOne = createRoute({ getParentRoute: under, path: 'inspection/$of/$code', validateSearch: InspectionSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/inspection-page')), 'InspectionPage') })
const confirm = createRoute({ getParentRoute: under, path: 'confirm', validateSearch: ConfirmSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/confirm-page')), 'ConfirmPage') })
const own = createRoute({ getParentRoute: under, path: 'my', component: lazyRouteComponent(withOfficeWords(() => import('../pages/own-page')), 'OwnPage') })
const fill = createRoute({ getParentRoute: under, path: 'fill', validateSearch: FillSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/fill-page')), 'FillPage') })
const prices = createRoute({ getParentRoute: under, path: 'prices', validateSearch: PricesSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/prices-page')), 'PricesPage') })
const plans = createRoute({ getParentRoute: under, path: 'plans', validateSearch: PlansSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/plans-page')), 'PlansPage') })
const planner = createRoute({ getParentRoute: under, path: 'planner', validateSearch: PlannerSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/planner-page')), 'PlannerPage') })
const scorecards = createRoute({ getParentRoute: under, path: 'scorecard', validateSearch: ScorecardSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/scorecards-page')), 'ScorecardsPage') })
const scorecard = createRoute({ getParentRoute: under, path: 'scorecard/$unit', validateSearch: ScorecardSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/scorecard-page')), 'ScorecardPage') })
const standards = createRoute({ getParentRoute: under, path: 'standards', validateSearch: StandardsSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/standards-page')), 'StandardsPage') })
const progress = createRoute({ getParentRoute: under, path: 'progress', validateSearch: ProgressSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/progress-page')), 'ProgressPage') })
const duties = createRoute({ getParentRoute: under, path: 'duties', validateSearch: DutiesSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/duties-page')), 'DutiesPage') })
const ladder = createRoute({ getParentRoute: under, path: 'ladder', validateSearch: LadderSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/ladder-page')), 'LadderPage') })
const ladderFacts = createRoute({ getParentRoute: under, path: 'ladder/facts', validateSearch: LadderFactsSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/ladder-facts-page')), 'LadderFactsPage') })
const oneLadder = createRoute({ getParentRoute: under, path: 'ladder/$drug/$unit', component: lazyRouteComponent(withOfficeWords(() => import('../pages/one-ladder-page')), 'OneLadderPage') })

const bulletins = createRoute({ getParentRoute: under, path: 'bulletins', validateSearch: BulletinsSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/bulletins-page')), 'BulletinsPage') })
const bulletinDraft = createRoute({ getParentRoute: under, path: 'bulletins/draft', validateSearch: DraftSearch, component: lazyRouteComponent(withOfficeWords(() => import('../pages/bulletin-draft-page')), 'BulletinDraftPage') })
const bulletin = createRoute({ getParentRoute: under, path: 'bulletins/$number', component: lazyRouteComponent(withOfficeWords(() => import('../pages/bulletin-page')), 'BulletinPage') })

const tree = root.addChildren([home, signIn, invitation, account, seeAs, accounts, keys, feeds, audit, inbox, subscriptions, list.addChildren([overview, matrix, drug, life, editions, company, region, institutions, institution, reports, report, receipt, reporting, gaps, contradictions, standards, duties, progress, cases, supervisionCase, letter, companyRequests, newCompanyRequest, companyRequest, find, findDrug, demand, inspection, inspectionOfOne, scorecards, scorecard, planner, plans, ladder, ladderFacts, oneLadder, prices, confirm, own, fill, bulletins, bulletinDraft, bulletin])])

/** The pages of the product. Every page's state is its URL, read as the API reads its own. */
export function createAppRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree, context: { client }, parseSearch, stringifySearch, scrollRestoration: true, defaultPreload: 'intent', defaultPreloadStaleTime: 0,
    // Of another drug, region or case a page begins anew: what was answered of the one before never stands under the name of the next.
    defaultRemountDeps: ({ params }) => params,
    defaultErrorComponent: PageProblem, defaultNotFoundComponent: PageNotFound, defaultPendingComponent: () => <Loading height={480} />,
  })
}

/** Whose word and as of when are kept from page to page where a link does not say otherwise. */
function keep(from: ListSearch, to: ListSearch): Partial<ListSearch> {
  const kept: Partial<Record<string, string>> = {}
  for (const key of ['evidence', 'asOf', 'knownOn', 'since'] as const) if (!(key in to) && from[key] !== undefined) kept[key] = from[key]
  return kept as Partial<ListSearch>
}

function Root() {
  const client = useQueryClient()
  const router = useRouter()
  const reader = readerOf(useActor())
  useLiveEvents(reader)
  useEffect(() => onShutOut(() => {
    // Whoever was somebody is so no more; whoever was nobody learns nothing new by asking again.
    if (client.getQueryData(sessionQuery().queryKey)?.actor.kind === 'account') void client.invalidateQueries({ queryKey: sessionQuery().queryKey })
  }), [client])
  const before = useRef(reader)
  useEffect(() => {
    if (before.current !== reader) void router.invalidate()
    before.current = reader
  }, [router, reader])
  const leaving = useLeaving()
  // Another reader: nothing that was drawn for the one before stays, and the page that he has left by choice is not drawn for the other.
  return leaving !== null && leaving !== reader ? <Loading height={480} /> : <Outlet key={reader} />
}

function ListFrame() {
  const { list: code } = list.useParams()
  return <WorldProvider code={code}><ListPages /></WorldProvider>
}

/** The page asked for, unless it is asked for a day or an instant to come. */
function ListPages() {
  const { list: { today } } = useWorld()
  const { asOf } = useAsking()
  const { isKnownAhead } = list.useRouteContext()
  const ahead = asOf > today ? 'asOf' : isKnownAhead ? 'knownOn' : null
  return <Shell>{ahead === null ? <Outlet /> : <ToCome what={ahead} />}</Shell>
}

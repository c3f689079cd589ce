import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { useLiveEvents } from '../lib/live'
import { companiesQuery, drugsQuery, listsQuery, regionsQuery } from '../lib/queries/lists'
import { ListSearch, parseSearch, stringifySearch } from '../lib/search'
import { useAsking, useWorld, WorldProvider } from '../lib/world'
import { CompanySearch, DrugSearch, GapsSearch, InstitutionsSearch, MatrixSearch, OverviewSearch, RegionSearch, ReportSearch, ReportsSearch } from '../lib/searches'
import { Loading } from '../ui/empty'
import { Shell } from '../ui/shell'
import { NothingYet } from './nothing-yet'
import { DayToCome, ListProblem, NotFound, PageNotFound, PageProblem, RouteProblem } from './route-problem'

const root = createRootRouteWithContext<{ client: QueryClient }>()({ component: Root, errorComponent: RouteProblem, notFoundComponent: NotFound })

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
  loader: async ({ context: { client }, params: { list: code } }) => {
    await Promise.all([client.ensureQueryData(listsQuery()), client.ensureQueryData(drugsQuery(code)), client.ensureQueryData(companiesQuery(code)), client.ensureQueryData(regionsQuery(code))])
  },
  component: ListFrame,
  errorComponent: ListProblem,
  notFoundComponent: PageNotFound,
})

const under = () => list
const overview = createRoute({ getParentRoute: under, path: '/', validateSearch: OverviewSearch, component: lazyRouteComponent(() => import('../pages/overview-page'), 'OverviewPage') })
const matrix = createRoute({ getParentRoute: under, path: 'matrix', validateSearch: MatrixSearch, component: lazyRouteComponent(() => import('../pages/matrix-page'), 'MatrixPage') })
const drug = createRoute({ getParentRoute: under, path: 'drugs/$drug', validateSearch: DrugSearch, component: lazyRouteComponent(() => import('../pages/drug-page'), 'DrugPage') })
const company = createRoute({ getParentRoute: under, path: 'companies/$company', validateSearch: CompanySearch, component: lazyRouteComponent(() => import('../pages/company-page'), 'CompanyPage') })
const region = createRoute({ getParentRoute: under, path: 'regions/$code', validateSearch: RegionSearch, component: lazyRouteComponent(() => import('../pages/region-page'), 'RegionPage') })
const institutions = createRoute({ getParentRoute: under, path: 'institutions', validateSearch: InstitutionsSearch, component: lazyRouteComponent(() => import('../pages/institutions-page'), 'InstitutionsPage') })
const institution = createRoute({ getParentRoute: under, path: 'institutions/$code', component: lazyRouteComponent(() => import('../pages/institution-page'), 'InstitutionPage') })
const reports = createRoute({ getParentRoute: under, path: 'reports', validateSearch: ReportsSearch, component: lazyRouteComponent(() => import('../pages/reports-page'), 'ReportsPage') })
const report = createRoute({ getParentRoute: under, path: 'reports/$id', validateSearch: ReportSearch, component: lazyRouteComponent(() => import('../pages/report-page'), 'ReportPage') })
const gaps = createRoute({ getParentRoute: under, path: 'gaps', validateSearch: GapsSearch, component: lazyRouteComponent(() => import('../pages/gaps-page'), 'GapsPage') })

const tree = root.addChildren([home, list.addChildren([overview, matrix, drug, company, region, institutions, institution, reports, report, gaps])])

/** The pages of the product. Every page's state is its URL, read as the API reads its own. */
export function createAppRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree, context: { client }, parseSearch, stringifySearch, scrollRestoration: true, defaultPreload: 'intent', defaultPreloadStaleTime: 0,
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
  useLiveEvents()
  return <Outlet />
}

function ListFrame() {
  const { list: code } = list.useParams()
  return <WorldProvider code={code}><ListPages /></WorldProvider>
}

/** The page asked for, unless it is asked for a day to come. */
function ListPages() {
  const { list: { today } } = useWorld()
  const { asOf } = useAsking()
  return <Shell>{asOf > today ? <DayToCome /> : <Outlet />}</Shell>
}

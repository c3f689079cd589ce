import { GapsQuestion, InstitutionsQuestion, ReportsQuestion, StatementsQuestion } from '@lastmile/shared/basis'
import { Day, Instant } from '@lastmile/shared/day'
import { SupplyForm } from '@lastmile/shared/drug'
import { Evidence } from '@lastmile/shared/evidence'
import { GapReason } from '@lastmile/shared/gap'
import { factStandings, rungAsks, rungs, wordKinds } from '@lastmile/shared/rung'
import { z } from 'zod'
import { MapAt } from './map-at'

/** What each page has in its URL beside what every page of a list has (`lib/search.ts`). Parts of the API's own questions. */

/** `from`: the bridge starts on this day; `drug`: the map shows this drug alone; `at`: where the map looks. */
export const OverviewSearch = z.object({ from: Day.optional(), drug: z.string().optional(), at: MapAt.optional() })

/** Which institutions the cells count, how rows are ordered, which rows are shown. */
export const MatrixSearch = z.object({
  measure: z.enum(['all', 'hospital', 'pharmacy']).optional(),
  sort: z.string().optional(),
  company: z.string().optional(),
  form: SupplyForm.optional(),
  unstocked: z.literal('true').optional(),
})
export type MatrixSearch = z.infer<typeof MatrixSearch>

const offset = z.coerce.number().int().min(0).optional()

/** `bbox`: those in a part of the map; `placed`: those with or without a position. */
export const InstitutionsSearch = InstitutionsQuestion.pick({ search: true, region: true, bbox: true, placed: true, kind: true, drug: true, state: true, eligible: true, sort: true }).extend({ offset })
export type InstitutionsSearch = z.infer<typeof InstitutionsSearch>

/** `word`: reports of this kind of evidence alone; `send`: the form to send a file is open with this source chosen. */
export const ReportsSearch = ReportsQuestion.pick({ source: true, state: true, period: true, number: true, sort: true }).extend({ word: Evidence.optional(), send: z.string().optional(), offset })
export type ReportsSearch = z.infer<typeof ReportsSearch>

/** `word`: sources of this kind of evidence alone; `state`: periods of this set alone, as rows; `cell`: the source and period that are open. Its question said anew, as the audit's. */
export const ReportingSearch = z.object({
  sort: z.string().max(20).optional(), word: Evidence.optional(), region: z.string().max(20).optional(), source: z.string().max(80).optional(), periods: z.enum(['6', '12', '24']).optional(), state: z.enum(['owed', 'came', 'onTime', 'late', 'held', 'missing', 'notDue']).optional(), cell: z.string().max(100).optional(), offset,
})
export type ReportingSearch = z.infer<typeof ReportingSearch>

/** `line`: the row of the file that a number came from; `errors`: offset among the report's errors; the others order and turn its rows. */
export const ReportSearch = StatementsQuestion.pick({ sort: true }).extend({ line: z.string().regex(/^\d+$/).optional(), offset, errors: offset, difference: offset })
export type ReportSearch = z.infer<typeof ReportSearch>

/** `reason`: gaps of this reason alone; `gap`: the drug and unit whose history is open. */
export const GapsSearch = GapsQuestion.pick({ drug: true, region: true, company: true, class: true, actor: true, sort: true }).extend({ reason: GapReason.optional(), gap: z.string().max(100).optional(), offset })
export type GapsSearch = z.infer<typeof GapsSearch>

/** Which contradictions. Its question said anew: whoever never opens the page need not load what it is made of. */
export const ContradictionsSearch = z.object({
  set: z.enum(['refuted', 'never_supplied', 'never_declared']).optional(), drug: z.string().optional(), company: z.string().optional(), region: z.string().optional(), kind: z.enum(['hospital', 'pharmacy', 'other']).optional(),
  asked: z.enum(['never', 'open', 'answered', 'expired']).optional(), sort: z.enum(['age-up', 'age-down', 'unit-up', 'unit-down', 'drug-up', 'drug-down', 'company-up', 'company-down']).optional(), offset,
})
export type ContradictionsSearch = z.infer<typeof ContradictionsSearch>

/** Which requests of companies. Their question said anew, as that of contradictions. */
export const CompanyRequestsSearch = z.object({
  state: z.enum(['open', 'acknowledged', 'answered', 'closed', 'withdrawn']).optional(), due: z.enum(['overdue', 'soon']).optional(), kind: z.enum(['platform_listing', 'committee_refused', 'statement_disputed', 'other']).optional(),
  drug: z.string().optional(), company: z.string().optional(), region: z.string().optional(), office: z.string().optional(), sort: z.string().max(20).optional(), offset,
})
/** Which demands. Its question said anew, as that of contradictions. */
export const DemandSearch = z.object({ drug: z.string().max(80).optional(), region: z.string().max(40).optional() })
export type DemandSearch = z.infer<typeof DemandSearch>
export type CompanyRequestsSearch = z.infer<typeof CompanyRequestsSearch>

/** What a request that is to be opened is about, as far as the way to its form says. */
export const NewCompanyRequestSearch = z.object({ kind: z.enum(['platform_listing', 'committee_refused', 'statement_disputed', 'other']).optional(), drug: z.string().optional(), region: z.string().optional(), institution: z.string().optional() })
export type NewCompanyRequestSearch = z.infer<typeof NewCompanyRequestSearch>

/** Which supervision cases, and as what they are shown. Their question said anew, as that of contradictions. */
export const CasesSearch = z.object({
  view: z.enum(['board']).optional(), state: z.enum(['open', 'notified', 'answered', 'closed']).optional(), due: z.enum(['overdue', 'soon', 'step']).optional(), drug: z.string().optional(), company: z.string().optional(), region: z.string().optional(), office: z.string().optional(),
  sort: z.string().max(20).optional(), offset,
})
export type CasesSearch = z.infer<typeof CasesSearch>

/** In which language a letter is shown, where that is not the one on screen. */
export const LetterSearch = z.object({ language: z.enum(['zh', 'en']).optional() })

/** `map`: institutions as points or regions as areas; `at`: where it looks; `shown`: which points; `measure`: what the trend counts; `gaps`: offset among its gaps. */
export const DrugSearch = z.object({
  map: z.enum(['points', 'regions']).optional(),
  at: MapAt.optional(),
  shown: z.enum(['stocked', 'stated']).optional(),
  measure: z.enum(['institutions', 'units', 'cities', 'share']).optional(),
  gaps: offset,
})
export type DrugSearch = z.infer<typeof DrugSearch>

/** `drug`: the map and the cities speak of this drug alone; `at`: where the map looks; `gaps`: offset among the gaps; `cell`: the source and period of its calendar that are open; the others search and order the institutions of the region. */
export const RegionSearch = InstitutionsQuestion.pick({ drug: true, search: true, kind: true, sort: true }).extend({ at: MapAt.optional(), offset, gaps: offset, cell: z.string().max(100).optional() })
export type RegionSearch = z.infer<typeof RegionSearch>

/** `offset`: where the company's reports lie; `gaps`: offset among its gaps. */
export const CompanySearch = z.object({ offset, gaps: offset })

/** `company`: whose, for who may see several; `of`: what the curves count; `set`, `drug`: which pairs stand below the drop-off; `moved`: which below what moved; the others turn their pages. Its questions said anew. */
export const ProgressSearch = z.object({
  company: z.string().max(80).optional(), of: z.enum(['units', 'institutions']).optional(), set: z.enum(['declared', 'confirmed', 'supplied', 'unsupplied', 'refuted', 'unconfirmed', 'supplied_unconfirmed', 'never_declared', 'stale_soon', 'unconfirmed_long']).optional(), drug: z.string().max(80).optional(),
  moved: z.enum(['gained', 'lost', 'refuted', 'undeclared', 'settled']).optional(), steps: z.literal('all').optional(), offset, moves: offset,
})
export type ProgressSearch = z.infer<typeof ProgressSearch>

/** `company`: of the drugs, this company's alone. */
export const InspectionSearch = z.object({ company: z.string().max(80).optional() })
export type InspectionSearch = z.infer<typeof InspectionSearch>

/** `from`: the page to go back to; `error`: what the single sign-on says went wrong. */
export const SignInSearch = z.object({ from: z.string().max(2000).optional().catch(undefined), error: z.string().max(200).optional().catch(undefined) })
export type SignInSearch = z.infer<typeof SignInSearch>

/** `from`: the page to go on to once a second factor is set up. */
export const AccountSearch = SignInSearch.pick({ from: true })

/** `account`: the one that is open, or `new`. */
export const AccountsSearch = z.object({ account: z.string().max(100).optional() })
export type AccountsSearch = z.infer<typeof AccountsSearch>

/** `feed`: the one that is open, or `new`. */
export const FeedsSearch = z.object({ feed: z.string().max(100).optional() })
export type FeedsSearch = z.infer<typeof FeedsSearch>

/** Which messages: those that are open, unless others are asked for. */
export const InboxSearch = z.object({ state: z.enum(['acknowledged', 'muted', 'all']).optional(), kind: z.string().max(60).optional(), list: z.string().max(200).optional(), source: z.string().max(200).optional(), offset })
export type InboxSearch = z.infer<typeof InboxSearch>

/** What the form to subscribe begins with. */
export const SubscriptionsSearch = z.object({ list: z.string().max(200).optional(), drug: z.string().max(80).optional(), region: z.string().max(20).optional(), company: z.string().max(80).optional(), evidence: z.enum(['declared', 'confirmed', 'supplied']).optional() })
export type SubscriptionsSearch = z.infer<typeof SubscriptionsSearch>

/** Which declared pairs are shown. What the API asks of them, said anew: few pages need its schemas. */
export const ConfirmSearch = z.object({
  region: z.string().max(20).optional(), city: z.string().max(20).optional(), drug: z.string().max(80).optional(), institution: z.string().max(80).optional(), kind: z.enum(['hospital', 'pharmacy', 'other']).optional(),
  standing: z.enum(['declared_only', 'contradicted', 'supplied']).optional(), minDays: z.enum(['7', '30', '60']).optional(), sort: z.enum(['age-up', 'age-down', 'institution-up', 'institution-down', 'drug-up', 'drug-down']).optional(), offset,
})
export type ConfirmSearch = z.infer<typeof ConfirmSearch>

/** Whose form is filled in, of which month, and of which part of it. */
export const FillSearch = z.object({ source: z.string().max(80).optional(), period: z.string().regex(/^\d{4}-\d{2}$/).optional(), region: z.string().max(20).optional(), drug: z.string().max(80).optional(), kind: z.enum(['hospital', 'pharmacy', 'other']).optional() })
export type FillSearch = z.infer<typeof FillSearch>

/** Which entries of the audit. Its question said anew: whoever never opens the audit need not load what it is made of. */
export const AuditSearch = z.object({
  from: Instant.optional(), to: Instant.optional(), actor: z.string().max(200).optional(), action: z.string().max(60).optional(), outcome: z.enum(['done', 'refused']).optional(),
  list: z.string().max(200).optional(), requestId: z.string().max(64).optional(), offset,
})
export type AuditSearch = z.infer<typeof AuditSearch>

/** `drug`, `institution`, `region`: retail prices of these alone; `history`: settlement prices that others took the place of too. Never a price. */
export const PricesSearch = z.object({ drug: z.string().optional(), institution: z.string().optional(), region: z.string().optional(), history: z.literal('true').optional(), offset })
export type PricesSearch = z.infer<typeof PricesSearch>

/** `drug`: the standard that is open; `edit`: with the form to decide it. */
export const StandardsSearch = z.object({ drug: z.string().max(80).optional(), edit: z.literal('true').optional() })
export type StandardsSearch = z.infer<typeof StandardsSearch>

/** `duty`: the one that is shown, else the first; `institution`: the one that is open; the others say which institutions. Its question said anew. */
export const DutiesSearch = z.object({
  duty: z.string().max(100).optional(), institution: z.string().max(80).optional(), region: z.string().max(20).optional(), state: z.enum(['in_time', 'late', 'not_convened', 'not_reported', 'reported']).optional(),
  drug: z.string().max(80).optional(), outcome: z.enum(['admitted', 'temporary_purchase', 'refused']).optional(), search: z.string().max(80).optional(), offset,
})
export type DutiesSearch = z.infer<typeof DutiesSearch>

/** `drug`, `region`: plans that name it, or are sold there; `any`: those too that do not hold on the day; `plan`: the one of the insurer's own that is open, or `new`. */
export const PlansSearch = z.object({ drug: z.string().optional(), region: z.string().optional(), any: z.literal('true').optional(), plan: z.string().max(100).optional(), offset })
export type PlansSearch = z.infer<typeof PlansSearch>

/** `edition`, `stage`, `ends`, `contradicted`, `madeUp`, `search`: which drugs in the course of editions; `state`: with the form to state one that is new. */
export const EditionsSearch = z.object({
  edition: z.string().max(80).optional(), stage: z.string().max(40).optional(), ends: z.string().max(10).optional(), contradicted: z.literal('true').optional(), madeUp: z.enum(['true', 'false']).optional(), search: z.string().max(80).optional(), state: z.literal('new').optional(), offset,
})
export type EditionsSearch = z.infer<typeof EditionsSearch>

/** `drug` or `unit`: whose ladders; `rung` with `state`: those alone where that rung stands so, on whose `word`. Its question said anew. */
const rung = z.enum(rungs)
export const LadderSearch = z.object({ drug: z.string().max(80).optional(), unit: z.string().max(20).optional(), rung: rung.optional(), state: z.enum(rungAsks).optional(), word: z.enum(wordKinds).optional() })
export type LadderSearch = z.infer<typeof LadderSearch>

/** Which facts of the last mile; `fact`: the one that is open. */
export const LadderFactsSearch = z.object({ rung: rung.optional(), drug: z.string().max(80).optional(), unit: z.string().max(20).optional(), standing: z.enum(factStandings).optional(), fact: z.string().max(80).optional(), offset })
export type LadderFactsSearch = z.infer<typeof LadderFactsSearch>

/** Which bulletins. What the API asks of them, said anew: few pages need its schemas. */
export const BulletinsSearch = z.object({ state: z.enum(['frozen', 'embargoed', 'published', 'superseded', 'withdrawn']).optional(), word: Evidence.optional(), region: z.string().max(20).optional(), offset })
export type BulletinsSearch = z.infer<typeof BulletinsSearch>

/** `region`: a draft of one unit. The rest of what it is about is every page's. */
export const DraftSearch = z.object({ region: z.string().max(20).optional() })
export type DraftSearch = z.infer<typeof DraftSearch>

/** `region`, `city`: the place that a person chose to look from. Where a device says that it is stands in no address, and neither does what is worked out from that. */
export const FindDrugSearch = z.object({ region: z.string().max(20).optional(), city: z.string().max(20).optional() })
export type FindDrugSearch = z.infer<typeof FindDrugSearch>

/** What is planned: once `drug` stands there it is asked. `kinds` with commas. Its question said anew, as that of contradictions. `candidates`, `alikeTo`: of whom the panel is open, from which row on. */
export const PlannerSearch = z.object({
  drug: z.string().max(80).optional(), region: z.string().max(20).optional(), goal: z.enum(['most', 'farthest']).optional(), count: z.coerce.number().int().min(1).max(100).optional(), km: z.coerce.number().int().min(1).max(2_000).optional(),
  places: z.enum(['city', 'county']).optional(), kinds: z.string().max(40).optional(), levels: z.string().max(400).optional(), at: MapAt.optional(),
  candidates: z.enum(['all', 'city', 'none']).optional(), alikeTo: z.string().max(80).optional(), candidatesFrom: offset,
})
export type PlannerSearch = z.infer<typeof PlannerSearch>

/** `measure`: the share that the funnel shows; `stand`: the standards that stand so alone. */
export const ScorecardSearch = z.object({ measure: z.enum(['standards', 'completeness', 'timeliness', 'duties']).optional(), stand: z.enum(['met', 'not_met', 'not_known', 'none', 'judged']).optional() })
export type ScorecardSearch = z.infer<typeof ScorecardSearch>

import { z } from 'zod'
import { BoxText } from './box.js'
import { Day, Instant, Period } from './day.js'
import { Evidence } from './evidence.js'
import { GapActor, GapClass } from './gap-act.js'
import { gapOrders, institutionOrders, reportOrders, sortBy, statementOrders } from './sort.js'

/** What an answer rests on. Every figure is shown with it: whose word, as of when, known when. */
export const Basis = z.strictObject({
  list: z.string(),
  evidence: Evidence.nullable(),
  asOf: Day,
  today: Day,
  /** Null: what is known now. */
  knownOn: z.string().nullable(),
  /** For supplied evidence: supplies are counted from this day on. */
  since: Day.nullable(),
  demonstration: z.boolean(),
})
export type Basis = z.infer<typeof Basis>

export const Format = z.enum(['json', 'csv', 'xlsx'])
export type Format = z.infer<typeof Format>

/** What a database column of whole numbers holds at most; a larger figure would be its error, not the asker's. */
const largest = 2_147_483_647

const paging = { offset: z.coerce.number().int().min(0).max(largest).default(0), limit: z.coerce.number().int().min(1).max(500).default(50) }

/** The parameters that say what is asked: kind of evidence (exactly one), as-of day, known-on instant. */
const when = { asOf: Day.optional(), knownOn: Instant.optional() }

export const HeadlineQuestion = z.object({ evidence: Evidence.default('declared'), ...when, since: Day.optional(), region: z.string().optional(), format: Format.default('json') })
export type HeadlineQuestion = z.infer<typeof HeadlineQuestion>

export const CoverageQuestion = z.object({
  evidence: Evidence.default('declared'), ...when, since: Day.optional(), by: z.enum(['province', 'city']).default('province'),
  region: z.string().optional(), drug: z.string().optional(), format: Format.default('json'),
})
export type CoverageQuestion = z.infer<typeof CoverageQuestion>

export const StandingsQuestion = z.object({ ...when, by: z.enum(['province', 'city']).default('province'), region: z.string().optional(), drug: z.string().optional(), format: Format.default('json') })
export type StandingsQuestion = z.infer<typeof StandingsQuestion>

export const TrendQuestion = z.object({ evidence: Evidence.default('declared'), drug: z.string().optional(), region: z.string().optional(), from: Day.optional(), to: Day.optional(), format: Format.default('json') })
export type TrendQuestion = z.infer<typeof TrendQuestion>

export const ChangesQuestion = z.object({
  evidence: Evidence.default('declared'), from: Day, to: Day.optional(), knownFrom: Instant.optional(), knownTo: Instant.optional(),
  drug: z.string().optional(), region: z.string().optional(), format: Format.default('json'),
})
export type ChangesQuestion = z.infer<typeof ChangesQuestion>

/** `class`, `actor`: gaps of this class alone, and those about which this one can do something. */
export const GapsQuestion = z.object({ evidence: Evidence.default('declared'), ...when, since: Day.optional(), drug: z.string().optional(), region: z.string().optional(), company: z.string().optional(), reason: z.string().optional(), class: GapClass.optional(), actor: GapActor.optional(), sort: sortBy(gapOrders).optional(), ...paging, format: Format.default('json') })
export type GapsQuestion = z.infer<typeof GapsQuestion>

/** Of a drug, in one unit or in all. */
export const GapHistoryQuestion = z.object({ evidence: Evidence.default('declared'), ...when, since: Day.optional(), drug: z.string(), region: z.string().optional(), format: Format.default('json') })
export type GapHistoryQuestion = z.infer<typeof GapHistoryQuestion>

/** `region` may be `none`: what lies in no unit. */
export const StatementsQuestion = z.object({
  evidence: Evidence.default('declared'), ...when, since: Day.optional(), drug: z.string().optional(), region: z.string().optional(), institution: z.string().optional(),
  kind: z.enum(['hospital', 'pharmacy', 'other']).optional(), state: z.string().optional(), report: z.string().optional(), line: z.coerce.number().int().min(1).max(largest).optional(),
  sort: sortBy(statementOrders).optional(), ...paging, format: Format.default('json'),
})
export type StatementsQuestion = z.infer<typeof StatementsQuestion>

/** `region` may name several, with commas, `none` (in no unit) among them; `bbox` asks for those with a position in it, `placed` for those with one or without. */
export const InstitutionsQuestion = z.object({
  search: z.string().max(80).optional(), region: z.string().max(4000).optional(), bbox: BoxText.optional(), placed: z.enum(['true', 'false']).optional(), kind: z.enum(['hospital', 'pharmacy', 'other']).optional(),
  drug: z.string().optional(), evidence: Evidence.default('declared'), ...when, since: Day.optional(), state: z.string().optional(), eligible: z.enum(['true', 'false']).optional(),
  sort: sortBy(institutionOrders).optional(), ...paging, format: Format.default('json'),
})
export type InstitutionsQuestion = z.infer<typeof InstitutionsQuestion>

/** `zoom` as web maps count it: the world is 256 × 2^zoom pixels across. */
export const ClustersQuestion = z.object({
  bbox: BoxText, zoom: z.coerce.number().min(0).max(24), drug: z.string().optional(), evidence: Evidence.default('declared'), ...when, since: Day.optional(),
  state: z.string().optional(), format: Format.default('json'),
})
export type ClustersQuestion = z.infer<typeof ClustersQuestion>

/** `number`: of a receipt, as `numberAsked` reads it. */
export const ReportsQuestion = z.object({ source: z.string().optional(), evidence: Evidence.optional(), state: z.string().optional(), period: Period.optional(), number: z.string().max(30).optional(), sort: sortBy(reportOrders).optional(), ...paging, format: Format.default('json') })
export type ReportsQuestion = z.infer<typeof ReportsQuestion>

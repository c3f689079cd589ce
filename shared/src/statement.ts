import { z } from 'zod'
import { Basis } from './basis.js'
import { Day } from './day.js'
import { Evidence } from './evidence.js'
import { Kind } from './kind.js'
import { Page } from './page.js'
import { DayBasis, Reason, Status } from './status.js'
import { State } from './state.js'

/** The row behind a number: what is said of a pair on the as-of day, by whom, in which report and line. For supplies: the first event since the day counted from. */
export const StatementRow = z.strictObject({
  drug: z.string(),
  institution: z.string(),
  institutionName: z.string(),
  kind: Kind,
  unit: z.string().nullable(),
  city: z.string().nullable(),
  evidence: Evidence,
  /** What it counts as on the as-of day. */
  state: State,
  /** What was said; null for a supply and for a pair left out of the source's next snapshot. */
  status: Status.nullable(),
  day: Day,
  dayBasis: DayBasis,
  /** The day on which it becomes stale; null where it never does. */
  staleOn: Day.nullable(),
  /** These three stand there for those alone of whose unit, city, company or institution the pair is. */
  reason: Reason.nullable().optional(),
  leadDays: z.int().nullable().optional(),
  quantity: z.number().nullable().optional(),
  /** These three stand there for those alone who may see the report. */
  source: z.string().optional(),
  report: z.string().optional(),
  /** Row in the report's file, as a spreadsheet numbers it; null where the report speaks by leaving out. */
  line: z.int().nullable().optional(),
})
export type StatementRow = z.infer<typeof StatementRow>

/** A page of rows. `of`: how many distinct drugs, institutions, units and cities all of them are of, whatever the page; null where nobody counts that, and it would take reading them all. */
export const StatementsAnswer = z.strictObject({
  basis: Basis, rows: z.array(StatementRow), page: Page, of: z.strictObject({ drugs: z.int(), institutions: z.int().nullable(), units: z.int(), cities: z.int().nullable() }),
})
export type StatementsAnswer = z.infer<typeof StatementsAnswer>

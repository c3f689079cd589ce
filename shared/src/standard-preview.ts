import { z } from 'zod'
import { Basis } from './basis.js'
import { Day } from './day.js'
import { Evidence } from './evidence.js'
import { GapOnDay } from './gap.js'
import { CannotBeMet } from './standard-limits.js'

/** What a drug's gaps of today would become under other rules: which open, and which close, under each kind of evidence. `judgedOn`: the rules as they hold on this day, today or when the last of them begins. */
export const StandardPreview = z.strictObject({
  basis: Basis,
  drug: z.string(),
  judgedOn: Day,
  /** Units in which the rules that are new here ask for more than there can be: they do not become the standard so. */
  cannotBeMet: z.array(CannotBeMet),
  evidences: z.array(z.strictObject({
    evidence: Evidence, before: z.int(), after: z.int(), opens: z.array(GapOnDay), closes: z.array(GapOnDay),
    /** Units whose reach nobody can judge under these rules: the population of some or all of their cities is not loaded. */
    reachNotLoaded: z.int(),
    /** Units that are no gaps because an institution elsewhere serves them. */
    served: z.int(),
  })),
})
export type StandardPreview = z.infer<typeof StandardPreview>

import { z } from 'zod'
import { Basis } from './basis.js'
import { Day } from './day.js'

/**
 * Why an institution (or pair) entered or left. `not_known`: it is still reported, its figure left empty, which is no
 * negative statement. `correction`: the day did not change, what is known of it did.
 */
export const causes = ['new_statement', 'restated', 'negative_statement', 'not_known', 'not_reported', 'lapse', 'closure', 'correction'] as const
export const Cause = z.enum(causes)
export type Cause = z.infer<typeof Cause>

const Moves = z.strictObject({ entered: z.int(), left: z.int() })
const CauseCount = z.strictObject({ cause: Cause, count: z.int() })

/**
 * Answer of `/changes`: from one day to another, or, where both are the same day, from one known instant to another, as
 * a bridge: before + entered − left = after. `knownFrom` and `knownTo` are the instants that were used; null: now.
 */
export const ChangesAnswer = z.strictObject({
  basis: Basis,
  from: Day,
  to: Day,
  knownFrom: z.string().nullable(),
  knownTo: z.string().nullable(),
  institutions: z.strictObject({ before: z.int(), after: z.int(), entered: z.array(CauseCount), left: z.array(CauseCount) }),
  pairs: z.strictObject({ before: z.int(), after: z.int(), entered: z.array(CauseCount), left: z.array(CauseCount) }),
  /** What the lists below count. A pair is one drug at one institution, so drugs and companies add up to the pairs; units add up to the institutions. */
  counted: z.strictObject({ byDrug: z.literal('pairs'), byCompany: z.literal('pairs'), byProvince: z.literal('institutions') }),
  byDrug: z.array(Moves.extend({ drug: z.string() })),
  byCompany: z.array(Moves.extend({ company: z.string() })),
  /** Region `none`: institutions in no unit. */
  byProvince: z.array(Moves.extend({ region: z.string() })),
})
export type ChangesAnswer = z.infer<typeof ChangesAnswer>

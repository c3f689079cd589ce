import { z } from 'zod'
import { UnitsNotMet } from './standard-limits.js'

/** What every refused request answers: a dotted code, a sentence, and, where a parameter is to blame, its name. `cannotBeMet`: of a standard. */
export const Problem = z.strictObject({
  error: z.strictObject({ code: z.string(), message: z.string(), field: z.string().optional(), report: z.string().optional(), version: z.int().optional(), cannotBeMet: UnitsNotMet.optional() }),
})
export type Problem = z.infer<typeof Problem>

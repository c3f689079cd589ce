import { z } from 'zod'

/** What every refused request answers: a dotted code, a sentence, and, where a parameter is to blame, its name. */
export const Problem = z.strictObject({
  error: z.strictObject({ code: z.string(), message: z.string(), field: z.string().optional(), report: z.string().optional(), version: z.int().optional() }),
})
export type Problem = z.infer<typeof Problem>

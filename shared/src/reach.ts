import { z } from 'zod'
import { onlyFields } from './only-fields.js'

/** At least `share` percent of the residents of a unit live within `km` kilometres of an institution that stocks the drug and is counted. */
export const Reach = onlyFields({ km: z.int().min(1).max(2_000), share: z.int().min(1).max(100) })
export type Reach = z.infer<typeof Reach>

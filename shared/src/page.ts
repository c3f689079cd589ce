import { z } from 'zod'

/** Where a page of rows lies: rows `offset … offset + limit − 1` of `total`. */
export const Page = z.strictObject({ offset: z.int().nonnegative(), limit: z.int().positive(), total: z.int().nonnegative() })
export type Page = z.infer<typeof Page>

import { z } from 'zod'

/** Kind of institution. Institutions ≥ hospitals + pharmacies: a clinic or a locator's provider is `other`. */
export const kinds = ['hospital', 'pharmacy', 'other'] as const
export const Kind = z.enum(kinds)
export type Kind = z.infer<typeof Kind>

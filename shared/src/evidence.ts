import { z } from 'zod'

/**
 * On whose word something is known. `declared`: the company says so; `confirmed`: the institution or its
 * province says so; `supplied`: it was seen in a sale or settlement. Two kinds never share a series.
 */
export const evidences = ['declared', 'confirmed', 'supplied'] as const
export const Evidence = z.enum(evidences)
export type Evidence = z.infer<typeof Evidence>

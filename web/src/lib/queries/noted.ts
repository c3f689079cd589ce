import type { Query } from '@tanstack/react-query'

/**
 * Options of a question of which every look is noted in the audit: it is asked when its page is opened or somebody presses
 * for it, not by itself, and forgotten as soon as nobody looks. A look that nobody took would be noted as his.
 */
export const noted = { staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false, meta: { noted: true } } as const

/** True of every other question: what may be asked again by itself. */
export function isNotNoted({ meta }: Pick<Query, 'meta'>): boolean {
  return meta?.['noted'] !== true
}

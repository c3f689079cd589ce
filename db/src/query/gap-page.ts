import { gapOrders, gapReasons, type Gap, type GapReason, type GapsAnswer } from '@lastmile/shared/gap'

/** Which gaps of all are answered, and in which order; `sort` null is the order in which they stand. */
export interface GapPage {
  reason: GapReason | null
  sort: { by: (typeof gapOrders)[number]; falling: boolean } | null
  offset: number
  limit: number
}

/** A page of gaps and the reasons of them all. `places` ranks drugs, and regions, as they are numbered. What is not loaded stands last either way. */
export function pageOfGaps(gaps: readonly Gap[], { reason, sort, offset, limit }: GapPage, places: { drugs: ReadonlyMap<string, number>; regions: ReadonlyMap<string, number> }): Pick<GapsAnswer, 'gaps' | 'page' | 'reasons'> {
  const reasons = Object.fromEntries(gapReasons.map((one) => [one, 0])) as Record<GapReason, number>
  for (const gap of gaps) reasons[gap.reason] += 1
  const wanted = gaps.filter((gap) => reason === null || gap.reason === reason)
  if (sort) {
    const valueOf = (gap: Gap) => (sort.by === 'drug' ? places.drugs.get(gap.drug) ?? null : sort.by === 'region' ? places.regions.get(gap.region) ?? null : sort.by === 'reason' ? gapReasons.indexOf(gap.reason) : gap[sort.by])
    wanted.sort((a, b) => compared(valueOf(a), valueOf(b), sort.falling ? -1 : 1))
  }
  return { gaps: wanted.slice(offset, offset + limit), page: { offset, limit, total: wanted.length }, reasons }
}

function compared(a: string | number | null, b: string | number | null, way: 1 | -1): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return a === b ? 0 : a < b ? -way : way
}

import { gapOrders, gapReasons, type Gap, type GapReason, type GapsAnswer } from '@lastmile/shared/gap'

/** Which gaps of all are answered, and in which order; `sort` null is the usual one. */
export interface GapPage {
  reason: GapReason | null
  sort: { by: (typeof gapOrders)[number]; falling: boolean } | null
  offset: number
  limit: number
}

/** A gap with what it is ordered by. */
export interface OrderedGap extends Gap {
  /** Place of the drug in the list, of the region in its set. */
  drugPlace: number
  regionPlace: number
  /** Units of the drug in which something stands in stock, or its standard is met: those reached so far. */
  reached: number
}

/** A page of gaps and the reasons of them all. What is not loaded stands last either way; what is alike stands in the usual order. */
export function pageOfGaps(gaps: readonly OrderedGap[], { reason, sort, offset, limit }: GapPage): Pick<GapsAnswer, 'gaps' | 'page' | 'reasons'> {
  const reasons = Object.fromEntries(gapReasons.map((one) => [one, 0])) as Record<GapReason, number>
  for (const gap of gaps) reasons[gap.reason] += 1
  const wanted = gaps.filter((gap) => reason === null || gap.reason === reason)
  if (sort) {
    const { by, falling } = sort
    const value = (gap: OrderedGap) => (by === 'drug' ? gap.drugPlace : by === 'region' ? gap.regionPlace : by === 'reason' ? gapReasons.indexOf(gap.reason) : gap[by])
    wanted.sort((a, b) => compared(value(a), value(b), falling ? -1 : 1) || usually(a, b))
  } else wanted.sort(usually)
  return {
    gaps: wanted.slice(offset, offset + limit).map(({ drugPlace: _, regionPlace: __, reached: ___, ...gap }) => gap),
    page: { offset, limit, total: wanted.length }, reasons,
  }
}

/** Nowhere-stocked drugs first, then those in few units, then by residents. */
function usually(a: OrderedGap, b: OrderedGap): number {
  return Number(b.nowhere) - Number(a.nowhere) || a.reached - b.reached || (b.population ?? 0) - (a.population ?? 0) || (a.drug < b.drug ? -1 : a.drug > b.drug ? 1 : 0)
}

function compared(a: string | number | null, b: string | number | null, way: 1 | -1): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return a === b ? 0 : a < b ? -way : way
}

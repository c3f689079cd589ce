import { earlierDay, endOfTime, laterDay, type Day } from '@lastmile/shared/day'
import { certaintyOf } from '@lastmile/shared/state'
import { lensCodes, stateCodes } from '../schema/codes.js'
import { eligibleNo, eligibleStocked, stateCounter } from './counts.js'
import type { Place } from './places.js'
import type { StoredSpan } from './spans.js'

/** A change of one counter of one place from a day on. */
export interface Delta {
  day: Day
  place: Place
  counter: number
  n: number
}

/** Changes by drug (0: any drug). */
export type Deltas = Map<number, Delta[]>

/** Stands for "any drug" where institutions, not pairs, are counted. */
export const anyDrug = 0

const standing = lensCodes.code('standing')
const eligible = lensCodes.code('eligible')

/**
 * What spans of a pair add to (sign +1) or take from (−1) the counters: each span counts its state from its first day
 * until its last, and, as far as the pair is eligible on those days, in the eligible counters too.
 */
export function addSpanDeltas(deltas: Deltas, lens: number, drug: number, place: Place, spans: readonly StoredSpan[], eligibleSpans: readonly StoredSpan[], sign: 1 | -1): void {
  let own = deltas.get(drug)
  if (!own) deltas.set(drug, (own = []))
  for (const span of spans) {
    count(own, place, stateCounter(place.kind, span.state), span.from, span.to, sign)
    if (lens === standing || lens === eligible) continue
    const certainty = certaintyOf(stateCodes.word(span.state))
    if (certainty === 'unknown') continue
    const counter = (certainty === 'yes' ? eligibleStocked : eligibleNo) + place.kind
    for (const open of eligibleSpans) count(own, place, counter, laterDay(span.from, open.from), earlierDay(span.to, open.to), sign)
  }
}

function count(deltas: Delta[], place: Place, counter: number, from: Day, to: Day, n: number): void {
  if (from >= to) return
  deltas.push({ day: from, place, counter, n })
  if (to !== endOfTime) deltas.push({ day: to, place, counter, n: -n })
}

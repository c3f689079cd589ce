import { likelier, stateOn, type Span } from '@lastmile/shared/chain'
import { endOfDays } from '@lastmile/shared/day'
import { certaintyOf, noState, stateCode, states } from '@lastmile/shared/state'
import { anyDrug, eligibleNo, eligibleStocked, perKind, speaking, width } from './counts.js'
import { eligibleLens, standingLens } from './lens.js'
import { PlaceSlots } from './place-slots.js'
import type { Place } from './places.js'
import { Tallies, type Tally } from './tally.js'
import { sameDays, type Days } from './view.js'

const stale = stateCode('stale')
const notReported = stateCode('not_reported')
const eligibleCounter = states.map((state) => ({ yes: eligibleStocked, no: eligibleNo, unknown: -1 })[certaintyOf(state)])

/**
 * Adds up what changes in the counters when something else holds than before: of pairs, of institutions over their
 * drugs, of who is eligible. Spans before and after are those from some day on; what is the same on both sides cancels out.
 */
export class Difference {
  readonly tallies = new Tallies()
  readonly places = new PlaceSlots()

  /** The spans of a pair under one kind of evidence, with the days on which it is eligible before and after. */
  pair(lens: number, drug: number, place: Place, before: readonly Span[], after: readonly Span[], eligibleBefore: readonly Days[], eligibleAfter: readonly Days[]): void {
    const tally = this.tallies.of(lens, drug)
    const base = this.#base(place)
    addSpans(tally, base + place.kind * perKind, before, -1)
    addSpans(tally, base + place.kind * perKind, after, 1)
    if (eligibleBefore.length > 0) addEligible(tally, base + place.kind, before, eligibleBefore, -1)
    if (eligibleAfter.length > 0) addEligible(tally, base + place.kind, after, eligibleAfter, 1)
  }

  /** The standings of a pair. */
  standing(drug: number, place: Place, before: readonly Span[], after: readonly Span[]): void {
    const tally = this.tallies.of(standingLens, drug)
    const base = this.#base(place) + place.kind * perKind
    addSpans(tally, base, before, -1)
    addSpans(tally, base, after, 1)
  }

  /** The days on which a pair is eligible. */
  eligible(drug: number, place: Place, before: readonly Days[], after: readonly Days[]): void {
    if (sameDays(before, after)) return
    const tally = this.tallies.of(eligibleLens, drug)
    const cell = this.#base(place) + place.kind * perKind
    for (const { from, to } of before) addDays(tally, cell, from, to, -1)
    for (const { from, to } of after) addDays(tally, cell, from, to, 1)
  }

  /** An institution over the spans of its drugs under one kind of evidence. */
  institution(lens: number, place: Place, before: readonly (readonly Span[])[], after: readonly (readonly Span[])[]): void {
    const tally = this.tallies.of(lens, anyDrug)
    const base = this.#base(place)
    this.#over(tally, base, place.kind, before, -1)
    this.#over(tally, base, place.kind, after, 1)
  }

  #over(tally: Tally, base: number, kind: number, drugs: readonly (readonly Span[])[], sign: 1 | -1): void {
    const days = edges(drugs)
    let state = noState
    let speaks = false
    for (const day of days) {
      let now = noState
      let nowSpeaks = false
      for (const spans of drugs) {
        const own = stateOn(spans, day)
        if (own === noState) continue
        now = likelier(now, own)
        nowSpeaks ||= own !== stale && own !== notReported
      }
      if (now !== state) {
        if (state !== noState) tally.add(day, base + kind * perKind + state, -sign)
        if (now !== noState) tally.add(day, base + kind * perKind + now, sign)
        state = now
      }
      if (nowSpeaks !== speaks) tally.add(day, base + speaking, nowSpeaks ? sign : -sign)
      speaks = nowSpeaks
    }
  }

  #base(place: Place): number {
    return this.places.numberOf(place) * width
  }
}

/** Each span counts its state from its first day until its last. */
function addSpans(tally: Tally, base: number, spans: readonly Span[], sign: 1 | -1): void {
  for (const span of spans) addDays(tally, base + span.state, span.from, span.to, sign)
}

/** As far as the pair is eligible on those days, it counts in the eligible counters too. */
function addEligible(tally: Tally, base: number, spans: readonly Span[], eligible: readonly Days[], sign: 1 | -1): void {
  for (const span of spans) {
    const counter = eligibleCounter[span.state]!
    if (counter < 0) continue
    for (const days of eligible) addDays(tally, base + counter, Math.max(span.from, days.from), Math.min(span.to, days.to), sign)
  }
}

function addDays(tally: Tally, cell: number, from: number, to: number, n: number): void {
  if (from >= to) return
  tally.add(from, cell, n)
  if (to !== endOfDays) tally.add(to, cell, -n)
}

const found: number[] = []

/** The days on which any of some spans begins or ends, ascending. */
function edges(lists: readonly (readonly Span[])[]): readonly number[] {
  found.length = 0
  for (const spans of lists) {
    for (const { from, to } of spans) {
      if (!found.includes(from)) found.push(from)
      if (to !== endOfDays && !found.includes(to)) found.push(to)
    }
  }
  return found.sort((a, b) => a - b)
}

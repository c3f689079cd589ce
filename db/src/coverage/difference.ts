import type { Span } from '@lastmile/shared/chain'
import { endOfDays } from '@lastmile/shared/day'
import { certaintyOf, noState, states } from '@lastmile/shared/state'
import { anyDrug, eligibleNo, eligibleStocked, perKind, speaking, width } from './counts.js'
import { eligibleLens, standingLens } from './lens.js'
import { overDrugs, type OverAll } from './over-drugs.js'
import { PlaceSlots } from './place-slots.js'
import type { Place } from './places.js'
import { Tallies, type Tally } from './tally.js'
import { sameDays, type Days } from './view.js'

const nothing: OverAll = { state: noState, speaks: false }
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

  /** An institution over the spans of its drugs under one kind of evidence: of those that are the `same` before and after, and of those that are not. */
  institution(lens: number, place: Place, same: readonly (readonly Span[])[], before: readonly (readonly Span[])[], after: readonly (readonly Span[])[]): void {
    const tally = this.tallies.of(lens, anyDrug)
    const base = this.#base(place)
    const states = base + place.kind * perKind
    let [was, is] = [nothing, nothing]
    overDrugs(same, before, after, (day, before, after) => {
      if (before.state !== was.state) {
        if (was.state !== noState) tally.add(day, states + was.state, 1)
        if (before.state !== noState) tally.add(day, states + before.state, -1)
      }
      if (after.state !== is.state) {
        if (is.state !== noState) tally.add(day, states + is.state, -1)
        if (after.state !== noState) tally.add(day, states + after.state, 1)
      }
      if (before.speaks !== was.speaks) tally.add(day, base + speaking, before.speaks ? -1 : 1)
      if (after.speaks !== is.speaks) tally.add(day, base + speaking, after.speaks ? 1 : -1)
      was = before
      is = after
    })
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

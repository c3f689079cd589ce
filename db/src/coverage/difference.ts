import type { Span } from '@lastmile/shared/chain'
import { endOfDays } from '@lastmile/shared/day'
import { certaintyOf, noState, states } from '@lastmile/shared/state'
import { ChangeLogs, type ChangeLog } from './change-log.js'
import { anyDrug, eligibleNo, eligibleStocked, perKind, speaking, width } from './counts.js'
import { eligibleLens, standingLens } from './lens.js'
import { overDrugs } from './over-drugs.js'
import { PlaceSlots } from './place-slots.js'
import type { Place } from './places.js'
import { sameDays, type Days } from './view.js'

const eligibleCounter = states.map((state) => ({ yes: eligibleStocked, no: eligibleNo, unknown: -1 })[certaintyOf(state)])

/**
 * Notes what changes in the counters when something else holds than before: of pairs, of institutions over their drugs, of
 * who is eligible. Spans before and after are those from some day on; what is the same on both sides cancels out when it
 * is added up.
 */
export class Difference {
  readonly changes = new ChangeLogs()
  readonly places = new PlaceSlots()

  /** The spans of a pair under one kind of evidence, with the days on which it is eligible before and after. */
  pair(lens: number, drug: number, place: Place, before: readonly Span[], after: readonly Span[], eligibleBefore: readonly Days[], eligibleAfter: readonly Days[]): void {
    const log = this.changes.of(lens)
    const base = this.#base(place)
    addSpans(log, drug, base + place.kind * perKind, before, -1)
    addSpans(log, drug, base + place.kind * perKind, after, 1)
    if (eligibleBefore.length > 0) addEligible(log, drug, base + place.kind, before, eligibleBefore, -1)
    if (eligibleAfter.length > 0) addEligible(log, drug, base + place.kind, after, eligibleAfter, 1)
  }

  /** The standings of a pair. */
  standing(drug: number, place: Place, before: readonly Span[], after: readonly Span[]): void {
    const log = this.changes.of(standingLens)
    const base = this.#base(place) + place.kind * perKind
    addSpans(log, drug, base, before, -1)
    addSpans(log, drug, base, after, 1)
  }

  /** The days on which a pair is eligible. */
  eligible(drug: number, place: Place, before: readonly Days[], after: readonly Days[]): void {
    if (sameDays(before, after)) return
    const log = this.changes.of(eligibleLens)
    const cell = this.#base(place) + place.kind * perKind
    for (const { from, to } of before) addDays(log, drug, cell, from, to, -1)
    for (const { from, to } of after) addDays(log, drug, cell, from, to, 1)
  }

  /** An institution over the spans of its drugs under one kind of evidence: of those that are the `same` before and after, and of those that are not. */
  institution(lens: number, place: Place, same: readonly (readonly Span[])[], before: readonly (readonly Span[])[], after: readonly (readonly Span[])[]): void {
    const log = this.changes.of(lens)
    const base = this.#base(place)
    const states = base + place.kind * perKind
    let [wasState, wasSpeaking, isState, isSpeaking] = [noState, false, noState, false]
    overDrugs(same, before, after, (day, stateBefore, speaksBefore, stateAfter, speaksAfter) => {
      if (stateBefore !== wasState) {
        if (wasState !== noState) log.add(anyDrug, day, states + wasState, 1)
        if (stateBefore !== noState) log.add(anyDrug, day, states + stateBefore, -1)
      }
      if (stateAfter !== isState) {
        if (isState !== noState) log.add(anyDrug, day, states + isState, -1)
        if (stateAfter !== noState) log.add(anyDrug, day, states + stateAfter, 1)
      }
      if (speaksBefore !== wasSpeaking) log.add(anyDrug, day, base + speaking, speaksBefore ? -1 : 1)
      if (speaksAfter !== isSpeaking) log.add(anyDrug, day, base + speaking, speaksAfter ? 1 : -1)
      wasState = stateBefore
      wasSpeaking = speaksBefore
      isState = stateAfter
      isSpeaking = speaksAfter
    })
  }

  #base(place: Place): number {
    return this.places.numberOf(place) * width
  }
}

/** Each span counts its state from its first day until its last. */
function addSpans(log: ChangeLog, drug: number, base: number, spans: readonly Span[], sign: 1 | -1): void {
  for (const span of spans) addDays(log, drug, base + span.state, span.from, span.to, sign)
}

/** As far as the pair is eligible on those days, it counts in the eligible counters too. */
function addEligible(log: ChangeLog, drug: number, base: number, spans: readonly Span[], eligible: readonly Days[], sign: 1 | -1): void {
  for (const span of spans) {
    const counter = eligibleCounter[span.state]!
    if (counter < 0) continue
    for (const days of eligible) addDays(log, drug, base + counter, Math.max(span.from, days.from), Math.min(span.to, days.to), sign)
  }
}

function addDays(log: ChangeLog, drug: number, cell: number, from: number, to: number, n: number): void {
  if (from >= to) return
  log.add(drug, from, cell, n)
  if (to !== endOfDays) log.add(drug, to, cell, -n)
}

import { clipSpans, openDays, standingSpans, type Opening, type Span } from '@lastmile/shared/chain'
import { endOfDays } from '@lastmile/shared/day'
import { noStanding, standingCodeOf } from '@lastmile/shared/standing'
import { noState, stateCode } from '@lastmile/shared/state'
import { trailSpans, type Trail } from '@lastmile/shared/trail'
import { confirmedLens, declaredLens, suppliedLens } from './lens.js'
import type { PastSpan } from './past.js'
import type { ShelfPair } from './shelf.js'

/** Days on which something is so: inclusive from, exclusive to. */
export interface Days {
  from: number
  to: number
}

const inStock = stateCode('in_stock')

/** Before every day. */
export const beginning = -endOfDays

/** The spans of a pair under one kind of evidence from a day on, from what is stored: its past, as far as it reaches there, and its trail. */
export function spansSince(pair: ShelfPair | null, lens: number, past: readonly PastSpan[], from: number, freshnessDays: number, opening: Opening): Span[] {
  if (pair === null) return []
  if (lens === suppliedLens) return pair.supplied === null ? [] : [{ from: Math.max(from, pair.supplied.day), to: endOfDays, state: inStock, report: pair.supplied.report, line: pair.supplied.line }]
  const trail = trailUnder(pair, lens)
  if (trail === null) return []
  if (from >= trail.from) return trailSpans(trail, from, freshnessDays, opening)
  const before = past.filter((span) => span.drug === pair.drug && span.lens === lens && span.to > from)
  return [...clipSpans(before, from, trail.from).sort((a, b) => a.from - b.from), ...trailSpans(trail, trail.from, freshnessDays, opening)]
}

/** The trail of a pair under declared or confirmed evidence. */
export function trailUnder(pair: ShelfPair, lens: number): Trail | null {
  return lens === declaredLens ? pair.declared : pair.confirmed
}

/** What three kinds of evidence together say of a pair from a day on, while its institution is open: a sale stays seen, a closed institution stands nowhere. */
export function standingsSince(pair: ShelfPair | null, past: readonly PastSpan[], from: number, freshnessDays: number, opening: Opening): Span[] {
  if (pair === null) return []
  const open = openDays(opening)
  const start = Math.max(from, open.from)
  if (start >= open.to) return []
  if (pair.declared === null && pair.supplied === null) return standingsOfConfirmed(spansSince(pair, confirmedLens, past, start, freshnessDays, opening))
  const of = (lens: number) => spansSince(pair, lens, past, start, freshnessDays, opening)
  return clipSpans(standingSpans(of(declaredLens), of(confirmedLens), of(suppliedLens), pair.firstDeclared), start, open.to)
}

/** The same where the spans of one kind of evidence from that day on are known already: where nobody else speaks, they tell. */
export function standingsFrom(pair: ShelfPair | null, lens: number, spans: readonly Span[], past: readonly PastSpan[], from: number, freshnessDays: number, opening: Opening): Span[] {
  return lens === confirmedLens && pair !== null && pair.declared === null && pair.supplied === null ? standingsOfConfirmed(spans) : standingsSince(pair, past, from, freshnessDays, opening)
}

/** Where only institutions and provinces speak, each state has one standing. */
function standingsOfConfirmed(spans: readonly Span[]): Span[] {
  const result: Span[] = []
  for (const span of spans) {
    const standing = standingCodeOf(noState, span.state, false, false)
    const last = result.at(-1)
    if (standing === noStanding) continue
    if (last && last.to === span.from && last.state === standing) last.to = span.to
    else result.push({ from: span.from, to: span.to, state: standing, report: 0, line: 0 })
  }
  return result
}

/** When a pair is eligible: on the days on which files name it, and, for a drug whose rule is "reported", from the day on which anybody first named it; while open. */
export function eligibleDays(filed: readonly Days[], eligibleWhenReported: boolean, firstNamed: number | null, opening: Opening): readonly Days[] {
  const open = openDays(opening)
  const days = filed.map((one) => ({ from: Math.max(one.from, open.from), to: Math.min(one.to, open.to) })).filter((one) => one.from < one.to)
  if (!eligibleWhenReported || firstNamed === null || firstNamed >= open.to) return days
  const reaching = days.filter((one) => one.from < firstNamed && one.to >= firstNamed)
  return [...days.filter((one) => one.to < firstNamed), { from: reaching[0]?.from ?? firstNamed, to: open.to }]
}

/** True if two lists of days are the same. */
export function sameDays(a: readonly Days[], b: readonly Days[]): boolean {
  return a.length === b.length && a.every((one, i) => one.from === b[i]!.from && one.to === b[i]!.to)
}

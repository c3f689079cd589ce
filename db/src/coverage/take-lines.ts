import { firstInStock, firstSupply, stateOn, type Span } from '@lastmile/shared/chain'
import type { LineReader } from '@lastmile/shared/report-lines'
import { leftOutFrom, statedFrom, trailSpans, withStatement, type Trail, type Word } from '@lastmile/shared/trail'
import { stateCode } from '@lastmile/shared/state'
import type { Difference } from './difference.js'
import type { Holding } from './holding.js'
import { declaredLens, suppliedLens } from './lens.js'
import type { ListFacts } from './list-facts.js'
import type { PastSpan } from './past.js'
import type { Place } from './places.js'
import type { ShelfPair } from './shelf.js'
import { eligibleDays, spansSince, standingsFrom, trailUnder } from './view.js'

/** The report whose lines are taken in. */
export interface TakenReport {
  id: number
  source: number
  /** Its kind of evidence, as a lens. */
  lens: number
  asOf: number
  /** As-of day of the source's last snapshot before it; before every day where there is none. */
  lastSnapshot: number
  /** Whether a pair is in its scope; null for a report of changes, which leaves nothing out. */
  covers: ((drug: number, place: Place) => boolean) | null
}

/** Pairs that entered and left what is in stock on the report's as-of day. */
export interface Effect {
  pairsEntered: number
  pairsLeft: number
}

/** What an institution's lines did: its pairs as they are now, and what became past. */
export interface Taken {
  pairs: ShelfPair[]
  ended: PastSpan[]
  /** Drugs that nobody had named here before. */
  firstNamed: number[]
}

interface Change {
  drug: number
  before: ShelfPair | null
  after: ShelfPair
  /** Day from which it changes what holds. */
  from: number
}

const inStock = stateCode('in_stock')
const later = Number.MAX_SAFE_INTEGER

/**
 * Takes in what a report says of one institution, where it goes on from what is known: costs what the report says,
 * however long the history is. `lines` are in the order of drugs, or null where the report does not name the institution.
 * What changes is added to `difference` and `effect`. Answers "past" where the report speaks of days before the last
 * event of a pair: then the institution has to be computed from all its statements; nothing was added then. Null:
 * nothing changed.
 */
export function takeLines(list: ListFacts, report: TakenReport, holding: Holding, place: Place, lines: LineReader | null, difference: Difference, effect: Effect): Taken | 'past' | null {
  const changes = report.lens === suppliedLens ? supplied(list, report, holding, lines!) : stated(list, report, holding, place, lines)
  if (changes === 'past') return 'past'
  if (changes.length === 0) return null
  return addChanges(list, report, holding, place, changes, difference, effect)
}

/** The changes that statements, and being left out of a snapshot, make. */
function stated(list: ListFacts, report: TakenReport, holding: Holding, place: Place, lines: LineReader | null): Change[] | 'past' {
  const { pairs } = holding
  const changes: Change[] = []
  let at = 0
  let more = lines !== null && lines.next()
  while (more || at < pairs.length) {
    const own = pairs[at]
    if (!more || (own !== undefined && own.drug < lines!.drug)) {
      at += 1
      const trail = trailUnder(own!, report.lens)
      if (trail === null || report.covers === null) continue
      const from = leftOutFrom(trail, report.source, report.asOf)
      if (from === undefined || !report.covers(own!.drug, place)) continue
      if (from === null) return 'past'
      changes.push(changed(list, report, own!.drug, own!, place, withStatement(trail, wordOf(report, report.asOf, 0, 0), from), from))
      continue
    }
    const before = own !== undefined && own.drug === lines!.drug ? own : null
    if (before) at += 1
    const word = wordOf(report, lines!.day, lines!.line, lines!.status)
    const trail = before && trailUnder(before, report.lens)
    const from = trail ? statedFrom(trail, report.source, word.day, report.lastSnapshot) : word.day
    if (from === null) return 'past'
    changes.push(changed(list, report, lines!.drug, before, place, trail ? withStatement(trail, word, from) : { from, words: [word] }, from))
    more = lines!.next()
  }
  return changes
}

/** The changes that supplies make: the first that counts, and no later one. */
function supplied(list: ListFacts, report: TakenReport, holding: Holding, lines: LineReader): Change[] {
  const byDrug = new Map(holding.pairs.map((pair) => [pair.drug, pair]))
  const events = new Map<number, { day: number; report: number; line: number }[]>()
  while (lines.next()) {
    const own = events.get(lines.drug) ?? []
    own.push({ day: lines.day, report: report.id, line: lines.line })
    events.set(lines.drug, own)
  }
  return [...events].flatMap(([drug, own]): Change[] => {
    const before = byDrug.get(drug) ?? null
    const first = firstSupply(before?.supplied ? [before.supplied, ...own] : own, list.inForce)
    if (!first || (before?.supplied && first === before.supplied)) return []
    const after = { ...(before ?? emptyPair(drug)), supplied: first, firstNamed: Math.min(before?.firstNamed ?? later, first.day) }
    return [{ drug, before, after, from: Math.min(first.day, before?.supplied?.day ?? first.day) }]
  })
}

function changed(list: ListFacts, report: TakenReport, drug: number, before: ShelfPair | null, place: Place, trail: Trail, from: number): Change {
  const after: ShelfPair = before === null ? emptyPair(drug) : { ...before }
  const spans = trailSpans(trail, from, list.drugs.get(drug)!.freshnessDays, place)
  if (report.lens === declaredLens) {
    after.declared = trail
    // What was declared from that day on holds no more: another word of the same day may take it back.
    if (after.firstDeclared === null || after.firstDeclared >= from) after.firstDeclared = firstInStock(spans)
  } else after.confirmed = trail
  const first = spans[0]?.from
  if (first !== undefined && (after.firstNamed === null || first < after.firstNamed)) after.firstNamed = first
  return { drug, before, after, from }
}

/** Adds to the counters what changes, and gathers what became past. */
function addChanges(list: ListFacts, report: TakenReport, holding: Holding, place: Place, changes: readonly Change[], difference: Difference, effect: Effect): Taken {
  const { lens } = report
  const ended: PastSpan[] = []
  const firstNamed: number[] = []
  let earliest = later
  for (const { drug, before, after, from } of changes) {
    const { freshnessDays, eligibleWhenReported } = list.drugs.get(drug)!
    const filed = holding.filed.get(drug) ?? []
    const eligibleBefore = eligibleDays(filed, eligibleWhenReported, before?.firstNamed ?? null, place)
    const eligibleAfter = eligibleDays(filed, eligibleWhenReported, after.firstNamed, place)
    const spansBefore = spansSince(before, lens, holding.past, from, freshnessDays, place)
    const spansAfter = spansSince(after, lens, holding.past, from, freshnessDays, place)
    difference.pair(lens, drug, place, spansBefore, spansAfter, eligibleBefore, eligibleAfter)
    difference.eligible(drug, place, eligibleBefore, eligibleAfter)
    difference.standing(drug, place, standingsFrom(before, lens, spansBefore, holding.past, from, freshnessDays, place), standingsFrom(after, lens, spansAfter, holding.past, from, freshnessDays, place))
    if (from <= report.asOf) countEffect(effect, spansBefore, spansAfter, report.asOf)
    const trail = before && lens !== suppliedLens ? trailUnder(before, lens) : null
    if (trail !== null && trail.from < from) {
      for (const span of trailSpans(trail, trail.from, freshnessDays, place)) if (span.from < from) ended.push({ ...span, to: Math.min(span.to, from), drug, lens })
    }
    if (before === null) firstNamed.push(drug)
    earliest = Math.min(earliest, from)
  }
  const pairs = withChanges(holding.pairs, changes)
  // What one pair's change ended may reach into days on which another's begins to count.
  const past = ended.length === 0 ? holding.past : [...holding.past, ...ended]
  const over = (pair: ShelfPair | null, own: readonly PastSpan[]) => (pair === null ? [] : spansSince(pair, lens, own, earliest, list.drugs.get(pair.drug)!.freshnessDays, place))
  const moved = new Set(changes.map((one) => one.drug))
  difference.institution(lens, place, holding.pairs.filter((pair) => !moved.has(pair.drug)).map((pair) => over(pair, holding.past)),
    changes.map((one) => over(one.before, holding.past)), changes.map((one) => over(one.after, past)))
  return { pairs, ended, firstNamed }
}

/** The effect of one pair on the as-of day. */
export function countEffect(effect: Effect, before: readonly Span[], after: readonly Span[], asOf: number): void {
  const was = stateOn(before, asOf) === inStock
  const is = stateOn(after, asOf) === inStock
  if (is && !was) effect.pairsEntered += 1
  if (was && !is) effect.pairsLeft += 1
}

/** Pairs after changes, which are in the order of drugs as the pairs are. */
function withChanges(pairs: readonly ShelfPair[], changes: readonly Change[]): ShelfPair[] {
  const result: ShelfPair[] = []
  const sorted = isSorted(changes) ? changes : [...changes].sort((a, b) => a.drug - b.drug)
  let at = 0
  for (const { drug, after } of sorted) {
    while (at < pairs.length && pairs[at]!.drug < drug) result.push(pairs[at++]!)
    if (pairs[at]?.drug === drug) at += 1
    result.push(after)
  }
  while (at < pairs.length) result.push(pairs[at++]!)
  return result
}

function isSorted(changes: readonly Change[]): boolean {
  for (let i = 1; i < changes.length; i++) if (changes[i]!.drug < changes[i - 1]!.drug) return false
  return true
}

function wordOf(report: TakenReport, day: number, line: number, status: number): Word {
  return { source: report.source, report: report.id, line, status, day, order: later }
}

/** A pair of which nothing is known. */
export function emptyPair(drug: number): ShelfPair {
  return { drug, declared: null, confirmed: null, supplied: null, firstDeclared: null, firstNamed: null }
}

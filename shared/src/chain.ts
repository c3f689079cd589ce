import { endOfDays } from './day.js'
import { noStanding, standingCodeOf } from './standing.js'
import { noState, stateCode, statePrecedence } from './state.js'

/*
 * What holds of a pair on which days. The heart of the product: everything that is counted is counted from the
 * spans made here, whether they are maintained, rebuilt, or computed for a past "known on". A nation has millions of
 * pairs, so days are numbers here (since 1970-01-01), and a state is its place in `states`; a status is its own state.
 */

/** What one line of an accepted report says of a pair. */
export interface Saying {
  source: number
  report: number
  line: number
  /** Place in `statuses`, which is its place in `states` too. */
  status: number
  /** The statement's day: valid and fresh from then. */
  day: number
  /** As-of day of the report that says it. */
  asOf: number
  /** Order of acceptance: of two sayings of one day the later acceptance wins. */
  order: number
}

/** A snapshot of a source that covers the pair, whether or not it names it. */
export interface Snapshot {
  source: number
  report: number
  asOf: number
  order: number
}

/** A state from a day (inclusive) to a day (exclusive), with the report and line it rests on. */
export interface Span {
  from: number
  to: number
  /** Place in `states`; in a span of standing, in `standings`. */
  state: number
  /** 0 where it rests on no one report. */
  report: number
  /** 0 where the report speaks by leaving the pair out. */
  line: number
}

/** Days (inclusive from, exclusive to) on which an institution is open. */
export interface Opening {
  opened: number | null
  closed: number | null
}

const stale = stateCode('stale')
const notReported = stateCode('not_reported')
const inStock = stateCode('in_stock')

/**
 * The spans of a pair under one kind of evidence (declared or confirmed).
 *
 * One chain per source: a statement holds from its day until that source's next one. A snapshot that covers the pair
 * and leaves it out, after the source had named it, makes it *not reported* from the snapshot's as-of day until a
 * statement of a later day, or, where the source restates an old day, until the as-of day of that report. Across
 * sources the latest day wins, then the latest acceptance; a source's silence never outweighs another's word. A statement is stale after `freshnessDays`, and what is closed leaves every count.
 */
export function pairSpans(sayings: readonly Saying[], snapshots: readonly Snapshot[], freshnessDays: number, opening: Opening): Span[] {
  if (sayings.length === 0) return []
  const chains = chainsOf(sayings, snapshots)
  const days = new Set<number>()
  for (const chain of chains) {
    for (const saying of chain.sayings) days.add(saying.day).add(saying.day + freshnessDays + 1)
    for (const mention of chain.mentions) days.add(mention.asOf)
  }
  if (opening.opened !== null) days.add(opening.opened)
  if (opening.closed !== null) days.add(opening.closed)
  days.delete(endOfDays)

  const spans: Span[] = []
  for (const day of [...days].sort(ascending)) {
    const held = isOpen(opening, day) ? heldOn(chains, day, freshnessDays) : null
    appendSpan(spans, day, held)
  }
  return spans
}

/** The first event on or after `since`: of a day the one of the lowest report and line. Null where there is none. */
export function firstSupply<Event extends { day: number; report: number; line: number }>(events: readonly Event[], since: number): Event | null {
  let first: Event | null = null
  for (const event of events) {
    if (event.day < since) continue
    if (!first || event.day < first.day || (event.day === first.day && (event.report < first.report || (event.report === first.report && event.line < first.line)))) first = event
  }
  return first
}

/**
 * The standing of a pair over time, from its spans under each kind of evidence; `state` is a place in `standings`.
 * `firstDeclared` is the first day on which the company declared it in stock, or null.
 */
export function standingSpans(declared: readonly Span[], confirmed: readonly Span[], supplied: readonly Span[], firstDeclared = firstInStock(declared)): Span[] {
  const result: Span[] = []
  for (const day of edgesOf([declared, confirmed, supplied])) {
    const standing = standingCodeOf(stateOn(declared, day), stateOn(confirmed, day), stateOn(supplied, day) === inStock, firstDeclared !== null && firstDeclared <= day)
    appendState(result, day, standing === noStanding ? noState : standing)
  }
  return result
}

/** The first day on which spans say in stock, or null. */
export function firstInStock(spans: readonly Span[]): number | null {
  return spans.find((span) => span.state === inStock)?.from ?? null
}

const rank = statePrecedence.map(stateCode).reduce<number[]>((ranks, code, place) => Object.assign(ranks, { [code]: place }), [])

/** Of two states of an institution's drugs the one that it shows: in stock if any is, else unknown if any is, else no. */
export function likelier(a: number, b: number): number {
  if (a === noState) return b
  if (b === noState) return a
  return rank[b]! < rank[a]! ? b : a
}

/** The span that holds on a day, or null. */
export function spanOn<S extends { from: number; to: number }>(spans: readonly S[], day: number): S | null {
  for (const span of spans) if (span.from <= day && day < span.to) return span
  return null
}

/** The state that holds on a day, or {@link noState}. */
export function stateOn(spans: readonly Span[], day: number): number {
  for (const span of spans) if (span.from <= day && day < span.to) return span.state
  return noState
}

/** The parts of spans that lie within some days (inclusive from, exclusive to). */
export function clipSpans(spans: readonly Span[], from: number, to: number): Span[] {
  const result: Span[] = []
  for (const span of spans) {
    const first = Math.max(span.from, from)
    const end = Math.min(span.to, to)
    if (first < end) result.push(first === span.from && end === span.to ? span : { ...span, from: first, to: end })
  }
  return result
}

/** Days on which an institution is open, as bounds. */
export function openDays(opening: Opening): { from: number; to: number } {
  return { from: opening.opened ?? -endOfDays, to: opening.closed ?? endOfDays }
}

function edgesOf(lists: readonly (readonly Span[])[]): number[] {
  const days: number[] = []
  for (const spans of lists) {
    for (const span of spans) {
      if (!days.includes(span.from)) days.push(span.from)
      if (span.to !== endOfDays && !days.includes(span.to)) days.push(span.to)
    }
  }
  return days.sort(ascending)
}

function ascending(a: number, b: number): number {
  return a - b
}

/** What one source has said of a pair: its sayings by day, and from when on it named it or left it out. */
export interface Chain {
  source: number
  sayings: Saying[]
  mentions: Mention[]
}

/** A report of a source from whose as-of day on the pair is named again, or left out. */
export interface Mention {
  report: number
  asOf: number
  order: number
  leftOut: boolean
}

/** The chains of a pair, one a source that ever named it. */
export function chainsOf(sayings: readonly Saying[], snapshots: readonly Snapshot[]): Chain[] {
  const groups = new Map<number, Saying[]>()
  for (const saying of sayings) {
    const group = groups.get(saying.source)
    if (group) group.push(saying)
    else groups.set(saying.source, [saying])
  }
  return [...groups].map(([source, own]) => ({
    source, sayings: own.sort(byDayThenOrder), mentions: mentionsOf(own, snapshots.filter((snapshot) => snapshot.source === source)),
  }))
}

/**
 * The reports by which a source leaves a pair out or names it again, in order. Left out it can only be after the source
 * has named it. Of a run of reports that say the same the first stands for all, unless a statement of a day between
 * two snapshots that leave it out had brought it back meanwhile.
 */
function mentionsOf(sayings: readonly Saying[], snapshots: readonly Snapshot[]): Mention[] {
  const naming = new Set(sayings.map((saying) => saying.report))
  const reports = [...sayings, ...snapshots.filter((snapshot) => !naming.has(snapshot.report))]
    .map(({ report, asOf, order }) => ({ report, asOf, order, leftOut: !naming.has(report) })).sort(byAsOfThenOrder)
  const mentions: Mention[] = []
  for (const report of reports) {
    const last = mentions.at(-1)
    if (!last && report.leftOut) continue
    const meanwhile = last && report.leftOut && sayings.some((saying) => last.asOf < saying.day && saying.day <= report.asOf)
    if (last?.leftOut !== report.leftOut || meanwhile) mentions.push(report)
  }
  return mentions
}

/** What a chain says on a day: the statement that holds, the report that leaves the pair out, or neither. */
export function chainOn(chain: Chain, day: number): { held: Saying | null; absent: Mention | null } {
  const mention = lastUpTo(chain.mentions, day, (one) => one.asOf)
  const own = lastUpTo(chain.sayings, day, (one) => one.day)
  if (mention?.leftOut && (!own || own.day <= mention.asOf)) return { held: null, absent: mention }
  return { held: own, absent: null }
}

function heldOn(chains: readonly Chain[], day: number, freshnessDays: number): Omit<Span, 'from' | 'to'> | null {
  let held: Saying | null = null
  let absent: Mention | null = null
  for (const chain of chains) {
    const own = chainOn(chain, day)
    if (own.held && (!held || byDayThenOrder(held, own.held) < 0)) held = own.held
    if (own.absent && (!absent || byAsOfThenOrder(absent, own.absent) < 0)) absent = own.absent
  }
  if (held) return { state: held.day + freshnessDays < day ? stale : held.status, report: held.report, line: held.line }
  return absent ? { state: notReported, report: absent.report, line: 0 } : null
}

function lastUpTo<One>(inOrder: readonly One[], day: number, dayOf: (one: One) => number): One | null {
  let last: One | null = null
  for (const one of inOrder) {
    if (dayOf(one) > day) break
    last = one
  }
  return last
}

function byAsOfThenOrder(a: Mention, b: Mention): number {
  return a.asOf - b.asOf || a.order - b.order
}

function byDayThenOrder(a: Saying, b: Saying): number {
  return a.day - b.day || a.order - b.order
}

function isOpen(opening: Opening, day: number): boolean {
  return (opening.opened === null || opening.opened <= day) && (opening.closed === null || day < opening.closed)
}

function appendSpan(spans: Span[], day: number, held: Omit<Span, 'from' | 'to'> | null): void {
  const last = spans.at(-1)
  if (last && last.to === endOfDays) {
    if (held && last.state === held.state && last.report === held.report && last.line === held.line) return
    last.to = day
  }
  if (held) spans.push({ from: day, to: endOfDays, ...held })
}

function appendState(spans: Span[], day: number, state: number): void {
  const last = spans.at(-1)
  if (last && last.to === endOfDays) {
    if (last.state === state) return
    last.to = day
  }
  if (state !== noState) spans.push({ from: day, to: endOfDays, state, report: 0, line: 0 })
}

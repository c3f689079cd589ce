import { addDays, endOfTime, type Day } from './day.js'
import { standingOf, type Standing } from './standing.js'
import { statePrecedence, type State } from './state.js'
import type { Status } from './status.js'

/**
 * What holds of a pair on which days. The heart of the product: everything that is counted is counted from the
 * spans made here, whether they are maintained, rebuilt, or computed for a past "known on".
 */

/** What one line of an accepted report says of a pair. */
export interface Saying {
  source: number
  report: number
  line: number
  status: Status
  /** The statement's day: valid and fresh from then. */
  day: Day
  /** As-of day of the report that says it. */
  asOf: Day
  /** Order of acceptance: of two sayings of one day the later acceptance wins. */
  order: number
}

/** A snapshot of a source that covers the pair, whether or not it names it. */
export interface Snapshot {
  source: number
  report: number
  asOf: Day
  order: number
}

/** A state from a day (inclusive) to a day (exclusive), with the report and line it rests on. */
export interface Span {
  from: Day
  to: Day
  state: State
  report: number
  /** Null where the report speaks by leaving the pair out. */
  line: number | null
}

/** Days (inclusive from, exclusive to) on which an institution is open. */
export interface Opening {
  opened: Day | null
  closed: Day | null
}

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
  const chains = groupBySource(sayings).map((own) => ({
    sayings: [...own].sort(byDayThenOrder),
    mentions: mentionsOf(own, snapshots.filter((snapshot) => snapshot.source === own[0]!.source)),
  }))

  const days = new Set<Day>()
  for (const chain of chains) {
    for (const saying of chain.sayings) days.add(saying.day).add(addDays(saying.day, freshnessDays + 1))
    for (const mention of chain.mentions) days.add(mention.asOf)
  }
  if (opening.opened) days.add(opening.opened)
  if (opening.closed) days.add(opening.closed)
  days.delete(endOfTime)

  const spans: Span[] = []
  for (const day of [...days].sort()) {
    const held = isOpen(opening, day) ? heldOn(chains, day, freshnessDays) : null
    appendSpan(spans, day, held)
  }
  return spans
}

/** The span of a pair in which supply was seen: from its first event on or after `since`, for good. */
export function supplySpans(events: readonly { day: Day; report: number; line: number }[], since: Day): Span[] {
  let first: { day: Day; report: number; line: number } | null = null
  for (const event of events) {
    if (event.day < since) continue
    if (!first || event.day < first.day || (event.day === first.day && (event.report < first.report || (event.report === first.report && event.line < first.line)))) first = event
  }
  return first ? [{ from: first.day, to: endOfTime, state: 'in_stock', report: first.report, line: first.line }] : []
}

/** A span whose state is what all kinds of evidence together say. */
export interface StandingSpan {
  from: Day
  to: Day
  standing: Standing
}

/** The standing of a pair over time, from its spans under each kind of evidence. */
export function standingSpans(declared: readonly Span[], confirmed: readonly Span[], supplied: readonly Span[]): StandingSpan[] {
  const firstDeclared = declared.find((span) => span.state === 'in_stock')?.from ?? null
  const result: StandingSpan[] = []
  for (const day of edgesOf([declared, confirmed, supplied])) {
    const standing = standingOf({
      declared: stateOn(declared, day),
      confirmed: stateOn(confirmed, day),
      supplied: stateOn(supplied, day) === 'in_stock',
      everDeclared: firstDeclared !== null && firstDeclared <= day,
    })
    const last = result.at(-1)
    if (last && last.to === endOfTime) {
      if (last.standing === standing) continue
      last.to = day
    }
    if (standing) result.push({ from: day, to: endOfTime, standing })
  }
  return result
}

/** The state of an institution over all drugs: stocked if any drug is, else unknown if any is, else no. */
export function institutionSpans(drugs: readonly (readonly Span[])[]): { from: Day; to: Day; state: State }[] {
  const result: { from: Day; to: Day; state: State }[] = []
  for (const day of edgesOf(drugs)) {
    let best: State | null = null
    for (const spans of drugs) {
      const state = stateOn(spans, day)
      if (state && (best === null || statePrecedence.indexOf(state) < statePrecedence.indexOf(best))) best = state
    }
    const last = result.at(-1)
    if (last && last.to === endOfTime) {
      if (last.state === best) continue
      last.to = day
    }
    if (best) result.push({ from: day, to: endOfTime, state: best })
  }
  return result
}

/** The span that holds on a day, or null. */
export function spanOn<S extends { from: Day; to: Day }>(spans: readonly S[], day: Day): S | null {
  return spans.find((span) => span.from <= day && day < span.to) ?? null
}

function stateOn(spans: readonly Span[], day: Day): State | null {
  return spanOn(spans, day)?.state ?? null
}

function edgesOf(lists: readonly (readonly { from: Day; to: Day }[])[]): Day[] {
  const days = new Set<Day>()
  for (const spans of lists) for (const span of spans) days.add(span.from).add(span.to)
  days.delete(endOfTime)
  return [...days].sort()
}

interface Chain {
  sayings: Saying[]
  mentions: Mention[]
}

/** A report of a source from whose as-of day on the pair is named again, or left out. */
interface Mention {
  report: number
  asOf: Day
  order: number
  leftOut: boolean
}

function groupBySource(sayings: readonly Saying[]): Saying[][] {
  const groups = new Map<number, Saying[]>()
  for (const saying of sayings) {
    const group = groups.get(saying.source)
    if (group) group.push(saying)
    else groups.set(saying.source, [saying])
  }
  return [...groups.values()]
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

function heldOn(chains: readonly Chain[], day: Day, freshnessDays: number): Omit<Span, 'from' | 'to'> | null {
  let held: Saying | null = null
  let absent: Mention | null = null
  for (const chain of chains) {
    const mention = lastUpTo(chain.mentions, day, (one) => one.asOf)
    const own = lastUpTo(chain.sayings, day, (one) => one.day)
    if (mention?.leftOut && (!own || own.day <= mention.asOf)) {
      if (!absent || byAsOfThenOrder(absent, mention) < 0) absent = mention
    } else if (own && (!held || byDayThenOrder(held, own) < 0)) held = own
  }
  if (held) {
    const stale = addDays(held.day, freshnessDays) < day
    return { state: stale ? 'stale' : held.status, report: held.report, line: held.line }
  }
  return absent ? { state: 'not_reported', report: absent.report, line: null } : null
}

function lastUpTo<One>(inOrder: readonly One[], day: Day, dayOf: (one: One) => Day): One | null {
  let last: One | null = null
  for (const one of inOrder) {
    if (dayOf(one) > day) break
    last = one
  }
  return last
}

function byAsOfThenOrder(a: Mention, b: Mention): number {
  if (a.asOf !== b.asOf) return a.asOf < b.asOf ? -1 : 1
  return a.order - b.order
}

function byDayThenOrder(a: Saying, b: Saying): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1
  return a.order - b.order
}

function isOpen(opening: Opening, day: Day): boolean {
  return (opening.opened === null || opening.opened <= day) && (opening.closed === null || day < opening.closed)
}

function appendSpan(spans: Span[], day: Day, held: Omit<Span, 'from' | 'to'> | null): void {
  const last = spans.at(-1)
  if (last && last.to === endOfTime) {
    if (held && last.state === held.state && last.report === held.report && last.line === held.line) return
    last.to = day
  }
  if (held) spans.push({ from: day, to: endOfTime, ...held })
}

import { chainOn, chainsOf, openDays, type Opening, type Saying, type Snapshot, type Span } from './chain.js'
import { endOfDays } from './day.js'
import { stateCode } from './state.js'

/*
 * The end of a pair's chains: all that a next report has to know. From the day of the last event on, each source either
 * holds one statement or has left the pair out; what came before is past and does not change, unless a report arrives
 * that speaks of the past, and then the pair is computed from all its statements again. So a report costs what it says,
 * however long the history is.
 */

/** The last word of one source on a pair: a statement, or a snapshot that leaves the pair out. */
export interface Word {
  source: number
  report: number
  /** 0: the report leaves the pair out. */
  line: number
  /** Place in `statuses`; of a pair left out without meaning. */
  status: number
  /** The statement's day; the as-of day of a report that leaves the pair out. */
  day: number
  /** Order of acceptance of the report. */
  order: number
}

/** What holds of a pair under one kind of evidence from a day on: nothing happened on a later day. */
export interface Trail {
  from: number
  /** One a source, in no order. */
  words: Word[]
}

const stale = stateCode('stale')
const notReported = stateCode('not_reported')

/** The trail of a pair from all that was ever said of it. Null where nothing was. */
export function trailOf(sayings: readonly Saying[], snapshots: readonly Snapshot[]): Trail | null {
  if (sayings.length === 0) return null
  const chains = chainsOf(sayings, snapshots)
  let from = -endOfDays
  for (const chain of chains) {
    for (const saying of chain.sayings) from = Math.max(from, saying.day)
    for (const mention of chain.mentions.slice(1)) from = Math.max(from, mention.asOf)
  }
  const words = chains.map((chain): Word => {
    const { held, absent } = chainOn(chain, from)
    if (absent) return { source: chain.source, report: absent.report, line: 0, status: 0, day: absent.asOf, order: absent.order }
    return { source: chain.source, report: held!.report, line: held!.line, status: held!.status, day: held!.day, order: held!.order }
  })
  return { from, words }
}

/**
 * The day from which a next statement of a source changes what holds: its own day. Null where that lies in the trail's
 * past, or where the source had left the pair out and takes up a day on which it still did: `lastSnapshot` is the as-of
 * day of its last snapshot before this report. The report is the source's latest by as-of day, and the latest accepted
 * of its kind of evidence: the caller sees to it.
 */
export function statedFrom(trail: Trail, source: number, day: number, lastSnapshot: number): number | null {
  const own = trail.words.find((word) => word.source === source)
  if (own?.line === 0 && (day <= own.day || day <= lastSnapshot)) return null
  return day < trail.from ? null : day
}

/** The trail after a statement that changes what holds from `from` on. */
export function withStatement(trail: Trail, word: Word, from: number): Trail {
  return { from, words: [...trail.words.filter((one) => one.source !== word.source), word] }
}

/**
 * The day from which a snapshot of a source that leaves the pair out changes what holds: its as-of day. Null where that
 * lies in the trail's past; undefined where it changes nothing: the source never named the pair, or had left it out before.
 */
export function leftOutFrom(trail: Trail, source: number, asOf: number): number | null | undefined {
  const own = trail.words.find((word) => word.source === source)
  if (!own || own.line === 0) return undefined
  return asOf < trail.from ? null : asOf
}

/** The statement that holds at the end of a trail, whoever said it: of the latest day, then of the latest acceptance. Null where every source has left the pair out. */
export function heldWord(trail: Trail): Word | null {
  let held: Word | null = null
  for (const word of trail.words) if (word.line !== 0 && (held === null || isLater(word, held))) held = word
  return held
}

/** The spans of a trail from a day on, which is not before the trail's: at most two, a state and then that it is stale. */
export function trailSpans(trail: Trail, from: number, freshnessDays: number, opening: Opening): Span[] {
  let held: Word | null = null
  let absent: Word | null = null
  for (const word of trail.words) {
    if (word.line === 0) absent = absent === null || isLater(word, absent) ? word : absent
    else held = held === null || isLater(word, held) ? word : held
  }
  const open = openDays(opening)
  const first = Math.max(from, open.from)
  const spans: Span[] = []
  const add = (state: number, start: number, end: number, word: Word) => {
    if (start < end) spans.push({ from: start, to: end, state, report: word.report, line: word.line })
  }
  if (held !== null) {
    const staleFrom = held.day + freshnessDays + 1
    add(held.status, first, Math.min(staleFrom, open.to), held)
    add(stale, Math.max(staleFrom, first), open.to, held)
  } else if (absent !== null) add(notReported, first, open.to, absent)
  return spans
}

function isLater(a: Word, b: Word): boolean {
  return a.day > b.day || (a.day === b.day && a.order > b.order)
}

import type { Database } from '@lastmile/db/database'
import { readLists, listOn, type ListRecord, type ListRow } from '@lastmile/db/query/lists'
import { dayIn, type Day } from '@lastmile/shared/day'
import type { Clock } from './clock.js'

/**
 * The lists as they stand, in memory: every question begins with its list, and asking the database for it each time
 * costs more than a ready answer does.
 *
 * Why what is known is right: it is read from the database and forgotten with every change. A change by this process is
 * noted here after its commit and before its sender is answered, so whoever was told of it never reads what was before.
 * A change by another process comes with PostgreSQL's own notice of the commit, a moment after it; while that line is
 * down nothing is kept, and every question asks the database. A read that began before a change and ends after it is
 * good for who waited for it and is not kept.
 */
export interface KnownLists {
  /** All lists, each with its own today. */
  all(): Promise<ListRow[]>
  /** One list by code, or null. */
  find(code: string): Promise<ListRow | null>
  /** One list if it is known without asking. Undefined says nothing: ask `find`. */
  atHand(code: string): ListRow | undefined
  /** A list's data changed: what is known of it before this version counts no more. */
  changed(code: string, version: number): void
  /** Anything may have changed. */
  forget(): void
  /** Whether changes by other processes are heard of, from now on. */
  hears(all: boolean): void
}

/** Days begin on a quarter of an hour: every offset in use today is a multiple of one. */
const quarterMs = 15 * 60_000

/** The lists with their todays, from an instant until (and without) another, in milliseconds since 1970. */
interface Dated {
  facts: readonly ListRecord[]
  from: number
  until: number
  lists: ReadonlyMap<string, ListRow>
}

/** `hearsAll`: whether changes by other processes are heard of, or there are none. */
export function newKnownLists(db: Database, clock: Clock, hearsAll: boolean): KnownLists {
  let hearing = hearsAll
  let known: readonly ListRecord[] | null = null
  let reading: Promise<readonly ListRecord[]> | null = null
  let dated: Dated | null = null

  const forget = () => {
    known = null
    reading = null
  }
  const read = (): Promise<readonly ListRecord[]> => {
    // Who asks while another reads waits with him; unless changes are not heard of, for then one may lie between.
    if (reading && hearing) return reading
    const own = readLists(db).then((facts) => {
      if (reading === own && hearing) known = facts
      return facts
    }).finally(() => {
      if (reading === own) reading = null
    })
    reading = own
    return own
  }
  const on = (facts: readonly ListRecord[]): ReadonlyMap<string, ListRow> => {
    const now = clock.ms()
    if (!dated || dated.facts !== facts || now < dated.from || now >= dated.until) dated = datedAt(facts, now)
    return dated.lists
  }
  return {
    all: async () => [...on(known ?? await read()).values()],
    find: async (code) => on(known ?? await read()).get(code) ?? null,
    atHand: (code) => (known ? on(known).get(code) : undefined),
    changed: (code, version) => {
      // Told twice, by the one who made the change and by the database: the second need not read again.
      const row = known?.find((one) => one.code === code)
      if (!row || row.version < version) forget()
    },
    forget,
    hears: (all) => {
      hearing = all
      forget()
    },
  }
}

function datedAt(facts: readonly ListRecord[], now: number): Dated {
  const from = Math.floor(now / quarterMs) * quarterMs
  const instant = new Date(now).toISOString()
  const days = new Map<string, Day>()
  const dayOf = (timeZone: string): Day => {
    const day = days.get(timeZone) ?? dayIn(timeZone, instant)
    days.set(timeZone, day)
    return day
  }
  return {
    facts, from, until: from + quarterMs,
    lists: new Map(facts.map((one) => [one.code, listOn(one, dayOf)])),
  }
}

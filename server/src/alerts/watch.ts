import type { Database } from '@lastmile/db/database'
import { notify, type NewMessage } from '@lastmile/db/load/notify'
import { alertsSince, endWatch, insertAlert, keepWatch, letAlertsGo, lockAlerts, moveAlert, settleAlerts, watchesOf } from '@lastmile/db/query/alerts'
import { fallsOf, type Fall } from '@lastmile/db/query/falls'
import { eachSpans } from '@lastmile/db/query/gap-ages'
import type { ListRow } from '@lastmile/db/query/lists'
import { measuresOn } from '@lastmile/db/query/measures'
import { factsFor, historiesFor } from '@lastmile/db/query/question'
import { periodsOfSources } from '@lastmile/db/query/reporting'
import { subscribersOf, type SubscriberRow } from '@lastmile/db/query/subscriptions'
import { addDays, dayIn, dayNumber, dayOfNumber, type Day, type Instant } from '@lastmile/shared/day'
import { evidences, type Evidence } from '@lastmile/shared/evidence'
import { endToldOn } from '@lastmile/shared/gap-episode'
import { messagesKeptDays } from '@lastmile/shared/messages-kept'
import { isPastDue } from '@lastmile/shared/owed-period'
import { everything } from '@lastmile/shared/purview'
import type { Services } from '../lib/services.js'
import { fallOccurrences, gapOccurrences, madeUpDays, reconcile, toOf, type Occurrence } from './occurrences.js'
import { toSubscribers } from './report-alerts.js'
import { tellAlerts, type News } from './tell-alerts.js'

/** How often it is looked whether a list has changed, or has a new day. */
const everyMs = 30_000
/** A list that changes all the time is looked at as often as this; one that has come to rest, at the next look. */
const atLeastEveryMs = 10 * 60_000
/** Of each source so many of its last periods are looked at. */
const periodsLookedAt = 12

type Parts = Pick<Services, 'db' | 'clock' | 'lists' | 'log'>

/** What was looked at last of a list, and what was seen of it at the last look. */
interface Looked {
  done: string
  seen: string
  seenAt: number
}

/** Looks for what subscribers are to be told, whenever a list has changed and come to rest, and on each new day of it, until it is stopped. */
export function startWatching(services: Parts): () => Promise<void> {
  let running: Promise<void> | null = null
  const looked = new Map<string, Looked>()
  const look = () => {
    running ??= watchChanged(services, looked).catch((err: unknown) => services.log.error({ event: 'alerts', err }, 'it was not looked for what subscribers are to be told')).finally(() => (running = null))
  }
  look()
  const timer = setInterval(look, everyMs).unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}

/** The same once. A list that moved since the last look is left for the next: reports come in groups. */
async function watchChanged(services: Parts, looked: Map<string, Looked>): Promise<void> {
  const now = performance.now()
  for (const list of await services.lists.all()) {
    if (list.clock === 'closed') continue
    // What is told is told of what everybody may see: comments and letters of cases have nothing computed anew.
    const state = `${list.publicVersion} ${list.today}`
    const last = looked.get(list.code)
    const seenAt = last && last.seen !== last.done ? last.seenAt : now
    const isDue = last === undefined || (state !== last.done && (state === last.seen || now - seenAt > atLeastEveryMs))
    if (isDue) {
      try {
        await watchList(services, list)
      } catch (err) {
        services.log.error({ event: 'alerts', list: list.code, err }, 'it was not looked for what subscribers of a list are to be told')
        continue
      }
    }
    looked.set(list.code, { done: isDue ? state : last.done, seen: state, seenAt: isDue ? now : seenAt })
  }
}

/**
 * Looks for what has begun and ended in a list, and tells its subscribers. Done twice, or by several servers at once, it
 * tells nothing twice; after a while without any, what lasts is told, and what ended within {@link madeUpDays} days. Whoever
 * is the first to subscribe under a kind of evidence hears of what begins from then on: what is so already he sees on the pages.
 * @param since what could be told before this day is not news (the list's today, the first time)
 * @returns how many messages were new
 */
export async function watchList(services: Parts, list: ListRow, { since = list.today }: { since?: Day } = {}): Promise<number> {
  const { db, clock, log } = services
  const subscribers = await subscribersOf(db, list.id)
  const facts = await factsFor(db, list)
  const today = dayNumber(list.today)
  const watched = evidences.filter((one) => subscribers.some(({ evidence, events }) => evidence === one && events.some((event) => event === 'gap_opened' || event === 'gap_closed' || event === 'coverage_fell')))
  const seen = new Map<Evidence, Occurrence[]>()
  for (const evidence of watched) seen.set(evidence, await occurrencesOf(db, list, evidence))
  const overdue = await overdueAlerts(services, list, subscribers)
  const made = await db.transaction(async (transaction) => {
    const tx = transaction as Database
    await lockAlerts(tx, list.id)
    const watches = await watchesOf(tx, list.id)
    for (const evidence of watches.keys()) if (!seen.has(evidence)) await endWatch(tx, list.id, evidence, clock.now())
    let told = await notify(tx, overdue)
    for (const [evidence, occurrences] of seen) {
      const before = watches.get(evidence)
      // Another server has looked at what came later.
      if (before && (before.version > list.version || before.today > list.today)) continue
      const silentUntil = before ? null : dayNumber(since)
      const { news, touched } = await keep(tx, list, evidence, occurrences, { today, silentUntil }, clock.now())
      told += await tellAlerts(tx, list, facts, evidence, subscribers, news, clock.now())
      await settleAlerts(tx, touched, clock.now())
      await keepWatch(tx, list.id, evidence, list)
    }
    return told
  })
  await letAlertsGo(db, list.id, addDays(list.today, -messagesKeptDays))
  if (made > 0) log.info({ event: 'alerts', list: list.code, made }, 'subscribers were told')
  return made
}

/** Everything of a list under a kind of evidence that is told, or was. */
async function occurrencesOf(db: Database, list: ListRow, evidence: Evidence): Promise<Occurrence[]> {
  const when = { evidence, asOf: list.today, knownOn: null, since: null }
  const [facts, { smoothing, fall }, today] = [await factsFor(db, list), list.alerting, dayNumber(list.today)]
  const found: Occurrence[] = []
  await eachSpans(db, list, facts, when, await measuresOn(db, list, when), () => true, (spans) => found.push(...gapOccurrences(spans, smoothing, today)))
  for (const drug of facts.drugs.keys()) {
    const falls = await fallsOf(facts, await historiesFor(db, list, facts, when, facts.inForce, [drug]), evidence, [drug], fall, list.today)
    const byUnit = new Map<number | null, Fall[]>()
    for (const one of falls) byUnit.set(one.unit?.id ?? null, [...byUnit.get(one.unit?.id ?? null) ?? [], one])
    for (const own of byUnit.values()) found.push(...fallOccurrences(own, smoothing, today))
  }
  return found
}

/** Keeps what is seen, and answers what of it is news, and which alerts have begun or moved. What could be told until `silentUntil` is no news. */
async function keep(tx: Database, list: ListRow, evidence: Evidence, seen: readonly Occurrence[], { today, silentUntil }: { today: number; silentUntil: number | null }, at: Instant): Promise<{ news: News[]; touched: number[] }> {
  const { smoothing } = list.alerting
  const kept = await alertsSince(tx, list.id, evidence, addDays(list.today, -messagesKeptDays - madeUpDays))
  const { fresh, moved, ended } = reconcile(seen, kept, smoothing, today)
  const news: News[] = []
  const touched = moved.map(({ id }) => id)
  const closes = (alert: number, one: Occurrence) => {
    const day = endToldOn(one, smoothing)!
    if (one.kind === 'gap' && one.endsAll && (silentUntil === null || one.to > silentUntil)) news.push({ alert, one, event: 'gap_closed', day })
  }
  for (const one of fresh) {
    const end = endToldOn(one, smoothing)
    const isOver = (end !== null && end <= today) || (silentUntil !== null && one.to <= silentUntil)
    const id = await insertAlert(tx, list.id, evidence, { kind: one.kind, drug: one.drug, unit: one.unit, class: one.class, from: dayOfNumber(one.from), to: toOf(one), isOver }, at)
    if (id === null) continue
    touched.push(id)
    if (silentUntil === null || one.toldOn > silentUntil) news.push({ alert: id, one, event: one.kind === 'gap' ? 'gap_opened' : 'coverage_fell', day: one.toldOn })
    if (isOver) closes(id, one)
  }
  for (const { id, ...to } of moved) await moveAlert(tx, id, to)
  for (const { id, one } of ended) closes(id, one)
  return { news, touched }
}

/** Sources that owe a report whose day is past, for those who subscribed before it was. */
async function overdueAlerts({ db, clock }: Parts, list: ListRow, subscribers: readonly SubscriberRow[]): Promise<NewMessage[]> {
  const wanting = subscribers.filter(({ events }) => events.includes('report_overdue'))
  if (wanting.length === 0) return []
  const sources = await periodsOfSources(db, list, { asOf: list.today, periods: periodsLookedAt, purview: everything, reports: everything })
  return sources.flatMap(({ id, source, periods }) => periods.filter((one) => one.state === 'missing' && isPastDue(one, list.today)).flatMap(({ period, dueOn }) => {
    const own = wanting.filter(({ createdAt }) => list.clock === 'demonstration' || dayIn(list.timeZone, createdAt) <= dueOn!)
    const at = list.clock === 'demonstration' ? `${addDays(dueOn!, 1)}T00:00:00.000Z` : clock.now()
    if (dueOn! < addDays(list.today, -madeUpDays)) return []
    return toSubscribers(own, source, 'report_overdue', { kind: 'subscribed_overdue', listId: list.id, sourceId: id, subject: { period, dueOn: dueOn! }, by: null, key: `${source.code} ${period}`, at })
  }))
}

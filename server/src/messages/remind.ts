import type { Database } from '@lastmile/db/database'
import { notify, type NewMessage } from '@lastmile/db/load/notify'
import { letDigestsGo } from '@lastmile/db/query/digests'
import type { ListRow } from '@lastmile/db/query/lists'
import { letMessagesGo } from '@lastmile/db/query/messages'
import { periodsOfSources, type SourcePeriods } from '@lastmile/db/query/reporting'
import { addDays, type Day, type Instant } from '@lastmile/shared/day'
import { addressKey, messagesKeptDays } from '@lastmile/shared/message'
import { officeOf, reviewersOf } from '@lastmile/shared/message-office'
import { everything } from '@lastmile/shared/purview'
import { remindersOn, type Reminder } from '@lastmile/shared/reminder'
import type { Services } from '../lib/services.js'
import { remindOfDuties } from './remind-duties.js'

/** How often it is looked whether a list has a new day. */
const everyMs = 60_000
/** What was not told while no server ran is told afterwards, of each report once: the last that was due in so many days. */
const madeUpDays = 31
/** Of each source so many of its last periods are looked at. */
const periodsLookedAt = 12
/** Sources told in one transaction. */
const toldAtOnce = 100

type Parts = Pick<Services, 'db' | 'clock' | 'lists' | 'log'>

/** Reminds who owes reports, or dated duties, once a day of each list, and lets go of messages after their time, until it is stopped. */
export function startReminders(services: Parts): () => Promise<void> {
  let running: Promise<void> | null = null
  const done = new Map<string, Day>()
  const look = () => {
    running ??= remindOfAll(services, done).catch((err: unknown) => services.log.error({ event: 'reminders', err }, 'who owes reports or duties was not reminded')).finally(() => (running = null))
  }
  look()
  const timer = setInterval(look, everyMs).unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}

/** The same for every list that has a day of which `done` does not know; its new day is noted there. Nobody is reminded of a list that is closed. */
export async function remindOfAll(services: Parts, done: Map<string, Day> = new Map()): Promise<void> {
  const { db, clock, lists } = services
  for (const list of await lists.all()) {
    if (list.clock === 'closed' || done.get(list.code) === list.today) continue
    await remind(services, list)
    await remindOfDuties(services, list)
    done.set(list.code, list.today)
  }
  const before = new Date(clock.ms() - messagesKeptDays * 86_400_000).toISOString()
  await letMessagesGo(db, before)
  await letDigestsGo(db, before)
}

/**
 * Reminds the offices of a list's sources of what they owe on its today, and of what they should have been reminded of
 * lately and still owe. A reminder is one message, however often and by however many servers this is done. Answers how many were new.
 */
export async function remind({ db, clock, log }: Parts, list: ListRow): Promise<number> {
  const sources = await periodsOfSources(db, list, { asOf: list.today, periods: periodsLookedAt, purview: everything, reports: everything })
  const messages = sources.flatMap((one) => lastReminders(one, list.today).flatMap((reminded) => messagesOf(list, one, reminded, clock.now())))
  let made = 0
  for (let at = 0; at < messages.length; at += toldAtOnce) made += await db.transaction((tx) => notify(tx as Database, messages.slice(at, at + toldAtOnce)))
  if (made > 0) log.info({ event: 'reminders', list: list.code, made }, 'who owes reports was reminded')
  return made
}

/** A reminder, and the day on which it was due. */
interface Reminded {
  day: Day
  reminder: Reminder
}

/** Of each period of a source that is still owed, its last reminder up to a day. */
function lastReminders({ source, periods }: SourcePeriods, today: Day): Reminded[] {
  const last = new Map<string, Reminded>()
  for (let back = madeUpDays - 1; back >= 0; back--) {
    const day = addDays(today, -back)
    // By what came up to today: of what was sent meanwhile nobody is reminded any more.
    for (const reminder of remindersOn(source, periods, day)) last.set(reminder.period, { day, reminder })
  }
  const all = [...last.values()]
  // That something is due soon is no news once it is overdue; nor what a later reminder tells too.
  return all.filter(({ day, reminder: { when, dueOn, period } }) => (when === 'after' || dueOn >= today) && !all.some((other) => other.day > day && other.reminder.alsoMissing.includes(period)))
}

/** What the office of a source is told, and, of what is overdue, who looks after its reports and is not that office. */
function messagesOf(list: ListRow, { id, source }: SourcePeriods, { day, reminder: { when, period, dueOn, alsoMissing } }: Reminded, now: Instant): NewMessage[] {
  const office = officeOf(source)
  const own = {
    listId: list.id, sourceId: id, subject: { period, dueOn, ...(alsoMissing.length === 0 ? {} : { alsoMissing }) }, by: null, key: `${source.code} ${period} ${day}`,
    // The demonstration has a past of its own, and its messages stand in it.
    at: list.clock === 'demonstration' ? `${day}T00:00:00.000Z` : now,
  }
  if (when !== 'after') return [{ ...own, kind: 'reminder_before_due', to: office }]
  const keys = office.map(addressKey)
  return [{ ...own, kind: 'reminder_overdue', to: office }, { ...own, kind: 'source_overdue', to: reviewersOf(source).filter((one) => !keys.includes(addressKey(one))) }]
}

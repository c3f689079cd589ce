import type { Database } from '@lastmile/db/database'
import { notify, type NewMessage } from '@lastmile/db/load/notify'
import { casesWaiting, type CaseFacts } from '@lastmile/db/query/cases'
import { insertEvent, lockCase, type LockedCase } from '@lastmile/db/query/keep-case'
import { letRequestFilesGo } from '@lastmile/db/query/keep-company-request'
import { letAttachmentsGo } from '@lastmile/db/query/keep-notice'
import type { ListRow } from '@lastmile/db/query/lists'
import { subscribersOf, type SubscriberRow } from '@lastmile/db/query/subscriptions'
import { followingOf, type Following } from '@lastmile/db/query/supervision'
import type { Day } from '@lastmile/shared/day'
import { waitingNotices } from '@lastmile/shared/notice'
import { ladderFor, stepDue, type LadderStep } from '@lastmile/shared/supervision'
import { workingDaysBetween } from '@lastmile/shared/working-day'
import { overdueLetterAlerts } from '../alerts/case-alerts.js'
import { byItself } from '../audit/event-of.js'
import { followRequests } from '../company-requests/follow-requests.js'
import { followDemands } from '../demand/follow-demands.js'
import type { Services } from '../lib/services.js'
import { addressOf, caseMessage, officeOfCase, tellOf } from './case-messages.js'
import { changeCases, codeOf, moveOn } from './change-case.js'
import { checkCases } from './check-cases.js'
import type { Doing } from './doing.js'

type Parts = Pick<Services, 'db' | 'audit' | 'lists' | 'events' | 'clock' | 'log'>

/** How often it is looked whether something came, or a list has a new day: reports that come one after the other are looked at together. */
const everyMs = 5_000
/** Files that were sent and named by no step are let go after so long. */
const unnamedMs = 2 * 86_400_000

/** Holds cases and demands against what is reported, and follows what is due of cases and of companies' requests, until it is stopped. */
export function startCases(services: Parts): () => Promise<void> {
  let running: Promise<void> | null = null
  const done = new Map<string, string>()
  const look = () => {
    running ??= followAll(services, done).catch((err: unknown) => services.log.error({ event: 'cases', err }, 'cases were not looked at')).finally(() => (running = null))
  }
  look()
  const timer = setInterval(look, everyMs).unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}

/** The same for every list of which something that everybody may see has changed, or that has a day of which `done` does not know. A list that is closed is not followed. */
export async function followAll(services: Parts, done: Map<string, string> = new Map()): Promise<void> {
  for (const list of await services.lists.all()) {
    const seen = `${list.publicVersion} ${list.today}`
    if (list.clock === 'closed' || done.get(list.code) === seen) continue
    try {
      await checkCases(services, list)
      await followDemands(services, list)
      if (done.get(list.code)?.endsWith(list.today) !== true) {
        await followCases(services, list)
        await followRequests(services, list)
      }
      done.set(list.code, seen)
    } catch (err) {
      services.log.error({ event: 'cases', list: list.code, err }, 'the cases of a list were not looked at')
    }
  }
  const unnamedSince = new Date(services.clock.ms() - unnamedMs).toISOString()
  await letAttachmentsGo(services.db, unnamedSince)
  await letRequestFilesGo(services.db, unnamedSince)
}

/**
 * What the day brings: whose answer is soon due or overdue is told, its office too; the steps of the ladder that the day itself takes
 * are taken; of those that an officer decides of, he is told. However often and by however many servers it is done, each is told once.
 */
export async function followCases(services: Parts, list: ListRow, at = services.clock.now()): Promise<void> {
  const { db } = services
  const following = await followingOf(db, list)
  if (following.rules === null) return
  const subscribers = (await subscribersOf(db, list.id)).filter(({ events }) => events.includes('case_overdue'))
  for (const found of await casesWaiting(db, list)) {
    try {
      while (await followCase(services, list, following, subscribers, found, { by: byItself, at }));
    } catch (err) {
      services.log.error({ event: 'cases', list: list.code, case: codeOf(found), err }, 'what the day brings to a case was not done')
    }
  }
}

/** The same of one case, as it is under its lock: what was answered meanwhile is not overdue. True where the day took a step, after which another may be due. */
async function followCase(services: Parts, list: ListRow, following: Following, subscribers: readonly SubscriberRow[], { id }: CaseFacts, doing: Doing): Promise<boolean> {
  return changeCases(services, list, doing, async (tx) => {
    const nothing = { deeds: [], result: false }
    const locked = await lockCase(tx, id)
    const [found] = await casesWaiting(tx, list, id)
    if (!found) return nothing
    await notify(tx, [...dueMessages(list, following, found, doing), ...await subscribedMessages(tx, list, subscribers, found, doing)])
    const step = stepDue(ladderFor(following.rules, found.unit), locked.steps, overdueBy(list, following, found.dueOn!))
    if (step === null) return nothing
    if (step.by === 'officer') {
      await notify(tx, [caseMessage(list, found, { at: doing.at, by: null }, 'case_step_due', officeOfCase(found), { again: `${found.round} ${step.code}`, dueOn: found.dueOn! })])
      return nothing
    }
    await takeStep(tx, list, found, locked, step, doing)
    return { deeds: [{ action: 'case.escalate', object: codeOf(found), after: { step: step.code } }], result: true }
  })
}

const overdueBy = ({ today }: ListRow, { calendar }: Following, dueOn: Day) => workingDaysBetween(calendar, dueOn, today)

/** Letters that wait for their answer. One of a former round asks for nothing any more. */
const waitingLetters = ({ letters, round }: CaseFacts) => letters.flatMap((one) => (waitingNotices.includes(one.state) && one.round === round && one.dueOn !== null ? [{ ...one, dueOn: one.dueOn }] : []))

/** Who is told of the letters of a case that wait. */
function dueMessages(list: ListRow, { rules, calendar }: Following, found: CaseFacts, { at }: Doing): NewMessage[] {
  return waitingLetters(found).flatMap(({ code, dueOn, office, to }) => {
    const message = (kind: NewMessage['kind'], whom: NewMessage['to']) => caseMessage(list, found, { at, by: null }, kind, whom, { notice: code, dueOn, again: dueOn })
    const addressee = [addressOf({ office, code: to })]
    if (dueOn < list.today) return [message('notice_overdue', addressee), message('case_overdue', officeOfCase(found))]
    return workingDaysBetween(calendar, list.today, dueOn) <= rules!.dueSoon ? [message('notice_due_soon', addressee)] : []
  })
}

/** Who hears of the letters of a case that are overdue because he subscribes to that, each once. */
async function subscribedMessages(db: Database, list: ListRow, subscribers: readonly SubscriberRow[], found: CaseFacts, { at }: Doing): Promise<NewMessage[]> {
  const messages: NewMessage[] = []
  for (const letter of subscribers.length === 0 ? [] : waitingLetters(found).filter(({ dueOn }) => dueOn < list.today)) {
    const { code, dueOn, office, to } = letter
    const anyway = [...officeOfCase(found), addressOf({ office, code: to })]
    messages.push(...await overdueLetterAlerts(db, list, subscribers, found, letter, anyway, caseMessage(list, found, { at, by: null }, 'subscribed_case_overdue', [], { notice: code, dueOn, again: dueOn })))
  }
  return messages
}

/** The day takes a step. */
async function takeStep(tx: Database, list: ListRow, found: CaseFacts, locked: LockedCase, step: LadderStep, doing: Doing): Promise<void> {
  const moved = await moveOn(tx, found, locked, { steps: [...locked.steps, step.code] })
  await insertEvent(tx, { caseId: found.id, kind: 'escalate', on: list.today, at: doing.at, by: null, state: moved.state, detail: { step: step.code } })
  const late = waitingLetters(found).filter(({ dueOn }) => dueOn < list.today)
  const whom = step.does === 'tell_regulator' ? [{ role: 'operator' as const }] : late.map(({ office, to }) => addressOf({ office, code: to }))
  await tellOf(tx, found, [caseMessage(list, found, { at: doing.at, by: null }, 'case_escalated', whom, { again: `${found.round} ${step.code}`, dueOn: found.dueOn! })])
}

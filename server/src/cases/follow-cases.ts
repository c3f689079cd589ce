import type { Database } from '@lastmile/db/database'
import { notify, type NewMessage } from '@lastmile/db/load/notify'
import { casesWaiting, type CaseFacts } from '@lastmile/db/query/cases'
import { insertEvent, lockCase } from '@lastmile/db/query/keep-case'
import { letRequestFilesGo } from '@lastmile/db/query/keep-company-request'
import { letAttachmentsGo } from '@lastmile/db/query/keep-notice'
import type { ListRow } from '@lastmile/db/query/lists'
import { followingOf, type Following } from '@lastmile/db/query/supervision'
import type { Day } from '@lastmile/shared/day'
import { stepDue, type LadderStep } from '@lastmile/shared/supervision'
import { workingDaysBetween } from '@lastmile/shared/working-day'
import { byItself } from '../audit/event-of.js'
import { followRequests } from '../company-requests/follow-requests.js'
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

/** Holds cases against what is reported, and follows what is due of them and of companies' requests, until it is stopped. */
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
    await checkCases(services, list)
    if (done.get(list.code)?.endsWith(list.today) !== true) {
      await followCases(services, list)
      await followRequests(services, list)
    }
    done.set(list.code, seen)
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
  for (const found of await casesWaiting(db, list)) {
    const doing = { by: byItself, at }
    const messages = dueMessages(list, following, found, doing)
    if (messages.length > 0) await db.transaction((tx) => notify(tx as Database, messages))
    for (let steps = found.steps.length; ;) {
      const step = stepDue(following.rules.ladder, steps, overdueBy(list, following, found.dueOn!))
      if (step === null) break
      if (step.by === 'officer') {
        await db.transaction((tx) => notify(tx as Database, [caseMessage(list, found, { at: doing.at, by: null }, 'case_step_due', officeOfCase(found), { again: `${found.round} ${step.code}`, dueOn: found.dueOn! })]))
        break
      }
      if (!(await takeStep(services, list, found, step, steps, doing))) break
      steps += 1
    }
  }
}

const overdueBy = ({ today }: ListRow, { calendar }: Following, dueOn: Day) => workingDaysBetween(calendar, dueOn, today)

/** Who is told of the letters of a case that wait. */
function dueMessages(list: ListRow, { rules, calendar }: Following, found: CaseFacts, { at }: Doing): NewMessage[] {
  return found.letters.filter(({ state, dueOn }) => (state === 'sent' || state === 'acknowledged') && dueOn !== null).flatMap(({ code, dueOn, office, to }) => {
    const message = (kind: NewMessage['kind'], whom: NewMessage['to']) => caseMessage(list, found, { at, by: null }, kind, whom, { notice: code, dueOn: dueOn!, again: dueOn! })
    const addressee = [addressOf({ office, code: to })]
    if (dueOn! < list.today) return [message('notice_overdue', addressee), message('case_overdue', officeOfCase(found))]
    return workingDaysBetween(calendar, list.today, dueOn!) <= rules!.dueSoon ? [message('notice_due_soon', addressee)] : []
  })
}

/** The day takes a step. False where it was taken meanwhile, or the case moved on. */
async function takeStep(services: Parts, list: ListRow, found: CaseFacts, step: LadderStep, taken: number, doing: Doing): Promise<boolean> {
  return changeCases(services, list, doing, async (tx) => {
    const locked = await lockCase(tx, found.id)
    if (locked.state !== 'notified' || locked.round !== found.round || locked.steps.length !== taken) return { deeds: [], result: false }
    const moved = await moveOn(tx, found, locked, { steps: [...locked.steps, step.code] })
    await insertEvent(tx, { caseId: found.id, kind: 'escalate', on: list.today, at: doing.at, by: null, state: moved.state, detail: { step: step.code } })
    const late = found.letters.filter(({ state, dueOn }) => (state === 'sent' || state === 'acknowledged') && dueOn !== null && dueOn < list.today)
    const whom = step.does === 'tell_regulator' ? [{ role: 'operator' as const }] : late.map(({ office, to }) => addressOf({ office, code: to }))
    await tellOf(tx, found, [caseMessage(list, found, { at: doing.at, by: null }, 'case_escalated', whom, { again: `${found.round} ${step.code}`, dueOn: found.dueOn! })])
    return { deeds: [{ action: 'case.escalate', object: codeOf(found), after: { step: step.code } }], result: true }
  })
}

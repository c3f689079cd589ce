import type { Database } from '@lastmile/db/database'
import { evidenceOf, type CaseFacts } from '@lastmile/db/query/cases'
import { insertComment, insertEvent, lockCases, pairsInCases } from '@lastmile/db/query/keep-case'
import type { ListRow } from '@lastmile/db/query/lists'
import { settleCase } from '@lastmile/db/load/notify'
import type { NoticeFacts } from '@lastmile/db/query/notices'
import { followingOf } from '@lastmile/db/query/supervision'
import { caseCode, type Escalating, type NewComment } from '@lastmile/shared/case'
import type { CaseMoved } from '@lastmile/shared/case-answer'
import { waitingNotices } from '@lastmile/shared/notice'
import { ladderFor, stepDue } from '@lastmile/shared/supervision'
import { workingDaysBetween } from '@lastmile/shared/working-day'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { addressOf, caseMessage, officeOfCase, ofOffice, ofWaiting, tellOf } from './case-messages.js'
import { changeCases, codeOf, lockFor, moveOn } from './change-case.js'
import { actorOf, type Doing } from './doing.js'

/** A case, its letters, and the version of it that whoever asks saw. */
export interface SeenCase {
  found: CaseFacts
  notices: readonly NoticeFacts[]
  version: number
}

/** Whom the letters of a case are for that were sent in its present round. */
export function addresseesOf({ found: { round }, notices }: Pick<SeenCase, 'found' | 'notices'>) {
  return notices.filter((one) => one.numbered !== null && one.state !== 'withdrawn' && one.round === round).map(({ to }) => addressOf(to))
}

/** An officer closes a case, whatever is met. @throws Refusal 409 where it is closed already, 412 where it was changed since */
export async function closeCase(services: Services, doing: Doing, list: ListRow, seen: SeenCase, reason: string): Promise<CaseMoved> {
  const { found } = seen
  return changeCases(services, list, doing, async (tx) => {
    const locked = await lockFor(tx, found, 'close', seen.version)
    const moved = await moveOn(tx, found, locked, { state: 'closed', closedOn: list.today })
    await insertEvent(tx, { caseId: found.id, kind: 'close', on: list.today, at: doing.at, by: actorOf(doing), state: 'closed', detail: { reason } })
    await settleCase(tx, { listId: list.id, case: codeOf(found), kinds: [...ofWaiting, ...ofOffice], at: doing.at })
    await tellOf(tx, found, [caseMessage(list, found, doing, 'case_closed', [...officeOfCase(found), ...addresseesOf(seen)], { again: String(moved.version) })])
    return { deeds: [{ action: 'case.close', object: codeOf(found), before: { state: locked.state }, after: { state: 'closed', reason } }], result: { ...moved, notice: null } }
  })
}

/** The code of another case of the same office that is open and about a gap of a closed one; null where there is none. Inside the transaction of `lockCases`. */
export async function otherCaseOf(tx: Database, list: ListRow, found: CaseFacts): Promise<string | null> {
  const taken = await pairsInCases(tx, list, found.unit, evidenceOf(found))
  const other = found.pairs.map(({ drug, unit }) => taken.get(`${drug} ${unit}`)).find((one) => one !== undefined)
  return other === undefined ? null : caseCode(other.year, other.number)
}

/** An officer opens a closed case again: a new round begins, in which nothing was asked yet. @throws Refusal 409 where it is not closed, or a gap of it is in another case, 412 where it was changed since */
export async function reopenCase(services: Services, doing: Doing, list: ListRow, seen: SeenCase, reason: string): Promise<CaseMoved> {
  const { found } = seen
  return changeCases(services, list, doing, async (tx) => {
    await lockCases(tx)
    const locked = await lockFor(tx, found, 'reopen', seen.version)
    const other = await otherCaseOf(tx, list, found)
    if (other !== null) throw new Refusal(409, 'case.in_case', `Case ${other} is about a gap of this one already, and open: follow it there.`)
    const moved = await moveOn(tx, found, locked, { state: 'open', round: locked.round + 1, steps: [], closedOn: null })
    await insertEvent(tx, { caseId: found.id, kind: 'reopen', on: list.today, at: doing.at, by: actorOf(doing), state: 'open', detail: { reason } })
    await tellOf(tx, found, [caseMessage(list, found, doing, 'case_reopened', [...officeOfCase(found), ...addresseesOf(seen)], { again: String(moved.version) })])
    return { deeds: [{ action: 'case.reopen', object: codeOf(found), before: { state: locked.state }, after: { state: 'open', reason } }], result: { ...moved, notice: null } }
  })
}

/** An officer takes the next step of the ladder, whose time has come. @throws Refusal 409 where it has not, or it is another's turn, 412 where the case was changed since */
export async function escalateCase(services: Services, doing: Doing, list: ListRow, seen: SeenCase, { step, reason }: Escalating): Promise<CaseMoved> {
  const { found } = seen
  const { rules, calendar } = await followingOf(services.db, list)
  return changeCases(services, list, doing, async (tx) => {
    const locked = await lockFor(tx, found, 'escalate', seen.version)
    const next = found.dueOn === null ? null : stepDue(ladderFor(rules, found.unit), locked.steps, workingDaysBetween(calendar, found.dueOn, list.today))
    if (next?.by === 'day') throw new Refusal(409, 'case.step_of_the_day', `step: "${next.code}" is next, and taken by the list's day itself: an officer takes what he decides of.`, { field: 'step' })
    if (next?.code !== step) throw new Refusal(409, 'case.step_not_due', next === null ? 'No step of the ladder is due: nothing is overdue for long enough.' : `step: the next one that is due is "${next.code}".`, { field: 'step' })
    const moved = await moveOn(tx, found, locked, { steps: [...locked.steps, step] })
    await insertEvent(tx, { caseId: found.id, kind: 'escalate', on: list.today, at: doing.at, by: actorOf(doing), state: moved.state, detail: { step, reason } })
    await settleCase(tx, { listId: list.id, case: codeOf(found), kinds: ['case_step_due'], at: doing.at })
    const late = seen.notices.filter(({ state, round, dueOn }) => waitingNotices.includes(state) && round === locked.round && dueOn !== null && dueOn < list.today).map(({ to }) => addressOf(to))
    const told = next.does === 'tell_regulator' ? [{ role: 'operator' as const }] : [...officeOfCase(found), ...late]
    await tellOf(tx, found, [caseMessage(list, found, doing, 'case_escalated', told, { again: `${locked.round} ${step}`, dueOn: found.dueOn! })])
    return { deeds: [{ action: 'case.escalate', object: codeOf(found), after: { step, reason } }], result: { ...moved, notice: null } }
  })
}

/** Says something of a case: within the offices, or (`notice`) with the addressee of a letter. It moves nothing, and nobody's version grows old by it. */
export async function commentOnCase(services: Services, doing: Doing, list: ListRow, { found, notices }: Omit<SeenCase, 'version'>, side: 'office' | 'addressee', { text, notice }: NewComment): Promise<CaseMoved> {
  const to = notice === null ? null : notices.find(({ code }) => code === notice)!
  return changeCases(services, list, doing, async (tx) => {
    await insertComment(tx, { caseId: found.id, notice, at: doing.at, by: doing.by.actor, role: doing.by.role, side, text })
    const others = to === null ? [] : [addressOf(to.to)]
    await tellOf(tx, found, [caseMessage(list, found, doing, 'case_comment', [...officeOfCase(found), ...others], { ...(notice === null ? {} : { notice }), again: `${doing.at} ${doing.by.actor}` })])
    return { deeds: [{ action: 'case.comment', object: codeOf(found), after: { notice, letters: text.length } }], result: { case: codeOf(found), state: found.state, version: found.version, notice } }
  })
}

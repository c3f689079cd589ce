import type { Database } from '@lastmile/db/database'
import type { CaseFacts } from '@lastmile/db/query/cases'
import { insertEvent, lockCase, lockCases } from '@lastmile/db/query/keep-case'
import { changeDraft, insertNotice, moveToSent, moveToWithdrawn, nextNumber, noticeStateOf, otherNoticeTo, takeAttachments } from '@lastmile/db/query/keep-notice'
import type { ListRow } from '@lastmile/db/query/lists'
import type { NoticeFacts } from '@lastmile/db/query/notices'
import { followingOf } from '@lastmile/db/query/supervision'
import type { CaseMoved } from '@lastmile/shared/case-answer'
import { addDays, type Day } from '@lastmile/shared/day'
import { atMostDaysAhead, canMoveNotice, isOverNotice, waitingNotices, type Addressee, type NewNotice, type NoticeChange, type NoticeSending, type NoticeVerb } from '@lastmile/shared/notice'
import { addWorkingDays } from '@lastmile/shared/working-day'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { addressOf, caseMessage, settleNotice, tellOf } from './case-messages.js'
import { atVersion, changeCases, codeOf, lockFor, moveOn, wrongState } from './change-case.js'
import { actorOf, type Doing } from './doing.js'
import { draftsFor, gapsFor, judgeCase } from './judge-case.js'
import type { SeenCase } from './keep-case.js'
import { lettersFor } from './letters-for.js'
import { rulesOf } from './open-cases.js'

/** A case and the letter of it that a verb is done with. */
export interface SeenNotice extends SeenCase {
  notice: NoticeFacts
}

/** Locks the case of a letter for a verb of that. @throws Refusal 409 where the letter, or its case, is not where the verb begins, 412 where the case was changed since */
export async function lockForNotice(tx: Database, found: CaseFacts, notice: NoticeFacts, verb: NoticeVerb, seen: number | null) {
  const locked = await lockCase(tx, found.id)
  if (locked.state === 'closed') throw wrongState(found, locked)
  // As it is now: whoever was quicker may have moved it while this one waited.
  const now = await noticeStateOf(tx, notice.id)
  if (!canMoveNotice(verb, now.state, isOverNotice(now, { isClosed: false, round: locked.round }))) throw notWhere({ ...notice, ...now }, locked.round)
  return atVersion(found, locked, seen)
}

/** Why something cannot be done with a letter as it stands. */
export function notWhere({ code, state, round }: Pick<NoticeFacts, 'code' | 'state' | 'round'>, roundNow = round): Refusal {
  if (waitingNotices.includes(state) && round !== roundNow) return new Refusal(409, 'notice.former_round', `The letter ${code} asks for nothing any more: its case closed, and opened again since. Answer the letter that was sent then.`)
  return new Refusal(409, 'notice.state', `The letter ${code} is ${state}, or was moved meanwhile: this cannot be done with it now.`)
}

/** Whoever is asked twice for the same does not know which letter to answer. @throws Refusal 409 where another letter to him is drafted, or waits */
async function onlyOneTo(tx: Database, locked: { id: number; round: number }, to: Addressee, but: { id: number } | null): Promise<void> {
  const other = await otherNoticeTo(tx, locked, to, but)
  if (other !== null) throw new Refusal(409, 'notice.one_waits', `to: the letter ${other} to ${to.code.slice(0, 80)} is drafted already, or waits for its answer. Send, change or withdraw that.`, { field: 'to' })
}

/** @throws Refusal 400 for a day that is past, or further ahead than an officer means */
function checkDue({ today }: ListRow, dueOn: Day | null): void {
  const last = addDays(today, atMostDaysAhead)
  if (dueOn !== null && (dueOn < today || dueOn > last)) throw new Refusal(400, 'notice.due', `dueOn: a day from ${today} to ${last}.`, { field: 'dueOn' })
}

/** Drafts a letter to a company or a unit's office. @throws Refusal 409 where there is nothing in the case that it could mend, or the case is closed */
export async function draftNotice(services: Services, doing: Doing, list: ListRow, { found, version }: SeenCase, { to, dueOn, note }: NewNotice): Promise<CaseMoved> {
  await rulesOf(services, list)
  if (!draftsFor(await judgeCase(services.db, list, found), found).some(({ office, code }) => office === to.office && code === to.code)) {
    throw new Refusal(409, 'notice.nothing_to_mend', `to: there is no gap in case ${codeOf(found)} that ${to.code.slice(0, 80)} could mend today.`, { field: 'to' })
  }
  checkDue(list, dueOn)
  return changeCases(services, list, doing, async (tx) => {
    const locked = await lockFor(tx, found, 'draft', version)
    await onlyOneTo(tx, locked, to, null)
    const notice = await insertNotice(tx, list, { caseId: found.id, to, office: found.unit ?? 'national', round: locked.round, dueOn, note, on: list.today })
    const moved = await moveOn(tx, found, locked)
    await insertEvent(tx, { caseId: found.id, notice, kind: 'draft', on: list.today, at: doing.at, by: actorOf(doing), state: moved.state })
    await tellOf(tx, found, [])
    return { deeds: [{ action: 'case.draft', object: codeOf(found), after: { notice, to: `${to.office} ${to.code}`, dueOn } }], result: { ...moved, notice } }
  })
}

/** Says otherwise of a draft. */
export async function changeNotice(services: Services, doing: Doing, list: ListRow, { found, notice, version }: SeenNotice, change: NoticeChange): Promise<CaseMoved> {
  checkDue(list, change.dueOn)
  return changeCases(services, list, doing, async (tx) => {
    const locked = await lockForNotice(tx, found, notice, 'change', version)
    if (!(await changeDraft(tx, notice.id, change))) throw notWhere(notice)
    const moved = await moveOn(tx, found, locked)
    await insertEvent(tx, { caseId: found.id, notice: notice.code, kind: 'change', on: list.today, at: doing.at, by: actorOf(doing), state: moved.state })
    await tellOf(tx, found, [])
    return { deeds: [{ action: 'notice.change', object: `${codeOf(found)} ${notice.code}`, before: { dueOn: notice.dueOn, note: notice.note }, after: { ...change } }], result: { ...moved, notice: notice.code } }
  })
}

/**
 * Sends a letter: here, or (by post, by fax, …) outside, which is entered with the day and a scan. It gets its number; what it says
 * stands still from now on; its answer is due so many working days after its own day, unless the officer said otherwise.
 * @throws Refusal 400 for a day that cannot be, 409 where nobody of the addressee has an account and it is sent here, or nothing is left to be mended
 */
export async function sendNotice(services: Services, doing: Doing, list: ListRow, { found, notice, version }: SeenNotice, { channel, on = list.today, attachments }: NoticeSending): Promise<CaseMoved> {
  const { db } = services
  const rules = await rulesOf(services, list)
  if (on < found.openedOn || on > list.today) throw new Refusal(400, 'notice.day', `on: a day from ${found.openedOn}, on which the case was opened, to ${list.today}.`, { field: 'on' })
  if (channel === 'system' && on !== list.today) throw new Refusal(400, 'notice.day', 'on: what is sent here is sent today.', { field: 'on' })
  if (channel === 'system' && !notice.hasAccount) throw new Refusal(409, 'notice.no_account', `Nobody of ${notice.to.code} has an account here, and would see it. Say how the letter went: post, fax, email or meeting.`, { field: 'channel' })
  const gaps = gapsFor(await judgeCase(db, list, found, on), notice.to)
  if (gaps.length === 0) throw new Refusal(409, 'notice.nothing_to_mend', `There is no gap in case ${codeOf(found)} that ${notice.to.code} could mend on ${on}.`)
  const { calendar } = await followingOf(db, list)
  const dueOn = notice.dueOn ?? addWorkingDays(calendar, on, rules.answerWithin)
  if (dueOn < on) throw new Refusal(409, 'notice.due', `Its answer would be due on ${dueOn}, before the letter itself. Say another day.`, { field: 'dueOn' })
  return changeCases(services, list, doing, async (tx) => {
    await lockCases(tx)
    const locked = await lockForNotice(tx, found, notice, 'send', version)
    await onlyOneTo(tx, locked, notice.to, notice)
    const year = Number(on.slice(0, 4))
    const number = await nextNumber(tx, list, found.unit ?? 'national', year)
    const letters = await lettersFor(tx, list, rules, found, notice, { number: { year, number }, day: on, dueOn, gaps })
    if (!(await moveToSent(tx, notice.id, { round: locked.round, year, number, dueOn, gaps, letters, on, channel }))) throw notWhere(notice)
    await takeFiles(tx, notice, doing, 'send', attachments)
    const moved = await moveOn(tx, found, locked)
    await insertEvent(tx, { caseId: found.id, notice: notice.code, kind: 'send', on, at: doing.at, by: actorOf(doing), state: moved.state, detail: { channel, dueOn } })
    await tellOf(tx, found, [caseMessage(list, found, doing, 'notice_sent', [addressOf(notice.to)], { notice: notice.code, asOf: on, dueOn })])
    return { deeds: [{ action: 'notice.send', object: `${codeOf(found)} ${notice.code}`, before: { state: notice.state }, after: { state: 'sent', number: letters.zh.number, channel, on, dueOn, attachments } }], result: { ...moved, notice: notice.code } }
  })
}

/** A letter asks for nothing any more; its addressee is told, where he knew of it. */
export async function withdrawNotice(services: Services, doing: Doing, list: ListRow, { found, notice, version }: SeenNotice, reason: string): Promise<CaseMoved> {
  return changeCases(services, list, doing, async (tx) => {
    const locked = await lockForNotice(tx, found, notice, 'withdraw', version)
    if (!(await moveToWithdrawn(tx, notice.id, list.today, reason))) throw notWhere(notice)
    const moved = await moveOn(tx, found, locked)
    await insertEvent(tx, { caseId: found.id, notice: notice.code, kind: 'withdraw', on: list.today, at: doing.at, by: actorOf(doing), state: moved.state, detail: { reason } })
    await settleNotice(tx, list, found, notice, moved.state, doing)
    await tellOf(tx, found, notice.numbered === null ? [] : [caseMessage(list, found, doing, 'notice_withdrawn', [addressOf(notice.to)], { notice: notice.code })])
    return { deeds: [{ action: 'notice.withdraw', object: `${codeOf(found)} ${notice.code}`, before: { state: notice.state }, after: { state: 'withdrawn', reason } }], result: { ...moved, notice: notice.code } }
  })
}

/** Files that were sent before become part of a step. @throws Refusal 409 where one is not there, is another's, or belongs to a step already */
export async function takeFiles(tx: Database, notice: Pick<NoticeFacts, 'id'>, { by }: Doing, step: 'send' | 'acknowledge' | 'answer', codes: readonly string[]): Promise<void> {
  const wanted = [...new Set(codes)]
  if ((await takeAttachments(tx, notice.id, by.actor, step, wanted)) !== wanted.length) throw new Refusal(409, 'attachment.not_there', 'attachments: one of these files is not there, or belongs to another step already. Send it again.', { field: 'attachments' })
}

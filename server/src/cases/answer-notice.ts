import { insertEvent } from '@lastmile/db/query/keep-case'
import { moveToAcknowledged, moveToAnswered } from '@lastmile/db/query/keep-notice'
import type { ListRow } from '@lastmile/db/query/lists'
import type { NoticeFacts } from '@lastmile/db/query/notices'
import type { CaseMoved } from '@lastmile/shared/case-answer'
import { addDays, type Day } from '@lastmile/shared/day'
import { atMostDaysAhead, type NoticeAcknowledging, type NoticeAnswering, type NoticeChannel } from '@lastmile/shared/notice'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { addressOf, caseMessage, officeOfCase, settleNotice, tellOf } from './case-messages.js'
import { changeCases, codeOf, moveOn } from './change-case.js'
import { actorOf, type Doing } from './doing.js'
import { lockForNotice, notWhere, takeFiles, type SeenNotice } from './keep-notice.js'

/** A letter as whoever acknowledges or answers it has it: he for whom it is, or the office for him. What he does depends on the letter alone: that its case was changed otherwise is nothing to him. */
type AnsweredNotice = Omit<SeenNotice, 'version'>

interface Came {
  on: Day
  channel: NoticeChannel
  side: 'office' | 'addressee'
}

/** How and when word of an addressee came. He himself says it here, now; the office that enters it for him says how it came, and when. @throws Refusal 400 */
function cameFrom(list: ListRow, { isAddressee, sent, acknowledged }: NoticeFacts, { channel, on }: Pick<NoticeAcknowledging, 'channel' | 'on'>): Came {
  if (isAddressee) {
    const field = channel === undefined ? 'on' : 'channel'
    if (channel !== undefined || on !== undefined) throw new Refusal(400, 'notice.on_behalf', `${field}: is said by an office that enters it for somebody else. What you say yourself is said here, today.`, { field })
    return { on: list.today, channel: 'system', side: 'addressee' }
  }
  if (channel === undefined || channel === 'system') throw new Refusal(400, 'notice.on_behalf', 'channel: say how it came: post, fax, email or meeting. You enter it for somebody else.', { field: 'channel' })
  // An answer comes no earlier than the word that the letter was received.
  const first = acknowledged?.on ?? sent?.on ?? list.today
  if (on === undefined || on > list.today || on < first) throw new Refusal(400, 'notice.day', `on: the day on which it came, from ${first} to ${list.today}.`, { field: 'on' })
  return { on, channel, side: 'office' }
}

/** That a letter was received. @throws Refusal 409 where it was not waiting for that */
export async function acknowledgeNotice(services: Services, doing: Doing, list: ListRow, { found, notice }: AnsweredNotice, { attachments, ...said }: NoticeAcknowledging): Promise<CaseMoved> {
  const came = cameFrom(list, notice, said)
  return changeCases(services, list, doing, async (tx) => {
    const locked = await lockForNotice(tx, found, notice, 'acknowledge', null)
    if (!(await moveToAcknowledged(tx, notice.id, came))) throw notWhere(notice)
    await takeFiles(tx, notice, doing, 'acknowledge', attachments)
    const moved = await moveOn(tx, found, locked)
    await insertEvent(tx, { caseId: found.id, notice: notice.code, kind: 'acknowledge', on: came.on, at: doing.at, by: actorOf(doing), state: moved.state, detail: { channel: came.channel, onBehalf: came.side === 'office' } })
    await tellOf(tx, found, [caseMessage(list, found, doing, 'notice_acknowledged', officeOfCase(found), { notice: notice.code })])
    return { deeds: [{ action: 'notice.acknowledge', object: `${codeOf(found)} ${notice.code}`, after: { ...came, attachments } }], result: { ...moved, notice: notice.code } }
  })
}

/** A letter is answered: why it is so, what is done, and by when. Where it was not acknowledged, that does too. @throws Refusal 409 where it waits for no answer, 400 where it is entered without a scan */
export async function answerNotice(services: Services, doing: Doing, list: ListRow, { found, notice }: AnsweredNotice, { attachments, reasons, plan, doneBy, ...said }: NoticeAnswering): Promise<CaseMoved> {
  const came = cameFrom(list, notice, said)
  const [first, last] = [notice.sent?.on ?? list.today, addDays(list.today, atMostDaysAhead)]
  if (doneBy < first || doneBy > last) throw new Refusal(400, 'notice.day', `doneBy: the day by which it is done, from that of the letter, ${first}, to ${last}.`, { field: 'doneBy' })
  return changeCases(services, list, doing, async (tx) => {
    const locked = await lockForNotice(tx, found, notice, 'answer', null)
    // What is entered in somebody's name ends his turn: there is paper that says so.
    if (came.side === 'office' && attachments.length === 0) throw new Refusal(400, 'notice.no_scan', 'attachments: the scan of the answer, or of the minutes: you enter it for somebody else.', { field: 'attachments' })
    if (!(await moveToAnswered(tx, notice.id, { ...came, reasons: [...new Set(reasons)], plan, doneBy }))) throw notWhere(notice)
    await takeFiles(tx, notice, doing, 'answer', attachments)
    const moved = await moveOn(tx, found, locked)
    await insertEvent(tx, { caseId: found.id, notice: notice.code, kind: 'answer', on: came.on, at: doing.at, by: actorOf(doing), state: moved.state, detail: { channel: came.channel, onBehalf: came.side === 'office' } })
    await settleNotice(tx, list, found, notice, moved.state, doing)
    const told = [caseMessage(list, found, doing, 'notice_answered', officeOfCase(found), { notice: notice.code })]
    // Whoever is answered for hears what was entered in his name.
    await tellOf(tx, found, came.side === 'office' ? [...told, caseMessage(list, found, doing, 'notice_answered', [addressOf(notice.to)], { notice: notice.code, again: 'entered' })] : told)
    return { deeds: [{ action: 'notice.answer', object: `${codeOf(found)} ${notice.code}`, before: { state: notice.state }, after: { state: 'answered', ...came, reasons, doneBy, attachments } }], result: { ...moved, notice: notice.code } }
  })
}

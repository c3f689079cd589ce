import { randomBytes } from 'node:crypto'
import { sql, type SQL } from 'drizzle-orm'
import type { Day, Instant } from '@lastmile/shared/day'
import { noticeMoves, waitingNotices, type Addressee, type Letters, type NamedGap, type NoticeChannel, type NoticeState, type NoticeVerb } from '@lastmile/shared/notice'
import type { Reason } from '@lastmile/shared/status'
import { rowsOf, textArray, type Database } from '../database.js'
import { attachment, notice, noticeAnswer } from '../schema/notice.js'
import type { ListRow } from './lists.js'

/* What steps of a letter write, in the transaction of the verb, while its case is locked. */

/** That a letter is where a verb begins. */
function mayFor(verb: NoticeVerb): SQL {
  return sql`state = any(${textArray(noticeMoves[verb].from)})`
}

/** Drafts a letter of a case to a company or unit of the list. `office`: the unit's code, or `national`. Answers its code. */
export async function insertNotice(tx: Database, list: ListRow, { caseId, to, office, round, dueOn, note, on }: { caseId: number; to: Addressee; office: string; round: number; dueOn: Day | null; note: string | null; on: Day }): Promise<string> {
  const [found] = await rowsOf<{ id: number }>(tx, to.office === 'company' ? sql`select id from company where list_id = ${list.id} and code = ${to.code}` : sql`select id from unit where region_set_id = ${list.regionSetId} and code = ${to.code}`)
  const of = to.office === 'company' ? { companyId: found!.id } : { unitId: found!.id }
  const code = randomBytes(6).toString('hex')
  await tx.insert(notice).values({ code, caseId, listId: list.id, ...of, state: 'draft', round, office, draftedOn: on, dueOn, note })
  return code
}

/** Says otherwise of a draft. False where it is none any more. */
export async function changeDraft(tx: Database, id: number, { dueOn, note }: { dueOn: Day | null; note: string | null }): Promise<boolean> {
  return (await rowsOf(tx, sql`update notice set due_on = ${dueOn}::date, note = ${note} where id = ${id} and ${mayFor('change')} returning id`)).length === 1
}

/** The number after the last that an office gave in a year. Inside the transaction of `lockCases`. */
export async function nextNumber(tx: Database, list: ListRow, office: string, year: number): Promise<number> {
  const [row] = await rowsOf<{ number: number | null }>(tx, sql`select max(number) as number from notice where list_id = ${list.id} and office = ${office} and year = ${year}`)
  return (row?.number ?? 0) + 1
}

/** A draft is sent: from now on what it says stands still. False where it is none any more. */
export async function moveToSent(tx: Database, id: number, { round, year, number, dueOn, gaps, letters, on, channel }: { round: number; year: number; number: number; dueOn: Day; gaps: readonly NamedGap[]; letters: Letters; on: Day; channel: NoticeChannel }): Promise<boolean> {
  return (await rowsOf(tx, sql`
    update notice set state = 'sent', round = ${round}, year = ${year}, number = ${number}, due_on = ${dueOn}::date, gaps = ${JSON.stringify(gaps)}::jsonb, letters = ${JSON.stringify(letters)}::jsonb, sent_on = ${on}::date, sent_channel = ${channel}
    where id = ${id} and ${mayFor('send')} returning id`)).length === 1
}

/** How something came, and whose word it is. */
interface Came {
  on: Day
  channel: NoticeChannel
  side: 'office' | 'addressee'
}

/** A letter was received. False where it was not waiting for that. */
export async function moveToAcknowledged(tx: Database, id: number, { on, channel, side }: Came): Promise<boolean> {
  return (await rowsOf(tx, sql`update notice set state = 'acknowledged', acknowledged_on = ${on}::date, acknowledged_channel = ${channel}, acknowledged_by = ${side} where id = ${id} and ${mayFor('acknowledge')} returning id`)).length === 1
}

/** A letter was answered; where nobody had acknowledged it, that does too. False where it waits for no answer. */
export async function moveToAnswered(tx: Database, id: number, { reasons, plan, doneBy, ...came }: Came & { reasons: Reason[]; plan: string; doneBy: Day }): Promise<boolean> {
  const { on, channel, side } = came
  const rows = await rowsOf(tx, sql`
    update notice set state = 'answered', acknowledged_on = coalesce(acknowledged_on, ${on}::date), acknowledged_channel = coalesce(acknowledged_channel, ${channel}), acknowledged_by = coalesce(acknowledged_by, ${side})
    where id = ${id} and ${mayFor('answer')} returning id`)
  if (rows.length === 0) return false
  await tx.insert(noticeAnswer).values({ noticeId: id, reasons, plan, doneBy, ...came })
  return true
}

/** A letter asks for nothing any more. False where it was answered, or withdrawn. */
export async function moveToWithdrawn(tx: Database, id: number, on: Day, reason: string): Promise<boolean> {
  return (await rowsOf(tx, sql`update notice set state = 'withdrawn', withdrawn_on = ${on}::date, withdrawn_reason = ${reason} where id = ${id} and ${mayFor('withdraw')} returning id`)).length === 1
}

/** States of the letters of a case in a round. */
export async function letterStates(tx: Database, caseId: number, round: number): Promise<NoticeState[]> {
  return (await rowsOf<{ state: NoticeState }>(tx, sql`select state from notice where case_id = ${caseId} and round = ${round}`)).map(({ state }) => state)
}

/** The code of a letter of a case to the same addressee that is a draft, or waits in its present round, beside one of them (`but`); null where there is none. */
export async function otherNoticeTo(tx: Database, { id, round }: { id: number; round: number }, to: Addressee, but: { id: number } | null): Promise<string | null> {
  const [row] = await rowsOf<{ code: string }>(tx, sql`
    select n.code from notice n left join company y on y.id = n.company_id left join unit v on v.id = n.unit_id
    where n.case_id = ${id} and n.id is distinct from ${but?.id ?? null}::int and ${to.office === 'company' ? sql`y.code` : sql`v.code`} = ${to.code}
      and (${but === null ? sql`n.state = 'draft' or` : sql``} n.state = any(${textArray(waitingNotices)}) and n.round = ${round}) limit 1`)
  return row?.code ?? null
}

/** How a letter stands, and in which round of its case it was sent. */
export async function noticeStateOf(tx: Database, id: number): Promise<{ state: NoticeState; round: number }> {
  return (await rowsOf<{ state: NoticeState; round: number }>(tx, sql`select state, round from notice where id = ${id}`))[0]!
}

/** Notes a file that was sent to go with a step of a letter. Answers its code. */
export async function insertAttachment(db: Database, file: { caseId: number; noticeId: number; name: string; type: string; bytes: number; sha256: string; by: string; at: Instant }): Promise<string> {
  const code = randomBytes(8).toString('hex')
  await db.insert(attachment).values({ ...file, code })
  return code
}

/** How many files were sent for a letter that no step has named. */
export async function countUnnamed(db: Database, noticeId: number): Promise<number> {
  return (await rowsOf<{ files: number }>(db, sql`select count(*)::int as files from attachment where notice_id = ${noticeId} and step is null`))[0]!.files
}

/** Files become part of a step: such as the same person sent for this letter, and that belong to none yet. Answers how many were. */
export async function takeAttachments(tx: Database, noticeId: number, by: string, step: 'send' | 'acknowledge' | 'answer', codes: readonly string[]): Promise<number> {
  if (codes.length === 0) return 0
  return (await rowsOf(tx, sql`update attachment set step = ${step} where notice_id = ${noticeId} and by_actor = ${by} and step is null and code = any(${textArray(codes)}) returning id`)).length
}

/** Lets go of what was sent before an instant and that no step has named. Answers how many. */
export async function letAttachmentsGo(db: Database, before: Instant): Promise<number> {
  return (await rowsOf(db, sql`delete from attachment where step is null and at < ${before}::timestamptz returning id`)).length
}

import { sql, type SQL } from 'drizzle-orm'
import type { Attachment } from '@lastmile/shared/attachment'
import type { Day } from '@lastmile/shared/day'
import type { Addressee, Letters, NamedGap, NoticeChannel, NoticeState } from '@lastmile/shared/notice'
import type { Purview } from '@lastmile/shared/purview'
import type { Reason } from '@lastmile/shared/status'
import type { Text } from '@lastmile/shared/text'
import { rowsOf, type Database } from '../database.js'
import type { ListRow } from './lists.js'
import { noticesFor, noticesWithin } from './within-purview.js'

/** A letter as the database holds it. */
export interface NoticeFacts {
  id: number
  code: string
  caseId: number
  to: Addressee
  /** Of whom it is for. */
  addressee: Text
  state: NoticeState
  round: number
  numbered: { year: number; number: number } | null
  draftedOn: Day
  dueOn: Day | null
  note: string | null
  gaps: NamedGap[] | null
  letters: Letters | null
  sent: { on: Day; channel: NoticeChannel } | null
  acknowledged: { on: Day; channel: NoticeChannel; side: 'office' | 'addressee' } | null
  answer: { on: Day; channel: NoticeChannel; side: 'office' | 'addressee'; reasons: Reason[]; plan: string; doneBy: Day } | null
  withdrawn: { on: Day; reason: string } | null
  attachments: (Attachment & { step: 'send' | 'acknowledge' | 'answer' })[]
  /** Whether somebody of the addressee has an account that works. */
  hasAccount: boolean
  /** Whether it is for the asker himself. */
  isAddressee: boolean
}

interface Raw extends Omit<NoticeFacts, 'to' | 'numbered' | 'sent' | 'acknowledged' | 'answer' | 'withdrawn'> {
  office: 'company' | 'province'; to: string; year: number | null; number: number | null
  sentOn: Day | null; sentChannel: NoticeChannel | null; acknowledgedOn: Day | null; acknowledgedChannel: NoticeChannel | null; acknowledgedBy: 'office' | 'addressee' | null
  answeredOn: Day | null; answerChannel: NoticeChannel | null; answerSide: 'office' | 'addressee' | null; reasons: Reason[] | null; plan: string | null; doneBy: Day | null
  withdrawnOn: Day | null; withdrawnReason: string | null
}

/** The letters of a case that are the asker's to see, in the order in which they were drafted. `code`: one alone. */
export async function noticesOf(db: Database, list: ListRow, purview: Purview, caseId: number, code: string | null = null): Promise<NoticeFacts[]> {
  const rows = await rowsOf<Raw>(db, sql`
    select n.id, n.code, n.case_id as "caseId", case when n.company_id is null then 'province' else 'company' end as office, coalesce(y.code, v.code) as to, coalesce(y.data->'name', v.name) as addressee, n.state, n.round, n.year, n.number,
      n.drafted_on::text as "draftedOn", n.due_on::text as "dueOn", n.note, n.gaps, n.letters, n.sent_on::text as "sentOn", n.sent_channel as "sentChannel",
      n.acknowledged_on::text as "acknowledgedOn", n.acknowledged_channel as "acknowledgedChannel", n.acknowledged_by as "acknowledgedBy",
      a.on_day::text as "answeredOn", a.channel as "answerChannel", a.side as "answerSide", a.reasons, a.plan, a.done_by::text as "doneBy", n.withdrawn_on::text as "withdrawnOn", n.withdrawn_reason as "withdrawnReason",
      ${attachmentsOf(sql`n.id`)} as attachments, ${noticesFor(purview)} as "isAddressee",
      exists (select from account z where z.disabled_at is null and (z.list is null or z.list = ${list.code}) and (z.role = 'company' and z.company = y.code or z.role = 'province_officer' and z.unit = v.code)) as "hasAccount"
    from notice n join supervision_case k on k.id = n.case_id left join company y on y.id = n.company_id left join unit v on v.id = n.unit_id left join notice_answer a on a.notice_id = n.id
    where n.case_id = ${caseId} and ${noticesWithin(purview)} and (${code}::text is null or n.code = ${code}) order by n.id`)
  return rows.map(({ office, to, year, number, sentOn, sentChannel, acknowledgedOn, acknowledgedChannel, acknowledgedBy, answeredOn, answerChannel, answerSide, reasons, plan, doneBy, withdrawnOn, withdrawnReason, ...row }) => ({
    ...row, attachments: row.attachments.map((one) => ({ ...one, at: new Date(one.at).toISOString() })),
    to: { office, code: to }, numbered: year === null || number === null ? null : { year, number },
    sent: sentOn === null ? null : { on: sentOn, channel: sentChannel! },
    acknowledged: acknowledgedOn === null ? null : { on: acknowledgedOn, channel: acknowledgedChannel!, side: acknowledgedBy! },
    answer: answeredOn === null ? null : { on: answeredOn, channel: answerChannel!, side: answerSide!, reasons: reasons!, plan: plan!, doneBy: doneBy! },
    withdrawn: withdrawnOn === null ? null : { on: withdrawnOn, reason: withdrawnReason ?? '' },
  }))
}

function attachmentsOf(noticeId: SQL): SQL {
  return sql`(select coalesce(jsonb_agg(jsonb_build_object('code', f.code, 'name', f.name, 'type', f.type, 'bytes', f.bytes, 'sha256', f.sha256, 'at', f.at, 'step', f.step) order by f.id), '[]') from attachment f where f.notice_id = ${noticeId} and f.step is not null)`
}

/** A file beside a step of a letter that is the asker's to see; one that no step has named yet is his who sent it. */
export async function findAttachment(db: Database, purview: Purview, by: string, caseId: number, code: string): Promise<{ name: string; type: string; bytes: number; sha256: string } | null> {
  const [row] = await rowsOf<{ name: string; type: string; bytes: number; sha256: string }>(db, sql`
    select f.name, f.type, f.bytes::int as bytes, f.sha256 from attachment f join notice n on n.id = f.notice_id join supervision_case k on k.id = n.case_id
    where f.case_id = ${caseId} and f.code = ${code} and (f.step is not null or f.by_actor = ${by}) and ${noticesWithin(purview)}`)
  return row ?? null
}

import type { Database } from '@lastmile/db/database'
import { notify, settleCase, tellOfMessages, type NewMessage } from '@lastmile/db/load/notify'
import type { CaseFacts } from '@lastmile/db/query/cases'
import type { ListRow } from '@lastmile/db/query/lists'
import type { NoticeFacts } from '@lastmile/db/query/notices'
import type { CaseState } from '@lastmile/shared/case'
import { addressKey, type Address, type MessageKind, type MessageSubject } from '@lastmile/shared/message'
import type { Addressee } from '@lastmile/shared/notice'
import { codeOf } from './change-case.js'
import type { Doing } from './doing.js'

/** What is asked for as long as a letter waits for its answer. */
export const ofWaiting = ['notice_sent', 'notice_due_soon', 'notice_overdue', 'case_overdue', 'subscribed_case_overdue', 'case_step_due', 'case_escalated'] as const satisfies readonly MessageKind[]
/** What its office is to do. */
export const ofOffice = ['notice_answered', 'case_reopened'] as const satisfies readonly MessageKind[]

/** The office that keeps a case: a unit's, or the national regulator's operators. */
export function officeOfCase({ unit }: Pick<CaseFacts, 'unit'>): Address[] {
  return [unit === null ? { role: 'operator' } : { role: 'province_officer', unit }]
}

/** Whom a letter is for. */
export function addressOf({ office, code }: Addressee): Address {
  return office === 'company' ? { role: 'company', company: code } : { role: 'province_officer', unit: code }
}

/** A message about a case. `again`: what tells it from the last time, where the same can happen again. */
export function caseMessage(list: ListRow, found: CaseFacts, doing: Pick<Doing, 'at'> & { by: Doing['by'] | null }, kind: MessageKind, to: readonly Address[], { notice, again, ...subject }: MessageSubject & { again?: string } = {}): NewMessage {
  const code = codeOf(found)
  const [drug] = new Set(found.pairs.map((pair) => pair.drug)).size === 1 ? found.pairs : []
  return {
    kind, listId: list.id, sourceId: null, to, by: doing.by?.actor ?? null, at: doing.at, key: [code, notice, again].filter(Boolean).join(' '),
    subject: { case: code, ...(notice === undefined ? {} : { notice }), ...(drug ? { drug: drug.drug } : {}), ...subject },
  }
}

/** Tells, and has open windows of all concerned look anew, the doer's too. */
export async function tellOf(tx: Database, found: CaseFacts, messages: readonly NewMessage[]): Promise<void> {
  await notify(tx, messages)
  await tellOfMessages(tx, officeOfCase(found).map(addressKey))
}

/** What a letter asked for is done; and, where no other of its case waits, what its office was to do about that. */
export async function settleNotice(tx: Database, list: ListRow, found: CaseFacts, { code }: Pick<NoticeFacts, 'code'>, state: CaseState, { at }: Doing): Promise<void> {
  const of = { listId: list.id, case: codeOf(found), kinds: ofWaiting, at }
  await settleCase(tx, state === 'notified' ? { ...of, notice: code } : of)
}

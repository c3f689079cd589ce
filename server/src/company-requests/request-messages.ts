import type { NewMessage } from '@lastmile/db/load/notify'
import type { ListRow } from '@lastmile/db/query/lists'
import type { Instant } from '@lastmile/shared/day'
import type { Address, MessageKind, MessageSubject } from '@lastmile/shared/message'

/** What is asked of the office that has a request: done when it is answered, withdrawn or another's. */
export const ofOffice = ['company_request_opened', 'company_request_forwarded', 'company_request_objected', 'company_request_due_soon', 'company_request_overdue'] as const satisfies readonly MessageKind[]
/** What is asked of, or told, its company and the regulator while it waits. */
export const ofWaiting = [...ofOffice, 'company_request_unanswered'] as const satisfies readonly MessageKind[]
/** What is asked of its company: done when it closes the request, or objects. */
export const ofCompany = ['company_request_answered', 'company_request_promised'] as const satisfies readonly MessageKind[]

/** An office: a unit's officers, or the national regulator's operators. */
export function officeOfRequest(office: string | null): Address[] {
  return [office === null ? { role: 'operator' } : { role: 'province_officer', unit: office }]
}

/** What a message about a request needs of it. */
interface OfRequest {
  code: string
  drug: string
}

/** A message about a request. `again`: what tells it from the last time, where the same can happen again. */
export function requestMessage(list: ListRow, { code, drug }: OfRequest, { by, at }: { by: string | null; at: Instant }, kind: MessageKind, to: readonly Address[], { again, ...subject }: MessageSubject & { again?: string } = {}): NewMessage {
  return { kind, listId: list.id, sourceId: null, to, by, at, key: again === undefined ? code : `${code} ${again}`, subject: { request: code, drug, ...subject } }
}

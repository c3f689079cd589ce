import type { Database } from '@lastmile/db/database'
import { notify, settleCompanyRequest, type NewMessage } from '@lastmile/db/load/notify'
import type { CompanyRequestFacts } from '@lastmile/db/query/company-requests'
import { insertRequestEvent, lockCompanyRequest, moveCompanyRequest, takeRequestFiles, type CompanyRequestChange, type LockedRequest } from '@lastmile/db/query/keep-company-request'
import type { ListRow } from '@lastmile/db/query/lists'
import { caseCode } from '@lastmile/shared/case'
import { canMoveRequest, companyRequestMoves, type CompanyRequestVerb } from '@lastmile/shared/company-request'
import type { CompanyRequestEventDetail, CompanyRequestMoved } from '@lastmile/shared/company-request-answer'
import type { MessageKind } from '@lastmile/shared/message'
import { changeCases } from '../cases/change-case.js'
import { actorOf, type Doing } from '../cases/doing.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'

/** A request, and the version of it that whoever moves it saw. */
export interface SeenRequest {
  found: CompanyRequestFacts
  version: number
}

/** What a step does beside moving the request along the table. */
export interface Step {
  change?: CompanyRequestChange
  detail?: CompanyRequestEventDetail
  attachments?: readonly string[]
  /** Kinds of messages that ask for nothing any more, and who is told. */
  settles: readonly MessageKind[]
  tells: readonly NewMessage[]
}

/** The code of a request. */
export const codeOf = ({ year, number }: Pick<CompanyRequestFacts, 'year' | 'number'>) => caseCode(year, number)

/**
 * Takes a step of a request: under a lock, where the step begins there and at the version that was seen, with its audit and its
 * messages in the same transaction. `work` says what it does, by the request as it is then.
 * @throws Refusal 409 where it cannot be done as the request stands, 412 where that was changed since
 */
export async function moveRequest(services: Services, doing: Doing, list: ListRow, { found, version }: SeenRequest, verb: CompanyRequestVerb, work: (locked: LockedRequest) => Step): Promise<CompanyRequestMoved> {
  const code = codeOf(found)
  return changeCases(services, list, doing, async (tx) => {
    const locked = await lockCompanyRequest(tx, found.id)
    if (!canMoveRequest(verb, locked.state, locked.round)) throw wrongState(code, verb, locked)
    if (version !== locked.version) throw new Refusal(412, 'company_request.version', `Request ${code} was changed since: it is at version ${locked.version}. Look at it, and say again what is to be done.`, { version: locked.version })
    const { change = {}, detail = {}, attachments = [], settles, tells } = work(locked)
    const state = companyRequestMoves[verb].to ?? locked.state
    const moved = await moveCompanyRequest(tx, list, locked, { ...change, state })
    if (moved === null) throw new Refusal(409, 'company_request.state', `Request ${code} was changed meanwhile. Look at it again.`)
    const event = await insertRequestEvent(tx, { requestId: locked.id, kind: verb, on: list.today, at: doing.at, by: actorOf(doing), state, detail })
    await takeFiles(tx, list, event, doing, attachments)
    await settleCompanyRequest(tx, { listId: list.id, request: code, kinds: settles, at: doing.at })
    await notify(tx, tells)
    return { deeds: [{ action: `company_request.${verb}` as const, object: code, before: { state: locked.state, office: locked.office, dueOn: locked.dueOn }, after: { state, ...change, ...detail, attachments } }], result: { request: code, state, version: moved } }
  })
}

function wrongState(code: string, verb: CompanyRequestVerb, { state, round }: LockedRequest): Refusal {
  if (verb === 'object' && state === 'answered' && round > 1) return new Refusal(409, 'company_request.objected', `Request ${code}: it was objected to once already, and the national regulator has answered.`)
  return new Refusal(409, 'company_request.state', `Request ${code} is ${state}: this cannot be done with it now.`)
}

/** Files that were sent before become part of a step. @throws Refusal 409 where one is not there, is another's, or belongs to a step already */
export async function takeFiles(tx: Database, list: ListRow, event: number, { by }: Doing, codes: readonly string[]): Promise<void> {
  const wanted = [...new Set(codes)]
  if ((await takeRequestFiles(tx, list, event, by.actor, wanted)) !== wanted.length) throw new Refusal(409, 'attachment.not_there', 'attachments: one of these files is not there, or belongs to another step already. Send it again.', { field: 'attachments' })
}

import type { ListRow } from '@lastmile/db/query/lists'
import { followingOf } from '@lastmile/db/query/supervision'
import { nationalOffice, type CompanyRequestAnswering, type CompanyRequestDeferring, type CompanyRequestForwarding } from '@lastmile/shared/company-request'
import type { CompanyRequestMoved } from '@lastmile/shared/company-request-answer'
import type { Address, MessageKind, MessageSubject } from '@lastmile/shared/message'
import { addWorkingDays, isWorkingDay } from '@lastmile/shared/working-day'
import type { Doing } from '../cases/doing.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { codeOf, moveRequest, type SeenRequest } from './move-request.js'
import { officeNamed, rulesOf } from './open-request.js'
import { officeOfRequest, ofWaiting, requestMessage } from './request-messages.js'

/* What the office does that has a request. Its company is told of each. */

/** A message to somebody about what is done. */
const saying = (list: ListRow, { found }: SeenRequest, { by, at }: Doing) => (kind: MessageKind, to: readonly Address[], subject: MessageSubject & { again?: string } = {}) =>
  requestMessage(list, { code: codeOf(found), drug: found.drug }, { by: by.actor, at }, kind, to, subject)
const companyOf = ({ found: { company } }: SeenRequest): Address[] => [{ role: 'company', company }]

/** That a request was received. */
export async function acknowledgeRequest(services: Services, doing: Doing, list: ListRow, seen: SeenRequest): Promise<CompanyRequestMoved> {
  const says = saying(list, seen, doing)
  return moveRequest(services, doing, list, seen, 'acknowledge', ({ version, dueOn }) => ({ settles: [], tells: [says('company_request_acknowledged', companyOf(seen), { dueOn, again: String(version) })] }))
}

/** A request is answered. @throws Refusal 400 where a day is lacking, has passed, or belongs to no such answer */
export async function answerRequest(services: Services, doing: Doing, list: ListRow, seen: SeenRequest, { outcome, text, resolveBy, attachments }: CompanyRequestAnswering): Promise<CompanyRequestMoved> {
  if ((outcome === 'will_be_resolved') !== (resolveBy !== null)) throw new Refusal(400, 'company_request.resolve_by', outcome === 'will_be_resolved' ? 'resolveBy: say by which day it is resolved.' : 'resolveBy: is said of what is not resolved yet, and of nothing else.', { field: 'resolveBy' })
  if (resolveBy !== null && resolveBy < list.today) throw new Refusal(400, 'company_request.resolve_by', `resolveBy: a day from ${list.today} on.`, { field: 'resolveBy' })
  const says = saying(list, seen, doing)
  return moveRequest(services, doing, list, seen, 'answer', ({ round, office }) => ({
    change: { outcome, resolveBy }, detail: { outcome, text, resolveBy }, attachments, settles: ofWaiting,
    // A colleague of the office needs not look; where the regulator answers for a province, that hears of it.
    tells: [says('company_request_answered', companyOf(seen), { again: String(round) }), ...(doing.by.role === 'operator' && office !== null ? [says('company_request_closed', officeOfRequest(office), { again: `answered ${round}` })] : [])],
  }))
}

/** A request is another office's: it is new there, and due when it was. @throws Refusal 400 where that has it already, 404 where there is none */
export async function forwardRequest(services: Services, doing: Doing, list: ListRow, seen: SeenRequest, { office: named, reason }: CompanyRequestForwarding): Promise<CompanyRequestMoved> {
  const office = await officeNamed(services, list, named)
  const says = saying(list, seen, doing)
  return moveRequest(services, doing, list, seen, 'forward', (locked) => {
    if (locked.office === office) throw new Refusal(400, 'company_request.same_office', `office: ${named} has it already.`, { field: 'office' })
    const again = String(locked.version)
    return {
      change: { office }, detail: { reason, dueOn: locked.dueOn }, settles: ofWaiting,
      tells: [says('company_request_forwarded', officeOfRequest(office), { dueOn: locked.dueOn, again }), says('company_request_passed_on', companyOf(seen), { ...(named === nationalOffice ? {} : { region: named }), again })],
    }
  })
}

/** The answer is put off, for a reason that its company reads. @throws Refusal 400 for a day that is none of work, no later, or too late */
export async function deferRequest(services: Services, doing: Doing, list: ListRow, seen: SeenRequest, { dueOn, reason }: CompanyRequestDeferring): Promise<CompanyRequestMoved> {
  const { deferAtMost } = await rulesOf(services, list)
  const { calendar } = await followingOf(services.db, list)
  const says = saying(list, seen, doing)
  return moveRequest(services, doing, list, seen, 'defer', (locked) => {
    const last = addWorkingDays(calendar, locked.firstDueOn, deferAtMost)
    if (dueOn <= locked.dueOn || dueOn < list.today || dueOn > last || !isWorkingDay(calendar, dueOn)) throw new Refusal(400, 'company_request.defer', `dueOn: a working day after ${locked.dueOn}, from ${list.today} on, and at the latest ${last}.`, { field: 'dueOn' })
    return { change: { dueOn }, detail: { reason, dueOn, wasDueOn: locked.dueOn }, settles: ['company_request_due_soon', 'company_request_overdue', 'company_request_unanswered'], tells: [says('company_request_deferred', companyOf(seen), { dueOn, again: dueOn })] }
  })
}

import type { ListRow } from '@lastmile/db/query/lists'
import { followingOf } from '@lastmile/db/query/supervision'
import type { CompanyRequestObjecting } from '@lastmile/shared/company-request'
import type { CompanyRequestMoved } from '@lastmile/shared/company-request-answer'
import { addWorkingDays } from '@lastmile/shared/working-day'
import type { Doing } from '../cases/doing.js'
import type { Services } from '../lib/services.js'
import { codeOf, moveRequest, type SeenRequest } from './move-request.js'
import { rulesOf } from './open-request.js'
import { ofCompany, officeOfRequest, ofWaiting, requestMessage } from './request-messages.js'

/* What the company does that asked. The office that has the request is told of each. */

const ofDoing = ({ found }: SeenRequest) => ({ code: codeOf(found), drug: found.drug })
const byHim = ({ by, at }: Doing) => ({ by: by.actor, at })

/** A request is not asked any more. */
export async function withdrawRequest(services: Services, doing: Doing, list: ListRow, seen: SeenRequest, reason: string): Promise<CompanyRequestMoved> {
  return moveRequest(services, doing, list, seen, 'withdraw', ({ office }) => ({ change: { endedOn: list.today }, detail: { reason }, settles: ofWaiting, tells: [requestMessage(list, ofDoing(seen), byHim(doing), 'company_request_withdrawn', officeOfRequest(office))] }))
}

/** Its company takes what was answered as the end of it. */
export async function closeRequest(services: Services, doing: Doing, list: ListRow, seen: SeenRequest): Promise<CompanyRequestMoved> {
  return moveRequest(services, doing, list, seen, 'close', ({ office }) => ({ change: { endedOn: list.today }, settles: ofCompany, tells: [requestMessage(list, ofDoing(seen), byHim(doing), 'company_request_closed', officeOfRequest(office))] }))
}

/**
 * Its company objects to what was answered, once: the national regulator has it from now on, and so many working days anew. The
 * office that answered sees what becomes of it.
 */
export async function objectToAnswer(services: Services, doing: Doing, list: ListRow, seen: SeenRequest, { reason, attachments }: CompanyRequestObjecting): Promise<CompanyRequestMoved> {
  const { answerWithin } = await rulesOf(services, list)
  const dueOn = addWorkingDays((await followingOf(services.db, list)).calendar, list.today, answerWithin)
  return moveRequest(services, doing, list, seen, 'object', ({ round, office }) => ({
    change: { office: null, round: round + 1, dueOn, firstDueOn: dueOn }, detail: { reason, dueOn }, attachments, settles: ofCompany,
    tells: [
      requestMessage(list, ofDoing(seen), byHim(doing), 'company_request_objected', officeOfRequest(null), { dueOn }),
      // To whoever answered it is news, and nothing to do.
      ...(office === null ? [] : [requestMessage(list, ofDoing(seen), byHim(doing), 'company_request_passed_on', officeOfRequest(office), { again: 'objected' })]),
    ],
  }))
}

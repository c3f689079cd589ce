import type { Database } from '@lastmile/db/database'
import { notify, type NewMessage } from '@lastmile/db/load/notify'
import { companyRequestsToFollow, type CompanyRequestFacts } from '@lastmile/db/query/company-requests'
import type { ListRow } from '@lastmile/db/query/lists'
import { followingOf, type Following } from '@lastmile/db/query/supervision'
import type { Instant } from '@lastmile/shared/day'
import { workingDaysBetween } from '@lastmile/shared/working-day'
import type { Services } from '../lib/services.js'
import { codeOf } from './move-request.js'
import { officeOfRequest, requestMessage } from './request-messages.js'

/** What a day brings to requests: their offices are told before an answer is due and when it is late, their companies (and of a province's office the regulator) when it is late. Each is told once of each due day, however often and by however many servers it is done. */
export async function followRequests({ db, clock }: Pick<Services, 'db' | 'clock'>, list: ListRow, at: Instant = clock.now()): Promise<void> {
  const following = await followingOf(db, list)
  for (const found of await companyRequestsToFollow(db, list)) {
    const messages = dueMessages(list, following, found, at)
    if (messages.length > 0) await db.transaction((tx) => notify(tx as Database, messages))
  }
}

function dueMessages(list: ListRow, { rules, calendar }: Following, found: CompanyRequestFacts, at: Instant): NewMessage[] {
  const { drug, company, office, dueOn, state, resolveBy, round } = found
  const says = (kind: NewMessage['kind'], to: NewMessage['to'], day: string) => requestMessage(list, { code: codeOf(found), drug }, { by: null, at }, kind, to, { dueOn: day, again: `${round} ${office ?? 'national'} ${day}` })
  const asking = { role: 'company' as const, company }
  if (state === 'answered') return [says('company_request_promised', [asking], resolveBy!)]
  if (dueOn < list.today) return [says('company_request_overdue', officeOfRequest(office), dueOn), says('company_request_unanswered', [asking, ...(office === null ? [] : officeOfRequest(null))], dueOn)]
  return workingDaysBetween(calendar, list.today, dueOn) <= (rules?.requests?.dueSoon ?? 0) ? [says('company_request_due_soon', officeOfRequest(office), dueOn)] : []
}

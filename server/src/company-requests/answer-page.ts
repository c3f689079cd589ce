import type { Context } from 'hono'
import { companyRequestEvents, disputedWithin } from '@lastmile/db/query/company-request-page'
import { companyRequestRow } from '@lastmile/db/query/company-requests'
import { followingOf } from '@lastmile/db/query/supervision'
import { canMoveRequest, companyRequestVerbs } from '@lastmile/shared/company-request'
import type { CompanyRequestAnswer } from '@lastmile/shared/company-request-answer'
import { addWorkingDays, coversDays } from '@lastmile/shared/working-day'
import { purviewHere } from '../http/actor.js'
import type { Services } from '../lib/services.js'
import { isHis, type RequestHere } from './request-of.js'

/** A request whole, as whoever asks sees it. */
export async function answerPage({ db }: Pick<Services, 'db'>, c: Context, here: RequestHere): Promise<CompanyRequestAnswer> {
  const { list, found } = here
  const following = await followingOf(db, list)
  const rules = following.rules?.requests ?? null
  const may = companyRequestVerbs.filter((verb) => canMoveRequest(verb, found.state, found.round) && isHis(c, here, verb) && (rules !== null || verb !== 'defer'))
  return {
    basis: { list: list.code, asOf: list.today, today: list.today, demonstration: list.demonstration },
    request: companyRequestRow(list, following, found), text: found.text,
    disputed: found.disputed && await disputedWithin(db, list, purviewHere(c, 'report.read', list.code), found.disputed),
    events: await companyRequestEvents(db, found.id, purviewHere(c, 'company_request.read', list.code).of === 'company' ? 'company' : 'offices'),
    may, deferUntil: may.includes('defer') ? addWorkingDays(following.calendar, found.firstDueOn, rules!.deferAtMost) : null, rules,
    weekdaysAlone: !coversDays(following.calendar, found.openedOn, found.dueOn),
  }
}

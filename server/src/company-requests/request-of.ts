import type { Context } from 'hono'
import { findCompanyRequest, type CompanyRequestFacts } from '@lastmile/db/query/company-requests'
import type { ListRow } from '@lastmile/db/query/lists'
import { caseNumbered } from '@lastmile/shared/case'
import { companyRequestMoves, type CompanyRequestVerb } from '@lastmile/shared/company-request'
import { purviewHere } from '../http/actor.js'
import { listOf } from '../http/parameters.js'
import { notFound } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'

/** A request as whoever asks may see it. */
export interface RequestHere {
  list: ListRow
  found: CompanyRequestFacts
}

/** The request of a path. @throws Refusal 404, also where whoever asks may know of none */
export async function requestOf(services: Services, c: Context, path: { list: string; code: string }): Promise<RequestHere> {
  const list = await listOf(services, path.list)
  const numbered = caseNumbered(path.code)
  const found = numbered && await findCompanyRequest(services.db, list, purviewHere(c, 'company_request.read', list.code), numbered)
  if (!found) throw notFound('company_request', path.code)
  return { list, found }
}

/** The same, for whose step it is. @throws Refusal 404: for who may not, it is as what is not there */
export async function movedRequestOf(services: Services, c: Context, path: { list: string; code: string }, verb: CompanyRequestVerb): Promise<RequestHere> {
  const here = await requestOf(services, c, path)
  if (!isHis(c, here, verb)) throw notFound('company_request', path.code)
  return here
}

/** Whether a step is whoever asks' to take: the company's that asks; the office's that has the request now, or the national regulator's. */
export function isHis(c: Context, { list, found }: RequestHere, verb: CompanyRequestVerb): boolean {
  const purview = purviewHere(c, companyRequestMoves[verb].action, list.code)
  return purview.of === 'all' || (purview.of === 'company' && purview.company === found.company) || (purview.of === 'unit' && purview.unit === found.office)
}

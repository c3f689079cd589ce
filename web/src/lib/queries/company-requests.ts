import { Attachment } from '@lastmile/shared/attachment'
import type { CompanyRequestAnswering, NewCompanyRequest } from '@lastmile/shared/company-request'
import type { CompanyRequestsQuestion } from '@lastmile/shared/company-request-answer'
import { queryOptions } from '@tanstack/react-query'
import { answerOf, answerTo, asQuery, lists, reach } from '../api'
import type { Asked } from './coverage'

const api = lists[':list']['company-requests']
const one = api[':code']

/** A page of requests of companies, and how many stand where. */
export const companyRequestsQuery = (list: string, params: Asked<CompanyRequestsQuestion> = {}) =>
  queryOptions({ queryKey: [list, 'company-requests', params] as const, queryFn: ({ signal }) => answerTo(api.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** One request whole. */
export const companyRequestQuery = (list: string, code: string) =>
  queryOptions({ queryKey: [list, 'company-request', { code }] as const, queryFn: ({ signal }) => answerTo(one.$get({ param: { list, code }, query: {} }, { init: { signal } })) })

/** Opens a request. `key` makes that it is opened once, however often it is sent. */
export const openCompanyRequest = (list: string, json: NewCompanyRequest, key: string) => answerTo(api.$post({ param: { list }, header: { 'Idempotency-Key': key }, json }))

/** A request as it was seen: what is done with it is done with that. */
interface Seen { list: string; code: string; version: number }
const seen = ({ list, code, version }: Seen) => ({ param: { list, code }, header: { 'If-Match': `"${version}"` } })

export const acknowledgeRequest = (at: Seen) => answerTo(one.acknowledgement.$post(seen(at)))
export const answerRequest = (at: Seen, json: CompanyRequestAnswering) => answerTo(one.answer.$post({ ...seen(at), json }))
export const forwardRequest = (at: Seen, office: string, reason: string) => answerTo(one.forwarding.$post({ ...seen(at), json: { office, reason } }))
export const deferRequest = (at: Seen, dueOn: string, reason: string) => answerTo(one.deferral.$post({ ...seen(at), json: { dueOn, reason } }))
export const withdrawRequest = (at: Seen, reason: string) => answerTo(one.withdrawal.$post({ ...seen(at), json: { reason } }))
export const closeRequest = (at: Seen) => answerTo(one.closing.$post(seen(at)))
export const objectToAnswer = (at: Seen, reason: string, attachments: string[]) => answerTo(one.objection.$post({ ...seen(at), json: { reason, attachments } }))

const below = (list: string) => `/api/lists/${encodeURIComponent(list)}/company-requests`

/** Sends a file that goes with a step of a request. @throws ProblemError for one that is not taken */
export async function sendRequestFile(list: string, file: File): Promise<Attachment> {
  return answerOf(Attachment, await reach(`${below(list)}/attachments?name=${encodeURIComponent(file.name)}`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file }))
}

/** The address of a file beside a step of a request. */
export function requestFileAddress(list: string, code: string, file: string): string {
  return `${below(list)}/${encodeURIComponent(code)}/attachments/${encodeURIComponent(file)}/file`
}

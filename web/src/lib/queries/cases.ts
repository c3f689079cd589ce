import { Attachment } from '@lastmile/shared/attachment'
import type { NewCases, NewComment } from '@lastmile/shared/case'
import type { CasesQuestion } from '@lastmile/shared/case-answer'
import type { NewNotice } from '@lastmile/shared/notice'
import { queryOptions } from '@tanstack/react-query'
import { answerOf, answerTo, asQuery, lists, reach } from '../api'
import type { Asked } from './coverage'

const api = lists[':list'].cases
const one = api[':code']
const letter = one.notices[':notice']

/** A page of supervision cases, and how many stand where. */
export const casesQuery = (list: string, params: Asked<CasesQuestion> = {}) =>
  queryOptions({ queryKey: [list, 'cases', params] as const, queryFn: ({ signal }) => answerTo(api.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** One case whole. */
export const caseQuery = (list: string, code: string) =>
  queryOptions({ queryKey: [list, 'case', { code }] as const, queryFn: ({ signal }) => answerTo(one.$get({ param: { list, code }, query: {} }, { init: { signal } })) })

/** Opens cases of gaps. */
export const openCases = (list: string, json: NewCases) => answerTo(api.$post({ param: { list }, json }))

/** A case as it was seen: what is done with it is done with that. */
interface Seen { list: string; code: string; version: number }
const seen = ({ list, code, version }: Seen) => ({ param: { list, code }, header: { 'If-Match': `"${version}"` } })
const seenLetter = ({ list, code, version }: Seen, notice: string) => ({ param: { list, code, notice }, header: { 'If-Match': `"${version}"` } })

export const checkCase = ({ list, code }: Omit<Seen, 'version'>) => answerTo(one.check.$post({ param: { list, code } }))
export const closeCase = (at: Seen, reason: string) => answerTo(one.closing.$post({ ...seen(at), json: { reason } }))
export const reopenCase = (at: Seen, reason: string) => answerTo(one.reopening.$post({ ...seen(at), json: { reason } }))
export const escalateCase = (at: Seen, step: string, reason: string) => answerTo(one.escalation.$post({ ...seen(at), json: { step, reason } }))
export const commentOnCase = ({ list, code }: Omit<Seen, 'version'>, json: NewComment) => answerTo(one.comments.$post({ param: { list, code }, json }))
export const draftNotice = (at: Seen, json: NewNotice) => answerTo(one.notices.$post({ ...seen(at), json }))
export const changeNotice = (at: Seen, notice: string, json: { dueOn: string | null; note: string | null }) => answerTo(letter.$put({ ...seenLetter(at, notice), json }))
export const withdrawNotice = (at: Seen, notice: string, reason: string) => answerTo(letter.withdrawal.$post({ ...seenLetter(at, notice), json: { reason } }))

/** How and when something came that is entered for somebody else; nothing of it where one says it oneself. */
export interface Outside { channel?: 'system' | 'post' | 'fax' | 'email' | 'meeting'; on?: string; attachments: string[] }

export const sendNotice = (at: Seen, notice: string, { channel = 'system', ...json }: Outside) => answerTo(letter.sending.$post({ ...seenLetter(at, notice), json: { channel, ...json } }))
export const acknowledgeNotice = ({ list, code }: Omit<Seen, 'version'>, notice: string, json: Outside) => answerTo(letter.acknowledgement.$post({ param: { list, code, notice }, json }))
export const answerNotice = ({ list, code }: Omit<Seen, 'version'>, notice: string, json: Outside & { reasons: NonNullable<Parameters<typeof letter.answer.$post>[0]['json']>['reasons']; plan: string; doneBy: string }) => answerTo(letter.answer.$post({ param: { list, code, notice }, json }))

const below = (list: string, code: string) => `/api/lists/${encodeURIComponent(list)}/cases/${encodeURIComponent(code)}`

/** Sends a file that goes with a step of a letter. @throws ProblemError for one that is not taken */
export async function sendAttachment(list: string, code: string, notice: string, file: File): Promise<Attachment> {
  return answerOf(Attachment, await reach(`${below(list, code)}/notices/${encodeURIComponent(notice)}/attachments?name=${encodeURIComponent(file.name)}`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file }))
}

/** The address of a file beside a letter. */
export function attachmentAddress(list: string, code: string, file: string): string {
  return `${below(list, code)}/attachments/${encodeURIComponent(file)}/file`
}

/** The address of the evidence pack of a case as it is now. */
export function evidencePackAddress(list: string, code: string): string {
  return `${below(list, code)}/evidence-pack/file`
}

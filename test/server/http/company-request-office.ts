import { CompanyRequestAnswer, CompanyRequestMoved, CompanyRequestsAnswer } from '@lastmile/shared/company-request-answer'
import type { CompanyRequestState, NewCompanyRequest } from '@lastmile/shared/company-request'
import { MessagesAnswer } from '@lastmile/shared/message'
import { listCode } from '../../support/edition.js'
import type { CaseOffice } from './case-office.js'
import type { Door } from './door.js'

/* Offices that companies ask: those of cases (`case-office.ts`). Answers are due after ten working days; acme asks the North unless a test says otherwise. */

export const requestsPath = `/api/lists/${listCode}/company-requests`
const json = { 'content-type': 'application/json' }

/** What acme asks of the North unless a test says otherwise. */
export const asking = { kind: 'platform_listing', office: '100000', drug: 'alpha', text: 'Filed in May, and again in June; no word.' }

/** Asks for something to be done. `version`: of the request that whoever asks saw. */
export const post = (door: Door, path: string, body?: object, version?: number, headers: Record<string, string> = {}) => door.ask(`${requestsPath}${path}`, {
  method: 'POST', headers: { ...json, ...headers, ...(version === undefined ? {} : { 'if-match': `"${version}"` }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
})

/** The same, of what must be done. */
export async function does(door: Door, path: string, body?: object, version?: number, headers?: Record<string, string>): Promise<CompanyRequestMoved> {
  const answer = await post(door, path, body, version, headers)
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return CompanyRequestMoved.parse(await answer.json())
}

export const opens = (door: Door, own: Partial<NewCompanyRequest> = {}) => does(door, '', { ...asking, ...own })
export const looks = async (door: Door, code: string) => CompanyRequestAnswer.parse(await door.read(`${requestsPath}/${code}`))
export const lists = async (door: Door, query = '') => CompanyRequestsAnswer.parse(await door.read(`${requestsPath}${query}`))
export const told = async (door: Door) => MessagesAnswer.parse(await door.read('/api/messages')).messages.map(({ kind, subject, settledAt }) => `${kind.replace('company_request_', '')} ${subject.request}${settledAt ? ' (done)' : ''}`)

export const answering = { outcome: 'resolved', text: 'It is listed since today.' }

/** Sends a file, and answers its code. */
export async function sends(door: Door, name = 'proof.pdf'): Promise<string> {
  const answer = await door.ask(`${requestsPath}/attachments?name=${name}`, { method: 'POST', body: new TextEncoder().encode('%PDF-1.7 a proof') })
  return ((await answer.json()) as { code: string }).code
}

/** A request of acme to the North, moved as far as a state. `objected`: it is open again, at the regulator. Answers its code and version. */
export async function requestIn({ doors: { acme, north } }: CaseOffice, state: CompanyRequestState | 'objected' | 'answered again', operator?: Door): Promise<{ code: string; version: number }> {
  const { request: code, version } = await opens(acme)
  const on = async (door: Door, path: string, body: object | undefined, at: number) => (await does(door, `/${code}${path}`, body, at)).version
  if (state === 'open') return { code, version }
  if (state === 'acknowledged') return { code, version: await on(north, '/acknowledgement', undefined, version) }
  if (state === 'withdrawn') return { code, version: await on(acme, '/withdrawal', { reason: 'a mistake' }, version) }
  const answered = await on(north, '/answer', answering, version)
  if (state === 'answered') return { code, version: answered }
  if (state === 'closed') return { code, version: await on(acme, '/closing', undefined, answered) }
  const objected = await on(acme, '/objection', { reason: 'It is not.' }, answered)
  return { code, version: state === 'objected' ? objected : await on(operator!, '/answer', answering, objected) }
}

import type { Question } from './table.js'

/*
 * Who may what of companies' requests, read as `table.ts` says. There are two: of acme to the North (2026-1), and of bestco to the
 * national regulator (2026-2). Steps are asked at a version that is none: whoever may is told that, or that the request is not there yet.
 */

const national = 'reader operator command'
const atVersion = { 'if-match': '"99"' }
const ofAcme = { code: '<company_request of acme>' }
const ofBestco = { code: '<company_request of bestco>' }

export const companyRequests: Record<string, Question[]> = {
  'get /api/lists/{list}/company-requests': [
    { what: 'all', rows: { [national]: '2026-1, 2026-2', 'acme north': '2026-1', bestco: '2026-2', 'west corps operator_of_other': '' } },
    { what: 'at the national regulator', query: 'office=national', rows: { [national]: '2026-2', bestco: '2026-2', 'acme north west corps operator_of_other': '' } },
  ],
  'get /api/lists/{list}/company-requests/{code}': [
    { what: 'to a province', path: ofAcme, to: { 200: `${national} acme north` } },
    { what: 'to the regulator', path: ofBestco, to: { 200: `${national} bestco` } },
  ],
  // Of a drug that is none of his, he hears that there is none.
  'post /api/lists/{list}/company-requests': [{ what: 'about a drug of bestco', body: { kind: 'other', office: 'national', drug: '<drug gamma>', text: 'a word', institution: 'H1', evidence: 'confirmed' }, to: { 400: 'bestco' } }],
  'post /api/lists/{list}/company-requests/attachments': [{ what: 'no file that is taken', query: 'name=proof.pdf', form: {}, to: { 415: 'operator north west corps acme bestco' } }],
  'get /api/lists/{list}/company-requests/{code}/attachments/{file}/file': [{ what: 'beside a request', path: { code: '2026-1', file: '<attachment of a request>' }, to: { 200: `${national} acme north` } }],
  'post /api/lists/{list}/company-requests/{code}/acknowledgement': [
    { what: 'to a province', path: ofAcme, headers: atVersion, to: { 412: 'operator north' } },
    { what: 'to the regulator', path: ofBestco, headers: atVersion, to: { 412: 'operator' } },
  ],
  'post /api/lists/{list}/company-requests/{code}/answer': [{ what: 'to a province', path: ofAcme, headers: atVersion, body: { outcome: 'resolved', text: 'It is.' }, to: { 412: 'operator north' } }],
  'post /api/lists/{list}/company-requests/{code}/forwarding': [{ what: 'to a province', path: ofAcme, headers: atVersion, body: { office: 'national', reason: 'not ours' }, to: { 412: 'operator north' } }],
  'post /api/lists/{list}/company-requests/{code}/deferral': [{ what: 'to a province', path: ofAcme, headers: atVersion, body: { dueOn: '2026-04-20', reason: 'later' }, to: { 412: 'operator north' } }],
  'post /api/lists/{list}/company-requests/{code}/withdrawal': [{ what: 'of acme', path: ofAcme, headers: atVersion, body: { reason: 'no need' }, to: { 412: 'acme' } }],
  'post /api/lists/{list}/company-requests/{code}/closing': [{ what: 'of acme', path: ofAcme, headers: atVersion, to: { 409: 'acme' } }],
  'post /api/lists/{list}/company-requests/{code}/objection': [{ what: 'of bestco', path: ofBestco, headers: atVersion, body: { reason: 'it is not so' }, to: { 409: 'bestco' } }],
}

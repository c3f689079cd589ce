import type { Question } from './table.js'

/*
 * Who may what of supervision cases, read as `table.ts` says. There are three: the national regulator's (2026-1), with a letter to
 * acme and one to the West; the North's (2026-2), with a letter to acme; and another of the North's (2026-3), with a draft. Its office sees all of a case, whoever a
 * letter is for that letter. Verbs are asked at a version that is none: whoever may is told that.
 */

const national = 'reader operator command'
const atVersion = { 'if-match': '"99"' }
const north = { code: '<case of north>' }

export const cases: Record<string, Question[]> = {
  'get /api/lists/{list}/cases': [
    { what: 'all', rows: { [national]: '2026-1, 2026-2, 2026-3', acme: '2026-1, 2026-2', west: '2026-1', north: '2026-2, 2026-3', 'corps bestco operator_of_other': '' } },
    { what: 'of an office', query: 'office=national', rows: { [national]: '2026-1', 'acme west': '2026-1', 'north corps bestco operator_of_other': '' } },
  ],
  'get /api/lists/{list}/cases/{code}': [
    { what: 'of the regulator', path: { code: '<case of the regulator>' }, to: { 200: `${national} acme west` } },
    { what: 'of a province', path: north, to: { 200: `${national} acme north` } },
  ],
  // Of a gap that is none of his, whoever may open is told that it is gone.
  'post /api/lists/{list}/cases': [{ what: 'of a gap of the South', body: { evidence: 'supplied', by: 'drug', gaps: [{ drug: 'gamma', region: '200000' }] }, to: { 200: 'operator north west corps operator_of_other' } }],
  'post /api/lists/{list}/cases/{code}/check': [{ what: 'of a province', path: north, to: { 200: 'operator north' } }],
  'post /api/lists/{list}/cases/{code}/closing': [{ what: 'of a province', path: north, headers: atVersion, body: { reason: 'done' }, to: { 412: 'operator north' } }],
  'post /api/lists/{list}/cases/{code}/reopening': [{ what: 'of a province', path: north, headers: atVersion, body: { reason: 'not done' }, to: { 409: 'operator north' } }],
  'post /api/lists/{list}/cases/{code}/escalation': [{ what: 'of a province', path: north, headers: atVersion, body: { step: 'remind', reason: 'late' }, to: { 412: 'operator north' } }],
  'post /api/lists/{list}/cases/{code}/comments': [
    { what: 'within the office', path: north, body: { text: 'a word' }, to: { 200: 'operator north' } },
    { what: 'with the company', path: { code: '2026-1' }, body: { text: 'a word', notice: '<notice of acme>' }, to: { 200: 'operator acme' } },
  ],
  'post /api/lists/{list}/cases/{code}/notices': [{ what: 'of a province', path: north, headers: atVersion, body: { to: { office: 'company', code: 'acme' } }, to: { 412: 'operator north' } }],
  'put /api/lists/{list}/cases/{code}/notices/{notice}': [{ what: 'a draft', path: { code: '2026-3', notice: '<notice in draft>' }, headers: atVersion, body: { dueOn: null, note: null }, to: { 412: 'operator north' } }],
  'post /api/lists/{list}/cases/{code}/notices/{notice}/sending': [{ what: 'a draft', path: { code: '2026-3', notice: '<notice in draft>' }, headers: atVersion, body: { channel: 'post' }, to: { 412: 'operator north' } }],
  'post /api/lists/{list}/cases/{code}/notices/{notice}/withdrawal': [{ what: 'a draft', path: { code: '2026-3', notice: '<notice in draft>' }, headers: atVersion, body: { reason: 'a mistake' }, to: { 412: 'operator north' } }],
  'post /api/lists/{list}/cases/{code}/notices/{notice}/attachments': [{ what: 'no file that is taken', path: { code: '2026-1', notice: '<notice of acme>' }, query: 'name=scan.pdf', form: {}, to: { 415: 'operator acme' } }],
  'get /api/lists/{list}/cases/{code}/attachments/{file}/file': [{ what: 'beside a letter', path: { code: '2026-1', file: '<attachment of acme>' }, to: { 200: `${national} acme` } }],
  // An office makes it of its whole case, whoever a letter is for of what he sees of it.
  'get /api/lists/{list}/cases/{code}/evidence-pack/file': [
    { what: 'of the regulator', path: { code: '<case of the regulator>' }, to: { 200: `${national} acme west` } },
    { what: 'of a province', path: north, to: { 200: `${national} acme north` } },
  ],
  // The office that enters it for its addressee says how it came; he says it himself.
  'post /api/lists/{list}/cases/{code}/notices/{notice}/acknowledgement': [
    { what: 'of acme', path: { code: '2026-1', notice: '<notice of acme>' }, body: {}, to: { 200: 'acme', 400: 'operator' } },
    { what: 'of the West', path: { code: '2026-1', notice: '<notice of west>' }, body: {}, to: { 200: 'west', 400: 'operator' } },
    { what: 'of the North to acme', path: { code: '2026-2', notice: '<notice of north to acme>' }, body: {}, to: { 200: 'acme', 400: 'operator north' } },
  ],
  'post /api/lists/{list}/cases/{code}/notices/{notice}/answer': [{ what: 'of acme', path: { code: '2026-1', notice: '<notice of acme>' }, body: { reasons: ['other'], plan: 'a plan', doneBy: '2026-04-30' }, to: { 200: 'acme', 400: 'operator' } }],
}

import type { Question } from './table.js'

/* Who may what of standards, read as `table.ts` says. Everybody reads them; national operators decide. */

const rule = { from: '2026-01-01', units: null, kinds: ['hospital'], eligibleOnly: false, minInstitutions: 1, minCities: 0, reason: { zh: 'a test', en: 'a test' } }
const of = (drug: string, what: string) => ({ what, path: { drug } })
const atVersion = (version: number) => ({ 'if-match': `"${version}"` })
const everybody = { 200: 'EVERYBODY' }

export const standards: Record<string, Question[]> = {
  'get /api/lists/{list}/standards': [{ what: 'of all drugs', to: everybody }],
  'get /api/lists/{list}/standards/{drug}': [{ ...of('gamma', 'of a drug'), to: everybody }, { ...of('beta', 'of a drug without one'), to: everybody }, { ...of('none', 'of no drug'), to: { 404: 'EVERYBODY' } }],
  'post /api/lists/{list}/standards/{drug}/preview': [{ ...of('<drug gamma>', 'tried'), body: { rules: [rule] }, to: { 200: 'operator' } }, { ...of('<drug gamma>', 'of a unit that there is not'), body: { rules: [{ ...rule, units: ['none'] }] }, to: { 422: 'operator' } }],
  'put /api/lists/{list}/standards/{drug}': [{ ...of('<drug gamma>', 'decided'), headers: atVersion(1), body: { rules: [rule], why: 'a test' }, to: { 200: 'operator' } }, { ...of('<drug gamma>', 'decided as it was seen before'), headers: atVersion(1), body: { rules: [], why: 'a test' }, to: { 412: 'operator' } }],
  'delete /api/lists/{list}/standards/{drug}': [{ ...of('<drug gamma>', 'given up'), headers: atVersion(2), body: { why: 'a test' }, to: { 200: 'operator' } }],
}

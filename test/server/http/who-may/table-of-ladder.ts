import type { Question } from './table.js'

/* Who may what of the ladder, read as `table.ts` says. Everybody reads it; a company enters facts of its own drugs, a province of itself, and confirms what a company entered there. */

const inBoth = (text: string) => ({ zh: text, en: text })
const said = { rung: 'platform_listed', drug: 'gamma', unit: '100000', says: 'yes', validFrom: '2026-02-01', source: { text: inBoth('the platform says so') } }
const settled = { ...said, rung: 'settled' }
const atVersion = (version: number) => ({ 'if-match': `"${version}"` })
const path = { code: '<fact of bestco>' }
const all = { 200: 'EVERYBODY' }
const national = 'reader operator operator_of_other command'

export const ladder: Record<string, Question[]> = {
  'get /api/lists/{list}/ladders': [{ what: 'of a drug', query: 'drug=gamma', to: all }],
  'get /api/lists/{list}/ladders/{drug}/{unit}': [{ what: 'one', path: { drug: 'gamma', unit: '100000' }, to: all }, { what: 'of a city', path: { drug: 'gamma', unit: '100100' }, to: { 404: 'EVERYBODY' } }],
  'get /api/lists/{list}/ladder-facts': [{ what: 'one\'s own', to: { 200: `${national} north west corps acme bestco` } }],
  'get /api/lists/{list}/ladder-facts/{code}': [{ what: 'of bestco', path, to: all }],
  'post /api/lists/{list}/ladder-facts': [{ what: 'entered', body: settled, to: { 201: 'operator north bestco', 422: 'west corps acme' } }],
  'post /api/lists/{list}/ladder-facts/{code}/confirmation': [{ what: 'of bestco, and once more', path, headers: atVersion(1), to: { 200: 'operator', 412: 'north' } }],
  'post /api/lists/{list}/ladder-facts/{code}/refusal': [{ what: 'of bestco, as it was before', path, headers: atVersion(1), body: { reason: 'not so' }, to: { 412: 'operator north' } }],
  'put /api/lists/{list}/ladder-facts/{code}': [{ what: 'of bestco', path, headers: atVersion(2), body: { ...said, validTo: '2026-12-31' }, to: { 200: 'bestco' } }],
  'post /api/lists/{list}/ladder-facts/file': [{ what: 'tried', form: {}, file: 'rung,drug_code,unit,says,valid_from,source_zh\nadmitted,gamma,100000,yes,2026-02-01,纪要\n', query: 'dryRun=true', to: { 200: 'operator north bestco', 422: 'west corps acme' } }],
  'delete /api/lists/{list}/ladder-facts/{code}': [{ what: 'of bestco, as it was before', path, headers: atVersion(1), to: { 412: 'bestco' } }, { what: 'of bestco', path, headers: atVersion(3), to: { 200: 'bestco' } }],
}

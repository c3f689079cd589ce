import type { Question } from './table.js'

/*
 * Who may what of drugs in the course of editions, read as `table.ts` says. Everybody reads those that were published (alpha of acme,
 * gamma of bestco, and one of the basic list); of each company one more was applied for, which is its own and the regulator's.
 */

const inBoth = (text: string) => ({ zh: text, en: text })
const atVersion = (version: number) => ({ 'if-match': `"${version}"` })
const applied = { stage: 'applied', on: '2026-02-20', evidence: { document: inBoth('a paper') } }
const ofAcme = { code: '<candidacy of acme>' }
const ofBestco = { code: '<candidacy of bestco>' }
const national = 'reader operator command'
const others = 'anonymous disabled ended unproven system security auditor north west corps city next_city west_city corps_city insurer hospital pharmacy operator_of_other security_of_list key_north key_maker preview_north'
const published = 'basic-1, first-alpha, first-gamma'

export const candidacies: Record<string, Question[]> = {
  'get /api/lists/{list}/editions': [{ what: 'side by side', to: { 200: 'EVERYBODY' } }],
  'get /api/lists/{list}/candidacies': [{
    what: 'those that were published, and one\'s own', query: 'limit=500',
    rows: { [national]: `${published}, new-of-acme, new-of-bestco`, 'acme preview_acme': `${published}, new-of-acme`, bestco: `${published}, new-of-bestco`, [others]: published },
  }],
  'get /api/lists/{list}/drugs/{drug}/life': [
    { what: 'of a listed drug', path: { drug: 'gamma' }, to: { 200: 'EVERYBODY' } }, { what: 'of a drug that acme applied for', path: { drug: '<candidacy of acme>' }, to: { 200: `${national} acme preview_acme`, 404: 'anonymous disabled ended' } },
  ],
  'put /api/lists/{list}/candidacies/{code}': [
    { what: 'of acme', path: ofAcme, headers: atVersion(1), body: { name: inBoth('new of acme') }, to: { 200: 'operator acme' } }, { what: 'of bestco, as it never was', path: ofBestco, headers: atVersion(9), body: { name: inBoth('theirs') }, to: { 412: 'operator bestco' } },
  ],
  'post /api/lists/{list}/candidacies/{code}/stages': [{ what: 'of acme, as it never was', path: ofAcme, headers: atVersion(9), body: applied, to: { 412: 'operator acme' } }],
  'put /api/lists/{list}/candidacies/{code}/stages/{no}': [{ what: 'of acme, as it never was', path: { ...ofAcme, no: '1' }, headers: atVersion(9), body: applied, to: { 412: 'operator acme' } }],
  'delete /api/lists/{list}/candidacies/{code}/stages/{no}': [{ what: 'of bestco, as it never was', path: { ...ofBestco, no: '1' }, headers: atVersion(9), to: { 412: 'operator bestco' } }],
  'post /api/lists/{list}/candidacies': [{ what: 'begun', body: { edition: 'second', name: inBoth('begun'), stage: applied }, to: { 201: 'operator acme bestco' } }],
}

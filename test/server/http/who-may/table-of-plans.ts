import type { Question } from './table.js'

/*
 * Who may what of customised insurance plans, read as `table.ts` says. Everybody reads them (`everybodys`); an insurer
 * keeps its own, and nobody else keeps any.
 */

const inBoth = (text: string) => ({ zh: text, en: text })
const said = { name: inBoth('A plan'), validFrom: '2026-01-01', source: inBoth('a guide'), drugs: [{ drug: 'gamma', pays: inBoth('half of it') }] }
const atVersion = (version: number) => ({ 'if-match': `"${version}"` })

export const plans: Record<string, Question[]> = {
  'post /api/lists/{list}/plans': [
    { what: 'begun', body: { code: 'begun-plan', ...said }, to: { 201: 'insurer' } },
    { what: 'begun with the code of a rival\'s', body: { code: 'rival-plan', ...said }, to: { 409: 'insurer' } },
  ],
  'put /api/lists/{list}/plans/{code}': [
    { what: 'of the insurer', path: { code: '<plan of the insurer>' }, headers: atVersion(1), body: said, to: { 200: 'insurer' } },
    { what: 'of the insurer, as it was before', path: { code: '<plan of the insurer>' }, headers: atVersion(1), body: said, to: { 412: 'insurer' } },
    { what: 'of a rival', path: { code: '<plan of a rival>' }, headers: atVersion(1), body: said, to: {} },
    { what: 'of a rival, as it never was, of a drug that there is not', path: { code: '<plan of a rival>' }, headers: atVersion(7), body: { ...said, drugs: [{ drug: 'none' }] }, to: {} },
  ],
  'delete /api/lists/{list}/plans/{code}': [
    { what: 'of the insurer', path: { code: '<plan of the insurer to end>' }, headers: atVersion(1), to: { 200: 'insurer' } },
    { what: 'of a rival', path: { code: '<plan of a rival>' }, headers: atVersion(1), to: {} },
  ],
}

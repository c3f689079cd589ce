import type { Question } from './table.js'

/* Who may what of dated duties, read as `table.ts` says: hospitals have one. A hospital answers for itself, its province's officers for it, operators for all; its city reads. */

const national = 'reader operator command'
/** Whoever may ask, and has no institution among those of the duty. */
const others = 'next_city pharmacy operator_of_other'
const readers = `${national} north preview_north west corps city west_city corps_city hospital ${others}`
const meeting = { duty: 'meeting' }
const h1 = { ...meeting, institution: '<institution H1>' }
const atVersion = (version: number) => ({ 'if-match': `"${version}"` })

export const duties: Record<string, Question[]> = {
  'get /api/lists/{list}/duties': [{ what: 'all of them', to: { 200: readers } }],
  'get /api/lists/{list}/duties/{duty}': [{ what: 'one by unit', path: meeting, to: { 200: readers } }],
  'get /api/lists/{list}/duties/{duty}/institutions': [{
    what: 'who has it', path: meeting,
    rows: { [national]: 'Name of H1, Name of H2, Name of H5, Name of H6', 'north preview_north city hospital': 'Name of H1', 'west west_city': 'Name of H5', 'corps corps_city': 'Name of H6', [others]: '' },
  }],
  'get /api/lists/{list}/duties/{duty}/institutions/{institution}': [{ what: 'at a hospital of the North', path: h1, to: { 200: `${national} north preview_north city hospital` } }],
  'put /api/lists/{list}/duties/{duty}/institutions/{institution}': [
    { what: 'answered, and once more as if nothing were said', path: h1, headers: atVersion(0), body: { convened: true, on: '2026-02-20' }, to: { 200: 'hospital', 412: 'operator north' } },
    { what: 'answered by its province', path: h1, headers: atVersion(1), body: { convened: false }, to: { 200: 'north', 412: 'operator hospital' } },
  ],
  'delete /api/lists/{list}/duties/{duty}/institutions/{institution}': [{ what: 'taken back', path: h1, headers: atVersion(2), to: { 200: 'operator', 412: 'north hospital' } }],
}

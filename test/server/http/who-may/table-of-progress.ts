import type { Question } from './table.js'

/* Who may what of a company's progress, read as `table.ts` says: the company its own, whoever works for the national regulator each. */

const national = 'reader operator command'

/** The same question of both companies. */
const ofBoth = (query: string): Question[] => [
  { what: `of acme: ${query}`, query: `company=<company acme>&${query}`, to: { 200: `${national} acme preview_acme` } }, { what: `of bestco: ${query}`, query: `company=<company bestco>&${query}`, to: { 200: `${national} bestco` } },
]

export const progress: Record<string, Question[]> = {
  'get /api/lists/{list}/progress/curves': ofBoth('evidence=confirmed'),
  'get /api/lists/{list}/progress/drop-off': [
    { what: 'one\'s own, which need not be said', query: 'set=declared', to: { 200: 'acme preview_acme bestco', 400: national } },
    ...ofBoth('set=confirmed'),
  ],
  'get /api/lists/{list}/progress/moves': ofBoth('evidence=confirmed'),
  'get /api/lists/{list}/progress/next-steps': ofBoth('evidence=declared'),
  'post /api/lists/{list}/progress/visits': [{ what: 'of acme', body: { company: '<company acme>' }, to: { 200: 'reader operator acme' } }],
}

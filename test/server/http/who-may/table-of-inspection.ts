import type { Question } from './table.js'

/** Sheets for inspections: what is public on them is everybody's, as are the totals. What else stands on whose, `inspection.test.ts` asks. */
export const inspection: Record<string, Question[]> = {
  'get /api/lists/{list}/inspection': [
    { what: 'of a province', query: 'of=province&code=100000', to: { 200: 'EVERYBODY' } }, { what: 'of all drugs of a company', query: 'of=drug&company=bestco&evidence=confirmed', to: { 200: 'EVERYBODY' } },
    { what: 'of no drug', query: 'of=drug&code=none', to: { 404: 'EVERYBODY' } },
  ],
}

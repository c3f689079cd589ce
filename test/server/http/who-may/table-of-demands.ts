import type { Question } from './table.js'

/*
 * Who may what of demands, read as `table.ts` says. There are three: of doctors in the North (alpha) and for the Corps (gamma), and of
 * the hospital for itself (beta). Whoever may register is asked what is wrong with what he sends; nobody else is.
 */

export const demands: Record<string, Question[]> = {
  'get /api/lists/{list}/demand': [
    { what: 'all', rows: { 'reader operator command': 'alpha, beta, gamma', north: 'alpha, beta', corps: 'gamma', acme: 'alpha, beta', bestco: 'gamma', 'hospital city': 'beta', 'west next_city west_city corps_city pharmacy operator_of_other': '' } },
    { what: 'of a drug in a unit', query: 'drug=alpha&region=<region north>', rows: { 'reader operator command north acme': 'alpha', 'city next_city bestco hospital pharmacy': '' } },
  ],
  'post /api/lists/{list}/demand': [{ what: 'at a place that is none of theirs', body: { drug: 'alpha', unit: '999999', city: null, patients: 'one_or_two', urgency: 'days' }, to: { 400: 'PUBLIC hospital pharmacy' } }],
  'post /api/lists/{list}/demand/withdrawal': [{ what: 'with what is no code', body: { code: 'none' }, to: { 400: 'PUBLIC hospital pharmacy' } }],
}

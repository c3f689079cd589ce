import type { Question } from './table.js'

/*
 * Who may what of contradictions, read as `table.ts` says. They are asked first, while the reports of the world say what
 * they say: the North refutes what bestco declares at P1, and of what is declared H1 alpha alone was supplied.
 */

const national = 'reader operator command'

export const contradictions: Record<string, Question[]> = {
  'get /api/lists/{list}/contradictions': [
    {
      what: 'declared, and refuted', rows: { [`${national} north preview_north bestco next_city pharmacy`]: 'P1 gamma', 'west corps city west_city corps_city acme preview_acme hospital operator_of_other': '' },
    },
    {
      what: 'declared, and never supplied', query: 'set=never_supplied',
      rows: {
        [national]: 'H2 beta, P1 gamma, H1 gamma', 'north preview_north bestco': 'P1 gamma, H1 gamma', 'city hospital': 'H1 gamma', 'next_city pharmacy': 'P1 gamma', 'acme preview_acme': 'H2 beta', 'west corps west_city corps_city operator_of_other': '',
      },
    },
  ],
  // Of a pair that is none of his, whoever may ask is told that it is gone.
  'post /api/lists/{list}/contradictions/requests': [{
    what: 'of a pair of the North', body: { set: 'refuted', pairs: [{ drug: 'gamma', institution: 'P1' }] }, to: { 200: 'operator north west corps city next_city west_city corps_city operator_of_other' },
  }],
}

import type { Question } from './table.js'

/* Stating on screen, as `table.ts` says who may what. An officer of a city speaks through his province, of his city alone; sources of institutions are theirs. */

const national = 'reader operator command'
/** Whoever may be told of pairs that are his own, and has none of those asked for. */
const others = 'west corps city west_city corps_city operator_of_other'
const h1 = { institution: 'H1', drug: 'alpha', status: 'in_stock' }
const tried = (source: string) => ({ kind: 'statements', source: `<source ${source}>`, lines: [h1], dryRun: true })

export const entries: Record<string, Question[]> = {
  'get /api/lists/{list}/entry-sources': [{
    what: 'through whom one speaks',
    rows: {
      'operator command': 'maker, north, south, east, west, corps, hospitals, locator, rival, north-city, corps-city', north: 'north, north-city', west: 'west', corps: 'corps, corps-city', city: 'north, north-city', next_city: 'north', west_city: 'west', corps_city: 'corps, corps-city',
      'acme key_maker': 'maker', bestco: 'rival', hospital: 'hospital-1', key_north: 'north', 'pharmacy operator_of_other': '',
    },
  }],
  'get /api/lists/{list}/entry-form': [
    { what: 'of a province', query: 'source=<source north>', to: { 200: 'operator command north city next_city key_north' } },
    { what: 'of a hospital', query: 'source=<source hospital-1>', to: { 200: 'hospital' } },
    { what: 'of a company', query: 'source=<source maker>', to: { 200: 'operator command acme key_maker' } },
  ],
  'get /api/lists/{list}/unconfirmed': [
    { what: 'declared alone', query: 'drug=beta', rows: { [`${national} acme preview_acme`]: 'H2 beta', [`${others} north preview_north next_city bestco hospital pharmacy`]: '' } },
    { what: 'refuted', query: 'drug=gamma&standing=contradicted', rows: { [`${national} north preview_north next_city bestco pharmacy`]: 'P1 gamma', [`${others} acme preview_acme hospital`]: '' } },
  ],
  'post /api/lists/{list}/reports/entries': [
    { what: 'tried through a province', body: tried('north'), to: { 200: 'operator command north city key_north', 422: 'next_city' } },
    { what: 'tried through a hospital', body: tried('hospital-1'), to: { 200: 'hospital' } },
    { what: 'tried through a company', body: tried('maker'), to: { 200: 'operator command acme key_maker' } },
    { what: 'nothing to report, and once more', body: { kind: 'nil', source: '<source north>', period: '2026-01' }, to: { 201: 'north city next_city', 409: 'operator command key_north' } },
  ],
}

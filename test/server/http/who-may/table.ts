/*
 * Who may what, as the rules of what belongs to whom say it. Written by reading them, not made from the program: where
 * the two differ, one of them is wrong. It is read beside `world.ts`, which says what there is.
 *
 * Everybody stands here by what he is of. Whoever a question does not name:
 *
 * | who | is told |
 * | --- | --- |
 * | has not said who he is, or no more: `anonymous`, `disabled`, `ended`, and `shut_out…` where the public may not look | 401, sign in |
 * | comes with a key that does not hold | 401, of whatever he asks |
 * | everybody else | 404, word for word what he is told of a thing that does not exist |
 */

/** Somebody who asks. The city is 100100; next_city lies in the same province; west_city and corps_city are one city and two units. */
export type Who =
  | 'anonymous' | 'disabled' | 'ended' | 'unproven' | 'reader' | 'operator' | 'system' | 'security' | 'auditor' | 'north' | 'west' | 'corps' | 'city' | 'next_city' | 'west_city' | 'corps_city'
  | 'acme' | 'bestco' | 'insurer' | 'hospital' | 'pharmacy' | 'operator_of_other' | 'security_of_list' | 'key_north' | 'key_maker' | 'preview_north' | 'preview_acme' | 'command'
  | 'key_expired' | 'key_revoked' | 'key_malformed' | 'key_unknown' | 'shut_out' | 'shut_out_ended' | 'shut_out_unproven'

/** Words that stand for several. */
export const groups: Record<string, readonly Who[]> = {
  PUBLIC: ['anonymous', 'disabled', 'ended'],
  SHUT_OUT: ['shut_out', 'shut_out_ended', 'shut_out_unproven'],
  BAD_KEYS: ['key_expired', 'key_revoked', 'key_malformed', 'key_unknown'],
  /** Whoever may look at what is public. */
  EVERYBODY: [
    'anonymous', 'disabled', 'ended', 'unproven', 'reader', 'operator', 'system', 'security', 'auditor', 'north', 'west', 'corps', 'city', 'next_city', 'west_city', 'corps_city',
    'acme', 'bestco', 'insurer', 'hospital', 'pharmacy', 'operator_of_other', 'security_of_list', 'key_north', 'key_maker', 'preview_north', 'preview_acme', 'command',
  ],
  /** Whoever has an account and looks as himself. */
  ACCOUNTS: ['reader', 'operator', 'system', 'security', 'auditor', 'north', 'west', 'corps', 'city', 'next_city', 'west_city', 'corps_city', 'acme', 'bestco', 'insurer', 'hospital', 'pharmacy', 'operator_of_other', 'security_of_list'],
}

/** One question of an operation, and who is answered what. */
export interface Question {
  /** What is asked for, in words. */
  what: string
  /** The parts of its path; the list is the world's. `<report north>` is a thing of the world; where it is not the asker's, the same is asked of one that does not exist. */
  path?: Record<string, string>
  query?: string
  /** Headers that are part of the question. */
  headers?: Record<string, string>
  /** Sent as JSON, or as a form with a file. */
  body?: Record<string, unknown>
  form?: Record<string, string>
  /** The form's file, where it is not a report that anybody could send. */
  file?: string
  /** Who is answered, by status (404: as of what does not exist). Left out where `rows` say it: 200 to those. */
  to?: Partial<Record<number, string>>
  /** Which rows (all there are, and as many as the page says) who sees, by their names. */
  rows?: Record<string, string>
  /** Of which of the rows who sees reason, days to get it and quantity; whoever is not named, of none. */
  details?: Record<string, string>
  /** Of which of the rows who sees the sender, report and line. */
  senders?: Record<string, string>
}

const all = { 200: 'EVERYBODY' }
const none = { 404: 'EVERYBODY' }
const always = { 200: 'EVERYBODY SHUT_OUT' }

/** What is public is one answer: byte for byte the same for all. */
export const everybodys: Record<string, Question[]> = {
  'get /api/lists': [{ what: 'the lists', to: all }],
  'get /api/lists/{list}/drugs': [{ what: 'the drugs', to: all }],
  'get /api/lists/{list}/drugs/{drug}': [{ what: 'a drug', path: { drug: 'gamma' }, to: all }, { what: 'no drug', path: { drug: 'none' }, to: none }],
  'get /api/lists/{list}/companies': [{ what: 'the companies', to: all }],
  'get /api/lists/{list}/companies/{company}': [{ what: 'a company', path: { company: 'acme' }, to: all }, { what: 'no company', path: { company: 'none' }, to: none }],
  'get /api/lists/{list}/regions': [{ what: 'the units', to: all }],
  'get /api/lists/{list}/regions/{code}': [{ what: 'a unit', path: { code: '100000' }, to: all }, { what: 'no unit', path: { code: 'none' }, to: none }],
  'get /api/lists/{list}/institutions': [{ what: 'with their states', query: 'drug=alpha&evidence=confirmed', to: all }, { what: 'those of a state', query: 'state=in_stock', to: all }],
  'get /api/lists/{list}/institutions/clusters': [{ what: 'on the map', query: 'bbox=70,10,140,55&zoom=4&evidence=confirmed', to: all }],
  'get /api/lists/{list}/institutions/{code}': [{ what: 'a hospital', path: { code: 'H1' }, to: all }, { what: 'no institution', path: { code: 'none' }, to: none }],
  'post /api/lists/{list}/nearest': [{ what: 'the nearest', body: { drug: 'alpha', evidence: 'confirmed', position: { lat: 40, lng: 116 } }, to: all }, { what: 'of no drug', body: { drug: 'none', evidence: 'confirmed', position: { lat: 40, lng: 116 } }, to: none }],
  'get /api/lists/{list}/finder': [{ what: 'the words', to: all }],
  'post /api/lists/{list}/finder': [{ what: 'near a place', body: { drug: 'alpha', position: { lat: 40, lng: 116 } }, to: all }, { what: 'of no drug', body: { drug: 'none', position: { lat: 40, lng: 116 } }, to: none }],
  'get /api/lists/{list}/plans': [{ what: 'valid today', to: all }, { what: 'that name a drug, of an insurer', query: 'drug=alpha&insurer=mutual', to: all }],
  'get /api/lists/{list}/plans/{code}': [{ what: 'a plan', path: { code: 'rival-plan' }, to: all }, { what: 'no plan', path: { code: 'none' }, to: none }],
  'get /api/lists/{list}/headline': [{ what: 'declared', to: all }, { what: 'supplied in a city', query: 'evidence=supplied&region=100100', to: all }],
  'get /api/lists/{list}/coverage': [{ what: 'confirmed', query: 'evidence=confirmed', to: all }],
  'get /api/lists/{list}/standings': [{ what: 'of all', to: all }],
  'get /api/lists/{list}/trend': [{ what: 'of a drug', query: 'drug=gamma&evidence=confirmed', to: all }],
  'get /api/lists/{list}/changes': [{ what: 'of a month', query: 'from=2026-03-01', to: all }],
  'get /api/lists/{list}/gaps': [{ what: 'of all', query: 'evidence=confirmed', to: all }],
  'get /api/lists/{list}/gaps/history': [{ what: 'of a drug', query: 'drug=alpha&evidence=confirmed', to: all }, { what: 'of no drug', query: 'drug=none', to: none }],
}

const ofTheSystem: Record<string, Question[]> = {
  'get /api/health': [{ what: 'that it lives', to: always }],
  'get /api/ready': [{ what: 'that it can work', to: always }],
  'get /api/events': [{ what: 'what happens', to: all }],
  'get /api/openapi.json': [{ what: 'the document', to: always }],
  'get /api/docs': [{ what: 'the document to read', to: always }],
  'get /api/docs/script.js': [{ what: 'its script', to: always }],
  'get /api/docs/style.css': [{ what: 'its looks', to: always }],
  // Whoever runs on this machine asks it over a connection of this machine: none of these does.
  'get /metrics': [{ what: 'how much is done', to: { 404: 'EVERYBODY SHUT_OUT BAD_KEYS' } }],
}

/** The regulator's, nationally, and the commands on the server's machine. */
const national = 'reader operator command'
const allConfirmed = 'H1 alpha, H1 beta, H1 gamma, P1 alpha, P1 gamma, H2 alpha, H5 alpha, H5 beta, H6 alpha, H6 beta'
const allDeclared = 'H1 alpha, H1 gamma, P1 gamma, H2 beta'

const rowsBehind: Record<string, Question[]> = {
  'get /api/lists/{list}/scorecard': [{ what: 'of units', to: { 200: 'reader operator command north west corps operator_of_other' } }],
  'get /api/lists/{list}/scorecard/{unit}': [{ what: 'of the North', path: { unit: '<region north>' }, to: { 200: 'reader operator command north' } }],
  'post /api/lists/{list}/planner': [
    { what: 'of a drug of bestco, of one\'s own', body: { drug: '<drug gamma>', count: 1 }, to: { 200: 'reader operator command north west corps city next_city west_city corps_city bestco' } },
    { what: 'of the North', body: { drug: 'alpha', region: '<region north>', count: 1 }, to: { 200: 'reader operator command north acme' } },
  ],
  'post /api/lists/{list}/planner/candidates': [
    { what: 'for a drug of bestco, of one\'s own', body: { drug: '<drug gamma>' }, to: { 200: 'reader operator command north west corps city next_city west_city corps_city bestco' } },
    { what: 'of the North', body: { drug: 'alpha', region: '<region north>' }, to: { 200: 'reader operator command north acme' } },
  ],
  'get /api/lists/{list}/statements': [
    {
      what: 'confirmed', query: 'evidence=confirmed', rows: { EVERYBODY: allConfirmed },
      details: {
        [national]: allConfirmed, 'north preview_north': 'H1 alpha, H1 beta, H1 gamma, P1 alpha, P1 gamma', west: 'H5 alpha, H5 beta', corps: 'H6 alpha, H6 beta',
        'city hospital': 'H1 alpha, H1 beta, H1 gamma', 'next_city pharmacy': 'P1 alpha, P1 gamma', west_city: 'H5 alpha, H5 beta', corps_city: 'H6 alpha, H6 beta',
        'acme preview_acme': 'H1 alpha, H1 beta, P1 alpha, H2 alpha, H5 alpha, H5 beta, H6 alpha, H6 beta', bestco: 'H1 gamma, P1 gamma',
      },
      senders: {
        [national]: allConfirmed, 'north preview_north': 'H1 alpha, H1 beta, H1 gamma, P1 alpha, P1 gamma', west: 'H5 alpha, H5 beta', corps: 'H6 alpha, H6 beta',
        city: 'H1 alpha, H1 beta, H1 gamma', west_city: 'H5 beta', corps_city: 'H6 beta', hospital: 'H1 gamma', key_north: 'H1 alpha, P1 alpha, P1 gamma',
      },
    },
    {
      what: 'declared', rows: { EVERYBODY: allDeclared },
      details: {
        [national]: allDeclared, 'north preview_north': 'H1 alpha, H1 gamma, P1 gamma', 'city hospital': 'H1 alpha, H1 gamma', 'next_city pharmacy': 'P1 gamma',
        'acme preview_acme': 'H1 alpha, H2 beta', bestco: 'H1 gamma, P1 gamma',
      },
      senders: { [national]: allDeclared, 'acme preview_acme key_maker': 'H1 alpha, H2 beta', bestco: 'H1 gamma, P1 gamma' },
    },
    {
      what: 'supplied', query: 'evidence=supplied', rows: { EVERYBODY: 'H1 alpha' },
      details: { [`${national} north preview_north city hospital acme preview_acme`]: 'H1 alpha' }, senders: { [national]: 'H1 alpha' },
    },
    { what: 'of a report of the province', query: 'evidence=confirmed&report=<report north>', to: { 200: `${national} north preview_north key_north`, 404: 'PUBLIC' } },
    { what: 'of a line of a report of a company', query: 'report=<report maker>&line=2', to: { 200: `${national} acme preview_acme key_maker`, 404: 'PUBLIC' } },
  ],
}

const ownReports = {
  'north preview_north': 'north, north in 100100, north-city, hospital-1, draft of north', west: 'west, west in 650200', corps: 'corps, corps-city, odd of corps',
  city: 'north in 100100, north-city, hospital-1', west_city: 'west in 650200', corps_city: 'corps-city', 'next_city pharmacy operator_of_other': '',
  'acme preview_acme key_maker': 'maker, maker in 100100, waiting of maker, draft of maker', bestco: 'rival', hospital: 'hospital-1', key_north: 'north, north in 100100, draft of north',
}
const report = (name: string, own: string) => ({ what: name, path: { id: `<report ${name}>` }, to: { 200: `${national} ${own}` } })

/** Reports and who sent them: of the regulator, and of the office that sent them. A city's is what speaks of it alone, of an office of its own unit. */
const reports: Record<string, Question[]> = {
  'get /api/lists/{list}/sources': [{
    what: 'who reports',
    rows: {
      [`${national} system security security_of_list`]: 'maker, north, south, east, west, corps, hospitals, locator, sales, rival, north-city, corps-city, hospital-1', 'north preview_north': 'north, north-city, hospital-1', west: 'west', corps: 'corps, corps-city',
      city: 'north-city, hospital-1', corps_city: 'corps-city', 'acme preview_acme key_maker': 'maker', bestco: 'rival', hospital: 'hospital-1', key_north: 'north', 'next_city west_city pharmacy operator_of_other': '',
    },
  }],
  // To be filled in by who may send it; of supplies there is none.
  'get /api/lists/{list}/sources/{source}/template': ([['north', 'north key_north'], ['north-city', 'north city'], ['hospital-1', 'north city hospital'], ['maker', 'acme key_maker'], ['hospitals', '']] as const)
    .map(([source, own]) => ({ what: source, path: { source: `<source ${source}>` }, to: { 200: `operator command ${own}` } })),
  'get /api/lists/{list}/reporting': [
    {
      what: 'who owes what',
      rows: {
        [`${national} system security security_of_list`]: 'maker, north, south, east, west, corps, hospitals, locator, sales, rival, north-city, corps-city, hospital-1', 'north preview_north': 'north, north-city, hospital-1', west: 'west', corps: 'corps, corps-city',
        city: 'north-city, hospital-1', corps_city: 'corps-city', 'acme preview_acme key_maker': 'maker', bestco: 'rival', hospital: 'hospital-1', key_north: 'north', 'next_city west_city pharmacy operator_of_other': '',
      },
    },
    { what: 'of the North', query: 'region=<region north>', rows: { [`${national} system security security_of_list north preview_north`]: 'north, north-city, hospital-1', city: 'north-city, hospital-1', hospital: 'hospital-1', key_north: 'north', 'acme preview_acme key_maker bestco next_city pharmacy': '' } },
    { what: 'of a source', query: 'source=<source north>', rows: { [`${national} system security security_of_list north preview_north key_north`]: 'north' } },
  ],
  'get /api/lists/{list}/reports': [
    { what: 'all', rows: { [national]: 'maker, rival, maker in 100100, north, north in 100100, south, west, west in 650200, corps, north-city, corps-city, hospital-1, sales, waiting of maker, draft of maker, draft of north, odd of corps', ...ownReports } },
    { what: 'drafts', query: 'state=draft', rows: { [national]: 'draft of maker, draft of north', 'north preview_north key_north': 'draft of north', 'acme preview_acme key_maker': 'draft of maker', 'west corps city next_city west_city corps_city bestco hospital pharmacy operator_of_other': '' } },
    { what: 'of a province', query: 'source=<source north>', rows: { [`${national} north preview_north key_north`]: 'north, north in 100100, draft of north' } },
  ],
  'get /api/lists/{list}/reports/{id}': [
    report('north', 'north preview_north key_north'), report('north in 100100', 'north preview_north key_north city'), report('maker', 'acme preview_acme key_maker'), report('maker in 100100', 'acme preview_acme key_maker'),
    report('waiting of maker', 'acme preview_acme key_maker'), report('rival', 'bestco'), report('west in 650200', 'west west_city'), report('corps-city', 'corps corps_city'), report('hospital-1', 'north preview_north city hospital'), report('sales', ''), report('draft of north', 'north preview_north key_north'),
  ],
  'get /api/lists/{list}/reports/{id}/receipt': [
    report('north', 'north preview_north key_north'), report('north in 100100', 'north preview_north key_north city'), report('waiting of maker', 'acme preview_acme key_maker'), report('draft of north', 'north preview_north key_north'), report('sales', ''),
  ],
  'get /api/lists/{list}/reports/{id}/difference': [report('north', 'north preview_north key_north'), report('waiting of maker', 'acme preview_acme key_maker')],
  'get /api/lists/{list}/reports/{id}/errors': [report('draft of north', 'north preview_north key_north'), report('draft of maker', 'acme preview_acme key_maker')],
  'get /api/lists/{list}/reports/{id}/errors/file': [report('draft of north', 'north key_north'), report('draft of maker', 'acme key_maker')],
  // Whoever looks as another opens no file. A hospital's prices are its own, its province's and the regulator's: no city's.
  'get /api/lists/{list}/reports/{id}/file': [
    report('north', 'north key_north'), report('north in 100100', 'north key_north city'), report('hospital-1', 'north hospital'), report('north-city', 'north city'), report('maker', 'acme key_maker'), report('sales', ''), report('draft of north', 'north key_north'),
  ],
  'post /api/lists/{list}/reports': [
    ...([['north', 'north key_north'], ['north-city', 'north city'], ['hospital-1', 'north city hospital'], ['maker', 'acme key_maker'], ['hospitals', '']] as const)
      .map(([source, own]) => ({ what: `tried as ${source}`, form: { source: `<source ${source}>`, asOf: '2026-03-21', dryRun: 'true' }, to: { 200: `operator command ${own}` } })),
    { what: 'sent once, and once more', form: { source: '<source north>', asOf: '2026-03-22' }, to: { 201: 'north', 409: 'operator command key_north' } },
  ],
  // The office that sent it approves; where it has no officer, and for who has no province, the regulator does. Whoever comes after another is told that it is done.
  'post /api/lists/{list}/reports/{id}/approval': [
    { ...report('north', ''), to: { 200: 'north', 409: 'operator' } }, { ...report('corps', ''), to: { 200: 'corps', 409: 'operator' } }, { ...report('south', ''), to: { 200: 'operator' } }, { ...report('maker', ''), to: { 200: 'operator' } },
    { ...report('draft of north', ''), to: { 409: 'operator north' } },
  ],
  'delete /api/lists/{list}/reports/{id}/approval': ['north', 'maker'].map((name) => ({ ...report(name, ''), body: { reason: 'a wrong column' }, to: { 200: 'operator' } })),
  'post /api/lists/{list}/reports/{id}/release': [
    { ...report('waiting of maker', ''), body: { reason: 'looked at it' }, to: { 409: 'operator' } }, { ...report('north', ''), body: { reason: 'looked at it' }, to: { 409: 'operator north' } },
    { ...report('odd of corps', ''), body: { reason: 'looked at it' }, to: { 200: 'corps', 409: 'operator' } },
  ],
  'post /api/lists/{list}/reports/{id}/return': [{ ...report('odd of corps', ''), body: { reason: 'an old file' }, to: { 409: 'operator corps' } }],
  'post /api/lists/{list}/reports/{id}/withdrawal': [{ ...report('waiting of maker', ''), to: { 200: 'acme', 409: 'operator command key_maker' } }],
}

export const reading: Record<string, Question[]> = { ...everybodys, ...ofTheSystem, ...rowsBehind, ...reports }

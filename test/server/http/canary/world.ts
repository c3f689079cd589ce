import { insertFeed } from '@lastmile/db/query/feeds'
import { findSource } from '@lastmile/db/query/sources'
import type { Services } from '@lastmile/server/lib/services'
import { everything } from '@lastmile/shared/purview'
import { listCode, regions } from '../../../support/edition.js'
import { given } from '../../../support/given.js'
import { factSaid } from '../../../support/ladder.js'
import { candidacySaid, listings, stageSaid } from '../../../support/listings.js'
import { bulletins } from '../bulletin-office.js'
import { casesPath } from '../case-office.js'
import { requestsPath } from '../company-request-office.js'
import { doorOf, type Door } from '../door.js'
import { keyOf } from '../who-may/actors.js'

/*
 * Two companies in one world: acme (alpha, beta), and its rival bestco (gamma). Each does the same things, by the doors that companies use, and
 * offices do the same with each. Every word of the rival's that is not everybody's is a canary: it begins with `canary-`, or is a number
 * that stands nowhere else, or a code that a machine made. Words of acme's own say `own-` in its place.
 */

/** What of the rival's is found by more than a word: quantities, prices, and codes that machines made. By the name of each. */
export type Canaries = Map<string, string>

const list = `/api/lists/${listCode}`
const inBoth = (text: string) => ({ zh: `${text}-zh`, en: `${text}-en` })
const pdf = (word: string) => `%PDF-1.7 ${word}`

/** The things of one company, by what they are called in addresses. */
export interface Things {
  drug: string
  company: string
  source: string
  reports: string[]
  case: string
  notice: string
  caseFile: string
  request: string
  requestFile: string
  fact: string
  refusedFact: string
  candidacy: string
  substance: string
  subscription: string
  key: string
  feed: string
  account: string
}

export interface TwoCompanies {
  services: Services
  own: Things
  rival: Things
  /** A case that both have a letter of. */
  shared: string
  canaries: Canaries
  doors: Record<'acme' | 'bestco' | 'operator' | 'north' | 'hospital', Door>
  /** Of a key of each company's source. */
  keys: Record<'acme' | 'bestco', Record<string, string>>
}

/** What is asked of a door, and must be done. */
export async function does<Answer>(door: Door, method: string, path: string, body?: object | string, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await door.ask(path, { method, headers: { ...(typeof body === 'object' ? { 'content-type': 'application/json' } : {}), ...headers }, ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }) })
  const text = await answer.text()
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
  return (text.startsWith('{') ? JSON.parse(text) : text) as Answer
}

export const atVersion = (version: number) => ({ 'if-match': `"${version}"` })

/** Builds the world. The clock stands still at noon of 2026-06-30. */
export async function twoCompanies(): Promise<TwoCompanies> {
  const { services } = await given({
    today: '2026-06-30', supervision: 'usual', calendar: true, finder: {}, duties: [{}], listings: listings(),
    regions: { ...regions, regions: regions.regions.map((one) => ({ ...one, population: 1_000_000 })) },
    institutions: { H1: { at: '100100', lat: 40, lng: 116 }, H2: { at: '100200', lat: 41, lng: 117 }, H3: { at: '200100', lat: 25, lng: 110 }, P1: { at: '100100', lat: 40.1, lng: 116.1 } },
    standards: [{ drug: 'alpha', minInstitutions: 3, units: ['100000', '200000'] }, { drug: 'gamma', minInstitutions: 3, units: ['100000', '200000'] }],
    drugs: { alpha: {}, beta: {}, gamma: { company: 'bestco' } },
    sources: {
      maker: { mode: 'changes', name: inBoth('own-source') }, 'canary-source': { evidence: 'declared', company: 'bestco', mode: 'changes', name: inBoth('canary-source-name') },
      north: { mode: 'changes' }, 'hospital-1': { unit: '100000', institution: 'H1', mode: 'changes', rhythm: 'irregular', scope: { drugs: null, regions: ['100100'], kinds: null } },
    },
  })
  const doors = {
    acme: doorOf(services, { role: 'company', company: 'acme', name: 'own-account', email: 'own@acme.test', agent: 'own-agent' }),
    bestco: doorOf(services, { role: 'company', company: 'bestco', name: 'canary-account', email: 'canary-mail@bestco.test', agent: 'canary-agent' }),
    operator: doorOf(services, { role: 'operator' }), north: doorOf(services, { role: 'province_officer', unit: '100000' }), hospital: doorOf(services, { role: 'institution', institution: 'H1' }),
  }
  for (const door of Object.values(doors)) await door.ask('/api/session')
  const canaries: Canaries = new Map()
  const keys = { acme: await keyOf(services, 'maker', { name: 'own-key' }), bestco: await keyOf(services, 'canary-source', { name: 'canary-key' }) }
  // What both do, acme first, then the rival: so that things of the two lie between each other.
  const both = { acme: { drug: 'alpha', company: 'acme', source: 'maker', word: 'own', odd: '61', door: doors.acme }, bestco: { drug: 'gamma', company: 'bestco', source: 'canary-source', word: 'canary', odd: '73', door: doors.bestco } } as const
  const things = { acme: await beginsOf(doors, both.acme), bestco: await beginsOf(doors, both.bestco) }
  const shared = await sharedCase(doors)
  await bulletinOf(doors)
  const { id: feedSource } = (await findSource(services.db, (await services.lists.find(listCode))!.id, 'canary-source', everything))!
  await insertFeed(services.db, { code: 'canary-feed', sourceId: feedSource, name: 'canary-feed-name', where: { kind: 'folder', folder: '/canary-folder' }, file: 'canary-*', schedule: { every: 'hours', count: 1 }, dayFrom: 'run', enabled: true, createdAt: services.clock.now(), nextAt: services.clock.now() })
  await does(doors.hospital, 'PUT', `${list}/duties/meeting/institutions/H1`, { convened: true, on: '2026-02-20', outcomes: [{ drug: 'gamma', outcome: 'refused', reason: 'few_patients' }], note: 'canary-duty-note' }, atVersion(0))
  const whose = async (door: Door) => (await door.read<{ messages: { id: string }[] }>('/api/messages')).messages.map(({ id }) => id)
  const rival = { ...things.bestco, key: keys.bestco.code, feed: 'canary-feed' }
  for (const [name, code] of [...Object.entries(rival).filter(([name]) => ['notice', 'caseFile', 'requestFile', 'refusedFact', 'subscription', 'key', 'account'].includes(name)), ...rival.reports.map((code, i) => [`report ${i}`, code])] as [string, string][]) canaries.set(name, code)
  for (const [i, id] of (await whose(doors.bestco)).entries()) canaries.set(`message ${i}`, id)
  for (const [name, number] of Object.entries(numbersOf(both.bestco.odd))) canaries.set(name, number)
  return { services, own: { ...things.acme, key: keys.acme.code, feed: 'none' }, rival, shared, canaries, doors, keys: { acme: keys.acme.headers, bestco: keys.bestco.headers } }
}

interface Side {
  drug: string
  company: string
  source: string
  word: string
  odd: string
  door: Door
}

/** Numbers of one company: each stands in one place. */
function numbersOf(odd: string): Record<string, string> {
  return { declared: `${odd}197`, confirmed: `${odd}293`, sold: `${odd}387`, changed: `${odd}471`, retail: `${odd}53.17`, settlement: `${odd}59.91` }
}

/** All that a company does, and that is done with it. */
async function beginsOf({ operator, north, hospital }: TwoCompanies['doors'], { drug, company, source, word, odd, door }: Side): Promise<Omit<Things, 'key' | 'feed'>> {
  const number = numbersOf(odd)
  const sends = async (by: Door, from: string, asOf: string, rows: string, own: object = {}) => {
    const { receipt, status, answer } = await by.send({ list: listCode, source: from, asOf, file: rows, filename: `${word}-file-${asOf}.csv`, ...own })
    if (receipt.id === null) throw new Error(`${from} of ${asOf}: ${status} ${await answer.text()}`)
    return receipt.id
  }
  const head = 'institution_code,drug_code,status,quantity,reason'
  const reports = [
    await sends(door, source, '2026-06-10', `${head}\nH1,${drug},in_stock,${number['declared']},\nH2,${drug},in_stock,,\nP1,${drug},in_stock,,`),
    await sends(door, source, '2026-06-20', `${head}\nP1,${drug},out_of_stock,${number['changed']},${word === 'own' ? 'cold_chain' : 'few_patients'}`),
    await sends(door, source, '2026-06-22', `${head}\nH1,${word}-cell,perhaps,,`),
    await sends(door, source, '2026-06-24', `${head}\nH3,${drug},in_stock,,`, { publishAt: '2026-07-20T04:00:00.000Z' }),
  ]
  await sends(hospital, 'hospital-1', `2026-06-${word === 'own' ? 11 : 12}`, `${head},price\nH1,${drug},in_stock,${number['confirmed']},,${number['retail']}`)
  await sends(north, 'north', `2026-06-${word === 'own' ? 13 : 14}`, `${head}\nH2,${drug},not_carried,,${word === 'own' ? 'cold_chain' : 'few_patients'}\nP1,${drug},not_known,,`)
  await sends(operator, 'sales', `2026-06-${word === 'own' ? 15 : 16}`, `institution_code,drug_code,observed_on,quantity\nP1,${drug},2026-06-09,${number['sold']}`)
  await does(operator, 'POST', `${list}/prices/settlement`, { drug, amount: number['settlement'], pack: `${word}-pack`, validFrom: '2026-03-01' })
  // Up: a request with a file, answered, and objected to.
  const requestFile = (await does<{ code: string }>(door, 'POST', `${requestsPath}/attachments?name=${word}-proof.pdf`, pdf(`${word}-proof-text`))).code
  const opened = await does<{ request: string; version: number }>(door, 'POST', requestsPath, { kind: 'platform_listing', office: '100000', drug, text: `${word}-request-text`, attachments: [requestFile] })
  const answered = await does<{ version: number }>(north, 'POST', `${requestsPath}/${opened.request}/answer`, { outcome: 'refused', text: `${word}-request-answer` }, atVersion(opened.version))
  await does(door, 'POST', `${requestsPath}/${opened.request}/objection`, { reason: `${word}-objection` }, atVersion(answered.version))
  // Down: a case with a letter that is answered with a file.
  const { cases: [code] } = await does<{ cases: string[] }>(operator, 'POST', casesPath, { evidence: 'confirmed', by: 'drug', gaps: [{ drug, region: '100000' }] })
  const { notice, caseFile } = await letterTo(operator, door, code!, company, word, 1)
  // The ladder: one that waits, one that was refused.
  const enters = async (rung: string) => does<{ code: string; version: number }>(door, 'POST', `${list}/ladder-facts`, factSaid({ rung, drug, note: inBoth(`${word}-fact-note`), source: { text: inBoth(rung === 'admitted' ? `${word}-fact-source` : 'a paper') } }))
  const [fact, refused] = [await enters('platform_listed'), await enters('admitted')]
  await does(north, 'POST', `${list}/ladder-facts/${refused.code}/refusal`, { reason: `${word}-refusal` }, atVersion(refused.version))
  const candidacy = await does<{ code: string; substance?: string }>(door, 'POST', `${list}/candidacies`, candidacySaid({ name: inBoth(`${word}-candidacy`), stage: stageSaid({ evidence: { document: inBoth(`${word}-application`) } }) }))
  await does(hospital, 'POST', `${list}/demand`, { drug, unit: null, city: null, patients: 'one_or_two', urgency: 'weeks' })
  await does(door, 'POST', '/api/subscriptions', { list: listCode, drug, evidence: 'confirmed', events: ['gap_opened'] })
  await does(door, 'POST', `${list}/progress/visits`, { company, seen: null })
  const { actor } = await door.read<{ actor: { id: string } }>('/api/session')
  const { subscriptions: [subscribed] } = await door.read<{ subscriptions: { id: string }[] }>('/api/subscriptions')
  return { drug, company, source, reports, case: code!, notice, caseFile, request: opened.request, requestFile, fact: fact.code, refusedFact: refused.code, candidacy: candidacy.code, substance: candidacy.code, subscription: subscribed!.id, account: actor.id }
}

/** A letter with a scan, answered with a file, and words about it with the company and within the office. */
async function letterTo(operator: Door, door: Door, code: string, company: string, word: string, version: number): Promise<{ notice: string; caseFile: string; version: number }> {
  const drafted = await does<{ notice: string; version: number }>(operator, 'POST', `${casesPath}/${code}/notices`, { to: { office: 'company', code: company }, dueOn: null, note: `${word}-letter-note` }, atVersion(version))
  const at = `${casesPath}/${code}/notices/${drafted.notice}`
  const scan = await does<{ code: string }>(operator, 'POST', `${at}/attachments?name=${word}-scan.pdf`, pdf(`${word}-scan-text`))
  const sent = await does<{ version: number }>(operator, 'POST', `${at}/sending`, { channel: 'post', on: '2026-06-30', attachments: [scan.code] }, atVersion(drafted.version))
  const file = await does<{ code: string }>(door, 'POST', `${at}/attachments?name=${word}-answer.pdf`, pdf(`${word}-answer-text`))
  const answered = await does<{ version: number }>(door, 'POST', `${at}/answer`, { reasons: ['other'], plan: `${word}-plan-text`, doneBy: '2026-08-31', attachments: [file.code] })
  await does(door, 'POST', `${casesPath}/${code}/comments`, { text: `${word}-comment`, notice: drafted.notice })
  await does(operator, 'POST', `${casesPath}/${code}/comments`, { text: `${word}-comment-of-office`, notice: drafted.notice })
  await does(operator, 'POST', `${casesPath}/${code}/comments`, { text: 'canary-within-office' })
  return { notice: drafted.notice, caseFile: file.code, version: answered.version ?? sent.version }
}

/** One case about a unit, in which both companies have a letter. */
async function sharedCase({ operator, acme, bestco }: TwoCompanies['doors']): Promise<string> {
  await does(operator, 'POST', `${list}/reports/entries`, { kind: 'statements', source: 'south', lines: ['alpha', 'gamma'].map((drug) => ({ institution: 'H3', drug, status: 'not_carried' })) })
  const { cases: [code] } = await does<{ cases: string[] }>(operator, 'POST', casesPath, { evidence: 'confirmed', by: 'province', gaps: [{ drug: 'alpha', region: '200000' }, { drug: 'gamma', region: '200000' }] })
  const seen = async () => (await operator.read<{ case: { version: number } }>(`${casesPath}/${code!}`)).case.version
  await letterTo(operator, acme, code!, 'acme', 'own-shared', await seen())
  await letterTo(operator, bestco, code!, 'bestco', 'canary-shared', await seen())
  return code!
}

/** A bulletin that names both, that is to be, with what each says of its line. */
async function bulletinOf({ operator, acme, bestco }: TwoCompanies['doors']): Promise<void> {
  const kept = await does<{ code: string }>(operator, 'POST', bulletins, { evidence: 'declared', asOf: '2026-06-20' })
  await does(operator, 'POST', `${bulletins}/${kept.code}/embargo`, { publishAt: '2026-07-02T04:00:00.000Z' })
  for (const [door, drug, word] of [[acme, 'alpha', 'own'], [bestco, 'gamma', 'canary']] as const) {
    await does(door, 'POST', `${bulletins}/${kept.code}/comments`, { line: `drug:${drug}`, kind: 'correction', text: `${word}-bulletin-comment` })
    await does(operator, 'POST', `${bulletins}/${kept.code}/comments`, { line: `drug:${drug}`, kind: 'answer', text: `${word}-bulletin-answer` })
  }
}

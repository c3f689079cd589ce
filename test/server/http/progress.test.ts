import { inflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readZip } from '@lastmile/server/reading/zip'
import { MovesAnswer, moveSets } from '@lastmile/shared/company-moves'
import { DropOffAnswer, pairSets, type PairSet } from '@lastmile/shared/drop-off'
import { CurvesAnswer } from '@lastmile/shared/listing-curve'
import { NextStepsAnswer } from '@lastmile/shared/next-step'
import { uploadLimits } from '@lastmile/shared/source'
import { VisitAnswer } from '@lastmile/shared/visit'
import { listCode, type EditionFacts } from '../../support/edition.js'
import { factSaid } from '../../support/ladder.js'
import { caseOffice, does, opens } from './case-office.js'
import { doorOf, type Door } from './door.js'

/*
 * A company's home. Of acme: alpha is declared, confirmed and supplied at H1, declared and confirmed at P1, denied at H2, declared and
 * supplied at H4; beta is declared at H3, and supplied at H1 without ever having been declared. What is called CANARY is another's.
 */

const path = `/api/lists/${listCode}/progress`
const changes = { mode: 'changes', channels: { upload: {}, command: {} } } as const
const edition: EditionFacts = {
  drugs: { alpha: {}, beta: {}, gamma: { company: 'bestco' }, canarydrug: { company: 'canarycompany' }, ...Object.fromEntries([1, 2, 3, 4].map((n) => [`other${n}`, { company: `rival${n}` }])) },
  sources: { north: changes, south: changes, maker: { ...changes, rhythm: 'monthly' }, canarysource: { ...changes, evidence: 'declared', company: 'canarycompany' }, others: { ...changes, evidence: 'declared' } },
  standards: [{ drug: 'alpha', minInstitutions: 3, units: ['100000'] }, { drug: 'canarydrug', minInstitutions: 3, units: ['100000'] }],
}
/** `more`: what is declared of rivals' drugs. */
const office = (more: { source: string; asOf: string; rows: string[] }[] = []) => caseOffice({
  ...edition, institutions: { H1: '100100', P1: '100200', H3: '100200', H2: '200100', H4: '200200', CANARYH: '100100', CANARYP: '100100' },
  reports: [
    { source: 'maker', asOf: '2026-01-10', rows: ['H1 alpha in_stock', 'P1 alpha in_stock'] },
    { source: 'maker', asOf: '2026-05-20', rows: ['H1 alpha in_stock', 'P1 alpha in_stock', 'H2 alpha in_stock', 'H4 alpha in_stock', 'H3 beta in_stock'] },
    { source: 'canarysource', asOf: '2026-02-10', rows: ['CANARYH canarydrug in_stock', 'CANARYP canarydrug in_stock'] }, { source: 'canarysource', asOf: '2026-06-10', rows: ['CANARYH canarydrug in_stock'] },
    { source: 'north', asOf: '2026-06-15', rows: ['H1 alpha in_stock', 'P1 alpha in_stock', 'H3 alpha not_carried', 'CANARYH canarydrug in_stock'] }, { source: 'south', asOf: '2026-06-16', rows: ['H2 alpha not_carried reason=cold_chain'] },
    { source: 'sales', asOf: '2026-06-25', rows: ['H1 alpha @2026-02-20', 'H4 alpha @2026-06-20', 'H1 beta @2026-06-22', 'CANARYH canarydrug @2026-06-22'] }, ...more,
  ],
})

const dropOff = async (door: Door, set: PairSet, more = '') => DropOffAnswer.parse(await door.read(`${path}/drop-off?set=${set}${more}`))
const pairsOf = ({ rows }: { rows: readonly { institution: string; drug: string }[] }) => rows.map(({ institution, drug }) => `${institution} ${drug}`).sort()
const curves = async (door: Door, more = '') => CurvesAnswer.parse(await door.read(`${path}/curves?evidence=declared${more}`))
const moves = async (door: Door, more = '') => MovesAnswer.parse(await door.read(`${path}/moves?evidence=declared${more}`))
const visits = async (door: Door, seen: string | null = null, company?: string) => VisitAnswer.parse(await (await door.ask(`${path}/visits`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ seen, ...(company ? { company } : {}) }) })).json())
const steps = async (door: Door, more = '') => NextStepsAnswer.parse(await door.read(`${path}/next-steps?evidence=confirmed${more}`)).steps

describe('where a company\'s pairs drop off', () => {
  test('is told in sets of pairs on one day, each with its rows; a total opens exactly those', async () => {
    const { doors: { acme, operator } } = await office()
    const expected: Record<PairSet, string[]> = {
      declared: ['H1 alpha', 'H2 alpha', 'H3 beta', 'H4 alpha', 'P1 alpha'], confirmed: ['H1 alpha', 'P1 alpha'], supplied: ['H1 alpha'], unsupplied: ['P1 alpha'], refuted: ['H2 alpha'], unconfirmed: ['H3 beta', 'H4 alpha'],
      supplied_unconfirmed: ['H4 alpha'], never_declared: ['H1 beta'], stale_soon: ['H1 alpha', 'H2 alpha', 'H3 beta', 'H4 alpha', 'P1 alpha'], unconfirmed_long: ['H3 beta', 'H4 alpha'],
    }
    for (const set of pairSets) {
      const answer = await dropOff(acme, set)
      expect([pairsOf(answer), answer.totals[set].pairs, answer.page.total, answer.company], set).toEqual([expected[set], expected[set].length, expected[set].length, 'acme'])
      expect(answer.byDrug.reduce((sum, { totals }) => sum + totals[set], 0)).toBe(expected[set].length)
      expect(pairsOf(await dropOff(operator, set, '&company=acme'))).toEqual(expected[set])
    }
    const { rows: [row], totals } = await dropOff(acme, 'refuted')
    expect(row).toMatchObject({ institution: 'H2', unit: '200000', declared: { state: 'in_stock', day: '2026-05-20', source: 'maker' }, confirmed: { state: 'not_carried', reason: 'cold_chain', day: '2026-06-16' }, supplied: null })
    expect(row!.confirmed).not.toHaveProperty('source')
    expect(totals.declared).toEqual({ pairs: 5, institutions: 5 })
    // Of one drug, of one unit, of a day before anybody confirmed, and with supplies counted from later on.
    expect([await dropOff(acme, 'declared', '&drug=beta'), await dropOff(acme, 'declared', '&region=200000'), await dropOff(acme, 'confirmed', '&asOf=2026-06-14'), await dropOff(acme, 'supplied', '&since=2026-03-01')].map(pairsOf)).toEqual([['H3 beta'], ['H2 alpha', 'H4 alpha'], [], []])
    expect((await dropOff(acme, 'declared', '&limit=2&offset=4')).rows).toHaveLength(1)
  })

  test('a day to come, supplies of before the list, no company named by who may see all: each is refused with what to do', async () => {
    const { doors: { acme, operator } } = await office()
    const codeOf = async (door: Door, query: string) => { const answer = await door.ask(`${path}/${query}`); return [answer.status, ((await answer.json()) as { error: { code: string } }).error.code] }
    expect([await codeOf(acme, 'drop-off?asOf=2026-07-01'), await codeOf(acme, 'drop-off?since=2025-12-01'), await codeOf(operator, 'drop-off'), await codeOf(operator, 'curves?company=nobody'), await codeOf(acme, 'moves?since=2026-07-01T00:00:00.000Z'), await codeOf(acme, 'drop-off?set=all')])
      .toEqual([[400, 'question.future'], [400, 'question.since'], [400, 'question.company'], [404, 'company.not_found'], [400, 'question.future'], [400, 'question.invalid']])
  })
})

describe('how fast a drug reached places', () => {
  test('is a curve of days since its listing, beside a band of other companies; under one kind of evidence at a time', async () => {
    const others = ['gamma', 'other1', 'other2', 'other3'].map((drug, at) => ({ source: 'others', asOf: `2026-03-0${at + 1}`, rows: [`H1 ${drug} in_stock`] }))
    const { doors: { acme } } = await office(others)
    const { drugs: [alpha, beta], most } = await curves(acme)
    expect([most, alpha!.drug, alpha!.days, alpha!.reached]).toEqual([5, 'alpha', 180, [{ n: 1, day: '2026-01-10', days: 9, units: ['100000'] }, { n: 2, day: '2026-05-20', days: 139, units: ['200000'] }]])
    expect(beta!.reached).toEqual([{ n: 1, day: '2026-05-20', days: 139, units: ['100000'] }])
    // Without categories and alike in form: six others, one drug each. Of one of them nobody declared anything: it is left out, and counted as left out.
    expect(alpha!.band).toMatchObject({ class: { level: 'supply_form' }, companies: 5, drugs: 5, silent: 1, narrower: false })
    expect(alpha!.band!.points.map(({ days, lower, median, upper }) => [days, lower, median, upper])).toEqual([[0, 0, 0, 0], [59, 0, 0, 1], [60, 0, 1, 1], [61, 1, 1, 1]])
    const institutions = (await curves(acme, '&of=institutions')).drugs[0]!
    // What lapsed in spring had been reached all the same.
    expect(institutions.reached.map(({ n, days, units }) => [n, days, units])).toEqual([[2, 9, null], [4, 139, null]])
    // Before the others were spoken of, there are too few.
    expect((await curves(acme, '&asOf=2026-03-03')).drugs[0]!.band).toBeNull()
    expect((await curves(acme, '&asOf=2026-01-31')).drugs[0]!.reached.map(({ n }) => n)).toEqual([1])
    const supplied = CurvesAnswer.parse(await acme.read(`${path}/curves?evidence=supplied`)).drugs
    expect(supplied.map(({ said, reached }) => [said, reached.map(({ day }) => day)])).toEqual([[true, ['2026-02-20', '2026-06-20']], [true, ['2026-06-22']]])
    const confirmed = CurvesAnswer.parse(await acme.read(`${path}/curves?evidence=confirmed`)).drugs
    expect(confirmed.map(({ said }) => said)).toEqual([true, false])
  })

  test('a unit is reached for the first time once, whichever has the drug later on', async () => {
    const { doors: { acme } } = await caseOffice({
      ...edition, institutions: { H1: '100100', H2: '200100' },
      reports: [{ source: 'maker', asOf: '2026-01-10', rows: ['H1 alpha in_stock'] }, { source: 'maker', asOf: '2026-02-10', rows: ['H1 alpha not_carried', 'H2 alpha in_stock'] }],
    })
    // Never more than one at a time, and two in all.
    expect((await curves(acme)).drugs[0]!.reached.map(({ n, day, units }) => [n, day, units])).toEqual([[1, '2026-01-10', ['100000']], [2, '2026-02-10', ['200000']]])
    expect((await curves(acme, '&of=institutions')).drugs[0]!.reached.map(({ n }) => n)).toEqual([1])
  })

  test('where there are not five other companies, there is no band', async () => {
    const { doors: { acme, bestco } } = await caseOffice()
    expect([...(await curves(acme)).drugs, ...(await curves(bestco)).drugs].map(({ drug, band }) => [drug, band])).toEqual([['alpha', null], ['beta', null], ['gamma', null]])
  })
})

describe('what moved since the last visit', () => {
  test('stays all day long, is told anew once it was seen or a day has passed, and each account has its own', async () => {
    const { doors: { acme, operator }, at } = await office()
    at('2026-06-29')
    expect((await moves(acme)).isFirst).toBe(true)
    expect(await visits(acme)).toMatchObject({ company: 'acme', since: '2026-05-29T16:00:00.000Z', isFirst: true })
    await visits(acme, (await moves(acme)).at)
    expect(Object.values((await moves(acme)).totals.gained)).toEqual(Array.from({ length: 3 }, () => ({ pairs: 0, institutions: 0 })))
    at('2026-06-29T06:00:00.000Z')
    // Told late, of a day long past; and one denial more.
    expect((await acme.send({ list: listCode, source: 'maker', asOf: '2026-06-28', file: 'institution_code,drug_code,status\nH2,beta,in_stock\nH4,alpha,out_of_stock' })).status).toBe(201)
    expect((await operator.send({ list: listCode, source: 'south', asOf: '2026-06-01', file: 'institution_code,drug_code,status\nH4,beta,in_stock\nH2,beta,not_carried' })).status).toBe(201)
    at('2026-06-29T08:00:00.000Z')
    for (let look = 0; look < 2; look++) {
      await visits(acme)
      const { totals, since, gaps } = await moves(acme)
      expect([since, totals.gained.declared.pairs, totals.lost.declared.pairs, totals.gained.confirmed.pairs, totals.refuted.pairs, gaps]).toEqual(['2026-06-29T04:00:00.000Z', 1, 1, 1, 1, { opened: [], closed: [] }])
    }
    const rows = Object.fromEntries(await Promise.all(moveSets.map(async (set) => [set, pairsOf(await moves(acme, `&set=${set}`))])))
    expect(rows).toEqual({ gained: ['H2 beta'], lost: ['H4 alpha'], refuted: ['H2 beta'], undeclared: [], settled: [] })
    expect((await moves(acme, '&set=lost')).rows[0]).toMatchObject({ institution: 'H4', declared: { before: 'in_stock', after: 'out_of_stock' }, supplied: { before: '2026-06-20', after: '2026-06-20' } })
    // The regulator has looked at nothing yet.
    expect((await moves(operator, '&company=acme')).isFirst).toBe(true)
    // The next morning: since the last look of the day before.
    at('2026-06-30')
    await visits(acme)
    expect(await moves(acme)).toMatchObject({ since: '2026-06-29T08:00:00.000Z', sinceDay: '2026-06-29', isFirst: false })
    expect((await moves(acme)).totals.gained.declared.pairs).toBe(0)
    expect((await moves(acme, '&since=2026-06-29T05:00:00.000Z')).totals.gained.declared.pairs).toBe(1)
  })

  test('was seen as far as it was told: what came between the look and the click is told after it, that day and the next', async () => {
    const { doors: { acme }, at } = await office()
    const sends = async (drug: string) => expect((await acme.send({ list: listCode, source: 'maker', asOf: '2026-06-28', file: `institution_code,drug_code,status\nH2,${drug},in_stock` })).status).toBe(201)
    const gained = async () => (await moves(acme)).totals.gained.declared.pairs
    at('2026-06-29T01:00:00.000Z')
    await visits(acme)
    const looked = await moves(acme)
    expect(looked.at).toBe('2026-06-29T01:00:00.000Z')
    at('2026-06-29T02:00:00.000Z')
    await sends('beta')
    at('2026-06-29T03:00:00.000Z')
    expect(await visits(acme, looked.at)).toMatchObject({ since: looked.at })
    expect(await gained()).toBe(1)
    // A window that is older still, and one whose clock is ahead: neither back nor beyond now.
    expect((await visits(acme, '2026-06-20T00:00:00.000Z')).since).toBe(looked.at)
    at('2026-06-30T03:00:00.000Z')
    expect([(await visits(acme)).since, await gained()]).toEqual([looked.at, 1])
    expect((await visits(acme, '2027-01-01T00:00:00.000Z')).since).toBe('2026-06-30T03:00:00.000Z')
    expect(await gained()).toBe(0)
  })

  test('is read once for a look, whatever pages, sets and kinds of evidence are asked of it, and anew once anything moved', async () => {
    const { doors: { acme, operator }, services } = await office()
    let statements = 0
    const db = new Proxy(services.db, { get: (of, name) => { const own: unknown = Reflect.get(of, name); return typeof own !== 'function' ? own : (...given: unknown[]) => { if (name === 'execute') statements += 1; return own.apply(of, given) as unknown } } })
    const looker = doorOf({ ...services, db }, { role: 'company', company: 'acme' })
    const since = '&since=2026-06-01T00:00:00.000Z'
    const costOf = async (more: string) => { const from = statements; await moves(looker, `${since}${more}`); return statements - from }
    await visits(looker)
    const [first, before] = [await costOf(''), (await moves(looker, since)).totals.gained.confirmed.pairs]
    for (const more of ['&set=lost', '&set=refuted', '&limit=1&offset=1', '&drug=beta', '&set=undeclared']) expect(await costOf(more), more).toBeLessThan(first / 2)
    const supplied = async () => looker.read(`${path}/moves?evidence=supplied${since}`)
    const from = statements
    await Promise.all([supplied(), supplied()])
    expect(statements - from).toBeLessThan(first)
    expect((await operator.send({ list: listCode, source: 'south', asOf: '2026-06-28', file: 'institution_code,drug_code,status\nH4,alpha,in_stock' })).status).toBe(201)
    expect(await costOf('')).toBeGreaterThan(first / 2)
    expect((await moves(looker, since)).totals.gained.confirmed.pairs).toBe(before + 1)
    expect(await moves(acme, since)).toEqual(await moves(looker, since))
  })

  test('tells each step of a ladder that was reached or lost, also below one that is held', async () => {
    const { doors: { acme, north, operator }, at } = await office()
    at('2026-06-29')
    const facts = `/api/lists/${listCode}/ladder-facts`
    const states = async (own: object) => { const answer = await north.ask(facts, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...factSaid(), ...own }) }); expect([200, 201], await answer.clone().text()).toContain(answer.status) }
    const told = async () => (await moves(acme, '&since=2026-06-29T05:00:00.000Z')).rungs.map(({ drug, unit, rung, reached, from, to }) => `${drug} ${unit} ${reached ? '+' : '-'} ${rung} ${from} ${to}`)
    at('2026-06-29T06:00:00.000Z')
    expect(await told()).toEqual([])
    // In the North alpha is stocked and supplied already: a lower step moves all the same.
    await states({ rung: 'platform_listed', says: 'yes', drug: 'alpha', unit: '100000', validFrom: '2026-06-20' })
    expect(await told()).toEqual(['alpha 100000 + platform_listed not_known yes'])
    await operator.send({ list: listCode, source: 'north', asOf: '2026-06-28', file: 'institution_code,drug_code,status\nH1,alpha,out_of_stock\nP1,alpha,out_of_stock' })
    expect(await told()).toContain('alpha 100000 + platform_listed not_known yes')
  })

  test('of two windows that open at once both are told of the same', async () => {
    const { doors: { acme } } = await office()
    const answers = await Promise.all(Array.from({ length: 5 }, () => visits(acme)))
    expect([new Set(answers.map(({ since }) => since)).size, answers.filter(({ isFirst }) => isFirst).length]).toEqual([1, 1])
  })
})

describe('what to do next', () => {
  test('is told with its number: a letter that is due, a declaration that is denied, what grows stale, what is supplied and not declared, a gap', async () => {
    const world = await office()
    const { acme, operator } = world.doors
    await moves(acme)
    const { cases: [code] } = await opens(operator, ['alpha 100000'])
    const drafted = await does(operator, `/${code}/notices`, { to: { office: 'company', code: 'acme' } }, 1)
    await does(operator, `/${code}/notices/${drafted.notice}/sending`, {}, drafted.version)
    const told = await steps(acme)
    expect(told.map(({ kind, number, drug }) => `${kind} ${number} ${drug ?? ''}`.trim())).toEqual([
      expect.stringMatching(/^report_overdue /), expect.stringMatching(/^report_overdue /), expect.stringMatching(/^report_overdue /), expect.stringMatching(/^letter_due \d+$/), 'refuted 1 alpha', 'stale_soon 4 alpha', 'stale_soon 1 beta', 'undeclared 1 beta', 'gap 1 alpha', 'unconfirmed 1 alpha', 'unconfirmed 1 beta',
    ])
    expect(told.find(({ kind }) => kind === 'letter_due')).toMatchObject({ case: code, notice: drafted.notice })
    expect(told.find(({ kind }) => kind === 'stale_soon')!.on).toBe('2026-07-05')
    expect(told.find(({ kind }) => kind === 'gap')).toMatchObject({ drug: 'alpha', regions: ['100000'], residents: 5_000_000 })
    expect(await steps(operator, '&company=acme')).toEqual(told)
    expect((await moves(acme)).letters).toMatchObject([{ case: code, notice: drafted.notice, what: 'send' }])
  })
})

test('whatever a company asks, in whatever format, nothing of another company is in it; and what is another\'s is answered as what is not there', async () => {
  const { doors: { acme, north, insurer, auditor, public: stranger, operator }, services } = await office()
  const heard: unknown[] = []
  services.events.subscribe((event) => void heard.push(event))
  await operator.send({ list: listCode, source: 'canarysource', asOf: '2026-06-29', file: 'institution_code,drug_code,status\nCANARYP,canarydrug,in_stock' })
  heard.length = 0
  const questions = ['curves?of=units', 'curves?of=institutions&evidence=supplied', 'curves?evidence=confirmed', ...pairSets.map((set) => `drop-off?set=${set}`), ...moveSets.flatMap((set) => ['declared', 'confirmed', 'supplied'].map((evidence) => `moves?set=${set}&evidence=${evidence}`)), 'next-steps?evidence=declared', 'next-steps?evidence=supplied']
  let said = 0
  for (const question of questions) {
    for (const format of ['json', 'csv', 'xlsx']) {
      const answer = await acme.ask(`${path}/${question}${question.includes('?') ? '&' : '?'}format=${format}`)
      const body = format === 'xlsx' ? textOf(new Uint8Array(await answer.arrayBuffer())) : await answer.text()
      expect([answer.status, /canary|gamma|bestco|other\d|rival\d/i.test(body), /canary/i.test(JSON.stringify([...answer.headers]))], `${question} ${format}`).toEqual([200, false, false])
      if (body.includes('alpha')) said += 1
    }
  }
  // It was looked for where there was something to be found.
  expect(said).toBeGreaterThan(20)
  await visits(acme)
  expect(heard).toEqual([])
  for (const company of ['canarycompany', 'bestco', 'nobody']) {
    const answers = await Promise.all(['curves', 'drop-off', 'moves', 'next-steps'].map(async (one) => acme.ask(`${path}/${one}?company=${company}`)))
    expect([answers.map(({ status }) => status), await answers[0]!.json()]).toEqual([[404, 404, 404, 404], { error: { code: 'company.not_found', message: `There is no company "${company}".` } }])
    expect((await acme.ask(`${path}/visits`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ company }) })).status).toBe(404)
  }
  expect((await acme.ask(`${path}/drop-off?drug=canarydrug`)).status).toBe(404)
  for (const [door, status] of [[north, 404], [insurer, 404], [auditor, 404], [stranger, 401]] as const) expect((await door.ask(`${path}/drop-off?company=acme`)).status).toBe(status)
})

/** All the text of a workbook. */
function textOf(bytes: Uint8Array): string {
  return [...readZip(bytes, uploadLimits).values()].map(({ data, deflated }) => (deflated ? inflateRawSync(data) : Buffer.from(data)).toString()).join('\n')
}

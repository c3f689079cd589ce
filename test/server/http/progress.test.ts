import { inflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readZip } from '@lastmile/server/reading/zip'
import { moveSets } from '@lastmile/shared/company-moves'
import { DropOffAnswer, pairSets, type PairSet } from '@lastmile/shared/drop-off'
import { CurvesAnswer } from '@lastmile/shared/listing-curve'
import { NextStepsAnswer } from '@lastmile/shared/next-step'
import { uploadLimits } from '@lastmile/shared/source'
import { listCode } from '../../support/edition.js'
import { caseOffice, does, opens } from './case-office.js'
import type { Door } from './door.js'
import { edition, moves, office, pairsOf, path, visits } from './progress-office.js'

const dropOff = async (door: Door, set: PairSet, more = '') => DropOffAnswer.parse(await door.read(`${path}/drop-off?set=${set}${more}`))
const curves = async (door: Door, more = '') => CurvesAnswer.parse(await door.read(`${path}/curves?evidence=declared${more}`))
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

import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { clockAt } from '@lastmile/server/lib/clock'
import { replayKept } from '@lastmile/server/reports/replay-kept'
import { EntryFormAnswer, EntrySourcesAnswer, UnconfirmedAnswer } from '@lastmile/shared/entry'
import { ReportAnswer, ReportReceipt, type Report } from '@lastmile/shared/report'
import type { StatementRow } from '@lastmile/shared/statement'
import type { ActorFacts } from '../../support/actors.js'
import { listCode } from '../../support/edition.js'
import { given, type World } from '../../support/given.js'
import { doorOf, type Door } from './door.js'
import { json } from './office.js'

/* Stating on screen. The world: two cities of the North (100100 with H1 and H2, 100200 with P1), and H3 in the South. */

const list = `/api/lists/${listCode}`
const today = '2026-03-31'
const province: ActorFacts = { role: 'province_officer', unit: '100000' }
const city: ActorFacts = { role: 'city_officer', unit: '100000', city: '100100' }
const hospital: ActorFacts = { role: 'institution', institution: 'H1' }

let world: World
beforeEach(async () => {
  world = await given({
    today, selfReports: true, institutions: { H1: '100100', H2: '100100', P1: '100200', H3: '200100' }, eligibility: [{ drug: 'beta', rules: [{ by: 'attributes', kind: 'hospital' }] }],
    reports: [
      { source: 'maker', asOf: '2026-03-01', rows: ['H1 alpha in_stock', 'H2 alpha in_stock', 'P1 alpha in_stock', 'H3 alpha in_stock'] },
      { source: 'north', asOf: '2026-02-28', rows: ['H1 beta out_of_stock reason=cold_chain lead=45 quantity=2', 'P1 beta in_stock'] },
    ],
  })
})

const door = (who: ActorFacts = province) => doorOf(world.services, who)
async function state(body: object, { as = door(), headers = {} }: { as?: Door; headers?: Record<string, string> } = {}) {
  const answer = await as.ask(`${list}/reports/entries`, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) })
  return { status: answer.status, body: (await answer.json()) as ReportReceipt & { error?: { code: string; field?: string } } }
}
const statements = (lines: object[], own: object = {}) => ({ kind: 'statements', source: 'north', lines, ...own })
const confirmed = async (institution: string, drug: string) => (await door({ role: 'operator' }).read<{ rows: StatementRow[] }>(`${list}/statements?evidence=confirmed&institution=${institution}&drug=${drug}`)).rows[0]
const fileOf = async (id: string) => (await door({ role: 'operator' }).ask(`${list}/reports/${id}/file`)).text()

describe('a province confirms and refutes declared pairs on screen', () => {
  const lines = [{ institution: 'H1', drug: 'alpha', status: 'in_stock' }, { institution: 'H2', drug: 'alpha', status: 'out_of_stock', reason: 'cold_chain', expectedOn: '2026-04-20' }]

  test('it is a report like any other: a file in the columns of its source, a receipt, and statements of today', async () => {
    const { status, body } = await state(statements(lines))
    expect([status, body.outcome, body.rowsTotal, body.storedCount]).toEqual([201, 'accepted', 2, 2])
    expect(await fileOf(body.id!)).toBe('institution_code,drug_code,status,reported_on,reason,lead_days\r\nH1,alpha,in_stock,2026-03-31,,\r\nH2,alpha,out_of_stock,2026-03-31,cold_chain,20\r\n')
    const { report } = ReportAnswer.parse(await door().read(`${list}/reports/${body.id}`))
    expect(report).toMatchObject({ channel: 'form', mode: 'changes', state: 'accepted', asOf: today, nil: false, filename: `在线填报_north_${today}.csv`, warningsTotal: 0 })
    expect(await confirmed('H1', 'alpha')).toMatchObject({ state: 'in_stock', day: today, report: body.id, line: 2 })
    expect(await confirmed('H2', 'alpha')).toMatchObject({ state: 'out_of_stock', reason: 'cold_chain', leadDays: 20, line: 3 })
  })

  test('what it does not name stays as it was, and the month is still owed', async () => {
    await state(statements(lines))
    const calendar = await door().read<{ rows: { cells: { period: string; state: string }[] }[] }>(`${list}/reporting?source=north`)
    expect(calendar.rows[0]!.cells.find(({ period }) => period === '2026-03')).toMatchObject({ state: 'expected' })
    expect(await confirmed('P1', 'beta')).toMatchObject({ state: 'in_stock', day: '2026-02-28' })
  })

  test('several a day each stand as reports of their own, and of a pair the last one holds', async () => {
    const first = await state(statements([{ institution: 'H1', drug: 'alpha', status: 'in_stock' }, { institution: 'H2', drug: 'alpha', status: 'in_stock' }]))
    const second = await state(statements([{ institution: 'H1', drug: 'alpha', status: 'not_carried', reason: 'other' }]))
    expect([first.status, second.status, second.body.version]).toEqual([201, 201, 1])
    expect(await confirmed('H1', 'alpha')).toMatchObject({ state: 'not_carried', report: second.body.id })
    expect(await confirmed('H2', 'alpha')).toMatchObject({ state: 'in_stock', report: first.body.id })
    for (const { body } of [first, second]) expect(await door().read(`${list}/reports/${body.id}`)).toMatchObject({ report: { state: 'accepted' } })
  })

  test('with the same Idempotency-Key it is the same answer again, and for other lines a refusal', async () => {
    const sender = { as: door(), headers: { 'Idempotency-Key': 'one-afternoon' } }
    const first = await state(statements(lines), sender)
    expect(await state(statements(lines), sender)).toEqual(first)
    expect(await state(statements(lines.slice(1)), sender)).toMatchObject({ status: 422, body: { error: { code: 'report.key_reused' } } })
  })

  test('a dry run says what would become of it and writes nothing', async () => {
    expect(await state(statements(lines, { dryRun: true }))).toMatchObject({ status: 200, body: { id: null, outcome: 'accepted', dryRun: true, storedCount: 2 } })
    expect(await confirmed('H1', 'alpha')).toBeUndefined()
  })

  test('what is wrong with a line is told by its row: two more than its place among the lines', async () => {
    const { status, body } = await state(statements([...lines, { institution: 'H9', drug: 'alpha', status: 'in_stock' }, { institution: 'H3', drug: 'alpha', status: 'in_stock' }, { institution: 'H1', drug: 'beta', status: 'on_order', expectedOn: '2026-03-01' }]))
    expect([status, body.errors.map(({ row, column, code }) => `${row} ${column} ${code}`)]).toEqual([422, ['4 institution_code INSTITUTION_OUT_OF_SCOPE', '5 institution_code INSTITUTION_OUT_OF_SCOPE', '6 lead_days BAD_QUANTITY']])
    expect(await confirmed('H1', 'alpha')).toBeUndefined()
  })

  test.each([
    ['a reason for what is in stock', { institution: 'H1', drug: 'alpha', status: 'in_stock', reason: 'supply' }, 'lines.0.reason'], ['a day for what is not carried', { institution: 'H1', drug: 'alpha', status: 'not_carried', expectedOn: today }, 'lines.0.expectedOn'],
    ['a formula for a code', { institution: '=1+1', drug: 'alpha', status: 'in_stock' }, 'lines.0.institution'], ['no status', { institution: 'H1', drug: 'alpha' }, 'lines.0.status'],
  ])('%s is refused by field', async (_, line, field) => {
    expect(await state(statements([line]))).toMatchObject({ status: 400, body: { error: { field } } })
  })

  test('a reason for which the files of its source have no word is refused', async () => {
    expect(await state(statements([{ institution: 'H1', drug: 'alpha', status: 'not_carried', reason: 'thin_margin' }]))).toMatchObject({ status: 422, body: { error: { code: 'entry.no_word', field: 'lines.0.reason' } } })
  })

  test('the form filled in as the period\'s report leaves out what is blank, and a second one names the version that it corrects', async () => {
    const snapshot = (own: object = {}) => statements([{ institution: 'H1', drug: 'beta', status: 'in_stock' }], { period: '2026-03', mode: 'snapshot', ...own })
    expect((await state(snapshot())).status).toBe(201)
    expect(await confirmed('P1', 'beta')).toMatchObject({ state: 'not_reported' })
    const other = snapshot({ lines: [{ institution: 'P1', drug: 'beta', status: 'in_stock' }] })
    expect(await state(other)).toMatchObject({ status: 409, body: { error: { code: 'report.exists' } } })
    expect(await state(other, { headers: { 'If-Match': '"1"' } })).toMatchObject({ status: 201, body: { version: 2 } })
  })
})

describe('each speaks of what is his', () => {
  const one = (institution: string, source = 'north') => statements([{ institution, drug: 'alpha', status: 'in_stock' }], { source })

  test('an officer of a city speaks through his province, of his city alone, and sees his report', async () => {
    const as = door(city)
    const { status, body } = await state(one('H1'), { as })
    expect(status).toBe(201)
    expect(await as.read(`${list}/reports/${body.id}`)).toMatchObject({ report: { scope: { regions: ['100100'] } } })
    expect((await state(one('P1'), { as })).body.errors.map(({ code }) => code)).toEqual(['INSTITUTION_OUT_OF_SCOPE'])
    expect(await state(statements([{ institution: 'P1', drug: 'alpha', status: 'in_stock' }], { scope: { regions: ['100200'] } }), { as })).toMatchObject({ status: 403 })
    expect((await state(one('H3', 'south'), { as })).status).toBe(404)
  })

  test('an institution speaks of itself, through a source that it has from then on, and its province and city see it', async () => {
    const as = door(hospital)
    const own = EntrySourcesAnswer.parse(await as.read(`${list}/entry-sources`)).sources
    expect(own.map(({ code, institution }) => [code, institution])).toEqual([['self-h1', 'H1']])
    expect((await state({ ...one('H1', 'self-h1'), dryRun: true }, { as })).status).toBe(200)
    const { status, body } = await state(one('H1', 'self-h1'), { as })
    expect(status).toBe(201)
    for (const who of [hospital, province, city]) expect((await door(who).ask(`${list}/reports/${body.id}`)).status).toBe(200)
    expect((await door({ role: 'institution', institution: 'H2' }).ask(`${list}/reports/${body.id}`)).status).toBe(404)
    expect((await state(one('H2', 'self-h1'), { as })).body.errors.map(({ code }) => code)).toEqual(['INSTITUTION_OUT_OF_SCOPE'])
    expect((await state(one('H2', 'self-h2'), { as })).status).toBe(404)
    expect((await state(one('H2', 'self-h2'), { as: door({ role: 'operator' }) })).status).toBe(404)
  })

  test('where institutions do not report of themselves, it is told whom to ask', async () => {
    await world.loadEdition({ selfReports: false }, '2026-03-31')
    const as = door(hospital)
    expect(await as.read(`${list}/entry-sources`)).toMatchObject({ sources: [] })
    expect(await state(one('H1', 'self-h1'), { as })).toMatchObject({ status: 404, body: { error: { code: 'own_source.not_found' } } })
  })

  test('a company speaks through its own source, and nobody states supplies on screen', async () => {
    const sources = async (who: ActorFacts) => EntrySourcesAnswer.parse(await door(who).read(`${list}/entry-sources`)).sources.map(({ code }) => code)
    expect(await sources({ role: 'company', company: 'acme' })).toEqual(['maker'])
    expect(await sources(province)).toEqual(['north'])
    expect(await sources(city)).toEqual(['north'])
    expect(await sources({ role: 'operator' })).not.toContain('sales')
    expect((await state(one('H1', 'sales'), { as: door({ role: 'operator' }) })).status).toBe(404)
  })
})

describe('unchanged', () => {
  const unchanged = (lines: object[], own: object = {}) => ({ kind: 'unchanged', source: 'north', lines, ...own })
  const h1 = { institution: 'H1', drug: 'beta', status: 'out_of_stock', day: '2026-02-28' }

  test('re-dates the pairs that it names, with all that was said of them, and no other', async () => {
    const { status, body } = await state(unchanged([h1]))
    expect([status, body.storedCount]).toEqual([201, 1])
    // Expected 45 days after 28 February, which is 14 days from today.
    expect(await confirmed('H1', 'beta')).toMatchObject({ state: 'out_of_stock', day: today, reason: 'cold_chain', leadDays: 14, quantity: 2, report: body.id })
    expect(await confirmed('P1', 'beta')).toMatchObject({ day: '2026-02-28' })
  })

  test('what has grown stale can be named, and is fresh again', async () => {
    await world.send({ source: 'hospitals', asOf: '2026-01-10', rows: ['H2 beta in_stock @2026-01-10'] })
    expect(await confirmed('H2', 'beta')).toMatchObject({ state: 'stale' })
    expect((await state(unchanged([{ institution: 'H2', drug: 'beta', status: 'in_stock', day: '2026-01-10' }], { source: 'hospitals' }), { as: door({ role: 'operator' }) })).status).toBe(201)
    expect(await confirmed('H2', 'beta')).toMatchObject({ state: 'in_stock', day: today })
  })

  test('is refused where the pair changed meanwhile, and where its source never said anything of it', async () => {
    await state(statements([{ institution: 'H1', drug: 'beta', status: 'in_stock' }]))
    expect(await state(unchanged([h1]))).toMatchObject({ status: 409, body: { error: { code: 'entry.changed', field: 'lines.0' } } })
    expect(await state(unchanged([{ institution: 'H1', drug: 'alpha', status: 'in_stock', day: '2026-03-01' }]))).toMatchObject({ status: 409, body: { error: { code: 'entry.never_said' } } })
  })

  test('sent again with the same key it is the same answer again', async () => {
    const sender = { as: door(), headers: { 'Idempotency-Key': 'unchanged-in-march' } }
    const first = await state(unchanged([h1]), sender)
    expect(first.status).toBe(201)
    expect(await state(unchanged([h1]), sender)).toEqual(first)
  })
})

describe('a nil report', () => {
  const nil = (own: object = {}) => ({ kind: 'nil', source: 'north', period: '2026-03', ...own })

  test('is accepted with no line and a receipt, counts as sent, and changes nothing of any pair', async () => {
    const before = await confirmed('P1', 'beta')
    const { status, body } = await state(nil())
    expect([status, body.outcome, body.rowsTotal, body.storedCount]).toEqual([201, 'accepted', 0, 0])
    expect(await door().read(`${list}/reports/${body.id}`)).toMatchObject({ report: { nil: true, period: '2026-03', state: 'accepted', mode: 'changes', channel: 'form', filename: '零报告_north_2026-03.csv' } })
    expect(await confirmed('P1', 'beta')).toEqual(before)
    expect(await door().read(`${list}/sources`)).toMatchObject({ sources: [{ code: 'north', lastAsOf: today }] })
    const calendar = await door().read<{ rows: { cells: { period: string; isNil: boolean; state: string }[] }[] }>(`${list}/reporting?source=north`)
    expect(calendar.rows[0]!.cells.find(({ period }) => period === '2026-03')).toMatchObject({ isNil: true, state: 'on_time' })
    const entries = await doorOf(world.services, { role: 'auditor' }).read<{ entries: { action: string; object: string }[] }>('/api/audit?action=report.nil')
    expect(entries.entries.map(({ object }) => object)).toEqual([body.id])
  })

  test('a second one is refused, and so is one of a period that was reported on; a report after it is not', async () => {
    expect((await state(nil())).status).toBe(201)
    expect(await state(nil())).toMatchObject({ status: 409, body: { error: { code: 'report.duplicate' } } })
    expect((await door().send({ list: listCode, source: 'north', period: '2026-03', file: 'institution_code,drug_code,status\nP1,beta,in_stock' })).status).toBe(201)
    expect((await door().send({ list: listCode, source: 'north', period: '2026-01', file: 'institution_code,drug_code,status\nP1,beta,in_stock' })).status).toBe(201)
    expect(await state(nil({ period: '2026-01' }))).toMatchObject({ status: 409, body: { error: { code: 'report.nil_after' } } })
  })

  test('an empty file is no nil report: it is refused, and the sentence says what is', async () => {
    const { status, receipt } = await door().send({ list: listCode, source: 'north', period: '2026-03', file: 'institution_code,drug_code,status\n' })
    expect([status, receipt.reason]).toEqual([400, 'NO_DATA_ROWS'])
    expect(receipt.detail).toContain('nil report')
  })
})

test('what the database lost of it is accepted again from the kept files: each with its place, a nil report as one, and with the source that an institution had of itself', async () => {
  let second = 0
  world.services.clock = clockAt(() => `2026-03-31T04:00:${String(++second).padStart(2, '0')}.000Z`)
  await state(statements([{ institution: 'H1', drug: 'alpha', status: 'in_stock' }]))
  await state(statements([{ institution: 'H1', drug: 'alpha', status: 'out_of_stock' }]))
  await state({ kind: 'unchanged', source: 'north', lines: [{ institution: 'P1', drug: 'beta', status: 'in_stock', day: '2026-02-28' }] })
  await state({ kind: 'nil', source: 'north', period: '2026-03' })
  await state(statements([{ institution: 'H1', drug: 'gamma', status: 'in_stock' }], { source: 'self-h1' }), { as: door(hospital) })
  const told = async () => [(await door({ role: 'operator' }).read<{ rows: Report[] }>(`${list}/reports`)).rows.map(({ effect: _, ...one }) => one), await Promise.all([['H1', 'alpha'], ['P1', 'beta'], ['H1', 'gamma']].map(([institution, drug]) => confirmed(institution!, drug!)))]
  const before = await told()
  const lost = ['report_error', 'report_lines', 'report_drug', 'report', 'shelf', 'past_spans', 'drug_named', 'coverage_by_unit', 'coverage_by_drug', 'coverage_by_city', 'coverage_ahead']
  await world.services.db.execute(sql.raw(`do $$ begin ${lost.map((table) => `delete from ${table};`).join(' ')} delete from source where code = 'self-h1'; update list set version = version + 1; end $$`))
  world.services.lists.forget()
  expect(await replayKept(world.services)).toBe(7)
  world.services.lists.forget()
  expect(await told()).toEqual(before)
})

describe('what there is to state', () => {
  const form = async (query = '', who = province) => EntryFormAnswer.parse(await door(who).read(`${list}/entry-form?source=${who === hospital ? 'self-h1' : 'north'}${query}`))

  test('the form of a province has the pairs of its last report and the eligible ones', async () => {
    const { rows, said, page } = await form()
    expect(rows.map((row) => `${row.institution} ${row.drug} ${row.eligible} ${row.last?.status ?? 'blank'}`)).toEqual(['H1 beta true out_of_stock', 'H2 beta true blank', 'P1 beta false in_stock'])
    expect([said, page.total]).toEqual([2, 3])
    expect(rows[0]!.last).toEqual({ status: 'out_of_stock', day: '2026-02-28', reason: 'cold_chain', expectedOn: '2026-04-14', stale: false })
  })

  test('the form of an officer of a city is his city\'s, and that of an institution has every drug', async () => {
    expect((await form('', city)).rows.map(({ institution }) => institution)).toEqual(['H1', 'H2'])
    expect((await form('', hospital)).rows.map(({ drug, last }) => [drug, last])).toEqual([['alpha', null], ['beta', null], ['gamma', null]])
    expect((await form('&region=100200')).rows.map(({ institution }) => institution)).toEqual(['P1'])
  })

  test('declared pairs wait until somebody confirms or refutes them, those that wait longest first', async () => {
    await world.send({ source: 'maker', asOf: '2026-03-20', mode: 'changes', rows: ['P1 alpha in_stock', 'H2 gamma in_stock'] })
    const waiting = async (query = '', who = province) => UnconfirmedAnswer.parse(await door(who).read(`${list}/unconfirmed${query}`)).rows.map((row) => `${row.institution} ${row.drug} ${row.days}`)
    expect(await waiting()).toEqual(['H1 alpha 30', 'H2 alpha 30', 'H2 gamma 11', 'P1 alpha 11'])
    expect(await waiting('?minDays=20')).toEqual(['H1 alpha 30', 'H2 alpha 30'])
    expect(await waiting('?sort=age-up&limit=1')).toEqual(['H2 gamma 11'])
    expect(await waiting('?drug=gamma')).toEqual(['H2 gamma 11'])
    expect(await waiting('?sort=drug-down&offset=1&limit=2')).toEqual(['H1 alpha 30', 'H2 alpha 30'])
    expect(await waiting('', city)).toEqual(['H1 alpha 30', 'H2 alpha 30', 'H2 gamma 11'])
    expect(await waiting('', hospital)).toEqual(['H1 alpha 30'])
    expect(await waiting('?region=200000')).toEqual([])
    await state(statements([{ institution: 'H1', drug: 'alpha', status: 'in_stock' }, { institution: 'H2', drug: 'alpha', status: 'out_of_stock' }]))
    expect(await waiting()).toEqual(['H2 gamma 11', 'P1 alpha 11'])
    expect(await waiting('?standing=contradicted')).toEqual(['H2 alpha 30'])
    expect((await door({ role: 'operator' }).ask(`${list}/unconfirmed`)).status).toBe(400)
    expect(await waiting('?region=200000', { role: 'operator' })).toEqual(['H3 alpha 30'])
  })
})

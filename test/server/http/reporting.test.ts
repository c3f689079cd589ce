import { describe, expect, test } from 'vitest'
import { Problem } from '@lastmile/shared/problem'
import { noUnit } from '@lastmile/shared/region'
import { countOfSet, periodSets, ReportingAnswer, type PeriodSet, type ReportingRow } from '@lastmile/shared/reporting'
import { listCode } from '../../support/edition.js'
import { given, type ReportFacts, type WorldFacts } from '../../support/given.js'
import { doorOf } from './door.js'

const institutions = { H1: '100100', H2: '100100', P1: '100200', H3: '200100', H4: '200200' }
const north = (period: string, accepted: string, rows = ['H1 alpha in_stock', 'P1 beta out_of_stock'], own: Partial<ReportFacts> = {}): ReportFacts => ({ source: 'north', period, accepted, rows, ...own })

/** January in time, February five days late, March not at all, April in time and corrected, May late in coming. */
const halfAYear = [north('2026-01', '2026-02-05'), north('2026-02', '2026-03-15'), north('2026-04', '2026-05-09'), north('2026-04', '2026-05-20', ['H1 alpha in_stock', 'H2 alpha in_stock'], { corrects: 1 })]

async function asked(facts: WorldFacts, query = '', who: Parameters<typeof doorOf>[1] = { role: 'operator' }) {
  const world = await given({ institutions, ...facts })
  const door = doorOf(world.services, who)
  const ask = async (more = query) => ReportingAnswer.parse(await door.read(`/api/lists/${listCode}/reporting?${more}`))
  return { world, door, ask, answer: await ask() }
}
const rowOf = (answer: ReportingAnswer, source: string): ReportingRow => answer.rows.find((one) => one.code === source)!
const states = (answer: ReportingAnswer, source: string) => rowOf(answer, source).cells.map(({ period, state, daysLate }) => `${period} ${state}${daysLate > 0 ? ` ${daysLate}` : ''}`)

test('of a unit or city that is another\'s an office is told that it is not there, and not that it has no source', async () => {
  const { world, door: operator } = await asked({ reports: halfAYear })
  const [north, city] = [doorOf(world.services, { role: 'province_officer', unit: '100000' }), doorOf(world.services, { role: 'city_officer', unit: '100000', city: '100100' })]
  const asks = async (door: typeof north, region: string) => { const answer = await door.ask(`/api/lists/${listCode}/reporting?region=${region}`); return answer.status === 200 ? 200 : `${answer.status} ${Problem.parse(await answer.json()).error.code}` }
  for (const [door, region] of [[north, '200000'], [north, '200100'], [north, noUnit], [city, '200000'], [city, '100200']] as const) expect([region, await asks(door, region)]).toEqual([region, '404 region.not_found'])
  for (const [door, region] of [[north, '100000'], [north, '100100'], [city, '100000'], [city, '100100'], [operator, '200000'], [operator, noUnit]] as const) expect([region, await asks(door, region)]).toEqual([region, 200])
  // Who names none is told of his own.
  expect(ReportingAnswer.parse(await north.read(`/api/lists/${listCode}/reporting`)).rows.map(({ code }) => code)).toContain('north')
})

describe('who has not reported', () => {
  test('each month of a province is in time, late or missing, and the one that is not due is expected', async () => {
    const { answer } = await asked({ reports: halfAYear })
    expect(states(answer, 'north')).toEqual(['2026-01 on_time', '2026-02 late 5', '2026-03 missing 81', '2026-04 on_time', '2026-05 missing 20', '2026-06 expected'])
    expect(rowOf(answer, 'north')).toMatchObject({ silentDays: 41, lastAsOf: '2026-04-30', lastSentOn: '2026-05-20', counts: { owed: 5, onTime: 2, late: 1, held: 0, missing: 2, notDue: 1 } })
    expect(rowOf(answer, 'south')).toMatchObject({ silentDays: 180, lastAsOf: null, counts: { owed: 5, missing: 5 } })
  })

  test('on a day of the past it stands as it stood then: what came later had not come', async () => {
    const { ask } = await asked({ reports: halfAYear })
    expect(states(await ask('asOf=2026-03-12'), 'north')).toEqual(['2026-01 on_time', '2026-02 missing 2', '2026-03 expected'])
    expect(states(await ask('asOf=2026-03-15'), 'north')).toEqual(['2026-01 on_time', '2026-02 late 5', '2026-03 expected'])
    expect(rowOf(await ask('asOf=2026-05-10'), 'north').cells.at(-2)?.institutions.named).toBe(2)
  })

  test('who has no rhythm owes nothing: what came of a month is told, and nothing is missing', async () => {
    const { answer } = await asked({ reports: [{ source: 'hospitals', asOf: '2026-05-10', rows: ['H1 alpha in_stock'] }] }, 'periods=2')
    expect(states(answer, 'hospitals')).toEqual(['2026-05 sent', '2026-06 none'])
    expect(rowOf(answer, 'hospitals')).toMatchObject({ silentDays: null, counts: { owed: 0, notDue: 0 } })
  })

  test('rates are of what was due: of a province, of a month, and of all', async () => {
    const { answer } = await asked({ reports: [...halfAYear, { source: 'maker', period: '2026-05', accepted: '2026-06-10', rows: ['H1 alpha in_stock'] }] })
    const monthly = answer.rows.filter((row) => row.rhythm === 'monthly').length
    expect(answer.byUnit.find((one) => one.unit === '100000')).toEqual({ unit: '100000', sources: 1, owed: 5, onTime: 2, late: 1, held: 0, missing: 2, notDue: 1 })
    expect(answer.byPeriod.find((one) => one.period === '2026-05')).toMatchObject({ rhythm: 'monthly', owed: monthly, onTime: 1, missing: monthly - 1 })
    expect(answer.byUnit.reduce((sum, one) => sum + one.owed, 0)).toBe(answer.total.owed)
    expect(answer.total.sources).toBe(answer.rows.length)
  })

  test('a source that joins later owes nothing of the time before', async () => {
    const { answer } = await asked({ sources: { south: { owesFrom: '2026-04-01' } } })
    expect(states(answer, 'south')).toEqual(['2026-04 missing 51', '2026-05 missing 20', '2026-06 expected'])
    expect(rowOf(answer, 'south').silentDays).toBe(90)
  })

  test('the longest silent, the most that is missing and the worst rate can stand first, and who owes nothing last', async () => {
    const { ask } = await asked({ reports: halfAYear }, 'region=100000')
    const first = async (query: string) => (await ask(query)).rows.map((row) => row.code)
    // Those that are silent alike by their codes.
    expect((await first('sort=silent-up&evidence=confirmed&periods=3')).slice(0, 3)).toEqual(['north', 'corps', 'east'])
    expect((await first('sort=missing-up')).filter((one) => ['north', 'south'].includes(one))).toEqual(['north', 'south'])
    expect((await first('sort=rate-down')).filter((one) => ['north', 'south'].includes(one))).toEqual(['north', 'south'])
    expect(['hospitals', 'sales']).toContain((await first('sort=silent-down')).at(-1))
    expect(await first('region=100000')).toEqual(['north'])
    expect((await ask('limit=2&offset=1')).page).toEqual({ offset: 1, limit: 2, total: (await ask('')).rows.length })
  })

  test('of all periods those of which a number tells can be had: as many as it says, page by page and as a file, while totals stay those of all', async () => {
    const { answer, ask, door } = await asked({ reports: halfAYear })
    const missing = await ask('state=missing&limit=500')
    const periods = (one: ReportingAnswer) => one.rows.flatMap((row) => row.cells.map(({ period, state }) => `${row.code} ${period} ${state}`))
    expect([missing.total, missing.byUnit, missing.page.total]).toEqual([answer.total, answer.byUnit, answer.total.missing])
    expect(periods(missing)).toEqual(periods(answer).filter((one) => one.endsWith(' missing')))
    expect(states(missing, 'north')).toEqual(['2026-03 missing 81', '2026-05 missing 20'])
    const paged = await Promise.all(Array.from({ length: Math.ceil(missing.page.total / 3) }, (_, page) => ask(`state=missing&limit=3&offset=${page * 3}`)))
    expect([paged.flatMap(periods), paged[0]!.page.total]).toEqual([periods(missing), answer.total.missing])
    // Of all, of each unit and of none, whatever else is asked.
    for (const also of ['', '&evidence=confirmed', '&evidence=declared&periods=6', '&asOf=2026-04-15']) {
      const all = await ask(also)
      for (const set of Object.keys(periodSets) as PeriodSet[]) {
        expect((await ask(`state=${set}${also}`)).page.total, `${set}${also}`).toBe(countOfSet(set, all.total))
        for (const one of all.byUnit) expect((await ask(`state=${set}&region=${one.unit ?? noUnit}${also}`)).page.total, `${set} of ${one.unit}${also}`).toBe(countOfSet(set, one))
      }
    }
    expect([answer.total.notDue, answer.byUnit.find(({ unit }) => unit === null)?.owed]).toEqual([expect.any(Number), expect.any(Number)])
    const file = await (await door.ask(`/api/lists/${listCode}/reporting?state=late&format=csv`)).text()
    expect(file.split('\r\n').filter((line) => /(^|,)north,/.test(line)).map((line) => /2026-\d\d/.exec(line)?.[0])).toEqual(['2026-02'])
  })
})

describe('how complete a report is', () => {
  test('of the drugs expected it says how many are named, and of the institutions of last time how many again', async () => {
    const { answer } = await asked({ reports: [north('2026-04', '2026-05-05', ['H1 alpha in_stock', 'P1 beta in_stock']), north('2026-05', '2026-06-05', ['H1 alpha in_stock', 'H2 alpha in_stock'])] })
    const [april, may, june] = rowOf(answer, 'north').cells.slice(-3)
    expect([april?.drugs, may?.drugs, june?.drugs]).toEqual([{ named: 2, expected: 3 }, { named: 1, expected: 3 }, { named: null, expected: 3 }])
    // Two of two, by their number; of those of April, one is gone.
    expect([april?.institutions, may?.institutions, june?.institutions]).toEqual([{ named: 2, again: null, before: null }, { named: 2, again: 1, before: 2 }, { named: null, again: null, before: null }])
  })

  test('a correction is held against the period before, and not against what it corrects', async () => {
    const { answer } = await asked({ reports: [north('2026-04', '2026-05-05'), north('2026-05', '2026-06-05', ['H2 alpha in_stock']), north('2026-05', '2026-06-06', ['H1 alpha in_stock', 'H2 alpha in_stock'], { corrects: 1 })] })
    expect(rowOf(answer, 'north').cells.at(-2)).toMatchObject({ institutions: { named: 2, again: 1, before: 2 }, reports: [{ version: 2 }] })
  })

  test('a part of what a source speaks of leaves its period missing, and all cities together fill it', async () => {
    const { answer, world, ask } = await asked({ reports: [north('2026-05', '2026-06-05', ['H1 alpha in_stock'], { scope: { regions: ['100100'] } })] })
    const may = () => ask().then((one) => rowOf(one, 'north').cells.at(-2))
    expect(rowOf(answer, 'north').cells.at(-2)).toMatchObject({ state: 'missing', isPart: true, institutions: { named: 1 } })
    await world.send(north('2026-05', '2026-06-06', ['P1 beta in_stock'], { scope: { regions: ['100200'] } }))
    expect(await may()).toMatchObject({ state: 'on_time', isPart: false, drugs: { named: 2 }, institutions: { named: null }, reports: [{}, {}] })
    await world.send(north('2026-05', '2026-06-12', ['P1 beta in_stock']))
    expect(await may()).toMatchObject({ state: 'on_time', isPart: false, institutions: { named: 1 } })
  })

  test('how many at least are eligible in its scope stands beside; where nothing tells, nothing is told', async () => {
    const eligibility = ['alpha', 'beta', 'gamma'].map((drug) => ({ drug, rules: [{ by: 'attributes' as const, kind: drug === 'gamma' ? 'pharmacy' as const : 'hospital' as const }] }))
    const { answer } = await asked({ eligibility, sources: { maker: { company: 'acme', evidence: 'declared', scope: { drugs: ['gamma'], regions: null, kinds: null } } } })
    expect(['north', 'south', 'east', 'hospitals', 'maker'].map((source) => rowOf(answer, source).eligibleAtLeast)).toEqual([2, 2, 0, 4, 1])
    expect(rowOf((await asked({})).answer, 'north').eligibleAtLeast).toBeNull()
  })
})

describe('what is sent and not accepted', () => {
  const may = { list: listCode, source: 'north', period: '2026-05', file: 'institution_code,drug_code,status\nH1,alpha,perhaps' }

  test('is held, at once, until something is accepted', async () => {
    const { door, ask } = await asked({}, 'periods=2')
    expect((await door.send(may)).status).toBe(422)
    expect(rowOf(await ask(), 'north').cells[0]).toMatchObject({ state: 'held', waitsFor: 'sender', sentOn: '2026-06-30', daysLate: 20, drugs: { named: null }, reports: [{ state: 'draft' }] })
    expect(rowOf(await ask(), 'north').counts).toMatchObject({ owed: 1, held: 1, missing: 0 })
    expect((await door.send({ ...may, file: may.file.replace('perhaps', 'in_stock') })).status).toBe(201)
    expect(rowOf(await ask(), 'north').cells[0]).toMatchObject({ state: 'late', waitsFor: null, reports: [{ state: 'accepted' }] })
  })

  test('waits for a reviewer; once he accepts it, it counts by the day on which it was sent', async () => {
    const { world, door, ask } = await asked({ sources: { north: { approveFirst: true } } }, 'periods=2')
    const { receipt } = await world.send(north('2026-05', '2026-06-09'))
    expect(receipt.outcome).toBe('submitted')
    expect(rowOf(await ask(), 'north').cells[0]).toMatchObject({ state: 'held', waitsFor: 'reviewer', sentOn: '2026-06-09', daysLate: 0, institutions: { named: null } })
    expect((await door.ask(`/api/lists/${listCode}/reports/${receipt.id}/approval`, { method: 'POST' })).status).toBe(200)
    expect(rowOf(await ask(), 'north').cells[0]).toMatchObject({ state: 'on_time', sentOn: '2026-06-09', institutions: { named: 2 } })
    expect(rowOf(await ask('asOf=2026-06-20&periods=2'), 'north').cells[0]).toMatchObject({ state: 'held' })
  })

  test('is told of to whom reports open; who may know only who reports is told what is accepted', async () => {
    const { world, door, ask } = await asked({ reports: halfAYear }, 'periods=3')
    await door.send(may)
    const administrator = doorOf(world.services, { role: 'system_administrator' })
    const seen = rowOf(ReportingAnswer.parse(await administrator.read(`/api/lists/${listCode}/reporting?periods=3`)), 'north')
    expect(seen.cells.map(({ state, reports }) => `${state} ${reports.length}`)).toEqual(['on_time 0', 'missing 0', 'expected 0'])
    expect(rowOf(await ask(), 'north').cells.map(({ state, reports }) => `${state} ${reports.length}`)).toEqual(['on_time 1', 'held 1', 'expected 0'])
  })

  test('a province sees its own sources alone, a company its own, and the public none', async () => {
    const { world } = await asked({ reports: halfAYear })
    const seenBy = async (who: Parameters<typeof doorOf>[1]) => ReportingAnswer.parse(await doorOf(world.services, who).read(`/api/lists/${listCode}/reporting`))
    const officer = await seenBy({ role: 'province_officer', unit: '100000' })
    expect([officer.rows.map((row) => row.code), officer.total.sources, officer.byUnit.map((one) => one.unit)]).toEqual([['north'], 1, ['100000']])
    expect((await seenBy({ role: 'company', company: 'acme' })).rows.map((row) => row.code)).toEqual(['maker'])
    expect((await doorOf(world.services, 'public').ask(`/api/lists/${listCode}/reporting`)).status).toBe(401)
  })
})

test('a table has a row for each source and period, and says what is not known by an empty cell', async () => {
  const { door } = await asked({ reports: halfAYear })
  const text = await (await door.ask(`/api/lists/${listCode}/reporting?format=csv&source=north&periods=3`)).text()
  const lines = text.split('\r\n').filter((line) => line.startsWith('north,'))
  expect(lines.map((line) => line.split(',').slice(8, 15).join(','))).toEqual(['2026-04,2026-04-01,2026-04-30,2026-05-10,on_time,2026-05-09,0', '2026-05,2026-05-01,2026-05-31,2026-06-10,missing,,20', '2026-06,2026-06-01,2026-06-30,2026-07-10,expected,,0'])
  expect(lines[1]).toMatch(/,no,no,,3,,,,,$/)
})

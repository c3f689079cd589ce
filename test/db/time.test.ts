import { describe, expect, test } from 'vitest'
import { findDrug } from '@lastmile/db/query/drugs'
import { institutionsOf } from '@lastmile/db/query/institutions'
import { InstitutionsAnswer } from '@lastmile/shared/institution'
import { discrepancies, drugPage, sources, statements, total, trend } from '../support/ask.js'
import { given, instantOf, type ReportFacts, type World } from '../support/given.js'

const institutions = { H1: '100100', H2: '200100', H3: '300100', P1: '100100' }
const reports = [
  { source: 'maker', asOf: '2026-01-11', rows: ['H1 alpha in_stock'] },
  { source: 'maker', asOf: '2026-02-20', rows: ['H1 alpha in_stock', 'P1 alpha in_stock', 'H2 alpha in_stock'] },
  { source: 'maker', asOf: '2026-03-10', rows: ['H1 alpha in_stock', 'P1 alpha out_of_stock', 'H2 alpha in_stock', 'H3 alpha in_stock'] },
]

describe('the trend of a drug is a step series', () => {
  test('a point on each day on which something changed, lapses included', async () => {
    const { points } = await trend(await given({ institutions, reports }), { drug: 'alpha' })
    expect(points.map(({ day, stocked, units }) => `${day} ${stocked.institutions} in ${units}`)).toEqual([
      '2026-01-01 0 in 0', '2026-01-11 1 in 1', '2026-02-20 3 in 2', '2026-03-10 3 in 3', '2026-04-25 0 in 0',
    ])
  })

  test('it begins with what held on its first day', async () => {
    const { points } = await trend(await given({ institutions, reports }), { drug: 'alpha', from: '2026-02-25', to: '2026-03-09' })
    expect(points).toMatchObject([{ day: '2026-02-25', stocked: { institutions: 3, hospitals: 2, pharmacies: 1, cities: 2 } }])
  })

  test('of one unit, of one city, of any drug', async () => {
    const world = await given({ institutions, reports })
    const last = async (question: object) => (await trend(world, { to: '2026-03-15', ...question })).points.at(-1)!.stocked
    expect(await last({ drug: 'alpha', region: '100000' })).toMatchObject({ institutions: 1, hospitals: 1, cities: 1 })
    expect(await last({ drug: 'alpha', region: '200100' })).toMatchObject({ institutions: 1, cities: 1 })
    expect(await last({})).toMatchObject({ institutions: 3, cities: 3 })
  })

  test('it has the share of the eligible at every point', async () => {
    const eligibility = [{ drug: 'alpha', rules: [{ by: 'attributes' as const, kind: 'hospital' as const }] }]
    const { points } = await trend(await given({ institutions, reports, eligibility }), { drug: 'alpha', from: '2026-02-01', to: '2026-03-15' })
    expect(points.map(({ day, eligible }) => `${day} ${eligible?.stocked}/${eligible?.institutions}`)).toEqual(['2026-02-01 1/3', '2026-02-20 2/3', '2026-03-10 3/3'])
  })
})

describe('days long ago', () => {
  test('before 1970 count like any other: what was seen there was in stock then, and is stale since', async () => {
    const old = { source: 'hospitals', asOf: '1965-03-02', rows: ['H1 alpha in_stock @1965-03-01', 'H2 alpha out_of_stock @1965-03-01', 'H3 alpha in_stock @1969-12-20'], accepted: '2026-06-01' }
    const world = await given({ loaded: '1960-01-01', institutions, reports: [{ ...old, asOf: '1970-01-05' }] })
    const on = async (asOf: string) => {
      const { states, stocked } = await total(world, 'alpha', { evidence: 'confirmed', asOf })
      return [stocked.institutions, states.in_stock, states.out_of_stock, states.stale]
    }
    const days = ['1965-02-28', '1965-03-01', '1965-05-01', '1969-12-31', '1970-01-15', '2026-06-30']
    const expected = [[0, 0, 0, 0], [1, 1, 1, 0], [0, 0, 0, 2], [1, 1, 0, 2], [1, 1, 0, 2], [0, 0, 0, 3]]
    expect(await Promise.all(days.map(on))).toEqual(expected)
    expect((await statements(world, { evidence: 'confirmed', institution: 'H1' })).map((row) => row.day)).toEqual(['1965-03-01'])
    expect(await discrepancies(world)).toEqual([])
    // One that comes out of order is computed from all that was said, which is read back from where it lies packed.
    await world.send({ ...old, rows: ['H1 alpha out_of_stock @1965-03-10'], asOf: '1965-03-10', accepted: '2026-06-02' })
    expect(await Promise.all(['1965-03-09', '1965-03-10'].map(on))).toEqual([[1, 1, 1, 0], [0, 0, 2, 0]])
    expect(await discrepancies(world)).toEqual([])
  })
})

describe('a drug’s page', () => {
  test('counts the days from the list’s first day to the n-th unit', async () => {
    const { milestones } = await drugPage(await given({ institutions, reports }), 'alpha')
    expect(milestones.find((one) => one.evidence === 'declared')?.unitsReached).toEqual([
      { n: 1, day: '2026-01-11', daysSinceListing: 10 }, { n: 2, day: '2026-02-20', daysSinceListing: 50 }, { n: 3, day: '2026-03-10', daysSinceListing: 68 },
    ])
  })

  test('names the last day on which anything was said, not the day on which it grew stale', async () => {
    const { lastStatements } = await drugPage(await given({ institutions, reports }), 'alpha')
    expect(lastStatements[0]).toEqual({ evidence: 'declared', day: '2026-03-10' })
    expect(lastStatements[1]).toEqual({ evidence: 'confirmed', day: null })
  })

  test('an older word that comes to hold again is no new word', async () => {
    const world = await given({ institutions, reports: [
      { source: 'hospitals', asOf: '2026-03-01', rows: ['H1 alpha in_stock'] }, { source: 'north', asOf: '2026-03-10', rows: ['H1 alpha out_of_stock', 'P1 alpha in_stock @2026-03-02'] },
      { source: 'north', asOf: '2026-03-20', rows: ['P1 alpha in_stock @2026-03-05'] },
    ] })
    expect((await drugPage(world, 'alpha')).lastStatements[1]).toMatchObject({ evidence: 'confirmed', day: '2026-03-10' })
    expect((await drugPage(world, 'alpha', '2026-03-05')).lastStatements[1]).toMatchObject({ day: '2026-03-05' })
  })

  test('an old day restated by an institution that opened later stays the old day', async () => {
    const world = await given({ institutions: { H1: { at: '100100', opened: '2026-03-15' } }, reports: [{ source: 'maker', asOf: '2026-03-20', rows: ['H1 alpha in_stock @2026-03-12'] }] })
    expect((await drugPage(world, 'alpha')).lastStatements[0]).toMatchObject({ day: '2026-03-12' })
  })

  test('shows the standard in force on the day', async () => {
    const world = await given({ institutions, standards: [{ drug: 'alpha', minInstitutions: 2 }, { drug: 'alpha', from: '2026-06-01', minInstitutions: 4 }] })
    expect([(await drugPage(world, 'alpha', '2026-05-31')).standard.map((rule) => rule.minInstitutions), (await drugPage(world, 'alpha')).standard.map((rule) => rule.minInstitutions)]).toEqual([[2], [4]])
  })
})

describe('who has not reported', () => {
  const status = async (asOf: string, source = 'north') => {
    const world = await given({ institutions, reports: [{ source: 'north', asOf: '2026-03-31', rows: ['H1 alpha in_stock'] }] })
    return (await sources(world, asOf)).find((one) => one.code === source)
  }

  test('a monthly report is due ten days after its month', async () => {
    expect(await status('2026-05-10')).toMatchObject({ reporting: 'on_time', lastAsOf: '2026-03-31' })
    expect(await status('2026-05-11')).toMatchObject({ reporting: 'late', dueOn: '2026-05-10', daysLate: 1 })
  })

  test('one that never came is missing by name', async () => {
    expect(await status('2026-05-11', 'south')).toMatchObject({ reporting: 'never', lastAsOf: null, lastAcceptedAt: null })
  })

  test('nobody was late before the first report was due', async () => {
    expect(await status('2026-01-31', 'south')).toMatchObject({ reporting: 'not_due', daysLate: 0 })
  })

  test('a source without a rhythm is never late', async () => {
    expect(await status('2026-06-30', 'hospitals')).toMatchObject({ reporting: 'not_due', dueOn: null })
  })
})

describe('a break is found when asked, where the source’s snapshots stand', () => {
  const many = Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`M${i}`, i < 60 ? '100100' : '200100']))
  const snapshot = (source: string, asOf: string, zeros: number, own: Partial<ReportFacts> = {}): ReportFacts => ({
    source, asOf, rows: Array.from({ length: 30 + zeros }, (_, i) => `M${i + (source === 'south' ? 60 : 0)} alpha ${i < 30 ? 'in_stock' : 'out_of_stock'}`), ...own,
  })
  const breaks = async (world: World, question: object = {}) => (await trend(world, { evidence: 'confirmed', drug: 'alpha', ...question })).breaks.map(({ day, reason }) => `${day} ${reason}`)

  test('one unit’s is drawn on its own series and the whole country’s, on no other unit’s', async () => {
    const world = await given({ institutions: many, reports: [snapshot('north', '2026-03-01', 30), snapshot('north', '2026-03-10', 0), snapshot('south', '2026-03-01', 30), snapshot('south', '2026-03-10', 29)] })
    const found = ['2026-03-10 zeros_left_out']
    expect([await breaks(world), await breaks(world, { region: '100000' }), await breaks(world, { region: '100100' })]).toEqual([found, found, found])
    expect([await breaks(world, { region: '200000' }), await breaks(world, { region: '200100' }), await breaks(world, { region: '650000' })]).toEqual([[], [], []])
  })

  test('a report that arrives late, or is corrected, stands in its place', async () => {
    const world = await given({ institutions: many, reports: [snapshot('north', '2026-03-01', 30), snapshot('north', '2026-03-20', 0)] })
    expect(await breaks(world)).toEqual(['2026-03-20 zeros_left_out'])
    await world.send(snapshot('north', '2026-03-10', 0, { accepted: '2026-04-01' }))
    // And what was said on the twentieth is what had been said on the tenth.
    expect(await breaks(world)).toEqual(['2026-03-10 zeros_left_out', '2026-03-20 same_content'])
    await world.send(snapshot('north', '2026-03-01', 1, { accepted: '2026-04-02', corrects: 1 }))
    expect(await breaks(world)).toEqual(['2026-03-20 same_content'])
  })
})

describe('institutions as they were known', () => {
  const eligibility = [{ drug: 'alpha', rules: [{ by: 'attributes' as const, kind: 'hospital' as const }] }]
  const found = async (world: World, drug: string, known: string | null = null, eligible: boolean | null = null) => {
    const list = await world.list()
    const row = await findDrug(world.services.db, list.id, drug)
    const when = { evidence: 'declared' as const, asOf: '2026-03-20', knownOn: known && instantOf(known), since: null }
    const answer = await institutionsOf(world.services.db, list, when, { search: null, areas: null, box: null, placed: null, kind: null, drug: row!.id, states: null, eligible }, { offset: 0, limit: 50, sort: null })
    return InstitutionsAnswer.parse(answer).rows.map((one) => `${one.code} ${one.unit} ${one.eligible}`)
  }

  test('have the unit that the master gave them then', async () => {
    const world = await given({ institutions: { H1: '100100' }, reports: reports.slice(0, 1) })
    await world.loadMaster({ H1: '200100' }, '2026-05-01')
    expect([await found(world, 'alpha'), await found(world, 'alpha', '2026-04-30')]).toEqual([['H1 200000 null'], ['H1 100000 null']])
  })

  test('are never called not eligible where nobody has said who is', async () => {
    const world = await given({ institutions: { H1: '100100', P1: '100100' }, eligibility })
    expect([await found(world, 'alpha'), await found(world, 'beta')]).toEqual([['H1 100000 true', 'P1 100000 false'], ['H1 100000 null', 'P1 100000 null']])
    expect(await found(world, 'alpha', '2026-04-30')).toEqual(['H1 100000 null', 'P1 100000 null'])
    expect([await found(world, 'alpha', null, false), await found(world, 'beta', null, false), await found(world, 'beta', null, true)]).toEqual([['P1 100000 false'], [], []])
  })
})

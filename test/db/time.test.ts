import { describe, expect, test } from 'vitest'
import { drugPage, sources, trend } from '../support/ask.js'
import { given } from '../support/given.js'

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

describe('a drug’s page', () => {
  test('counts the days from the list’s first day to the n-th unit', async () => {
    const { milestones } = await drugPage(await given({ institutions, reports }), 'alpha')
    expect(milestones.find((one) => one.evidence === 'declared')?.unitsReached).toEqual([
      { n: 1, day: '2026-01-11', daysSinceListing: 10 }, { n: 2, day: '2026-02-20', daysSinceListing: 50 }, { n: 3, day: '2026-03-10', daysSinceListing: 68 },
    ])
  })

  test('names the last day on which anything was said, not the day on which it grew stale', async () => {
    const { lastStatements } = await drugPage(await given({ institutions, reports }), 'alpha')
    expect(lastStatements[0]).toEqual({ evidence: 'declared', day: '2026-03-10', receivedAt: '2026-03-10T10:00:02.000Z' })
    expect(lastStatements[1]).toEqual({ evidence: 'confirmed', day: null, receivedAt: null })
  })

  test('shows the standard in force on the day', async () => {
    const world = await given({ institutions, standards: [{ drug: 'alpha', minInstitutions: 2 }, { drug: 'alpha', from: '2026-06-01', minInstitutions: 4 }] })
    expect([(await drugPage(world, 'alpha', '2026-05-31')).standard?.minInstitutions, (await drugPage(world, 'alpha')).standard?.minInstitutions]).toEqual([2, 4])
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

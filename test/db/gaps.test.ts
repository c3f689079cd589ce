import { describe, expect, test } from 'vitest'
import { type Gap } from '@lastmile/shared/gap'
import { gapOrders } from '@lastmile/shared/sort'
import { gaps } from '../support/ask.js'
import { given, type World } from '../support/given.js'

const institutions = { H1: '100100', H2: '100200', P1: '100100', H3: '200100', H4: '300100', H5: { at: '650100', unit: '660000' } }
const alpha = [{ drug: 'alpha' }]
const told = async (world: World, question = {}) => (await gaps(world, question)).gaps.map((gap) => `${gap.drug} ${gap.region} ${gap.reason}`)

describe('a gap is a drug in a unit below its standard', () => {
  test('with the honest reason: silence is never "nobody stocks it"', async () => {
    const world = await given({ institutions, standards: alpha, reports: [
      { source: 'north', asOf: '2026-06-20', rows: ['H1 alpha in_stock'] }, { source: 'south', asOf: '2026-06-20', rows: ['H3 alpha not_carried'] }, { source: 'east', asOf: '2026-02-28', rows: ['H4 alpha in_stock'] },
      { source: 'maker', asOf: '2026-06-20', rows: ['H5 alpha in_stock'] },
    ] })
    expect(await told(world, { evidence: 'confirmed' })).toEqual(['alpha 200000 nobody_stocks', 'alpha 300000 stale', 'alpha 650000 not_reported', 'alpha 660000 declared_only'])
  })

  test('too few institutions, or too few cities', async () => {
    const reports = [{ source: 'maker', asOf: '2026-06-20', rows: ['H1 alpha in_stock', 'P1 alpha in_stock'] }]
    const three = await given({ institutions, standards: [{ drug: 'alpha', minInstitutions: 3 }], reports })
    expect((await gaps(three, { region: '100000' })).gaps).toMatchObject([{ reason: 'too_few', institutions: 2, cities: 1, minInstitutions: 3, population: 5_000_000 }])
    const cities = await given({ institutions, standards: [{ drug: 'alpha', minCities: 2, units: ['100000'] }], reports })
    expect((await gaps(cities, { region: '100000' })).gaps).toMatchObject([{ reason: 'too_few', institutions: 2, cities: 1, minCities: 2 }])
  })

  test('by kind, and where the standard says so by the eligible alone', async () => {
    const reports = [{ source: 'maker', asOf: '2026-06-20', rows: ['P1 alpha in_stock'] }]
    const hospitals = await given({ institutions, standards: [{ drug: 'alpha', kinds: ['hospital'] }], reports })
    expect((await gaps(hospitals, { region: '100000' })).gaps).toMatchObject([{ institutions: 0 }])
    const eligibility = [{ drug: 'alpha', rules: [{ by: 'attributes' as const, kind: 'hospital' as const }] }]
    const eligible = await given({ institutions, eligibility, standards: [{ drug: 'alpha', eligibleOnly: true }], reports })
    expect((await gaps(eligible, { region: '100000' })).gaps).toMatchObject([{ institutions: 0, cities: 0, eligible: 2, unknown: 2 }])
  })

  test('"nobody stocks it" takes a no, and nothing unknown among those who spoke', async () => {
    const reason = async (...rows: string[]) => {
      const world = await given({ institutions, standards: alpha, reports: [{ source: 'north', asOf: '2026-06-20', rows }] })
      return (await gaps(world, { evidence: 'confirmed', region: '100000' })).gaps[0]!.reason
    }
    expect(await reason('H1 alpha out_of_stock', 'H2 alpha not_carried')).toBe('nobody_stocks')
    expect(await reason('H1 alpha out_of_stock', 'H2 alpha not_known')).toBe('not_known')
    expect(await reason('H1 alpha out_of_stock', 'H2 alpha in_stock @2026-02-01')).toBe('stale')
    expect(await reason('H2 alpha not_known')).toBe('not_known')
  })

  test('nor does one no speak for the eligible who are silent', async () => {
    const eligibility = [{ drug: 'alpha', rules: [{ by: 'attributes' as const, kind: 'hospital' as const }] }]
    const reason = async (...rows: string[]) => {
      const world = await given({ institutions, eligibility, standards: alpha, reports: [{ source: 'north', asOf: '2026-06-20', rows }] })
      return (await gaps(world, { evidence: 'confirmed', region: '100000' })).gaps[0]!.reason
    }
    expect(await reason('H1 alpha out_of_stock')).toBe('not_reported')
    expect(await reason('H1 alpha out_of_stock', 'H2 alpha not_carried')).toBe('nobody_stocks')
  })

  test('where only an institution that the standard does not count stocks it, there is too little, not none', async () => {
    const eligibility = [{ drug: 'alpha', rules: [{ by: 'attributes' as const, kind: 'hospital' as const }] }]
    const reports = [{ source: 'north', asOf: '2026-06-20', rows: ['P1 alpha in_stock', 'H1 alpha out_of_stock', 'H2 alpha out_of_stock'] }]
    const world = await given({ institutions, eligibility, standards: [{ drug: 'alpha', eligibleOnly: true, units: ['100000'] }], reports })
    expect((await gaps(world, { evidence: 'confirmed' })).gaps).toMatchObject([{ reason: 'too_few', institutions: 0, cities: 0 }])
  })

  describe('a missing report is a gap in reporting, never one in supply', () => {
    const eligibility = [{ drug: 'alpha', rules: [{ by: 'attributes' as const, kind: 'hospital' as const }] }]
    const hospitals = { H1: '100100', H2: '100200', H3: '100100', P1: '100100' }
    const standard = { drug: 'alpha', units: ['100000'] }
    const word = async (facts: Pick<Parameters<typeof given>[0] & object, 'eligibility' | 'institutions' | 'standards'>, ...rows: string[]) => {
      const world = await given({ institutions: hospitals, ...facts, reports: [{ source: 'north', asOf: '2026-06-20', rows }] })
      return (await gaps(world, { evidence: 'confirmed' })).gaps.map((gap) => `${gap.reason} ${gap.class} ${gap.acts.join()}`)
    }

    test('a pharmacy that has it does not speak for the hospitals that were asked and said nothing', async () => {
      expect(await word({ standards: [{ ...standard, kinds: ['hospital'] }] }, 'P1 alpha in_stock')).toEqual(['not_reported reporting report'])
      expect(await word({ eligibility, standards: [{ ...standard, kinds: ['hospital'] }] }, 'P1 alpha in_stock')).toEqual(['not_reported reporting report'])
      expect(await word({ standards: [{ ...standard, kinds: ['hospital'] }] }, 'P1 alpha in_stock', 'H1 alpha in_stock @2026-03-01')).toEqual(['stale reporting report'])
      expect(await word({ standards: [{ ...standard, kinds: ['hospital'] }] }, 'P1 alpha in_stock', 'H1 alpha out_of_stock')).toEqual(['too_few supply supply'])
    })

    test('of three who are eligible, one has it and two never reported', async () => {
      for (const eligibleOnly of [false, true]) {
        const asking = (minInstitutions: number) => ({ eligibility, standards: [{ ...standard, minInstitutions, eligibleOnly }] })
        expect(await word(asking(2), 'H1 alpha in_stock')).toEqual(['too_few reporting report'])
        expect(await word(asking(3), 'H1 alpha in_stock')).toEqual(['too_few reporting report'])
        expect(await word(asking(4), 'H1 alpha in_stock'), 'nor would all three be enough').toEqual(['too_few supply supply,apply'])
        expect(await word(asking(3), 'H1 alpha in_stock', 'H2 alpha out_of_stock')).toEqual(['too_few supply supply'])
      }
    })

    test('where nobody says who is eligible, too few are a gap in supply once one of those asked says no', async () => {
      const standards = [{ ...standard, kinds: ['hospital' as const], minInstitutions: 2 }]
      expect(await word({ standards }, 'H1 alpha in_stock')).toEqual(['too_few reporting report'])
      expect(await word({ standards }, 'H1 alpha in_stock', 'P1 alpha out_of_stock')).toEqual(['too_few reporting report'])
      expect(await word({ standards }, 'H1 alpha in_stock', 'H2 alpha out_of_stock')).toEqual(['too_few supply supply'])
    })

    test('nor does one whom the rule does not count make a gap in reporting of one in supply', async () => {
      const standards = [{ ...standard, eligibleOnly: true, minInstitutions: 2 }]
      const two = { H1: '100100', H2: '100200', P1: '100100' }
      expect(await word({ institutions: two, eligibility, standards }, 'H1 alpha in_stock', 'H2 alpha not_carried', 'P1 alpha in_stock @2026-03-01')).toEqual(['too_few supply supply,apply,admit'])
      expect(await word({ institutions: two, eligibility, standards }, 'H1 alpha out_of_stock', 'H2 alpha out_of_stock', 'P1 alpha in_stock @2026-03-01')).toEqual(['nobody_stocks supply supply'])
    })
  })

  test('cities are those with an institution of the kinds that the standard names', async () => {
    const own = { H1: '100100', P1: '100200', H3: { at: '650100', unit: '660000' }, P2: { at: '650200', unit: '660000' }, H4: '650200' }
    const reports = [{ source: 'maker', asOf: '2026-06-20', rows: ['H1 alpha in_stock', 'P1 alpha in_stock', 'H3 alpha in_stock', 'P2 alpha in_stock', 'H4 alpha in_stock'] }]
    const cities = async (standard: object, question = {}) => {
      const world = await given({ institutions: own, reports, standards: [{ drug: 'alpha', minCities: 2, units: ['100000', '200000', '650000', '660000'], ...standard }] })
      return (await gaps(world, question)).gaps.filter((gap) => gap.institutions > 0).map((gap) => `${gap.region} ${gap.cities}`).sort()
    }
    expect(await cities({ kinds: ['hospital'] })).toEqual(['100000 1', '650000 1', '660000 1'])
    expect(await cities({ kinds: ['hospital'] }, { knownOn: '2026-06-29' })).toEqual(['100000 1', '650000 1', '660000 1'])
    expect(await cities({})).toEqual(['650000 1'])
  })

  test('a drug without a standard has no gaps', async () => {
    expect((await gaps(await given({ institutions, standards: alpha }), { drug: 'beta' })).gaps).toEqual([])
  })

  test('drugs stocked nowhere come first, then units by residents', async () => {
    const world = await given({ institutions, standards: [{ drug: 'alpha' }, { drug: 'beta' }], reports: [{ source: 'maker', asOf: '2026-06-20', rows: ['H1 alpha in_stock', 'H4 alpha in_stock'] }] })
    expect((await told(world)).map((line) => line.slice(0, -13).trim())).toEqual(['beta 100000', 'beta 200000', 'beta 300000', 'beta 650000', 'beta 660000', 'alpha 200000', 'alpha 650000', 'alpha 660000'])
  })
})

describe('a standard holds for the units it names, from its day, as known then', () => {
  test('the one named for a unit does not bind the others', async () => {
    const world = await given({ institutions, standards: [{ drug: 'alpha', units: ['200000', '300000'] }] })
    expect(await told(world)).toEqual(['alpha 200000 not_reported', 'alpha 300000 not_reported'])
  })

  test('the latest standard that speaks of a unit holds there, the earlier in the rest', async () => {
    const world = await given({ institutions, standards: [{ drug: 'alpha', minInstitutions: 1 }, { drug: 'alpha', from: '2026-03-01', minInstitutions: 0, units: ['100000'] }, { drug: 'alpha', from: '2026-04-01', minInstitutions: 5, units: ['200000'] }] })
    const least = async (asOf: string) => Object.fromEntries((await gaps(world, { asOf })).gaps.map((gap) => [gap.region, gap.minInstitutions]))
    expect(await least('2026-02-28')).toEqual({ 100000: 1, 200000: 1, 300000: 1, 650000: 1, 660000: 1 })
    expect(await least('2026-03-01')).toEqual({ 200000: 1, 300000: 1, 650000: 1, 660000: 1 })
    expect(await least('2026-04-01')).toEqual({ 200000: 5, 300000: 1, 650000: 1, 660000: 1 })
    expect(await least('2025-12-31')).toEqual({})
  })

  test('known on a day before it was changed, the old one', async () => {
    const world = await given({ institutions, standards: [{ drug: 'alpha', units: ['200000'] }] })
    await world.loadEdition({ standards: [{ drug: 'alpha', units: ['300000'] }] }, '2026-05-01')
    expect([await told(world), await told(world, { knownOn: '2026-04-30' })]).toEqual([['alpha 300000 not_reported'], ['alpha 200000 not_reported']])
  })

  test('gaps of a past day are those that were', async () => {
    const world = await given({ institutions, standards: [{ drug: 'alpha', units: ['100000'] }], reports: [{ source: 'maker', asOf: '2026-03-01', rows: ['H1 alpha in_stock'] }] })
    expect([await told(world, { asOf: '2026-02-28' }), await told(world, { asOf: '2026-03-01' }), await told(world, { asOf: '2026-04-16' })]).toEqual([['alpha 100000 not_reported'], [], ['alpha 100000 stale']])
  })

  test('judged are the pairs of what is asked for: of a region, of a drug, of both', async () => {
    const world = await given({ institutions, standards: [{ drug: 'alpha' }, { drug: 'beta', units: ['200000', '300000'] }], reports: [] })
    const judged = async (question: Partial<Parameters<typeof gaps>[1]>) => (await gaps(world, question)).judged
    expect([await judged({}), await judged({ drug: 'alpha' }), await judged({ region: '200000' }), await judged({ region: '100000' }), await judged({ drug: 'beta', region: '300000' }), await judged({ drug: 'beta', region: '100000' })]).toEqual([7, 5, 2, 1, 1, 0])
  })

  test('in pages: the reasons are counted over all of them, and what is not loaded stands last either way', async () => {
    const world = await given({ institutions, standards: [{ drug: 'alpha' }, { drug: 'beta' }], reports: [{ source: 'south', asOf: '2026-06-20', rows: ['H3 alpha not_carried', 'H3 beta in_stock'] }] })
    const question = { evidence: 'confirmed', limit: 3 } as const
    const first = await gaps(world, question)
    expect(first).toMatchObject({ page: { offset: 0, limit: 3, total: 9 }, judged: 10, reasons: { nobody_stocks: 1, not_reported: 8, stale: 0 } })
    expect(first.gaps.map((gap) => `${gap.drug} ${gap.region} ${gap.nowhere}`)).toEqual(['alpha 100000 true', 'alpha 200000 true', 'alpha 300000 true'])
    expect(first.standards.map((one) => one.drug)).toEqual(['alpha'])
    const silent = await gaps(world, { ...question, reason: 'not_reported', offset: 6 })
    expect(silent).toMatchObject({ page: { offset: 6, total: 8 }, reasons: { nobody_stocks: 1, not_reported: 8 } })
    expect(silent.gaps).toHaveLength(2)
    const people = async (falling: boolean) => (await gaps(world, { ...question, limit: 500, sort: { by: 'population', falling } })).gaps.map((gap) => gap.population)
    expect(await people(true)).toEqual([5_000_000, 5_000_000, 3_000_000, null, null, null, null, null, null])
    expect(await people(false)).toEqual([3_000_000, 5_000_000, 5_000_000, null, null, null, null, null, null])
  })

  describe('whatever is asked of them together', () => {
    const many = () => given({
      institutions, standards: [{ drug: 'alpha', minInstitutions: 3 }, { drug: 'beta', kinds: ['hospital'], minCities: 2, units: ['100000', '200000', '650000', '660000'] }], eligibility: [{ drug: 'alpha', rules: [{ by: 'attributes' as const, kind: 'hospital' as const }] }],
      reports: [
        { source: 'north', asOf: '2026-06-20', rows: ['H1 alpha in_stock', 'P1 alpha in_stock', 'H2 beta in_stock', 'P1 beta in_stock'] }, { source: 'south', asOf: '2026-06-20', rows: ['H3 alpha not_carried', 'H3 beta not_known'] },
        { source: 'maker', asOf: '2026-06-20', rows: ['H5 alpha in_stock'] },
      ],
    })

    test('pages put together are all of them, in the order asked for', async () => {
      const world = await many()
      for (const sort of [null, ...gapOrders.flatMap((by) => [{ by, falling: false }, { by, falling: true }])]) {
        const question = { evidence: 'confirmed', sort } as const
        const all = (await gaps(world, question)).gaps
        const pages = await Promise.all([0, 2, 4, 6, 8].map(async (offset) => (await gaps(world, { ...question, offset, limit: 2 })).gaps))
        expect(pages.flat(), sort?.by).toEqual(all.slice(0, 10))
        if (!sort || sort.by === 'drug' || sort.by === 'reason') continue
        const values = all.map((gap) => gap[sort.by as keyof Gap]).filter((value) => value !== null)
        expect(values, sort.by).toEqual([...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0) * (sort.falling ? -1 : 1)))
      }
    })

    test('those of one drug, and of one unit, are the same as among all', async () => {
      const world = await many()
      const all = (await gaps(world, { evidence: 'confirmed' })).gaps
      for (const drug of ['alpha', 'beta']) expect((await gaps(world, { evidence: 'confirmed', drug })).gaps, drug).toEqual(all.filter((gap) => gap.drug === drug))
      for (const region of ['100000', '200000', '660000']) {
        const own = (await gaps(world, { evidence: 'confirmed', region })).gaps
        expect(new Set(own), region).toEqual(new Set(all.filter((gap) => gap.region === region)))
      }
    })
  })
})

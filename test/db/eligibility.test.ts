import { describe, expect, test } from 'vitest'
import { cell, discrepancies, total } from '../support/ask.js'
import { given, type World } from '../support/given.js'

const hospitals = [{ drug: 'alpha', rules: [{ by: 'attributes' as const, kind: 'hospital' as const }] }]
const six = { H1: '100100', H2: '100100', H3: '100100', H4: '100200', H5: '100200', P1: '100200' }
const said = { source: 'maker', asOf: '2026-06-29', rows: ['H1 alpha in_stock', 'H2 alpha in_stock', 'H3 alpha out_of_stock', 'H4 alpha not_known', 'P1 alpha in_stock'] }

/** Eligible of alpha in the nation: all, stocked, no, unknown. */
const eligible = async (world: World, question = {}) => {
  const { eligible: own } = await total(world, 'alpha', question)
  return own && [own.institutions, own.stocked, own.no, own.unknown]
}

describe('who is eligible is a flag beside the state', () => {
  test('the share is a range: unknown as no, unknown as yes', async () => {
    const world = await given({ institutions: six, eligibility: hospitals, reports: [said] })
    expect(await total(world, 'alpha')).toMatchObject({ eligible: { institutions: 5, stocked: 2, no: 1, unknown: 2 }, share: { low: 0.4, high: 0.8 } })
  })

  test('a stocked pharmacy that is not on the file counts in the total and in no share', async () => {
    const world = await given({ institutions: six, eligibility: hospitals, reports: [said] })
    expect((await total(world, 'alpha')).stocked).toMatchObject({ institutions: 3, pharmacies: 1 })
  })

  test('under five eligible no share is shown', async () => {
    const world = await given({ institutions: { H1: '100100', H2: '200100', H3: '200100' }, eligibility: hospitals, reports: [{ source: 'maker', asOf: '2026-06-29', rows: ['H1 alpha in_stock'] }] })
    expect(await cell(world, 'alpha', '100000')).toMatchObject({ eligible: { institutions: 1, stocked: 1 }, share: null })
    expect((await total(world, 'alpha')).share).toBeNull()
  })

  test('a unit of which nothing was said has its eligible, all unknown', async () => {
    const world = await given({ institutions: { H1: '100100', H2: '200100' }, eligibility: hospitals })
    expect(await cell(world, 'alpha', '200000')).toMatchObject({ stocked: { institutions: 0 }, eligible: { institutions: 1, stocked: 0, no: 0, unknown: 1 } })
  })

  test('where the edition says nothing of who is eligible, nothing is shown', async () => {
    const world = await given({ institutions: six, reports: [said] })
    expect(await total(world, 'alpha')).toMatchObject({ eligible: null, share: null })
  })

  test('levels, qualifications and dual channel narrow the rule; any rule that matches is enough', async () => {
    const rules = [{ by: 'attributes' as const, kind: 'hospital' as const, levels: ['3A'], qualifications: ['cart'] }, { by: 'attributes' as const, kind: 'pharmacy' as const, dualChannel: true }]
    const world = await given({
      eligibility: [{ drug: 'alpha', rules }],
      institutions: { H1: { at: '100100', level: '3A', qualifications: 'cart;other' }, H2: { at: '100100', level: '3A' }, H3: { at: '100100', level: '2A', qualifications: 'cart' }, P1: { at: '100100', dualChannel: true }, P2: '100100' },
    })
    expect(await eligible(world)).toEqual([2, 0, 0, 2])
  })
})

describe('eligibility has days of its own', () => {
  const file = (lines: string) => ({ eligibility: [{ drug: 'alpha', rules: [{ by: 'file' as const, file: 'centres.csv' }] }], files: { 'centres.csv': `institution_code,from,to\n${lines}` } })

  test('from the first to the last day that the file says, both included', async () => {
    const world = await given({ institutions: six, ...file('H1,2026-02-01,2026-03-31\nH2,,\n') })
    const on = async (asOf: string) => (await eligible(world, { asOf }))?.[0]
    expect([await on('2025-12-31'), await on('2026-01-31'), await on('2026-02-01'), await on('2026-03-31'), await on('2026-04-01')]).toEqual([0, 1, 2, 2, 1])
  })

  test('a pair that two rules name is eligible once, as long as either says', async () => {
    const rules = [{ by: 'attributes' as const, kind: 'hospital' as const }, { by: 'file' as const, file: 'centres.csv' }]
    const world = await given({ institutions: { H1: '100100' }, eligibility: [{ drug: 'alpha', rules }], files: { 'centres.csv': 'institution_code,from,to\nH1,2026-03-01,2026-03-31\n' }, reports: [{ source: 'maker', asOf: '2026-06-01', rows: ['H1 alpha in_stock'] }] })
    expect([await eligible(world, { asOf: '2026-03-15' }), await eligible(world), await eligible(world, { knownOn: '2026-06-30' })]).toEqual([[1, 0, 0, 1], [1, 1, 0, 0], [1, 1, 0, 0]])
    expect(await discrepancies(world)).toEqual([])
  })

  test('an institution on two lines is eligible in both windows, and not between them', async () => {
    const world = await given({ institutions: { H1: '100100' }, ...file('H1,2026-01-01,2026-01-31\nH1,2026-04-01,\n'), reports: [{ source: 'maker', asOf: '2026-04-10', rows: ['H1 alpha in_stock'] }] })
    const on = async (asOf: string) => (await eligible(world, { asOf }))?.[0]
    expect([await on('2026-01-15'), await on('2026-02-01'), await on('2026-03-31'), await on('2026-04-01')]).toEqual([1, 0, 0, 1])
    expect(await discrepancies(world)).toEqual([])
  })

  test('a line of the file that ends does not end what another rule says', async () => {
    const rules = [{ by: 'attributes' as const, kind: 'hospital' as const }, { by: 'file' as const, file: 'centres.csv' }]
    const world = await given({ institutions: { H1: '100100' }, eligibility: [{ drug: 'alpha', rules }], files: { 'centres.csv': 'institution_code,from,to\nH1,,2026-03-31\n' } })
    expect(await eligible(world, { asOf: '2026-04-15' })).toEqual([1, 0, 0, 1])
  })

  test('a closed institution is no longer eligible', async () => {
    const world = await given({ institutions: { H1: { at: '100100', closed: '2026-03-01' }, H2: '100100' }, eligibility: hospitals })
    expect([await eligible(world, { asOf: '2026-02-28' }), await eligible(world, { asOf: '2026-03-01' })]).toEqual([[2, 0, 0, 2], [1, 0, 0, 1]])
  })

  test('known on a day before the file was changed, the old file counts', async () => {
    const world = await given({ institutions: six, reports: [said], ...file('H1,,\nH2,,\n') })
    await world.loadEdition(file('H2,,\nH3,,\nH4,,\n'), '2026-06-30')
    expect(await eligible(world)).toEqual([3, 1, 1, 1])
    expect(await eligible(world, { knownOn: '2026-06-29T23:00:00.000Z' })).toEqual([2, 2, 0, 0])
    expect(await discrepancies(world)).toEqual([])
  })

  test('a master that gives a hospital its qualification makes it eligible from then on in what is known', async () => {
    const rules = [{ by: 'attributes' as const, kind: 'hospital' as const, qualifications: ['cart'] }]
    const world = await given({ institutions: { H1: '100100' }, eligibility: [{ drug: 'alpha', rules }] })
    await world.loadMaster({ H1: { at: '100100', qualifications: 'cart' } }, '2026-05-01')
    expect([await eligible(world), await eligible(world, { knownOn: '2026-04-30' })]).toEqual([[1, 0, 0, 1], [0, 0, 0, 0]])
  })
})

describe('where no list of the eligible exists, a pair counts from the first day on which any source named it', () => {
  const reported = [{ drug: 'alpha', rules: [{ by: 'reported' as const }] }]
  const reports = [
    { source: 'maker', asOf: '2026-03-01', rows: ['H1 alpha in_stock', 'H2 alpha out_of_stock'] }, { source: 'north', asOf: '2026-02-01', rows: ['H1 alpha in_stock', 'H3 alpha in_stock'] },
  ]

  test('whichever kind of evidence named it', async () => {
    const world = await given({ institutions: six, eligibility: reported, reports })
    expect([await eligible(world, { asOf: '2026-01-31' }), await eligible(world, { asOf: '2026-02-01' }), await eligible(world, { asOf: '2026-03-01' })]).toEqual([[0, 0, 0, 0], [2, 0, 0, 2], [3, 1, 1, 1]])
    expect(await discrepancies(world)).toEqual([])
  })

  test('and so it is when asked what is known now', async () => {
    const world = await given({ institutions: six, eligibility: reported, reports })
    expect(await eligible(world, { asOf: '2026-03-01', knownOn: '2026-06-30' })).toEqual([3, 1, 1, 1])
  })

  test('a correction that no longer names it takes it back', async () => {
    const world = await given({ institutions: six, eligibility: reported, reports: [...reports, { source: 'maker', asOf: '2026-03-01', corrects: 1, rows: ['H1 alpha in_stock'] }] })
    expect(await eligible(world, { asOf: '2026-03-01' })).toEqual([2, 1, 0, 1])
    expect(await discrepancies(world)).toEqual([])
  })

  test.each([{ to: '2026-06-30' }, { from: '2026-02-01' }])('no days of its own can be said for it: %j', async (days) => {
    await expect(given({ institutions: six, eligibility: [{ drug: 'alpha', rules: [{ by: 'reported' }], ...days }] })).rejects.toThrow(/eligibility\.json[^]*drug alpha: the rule \{"by": "reported"\}[^]*2026-01-01/)
  })

  test('beside a file, whichever begins earlier', async () => {
    const rules = [{ by: 'attributes' as const, kind: 'hospital' as const }, { by: 'reported' as const }]
    const world = await given({ institutions: { H1: '100100', P1: '100100' }, eligibility: [{ drug: 'alpha', rules }], reports: [{ source: 'maker', asOf: '2026-03-01', rows: ['H1 alpha in_stock', 'P1 alpha in_stock'] }] })
    expect([await eligible(world, { asOf: '2026-02-01' }), await eligible(world, { asOf: '2026-03-01' })]).toEqual([[1, 0, 0, 1], [2, 2, 0, 0]])
    await world.send({ source: 'maker', asOf: '2026-03-01', corrects: 1, rows: ['P1 alpha in_stock'] })
    expect(await eligible(world, { asOf: '2026-03-01' })).toEqual([2, 1, 0, 1])
    expect(await discrepancies(world)).toEqual([])
  })
})

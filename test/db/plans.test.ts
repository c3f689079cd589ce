import { describe, expect, test } from 'vitest'
import { findArea } from '@lastmile/db/query/area'
import { findDrug } from '@lastmile/db/query/drugs'
import { beginPlan, changePlan, CodeTaken, endPlan, OtherVersion, planContentOf, type NotInList } from '@lastmile/db/query/keep-plan'
import { findPlan, planByCode, plansOf } from '@lastmile/db/query/plans'
import { isValidOn, PlanAnswer, PlansAnswer } from '@lastmile/shared/plan'
import { everything, nothing, type Purview } from '@lastmile/shared/purview'
import { given, type World } from '../support/given.js'
import { givenPlan, planFound, planSaid, type PlanFacts } from '../support/plans.js'

/*
 * Customised insurance plans: which are sold where, what was known of them when, and that their insurers keep their own.
 */

const january = '2026-01-05T04:00:00.000Z'
const march = '2026-03-01T04:00:00.000Z'
const may = '2026-05-01T04:00:00.000Z'
const ofInsurer = (insurer: string): Purview => ({ of: 'insurer', insurer })

interface Asked { drug?: string; region?: string; insurer?: string; day?: string | null; knownOn?: string; offset?: number; limit?: number }

async function plans(world: World, { drug, region, insurer, day, knownOn, offset = 0, limit = 50 }: Asked = {}) {
  const [{ db }, list] = [world.services, await world.list()]
  const filter = {
    drug: drug === undefined ? null : (await findDrug(db, list.id, drug))!.id, area: region === undefined ? null : await findArea(db, list.regionSetId, region), insurer: insurer ?? null,
    day: day === undefined ? list.today : day,
  }
  return PlansAnswer.parse(await plansOf(db, list, { asOf: day ?? list.today, knownOn: knownOn ?? null }, filter, { offset, limit }))
}

const codes = async (world: World, asked: Asked = {}) => (await plans(world, asked)).plans.map(({ code }) => code)

async function change(world: World, code: string, version: number, facts: PlanFacts, { at = march, purview = everything }: { at?: string; purview?: Purview } = {}) {
  return changePlan(world.services.db, await world.list(), { purview, code, version }, await planFound(world, facts), { at, by: 'someone' })
}

const end = async (world: World, code: string, version: number, at = march, purview = everything) => endPlan(world.services.db, await world.list(), { purview, code, version }, { at, by: 'someone' })

describe('plans', () => {
  const country = async () => {
    const world = await given({ institutions: { C1: { at: '650100', unit: '660000' } }, reports: [{ source: 'corps', asOf: '2026-06-20', rows: ['C1 alpha in_stock'] }] })
    await givenPlan(world, 'whole', { drugs: ['beta', 'alpha: half of it'] })
    await givenPlan(world, 'north', { unit: '100000' })
    await givenPlan(world, 'north-city', { unit: '100000', city: '100100', drugs: ['gamma'], insurer: 'city-life' })
    await givenPlan(world, 'south', { unit: '200000', validFrom: '2026-03-01', validTo: '2026-06-30' })
    await givenPlan(world, 'corps', { unit: '660000' })
    return world
  }

  test('come with the whole country first, then by unit and city, a page at a time, with their number', async () => {
    const world = await country()
    expect(await codes(world)).toEqual(['whole', 'north', 'north-city', 'south', 'corps'])
    const page = await plans(world, { offset: 1, limit: 2 })
    expect([page.plans.map(({ code }) => code), page.page]).toEqual([['north', 'north-city'], { offset: 1, limit: 2, total: 5 }])
  })

  test('name their drugs in list order, and what is not said to be paid is not known', async () => {
    const [whole] = (await plans(await country())).plans
    expect(whole).toMatchObject({ insurer: 'north-life', version: 1, unit: null, city: null, validFrom: '2026-01-01', validTo: null, knownFrom: january, knownTo: null })
    expect(whole!.drugs).toEqual([{ drug: 'alpha', pays: { zh: 'half of it（中）', en: 'half of it' } }, { drug: 'beta', pays: null }])
  })

  test('are asked of one drug, one insurer, one unit or one city', async () => {
    const world = await country()
    expect(await codes(world, { drug: 'gamma' })).toEqual(['north-city'])
    expect(await codes(world, { insurer: 'city-life' })).toEqual(['north-city'])
    expect(await codes(world, { region: '100000' })).toEqual(['whole', 'north', 'north-city'])
    expect(await codes(world, { region: '100100' })).toEqual(['whole', 'north', 'north-city'])
    expect(await codes(world, { region: '100200' })).toEqual(['whole', 'north'])
    expect(await codes(world, { region: '300000', drug: 'alpha' })).toEqual(['whole'])
  })

  test('of the Corps are sold in the cities in which it has institutions', async () => {
    const world = await country()
    expect(await codes(world, { region: '650100' })).toEqual(['whole', 'corps'])
    expect(await codes(world, { region: '650200' })).toEqual(['whole'])
    expect(await codes(world, { region: '650000' })).toEqual(['whole'])
  })

  test('hold from their first day to their last', async () => {
    const world = await country()
    for (const [day, holds] of [['2026-02-28', false], ['2026-03-01', true], ['2026-06-30', true], ['2026-07-01', false]] as const) {
      expect((await codes(world, { day })).includes('south'), day).toBe(holds)
      expect(isValidOn({ validFrom: '2026-03-01', validTo: '2026-06-30' }, day)).toBe(holds)
    }
    expect(isValidOn({ validFrom: '2026-03-01', validTo: null }, '2999-12-31')).toBe(true)
    expect(await codes(world, { day: null, region: '200000' })).toEqual(['whole', 'south'])
  })
})

describe('what was known of a plan', () => {
  const told = async (world: World, code: string, knownOn: string | null = null) => {
    const answer = await planByCode(world.services.db, await world.list(), code, knownOn)
    if (!answer) return null
    const { plan, former } = PlanAnswer.parse(answer)
    return [plan, ...former].map((one) => `${one.version} ${one.name.en} ${one.drugs.map(({ drug }) => drug).join('+')} ${one.knownFrom.slice(0, 10)}..${one.knownTo?.slice(0, 10) ?? ''}`)
  }

  test('stays when it is said otherwise, and is answered to who asks what was known', async () => {
    const world = await given()
    await givenPlan(world, 'one', { name: 'First' })
    expect((await change(world, 'one', 1, { name: 'Second', drugs: ['alpha', 'beta'] }))!.plan).toMatchObject({ version: 2, knownFrom: march, knownTo: null })
    expect(await told(world, 'one')).toEqual(['2 Second alpha+beta 2026-03-01..', '1 First alpha 2026-01-05..2026-03-01'])
    expect(await told(world, 'one', '2026-02-01T00:00:00.000Z')).toEqual(['1 First alpha 2026-01-05..'])
    expect(await told(world, 'one', '2026-01-01T00:00:00.000Z')).toBeNull()
    const known = async (drug: string, knownOn: string) => (await plans(world, { drug, knownOn })).plans.map(({ version, knownTo }) => [version, knownTo])
    expect([await known('beta', '2026-02-01T00:00:00.000Z'), await known('alpha', '2026-02-01T00:00:00.000Z'), await known('beta', may)]).toEqual([[], [[1, null]], [[2, null]]])
  })

  test('stays when it ends, and goes on from there when its insurer begins it again', async () => {
    const world = await given()
    await givenPlan(world, 'one')
    expect((await end(world, 'one', 1))!.plan).toMatchObject({ version: 1, knownTo: march })
    expect([await told(world, 'one'), await codes(world), await codes(world, { knownOn: '2026-02-01T00:00:00.000Z' })]).toEqual([null, [], ['one']])
    await givenPlan(world, 'one', { name: 'Again' }, { at: may })
    expect(await told(world, 'one')).toEqual(['2 Again alpha 2026-05-01..', '1 A plan alpha 2026-01-05..2026-03-01'])
    expect(await told(world, 'one', '2026-04-01T00:00:00.000Z')).toBeNull()
  })

  test('is left as it is by who says the same, and the list\'s version does not move', async () => {
    const world = await given()
    await givenPlan(world, 'one', { unit: '100000', drugs: ['alpha: half of it', 'beta'] })
    const before = (await world.list()).publicVersion
    expect(await change(world, 'one', 1, { unit: '100000', drugs: ['beta', 'alpha: half of it'] })).toMatchObject({ listVersion: null, plan: { version: 1, knownFrom: january } })
    expect((await world.list()).publicVersion).toBe(before)
    for (const other of [{}, { unit: '100000' }, { unit: '100000', drugs: ['alpha', 'beta'] }, { unit: '100000', city: '100100', drugs: ['alpha: half of it', 'beta'] }]) {
      const { version } = (await findPlan(world.services.db, await world.list(), everything, 'one'))!
      expect((await change(world, 'one', version, other))!.plan.version).toBe(version + 1)
    }
    expect((await world.list()).publicVersion).toBe(before + 4)
  })
})

describe('an insurer', () => {
  test('changes and ends its own plans, and another\'s is to it as one that there is not', async () => {
    const world = await given()
    await givenPlan(world, 'one', { insurer: 'north-life' })
    for (const purview of [ofInsurer('city-life'), nothing, { of: 'company', company: 'acme' }, { of: 'unit', unit: '100000' }] satisfies Purview[]) {
      expect([await change(world, 'one', 1, {}, { purview }), await change(world, 'one', 7, {}, { purview }), await end(world, 'one', 1, march, purview)]).toEqual([null, null, null])
    }
    expect(await change(world, 'none', 1, {}, { purview: ofInsurer('north-life') })).toBeNull()
    expect((await change(world, 'one', 1, { name: 'Mine' }, { purview: ofInsurer('north-life') }))!.plan.name.en).toBe('Mine')
    expect((await end(world, 'one', 2, may, ofInsurer('north-life')))!.plan.knownTo).toBe(may)
    expect([await change(world, 'one', 2, {}), await end(world, 'one', 2)]).toEqual([null, null])
  })

  test('cannot take a code that is in use, nor one that was another\'s', async () => {
    const world = await given()
    await givenPlan(world, 'one')
    await expect(givenPlan(world, 'one')).rejects.toBeInstanceOf(CodeTaken)
    await end(world, 'one', 1)
    await expect(givenPlan(world, 'one', { insurer: 'city-life' })).rejects.toBeInstanceOf(CodeTaken)
    expect(await codes(world)).toEqual([])
  })

  test('that does not name the version that holds changes nothing', async () => {
    const world = await given()
    await givenPlan(world, 'one')
    await change(world, 'one', 1, { name: 'Second' })
    await expect(change(world, 'one', 1, { name: 'Late' })).rejects.toMatchObject(new OtherVersion(2))
    await expect(end(world, 'one', 3)).rejects.toBeInstanceOf(OtherVersion)
    expect((await plans(world)).plans.map(({ name }) => name.en)).toEqual(['Second'])
  })

  test('with many hands changes once: of those who name the same version one wins, and of those who begin the same plan', async () => {
    const world = await given()
    const list = await world.list()
    const content = await planFound(world)
    const begun = await Promise.allSettled(Array.from({ length: 6 }, () => beginPlan(world.services.db, list, { ...content, code: 'one', insurer: 'north-life' }, { at: january, by: 'someone' })))
    expect(begun.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const changed = await Promise.allSettled(Array.from({ length: 6 }, (_, i) => (i === 5 ? end(world, 'one', 1) : change(world, 'one', 1, { name: `Hand ${i}` }))))
    expect(changed.filter((one) => one.status === 'fulfilled' && one.value !== null)).toHaveLength(1)
  })
})

test('a plan names places and drugs of its list, and a city that lies in its unit; what there is not is named by its field', async () => {
  const world = await given()
  const [{ db }, list] = [world.services, await world.list()]
  const wrong = async (facts: PlanFacts) => (await planContentOf(db, list, planSaid(facts)) as NotInList).field
  expect(await wrong({ unit: '999999' })).toBe('unit')
  expect(await wrong({ unit: '100100' })).toBe('unit')
  expect(await wrong({ unit: '100000', city: '999999' })).toBe('city')
  expect(await wrong({ unit: '100000', city: '200100' })).toBe('city')
  expect(await wrong({ unit: '100000', city: '100101' })).toBe('city')
  expect(await wrong({ drugs: ['alpha', 'none'] })).toBe('drugs.1.drug')
  expect(await planContentOf(db, list, planSaid({ unit: '660000', city: '650100' }))).not.toHaveProperty('field')
})

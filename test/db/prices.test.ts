import { describe, expect, test } from 'vitest'
import { findArea } from '@lastmile/db/query/area'
import { findDrug } from '@lastmile/db/query/drugs'
import { priceMonitoringOf } from '@lastmile/db/query/price-monitoring'
import { retailPricesOf, seesPricesIn, seesPricesOf } from '@lastmile/db/query/prices'
import { enterSettlementPrices, NoSuchDrug, seesSettlementOf, settlementPricesOf } from '@lastmile/db/query/settlement-prices'
import { PriceMonitoringAnswer, RetailPricesAnswer, SettlementPricesAnswer } from '@lastmile/shared/price'
import { everything, nothing, type Purview } from '@lastmile/shared/purview'
import { given, type World } from '../support/given.js'

/*
 * Prices: the last one of each pair, to whom they belong, and what is said of several together.
 */

const north: Purview = { of: 'unit', unit: '100000' }
const H1: Purview = { of: 'institution', institution: 'H1' }
const acme: Purview = { of: 'company', company: 'acme' }

interface Asked { drug?: string; institution?: string; region?: string; offset?: number; limit?: number }

async function retail(world: World, purview: Purview, { drug, institution, region, offset = 0, limit = 50 }: Asked = {}) {
  const list = await world.list()
  const filter = {
    purview, reports: purview, drug: drug === undefined ? null : (await findDrug(world.services.db, list.id, drug))!.id, institution: institution ?? null,
    area: region === undefined ? null : (await findArea(world.services.db, list.regionSetId, region))!,
  }
  return RetailPricesAnswer.parse(await retailPricesOf(world.services.db, list, filter, { offset, limit }))
}

/** Prices in short: `H1 alpha 12.50 2026-06-10`. */
const short = ({ rows }: RetailPricesAnswer) => rows.map((one) => `${one.institution} ${one.drug} ${one.amount} ${one.day}`)

const institutions = { H1: '100100', P1: '100200', H2: '200100', C1: { at: '650100', unit: '660000' } } as const

describe('the retail price of a pair', () => {
  test('is the last that an accepted report says, of the day that its line is of', async () => {
    const world = await given({
      institutions,
      reports: [
        { source: 'north', asOf: '2026-05-31', rows: ['H1 alpha in_stock @2026-05-20 price=10', 'P1 alpha in_stock price=11.5'] },
        { source: 'north', asOf: '2026-06-30', rows: ['H1 alpha in_stock @2026-06-20 price=12.25', 'P1 alpha in_stock'] },
      ],
    })
    expect(short(await retail(world, everything))).toEqual(['H1 alpha 12.25 2026-06-20', 'P1 alpha 11.50 2026-05-31'])
    const [first] = (await retail(world, everything)).rows
    expect(first).toMatchObject({ unit: '100000', city: '100100', kind: 'hospital', line: 2 })
  })

  test('is of the latest as-of day, and not of what arrived last', async () => {
    const world = await given({
      institutions,
      reports: [
        { source: 'north', asOf: '2026-06-20', rows: ['H1 alpha in_stock price=12'] },
        { source: 'hospitals', asOf: '2026-06-10', accepted: '2026-06-25', rows: ['H1 alpha in_stock price=99'] },
      ],
    })
    expect(short(await retail(world, everything))).toEqual(['H1 alpha 12.00 2026-06-20'])
  })

  test('that was corrected away, or stands in a draft, is none', async () => {
    const world = await given({
      institutions,
      reports: [
        { source: 'north', asOf: '2026-06-20', rows: ['H1 alpha in_stock price=12', 'P1 alpha in_stock price=13'] },
        { source: 'north', asOf: '2026-06-20', corrects: 1, rows: ['H1 alpha in_stock', 'P1 alpha in_stock price=14'] },
      ],
    })
    expect((await world.send({ source: 'south', asOf: '2026-06-20', rows: ['H2 alpha in_stock price=15', 'H2 none in_stock price=15'] })).status).toBe(422)
    expect(short(await retail(world, everything))).toEqual(['P1 alpha 14.00 2026-06-20'])
  })
})

describe('retail prices', () => {
  const world = () => given({
    institutions,
    reports: [
      { source: 'north', asOf: '2026-06-20', rows: ['H1 beta in_stock price=2', 'H1 alpha in_stock price=1', 'P1 alpha in_stock price=3'] },
      { source: 'south', asOf: '2026-06-20', rows: ['H2 alpha in_stock price=4'] },
      { source: 'corps', asOf: '2026-06-20', rows: ['C1 gamma in_stock price=5'] },
    ],
  })

  test('come by unit, institution and drug, a page at a time, with their number', async () => {
    const country = await world()
    expect(short(await retail(country, everything))).toEqual(['H1 alpha 1.00 2026-06-20', 'H1 beta 2.00 2026-06-20', 'P1 alpha 3.00 2026-06-20', 'H2 alpha 4.00 2026-06-20', 'C1 gamma 5.00 2026-06-20'])
    const page = await retail(country, everything, { offset: 1, limit: 2 })
    expect([short(page), page.page]).toEqual([['H1 beta 2.00 2026-06-20', 'P1 alpha 3.00 2026-06-20'], { offset: 1, limit: 2, total: 5 }])
    expect((await retail(country, everything, { offset: 9 })).page.total).toBe(5)
  })

  test('are asked of one drug, one institution, one unit or one city', async () => {
    const country = await world()
    expect(short(await retail(country, everything, { drug: 'beta' }))).toEqual(['H1 beta 2.00 2026-06-20'])
    expect(short(await retail(country, everything, { institution: 'P1' }))).toEqual(['P1 alpha 3.00 2026-06-20'])
    expect(short(await retail(country, everything, { region: '660000' }))).toEqual(['C1 gamma 5.00 2026-06-20'])
    expect(short(await retail(country, everything, { region: '100200', drug: 'alpha' }))).toEqual(['P1 alpha 3.00 2026-06-20'])
  })

  test('belong to the institution, its unit and the regulator, and to nobody else', async () => {
    const country = await world()
    expect(short(await retail(country, north))).toEqual(['H1 alpha 1.00 2026-06-20', 'H1 beta 2.00 2026-06-20', 'P1 alpha 3.00 2026-06-20'])
    expect(short(await retail(country, H1))).toEqual(['H1 alpha 1.00 2026-06-20', 'H1 beta 2.00 2026-06-20'])
    expect(short(await retail(country, { of: 'unit', unit: '660000' }))).toEqual(['C1 gamma 5.00 2026-06-20'])
    // Where the place lies does not matter: what the Corps has in a city of the West is not the West's.
    const others: Purview[] = [nothing, acme, { of: 'unit', unit: '650000' }, { of: 'city', unit: '100000', city: '100100' }, { of: 'source', source: 'north' }, { of: 'insurer', insurer: 'north' }, { of: 'institution', institution: 'none' }]
    for (const purview of others) expect(await retail(country, purview), JSON.stringify(purview)).toEqual({ rows: [], page: { offset: 0, limit: 50, total: 0 } })
    expect(short(await retail(country, north, { institution: 'H2' }))).toEqual([])
  })

  test('of another institution, unit or city do not exist for who owns none there', async () => {
    const country = await world()
    const [{ db }, list] = [country.services, await country.list()]
    const sees = async (purview: Purview, code: string) => seesPricesIn(db, list, purview, (await findArea(db, list.regionSetId, code))!)
    const corps: Purview = { of: 'unit', unit: '660000' }
    expect([await seesPricesOf(db, list, north, 'P1'), await seesPricesOf(db, list, north, 'H2'), await seesPricesOf(db, list, H1, 'P1'), await seesPricesOf(db, list, everything, 'none')]).toEqual([true, false, false, false])
    expect([await sees(north, '100000'), await sees(north, '100200'), await sees(north, '200000'), await sees(north, '200100')]).toEqual([true, true, false, false])
    expect([await sees(corps, '660000'), await sees(corps, '650100'), await sees(corps, '650200'), await sees(H1, '100100'), await sees(H1, '100200'), await sees(acme, '100000')]).toEqual([true, true, false, true, false, false])
  })
})

describe('a settlement price', () => {
  const noon = '2026-06-30T04:00:00.000Z'
  const later = '2026-07-01T04:00:00.000Z'

  async function settled(prices: [drug: string, validFrom: string, amount: string, pack?: string][][]) {
    const world = await given()
    const [{ db }, list] = [world.services, await world.list()]
    const came = []
    for (const [i, some] of prices.entries()) came.push(await enterSettlementPrices(db, list, some.map(([drug, validFrom, amount, pack = 'box']) => ({ drug, validFrom, amount, pack })), { at: i === 0 ? noon : later, by: 'someone' }))
    const ask = async (purview: Purview, history = false) => SettlementPricesAnswer.parse({ rows: await settlementPricesOf(db, list, { purview, drug: null, history }) }).rows
    return { db, list, came, ask }
  }

  test('that says otherwise takes the place of the former, which stays as what was known', async () => {
    const { came, ask } = await settled([[['alpha', '2026-01-01', '100.00'], ['alpha', '2026-07-01', '90.00']], [['alpha', '2026-01-01', '101.50']]])
    expect(came).toEqual([{ entered: 2, unchanged: 0 }, { entered: 1, unchanged: 0 }])
    expect((await ask(everything)).map((one) => [one.validFrom, one.amount, one.replacedAt])).toEqual([['2026-07-01', '90.00', null], ['2026-01-01', '101.50', null]])
    expect((await ask(everything, true)).map((one) => [one.validFrom, one.amount, one.enteredAt, one.replacedAt])).toEqual([
      ['2026-07-01', '90.00', noon, null], ['2026-01-01', '101.50', later, null], ['2026-01-01', '100.00', noon, later],
    ])
  })

  test('that says what holds already changes nothing; of another pack it is another', async () => {
    const { came, ask } = await settled([[['alpha', '2026-01-01', '100.00']], [['alpha', '2026-01-01', '100.00']], [['alpha', '2026-01-01', '100.00', 'vial']]])
    expect(came).toEqual([{ entered: 1, unchanged: 0 }, { entered: 0, unchanged: 1 }, { entered: 1, unchanged: 0 }])
    expect((await ask(everything, true)).map((one) => one.pack)).toEqual(['vial', 'box'])
  })

  test('belongs to the company of the drug and the regulator, and to nobody else', async () => {
    const { db, list, ask } = await settled([[['alpha', '2026-01-01', '1.00'], ['gamma', '2026-01-01', '2.00']]])
    expect((await ask(acme, true)).map((one) => one.drug)).toEqual(['alpha'])
    expect((await ask({ of: 'company', company: 'bestco' })).map((one) => one.drug)).toEqual(['gamma'])
    for (const purview of [nothing, north, H1, { of: 'city', unit: '100000', city: '100100' }, { of: 'source', source: 'maker' }, { of: 'insurer', insurer: 'acme' }] satisfies Purview[]) expect(await ask(purview, true)).toEqual([])
    const gamma = (await findDrug(db, list.id, 'gamma'))!.id
    expect([await seesSettlementOf(db, gamma, everything), await seesSettlementOf(db, gamma, acme), await seesSettlementOf(db, gamma, north)]).toEqual([true, false, false])
  })

  test('of a drug that is not on the list takes all that was entered with it back', async () => {
    const { db, list, ask } = await settled([])
    const both = enterSettlementPrices(db, list, [{ drug: 'alpha', validFrom: '2026-01-01', amount: '1.00', pack: 'box' }, { drug: 'none', validFrom: '2026-01-01', amount: '1.00', pack: 'box' }], { at: noon, by: 'someone' })
    await expect(both).rejects.toBeInstanceOf(NoSuchDrug)
    expect(await ask(everything, true)).toEqual([])
  })

  test('entered by two at once is entered once', async () => {
    const { db, list, ask } = await settled([])
    const price = (amount: string) => ({ drug: 'alpha', validFrom: '2026-01-01', amount, pack: 'box' })
    await Promise.all(['1.00', '1.00', '2.00', '2.00'].map((amount) => enterSettlementPrices(db, list, [price(amount)], { at: noon, by: 'someone' })))
    expect(await ask(everything)).toHaveLength(1)
  })

  test('moves no version: who may not see it is not told that it changed', async () => {
    const world = await given()
    const before = (await world.list()).version
    await enterSettlementPrices(world.services.db, await world.list(), [{ drug: 'alpha', validFrom: '2026-01-01', amount: '1.00', pack: 'box' }], { at: noon, by: 'someone' })
    expect((await world.list()).version).toBe(before)
  })
})

test('prices of a drug are compared between kinds, by the last of each seller, and what stands out is named', async () => {
  const hospitals = Array.from({ length: 6 }, (_, i) => `H${i + 1}`)
  const pharmacies = ['P1', 'P2', 'P3']
  const world = await given({
    institutions: Object.fromEntries([...hospitals, ...pharmacies].map((code) => [code, '100100'])),
    reports: [
      { source: 'north', asOf: '2026-05-31', rows: ['H1 alpha in_stock price=5000', 'H1 beta in_stock price=7', 'H2 beta in_stock price=8'] },
      { source: 'north', asOf: '2026-06-20', rows: [...hospitals.map((code, i) => `${code} alpha in_stock price=${i === 5 ? 900 : 100 + i}`), ...pharmacies.map((code, i) => `${code} alpha in_stock price=${120 + i}.50`)] },
    ],
  })
  const list = await world.list()
  await enterSettlementPrices(world.services.db, list, [['2026-01-01', '99.00'], ['2026-06-01', '98.00'], ['2027-01-01', '97.00']].map(([validFrom, amount]) => ({ drug: 'alpha', validFrom: validFrom!, amount: amount!, pack: 'box' })), { at: '2026-06-30T04:00:00.000Z', by: 'someone' })
  const { drugs } = PriceMonitoringAnswer.parse(await priceMonitoringOf(world.services.db, list, null))
  expect(drugs.map(({ outliers, ...rest }) => ({ ...rest, outliers: outliers.map((one) => [one.institution, one.amount, one.day, one.side]) }))).toEqual([
    {
      drug: 'alpha', settlement: '98.00', pharmacyToHospital: 1.185, outliers: [['H6', '900.00', '2026-06-20', 'high']],
      spreads: [{ kind: 'hospital', sellers: 6, low: '100.00', median: '102.50', high: '900.00' }, { kind: 'pharmacy', sellers: 3, low: '120.50', median: '121.50', high: '122.50' }],
    },
    { drug: 'beta', settlement: null, pharmacyToHospital: null, outliers: [], spreads: [{ kind: 'hospital', sellers: 2, low: null, median: null, high: null }] },
  ])
  expect(PriceMonitoringAnswer.parse(await priceMonitoringOf(world.services.db, list, (await findDrug(world.services.db, list.id, 'gamma'))!)).drugs).toEqual([{ drug: 'gamma', settlement: null, pharmacyToHospital: null, outliers: [], spreads: [] }])
})

import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { citiesStocked, width } from '@lastmile/db/coverage/counts'
import { carry } from '@lastmile/db/coverage/carry'
import { Changes } from '@lastmile/db/coverage/changes'
import { timelineOf, type StoredRow } from '@lastmile/db/coverage/timeline'
import { rowsOf } from '@lastmile/db/database'
import { cell, coverage, discrepancies, headline, standings, total } from '../support/ask.js'
import { given } from '../support/given.js'

const confirmed = { evidence: 'confirmed' } as const

describe('institutions are distinct', () => {
  test('one that stocks two drugs counts once, and drugs are never added up', async () => {
    const world = await given({ institutions: { H1: '100100', P1: '100100', C1: '100200' }, reports: [
      { source: 'maker', asOf: '2026-06-29', rows: ['H1 alpha in_stock', 'H1 beta in_stock', 'P1 beta in_stock', 'C1 alpha in_stock'] },
    ] })
    expect(await headline(world)).toMatchObject({ drugsStocked: 2, institutions: 3, hospitals: 1, pharmacies: 1, others: 1, cities: 2, provinces: 1 })
  })

  test('it leaves the total only when its last drug leaves', async () => {
    const world = await given({ institutions: { H1: '100100' }, reports: [{ source: 'maker', asOf: '2026-06-01', rows: ['H1 alpha in_stock', 'H1 beta in_stock'] }] })
    await world.send({ source: 'maker', asOf: '2026-06-10', rows: ['H1 alpha out_of_stock', 'H1 beta in_stock'] })
    expect((await headline(world)).institutions).toBe(1)
    await world.send({ source: 'maker', asOf: '2026-06-20', rows: ['H1 alpha out_of_stock', 'H1 beta out_of_stock'] })
    expect(await headline(world)).toMatchObject({ institutions: 0, cities: 0, provinces: 0, drugsStocked: 0 })
  })

  test('"in more than" counts drugs by the number of units', async () => {
    const world = await given({ institutions: { H1: '100100', H2: '200100', H3: '300100', H4: '650100' }, reports: [
      { source: 'maker', asOf: '2026-06-29', rows: ['H1 alpha in_stock', 'H2 alpha in_stock', 'H3 alpha in_stock', 'H4 alpha in_stock', 'H1 beta in_stock', 'H2 beta in_stock', 'H1 gamma in_stock'] },
    ] })
    expect((await headline(world)).drugsInMoreThan).toEqual({ 1: 2, 2: 1, 3: 1 })
  })

  test('a unit that has said nothing that still counts is silent', async () => {
    const world = await given({ institutions: { H1: '100100', H2: '200100', H3: '300100' }, reports: [
      { source: 'north', asOf: '2026-06-29', rows: ['H1 alpha not_carried'] }, { source: 'south', asOf: '2026-02-28', rows: ['H2 alpha in_stock'] },
    ] })
    expect((await headline(world, confirmed)).unknown.unitsSilent).toEqual(['200000', '300000', '650000', '660000'])
  })
})

describe('cities', () => {
  test('a county counts as the city it belongs to', async () => {
    const world = await given({ institutions: { H1: '100101', H2: '100100' }, reports: [{ source: 'maker', asOf: '2026-06-29', rows: ['H1 alpha in_stock', 'H2 alpha in_stock'] }] })
    expect((await total(world, 'alpha')).stocked).toMatchObject({ institutions: 2, cities: 1 })
    expect((await cell(world, 'alpha', '100100', { by: 'city' }))?.stocked).toMatchObject({ institutions: 2, cities: 1 })
  })

  test('by city: a cell for each city of the drug, and a city that lost its last has none stocked', async () => {
    const world = await given({ institutions: { H1: '100100', H2: '100200' }, reports: [
      { source: 'maker', asOf: '2026-06-01', rows: ['H1 alpha in_stock', 'H2 alpha in_stock'] }, { source: 'maker', asOf: '2026-06-20', rows: ['H1 alpha in_stock', 'H2 alpha discontinued'] },
    ] })
    const byCity = await coverage(world, { drug: 'alpha', by: 'city' })
    expect(byCity.cells.map(({ region, stocked }) => `${region} ${stocked.institutions} ${stocked.cities}`)).toEqual(['100100 1 1', '100200 0 0'])
    expect(byCity.totals).toMatchObject([{ drug: 'alpha', stocked: { cities: 1 }, units: 1 }])
  })
})

describe('the Corps is a unit of its own', () => {
  const institutions = { H1: { at: '650100', unit: '660000' }, H2: '650100', H3: { at: '650200', unit: '660000' } }
  const reports = [{ source: 'maker', asOf: '2026-06-29', rows: ['H1 alpha in_stock', 'H2 alpha in_stock', 'H3 alpha in_stock'] }]

  test('wherever its institutions lie', async () => {
    const world = await given({ institutions, reports })
    expect(await headline(world)).toMatchObject({ institutions: 3, provinces: 2 })
    expect((await cell(world, 'alpha', '660000'))?.stocked).toMatchObject({ institutions: 2, cities: 2 })
    expect((await cell(world, 'alpha', '650000'))?.stocked).toMatchObject({ institutions: 1, cities: 1 })
  })

  test('a city that it shares with the West counts once in the nation', async () => {
    const world = await given({ institutions, reports })
    expect((await headline(world)).cities).toBe(2)
    expect((await cell(world, 'alpha', '650100', { by: 'city' }))?.stocked).toMatchObject({ institutions: 2, cities: 1 })
    expect(await headline(world, { region: '650100' })).toMatchObject({ institutions: 2, cities: 1, provinces: 1 })
  })

  test('and goes on counting when one of the two leaves', async () => {
    const world = await given({ institutions, reports })
    await world.send({ source: 'maker', asOf: '2026-06-30', rows: ['H1 alpha in_stock', 'H2 alpha out_of_stock', 'H3 alpha out_of_stock'] })
    expect(await headline(world)).toMatchObject({ institutions: 1, provinces: 1, cities: 1 })
    expect((await headline(world, { asOf: '2026-06-29' })).cities).toBe(2)
    expect(await discrepancies(world)).toEqual([])
  })

  test('its report of an earlier day leaves alone what the West said of a city that they share', async () => {
    const world = await given({ institutions, reports: [{ source: 'west', asOf: '2026-06-20', rows: ['H2 alpha in_stock'] }, { source: 'corps', asOf: '2026-06-10', rows: ['H1 alpha in_stock'] }] })
    expect(await discrepancies(world)).toEqual([])
    expect((await cell(world, 'alpha', '650000', confirmed))?.stocked).toMatchObject({ institutions: 1 })
  })

  test('the West’s report does not speak of the Corps', async () => {
    const world = await given({ institutions, reports: [{ source: 'corps', asOf: '2026-06-01', rows: ['H1 alpha in_stock'] }, { source: 'west', asOf: '2026-06-20', rows: ['H2 alpha in_stock'] }] })
    expect((await headline(world, confirmed)).institutions).toBe(2)
    const { status, receipt } = await world.send({ source: 'west', asOf: '2026-06-25', rows: ['H1 alpha out_of_stock'] })
    expect([status, receipt.errors[0]?.code]).toEqual([422, 'INSTITUTION_OUT_OF_SCOPE'])
  })
})

describe('the standing of a pair across kinds of evidence', () => {
  test('each pair has one, in the province and the city where it lies', async () => {
    const world = await given({ institutions: { H1: '100100', H2: '100100', H3: '100200', H4: '100200', H5: '100200' }, reports: [
      { source: 'maker', asOf: '2026-06-20', rows: ['H1 alpha in_stock', 'H2 alpha in_stock', 'H3 alpha in_stock'] },
      { source: 'north', asOf: '2026-06-21', rows: ['H1 alpha in_stock', 'H2 alpha not_carried', 'H4 alpha not_carried'] },
      { source: 'sales', asOf: '2026-06-22', rows: ['H5 alpha @2026-06-10'] },
    ] })
    const [north] = (await standings(world)).cells
    expect(north).toEqual({ drug: 'alpha', region: '100000', standings: { confirmed: 1, contradicted: 1, declared_only: 1, absent: 1, supplied_never_declared: 1, supplied: 0, unknown: 0 } })
    expect((await standings(world, { by: 'city', region: '100000' })).cells.map(({ region, standings: own }) => [region, own.confirmed + own.contradicted, own.declared_only + own.absent]))
      .toEqual([['100100', 2, 0], ['100200', 0, 2]])
    expect(await discrepancies(world)).toEqual([])
  })

  test('it changes as time passes, without a report', async () => {
    const world = await given({ institutions: { H1: '100100' }, reports: [
      { source: 'maker', asOf: '2026-03-01', rows: ['H1 alpha in_stock'] }, { source: 'north', asOf: '2026-02-01', rows: ['H1 alpha out_of_stock'] },
    ] })
    const on = async (asOf: string) => Object.entries((await standings(world, { asOf })).cells[0]!.standings).find(([, count]) => count > 0)?.[0]
    expect([await on('2026-02-28'), await on('2026-03-10'), await on('2026-03-20'), await on('2026-05-01')]).toEqual(['absent', 'contradicted', 'declared_only', 'unknown'])
  })
})

describe('the first day on which a drug was declared', () => {
  test('is taken back by another company’s word of the same day', async () => {
    const world = await given({ institutions: { H1: '100100' }, sources: { rival: { evidence: 'declared' } }, reports: [
      { source: 'maker', asOf: '2026-06-01', rows: ['H1 alpha in_stock'] }, { source: 'rival', asOf: '2026-06-01', rows: ['H1 alpha discontinued'] },
    ] })
    expect(await discrepancies(world)).toEqual([])
  })
})

describe('what is maintained is checked against the statements', () => {
  const nothing = sql`'\\x00'::bytea`
  test.each([
    ['city', sql`update coverage_by_city set counts = ${nothing} where drug_id > 0 and lens = 0`],
    ['pair', sql`update shelf set pairs = '\\x0000'::bytea`],
    ['drug', sql`update coverage_by_drug set counts = ${nothing} where drug_id = 0 and lens = 0`],
    ['unit', sql`update coverage_by_unit set counts = ${nothing} where unit_slot = 0 and lens = 0`],
  ] as const)('what is wrong of a %s is found', async (what, damage) => {
    const world = await given({ institutions: { H1: '100100', H2: '650100' }, reports: [{ source: 'maker', asOf: '2026-06-29', rows: ['H1 alpha in_stock', 'H2 alpha in_stock'] }] })
    expect(await discrepancies(world)).toEqual([])
    await world.services.db.execute(damage)
    expect(new Set((await discrepancies(world)).map((one) => one.what))).toEqual(new Set([what]))
  })

  test('a wrong number of cities alone is found', async () => {
    const world = await given({ institutions: { H1: '100100' }, reports: [{ source: 'maker', asOf: '2026-06-29', rows: ['H1 alpha in_stock'] }] })
    const { db } = world.services
    const whole = sql`drug_id > 0 and unit_slot = 0 and lens = 0`
    const rows = await rowsOf<StoredRow>(db, sql`select from_day as from, counts as bytes from coverage_by_drug where ${whole}`)
    const more = new Changes()
    more.push(timelineOf(rows, width)!.changes.first!, citiesStocked, 1)
    await db.execute(sql`update coverage_by_drug set counts = ${carry(rows, more, 1)[0]!.bytes} where ${whole}`)
    const [found] = await discrepancies(world)
    expect(found).toMatchObject({ what: 'drug', lens: 'declared' })
    expect(found!.detail).toContain('slot 0 counter 30: +1')
    expect(found!.detail).toContain('slot 0 counter 30: +2')
  })

  test('drugs stand in list order, whichever was changed last', async () => {
    const world = await given({ institutions: { H1: '100100' }, drugs: { zeta: {}, alpha: {}, mid: {} } })
    await world.services.db.execute(sql`update drug set freshness_days = 30 where code = 'zeta'`)
    expect((await headline(world)).drugs.map((one) => one.drug)).toEqual(['zeta', 'alpha', 'mid'])
  })
})

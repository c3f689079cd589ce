import { PgDialect } from 'drizzle-orm/pg-core'
import type { SQL } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { gapsOf } from '@lastmile/db/query/gaps'
import { gapHistory, gaps } from '../support/ask.js'
import { given, type World } from '../support/given.js'
import type { Evidence } from './naive.js'
import { decided } from '../support/standards.js'

const institutions = { H1: '100100', H2: '100200', P1: '100100', H3: '200100' }
const alpha = { drug: 'alpha', units: ['100000'] }
const told = async (world: World, question: { drug?: string; evidence?: Evidence; asOf?: string; knownOn?: string } = {}) => (await gapHistory(world, { drug: 'alpha', region: '100000', ...question } as never)).units.flatMap((unit) => unit.episodes.map((one) => `${one.from} … ${one.to ?? ''} ${one.phases.map((phase) => `${phase.reason}/${phase.class}`).join(' ')}`))

describe('a gap opens and closes by itself', () => {
  test('from the first day of the standard, until somebody stocks it, and again when that grows stale', async () => {
    const world = await given({ institutions, standards: [alpha], reports: [{ source: 'north', asOf: '2026-02-10', rows: ['H1 alpha in_stock'] }, { source: 'north', asOf: '2026-05-01', rows: ['H1 alpha in_stock', 'H2 alpha in_stock'] }] })
    expect(await told(world, { evidence: 'confirmed' })).toEqual(['2026-01-01 … 2026-02-09 not_reported/reporting', '2026-03-28 … 2026-04-30 stale/reporting', '2026-06-16 …  stale/reporting'])
    expect((await gaps(world, { evidence: 'confirmed' })).gaps).toMatchObject([{ since: '2026-06-16', age: 15, former: 2 }])
    expect((await gaps(world, { evidence: 'confirmed', asOf: '2026-03-30' })).gaps).toMatchObject([{ since: '2026-03-28', age: 3, former: 1 }])
  })

  test('its reason changes within one episode: out of stock is for supply to mend, and what is silent is nobody\'s to deliver', async () => {
    const world = await given({ institutions, standards: [alpha], reports: [{ source: 'north', asOf: '2026-02-10', rows: ['H1 alpha in_stock', 'H2 alpha not_carried'] }, { source: 'north', asOf: '2026-03-01', rows: ['H1 alpha out_of_stock', 'H2 alpha not_carried'] }] })
    const [, last] = (await gapHistory(world, { drug: 'alpha', region: '100000', evidence: 'confirmed' })).units[0]!.episodes
    expect(last).toMatchObject({ from: '2026-03-01', to: null, phases: [{ from: '2026-03-01', to: '2026-04-15', reason: 'nobody_stocks', class: 'supply', acts: ['supply', 'apply', 'admit'] }, { from: '2026-04-16', to: null, reason: 'stale', class: 'reporting', acts: ['report'] }] })
  })

  test('that too few are left because some have fallen silent is a gap in reporting, not in supply', async () => {
    const standards = [{ ...alpha, minInstitutions: 2 }]
    const silent = await given({ institutions, standards, reports: [{ source: 'hospitals', asOf: '2026-06-20', rows: ['H1 alpha in_stock', 'H2 alpha in_stock @2026-04-01'] }] })
    expect((await gaps(silent, { evidence: 'confirmed' })).gaps).toMatchObject([{ reason: 'too_few', class: 'reporting', acts: ['report'], since: '2026-01-01' }])
    const denied = await given({ institutions, standards, reports: [{ source: 'hospitals', asOf: '2026-06-20', rows: ['H1 alpha in_stock', 'H2 alpha out_of_stock'] }] })
    expect((await gaps(denied, { evidence: 'confirmed' })).gaps).toMatchObject([{ reason: 'too_few', class: 'supply', acts: ['supply'] }])
  })

  test('when a standard changes: past days are judged by the standards of those days, as they are known now', async () => {
    const reports = [{ source: 'maker', asOf: '2026-06-01', rows: ['H1 alpha in_stock'] }]
    const world = await given({ institutions, standards: [{ ...alpha, from: '2026-06-05', minInstitutions: 2 }], reports })
    expect(await told(world)).toEqual(['2026-06-05 …  too_few/supply'])
    await world.loadEdition({ standards: [{ ...alpha, from: '2026-06-10', minInstitutions: 2 }] }, '2026-06-20')
    expect([await told(world), await told(world, { knownOn: '2026-06-19' })]).toEqual([['2026-06-10 …  too_few/supply'], ['2026-06-05 …  too_few/supply']])
  })

  test('no day before the list came into force is judged, whenever a rule says that it begins', async () => {
    const world = await given({ institutions, standards: [] })
    await decided(world, 'alpha', [{ from: '1900-01-01', units: ['100000'] }])
    expect((await gaps(world)).gaps).toMatchObject([{ since: '2026-01-01', age: 181, former: 0 }])
    expect([await told(world), await told(world, { asOf: '2025-12-31' })]).toEqual([['2026-01-01 …  not_reported/reporting'], []])
    expect((await gaps(world, { asOf: '2025-12-31' })).gaps).toEqual([])
    await expect(world.loadEdition({ standards: [{ drug: 'beta', from: '2025-12-31' }] }, '2026-06-30')).rejects.toThrow('standard of beta: it begins on 2025-12-31, before the list came into force; let it begin on 2026-01-01 or later')
  })

  test('its trend tells how many stocked it on each of the last days', async () => {
    const world = await given({ institutions, standards: [{ ...alpha, minInstitutions: 3 }], reports: [{ source: 'maker', asOf: '2026-06-10', rows: ['H1 alpha in_stock'] }, { source: 'maker', asOf: '2026-06-29', rows: ['H1 alpha in_stock', 'H2 alpha in_stock'] }] })
    const { trend } = (await gaps(world)).gaps[0]!
    expect([trend.length, trend.slice(-4), trend.filter((n) => n === 1).length]).toEqual([60, [1, 1, 2, 2], 19])
  })
})

test('a gap that a report closes while it is asked for is told as it was or as it is, with no day of another gap', async () => {
  const reports = [{ source: 'north', asOf: '2026-02-10', rows: ['H1 alpha in_stock'] }]
  const world = await given({ institutions, standards: [alpha], reports })
  const { db } = world.services
  const list = await world.list()
  let looks = 0
  // The report is there between the look at the day and the look at the days before: each asks first up to when it is counted.
  const execute: typeof db.execute = (async (statement: SQL) => {
    if (new PgDialect().sqlToQuery(statement).sql.includes('counted_to') && ++looks === 2) await world.send({ source: 'north', asOf: '2026-06-28', rows: ['H1 alpha in_stock'] })
    return db.execute(statement)
  }) as never
  const between = new Proxy(db, { get: (own, name) => (name === 'execute' ? execute : Reflect.get(own, name)) })
  const when = { evidence: 'confirmed' as const, asOf: '2026-06-30', knownOn: null, since: null }
  const answer = await gapsOf(between, list, when, { drug: null, company: null, area: null }, { reason: null, class: null, actor: null, sort: null, offset: 0, limit: 10 })
  expect([looks >= 2, answer.gaps]).toEqual([true, []])
})

describe('gaps are ordered and picked', () => {
  test('by age, the oldest first or last', async () => {
    const world = await given({ institutions, standards: [{ drug: 'alpha', units: ['100000', '200000'] }, { drug: 'beta', units: ['100000'], from: '2026-03-01' }], reports: [{ source: 'maker', asOf: '2026-05-01', rows: ['H3 alpha in_stock'] }] })
    const order = async (falling: boolean) => (await gaps(world, { sort: { by: 'age', falling } })).gaps.map((gap) => `${gap.drug} ${gap.region} ${gap.since}`)
    expect(await order(true)).toEqual(['alpha 100000 2026-01-01', 'beta 100000 2026-03-01', 'alpha 200000 2026-06-16'])
    expect(await order(false)).toEqual((await order(true)).reverse())
  })

  test('by class, and by who can act: a company\'s list holds what the company can mend', async () => {
    const reports = [{ source: 'north', asOf: '2026-06-20', rows: ['H1 alpha out_of_stock', 'H2 beta not_known'] }]
    const world = await given({ institutions, standards: [alpha, { drug: 'beta', units: ['100000'] }], reports })
    const picked = async (question: object) => (await gaps(world, { evidence: 'confirmed', ...question })).gaps.map((gap) => gap.drug)
    expect(await picked({ class: 'supply' })).toEqual(['alpha'])
    expect(await picked({ class: 'reporting' })).toEqual(['beta'])
    expect(await picked({ actor: 'company' })).toEqual(['alpha'])
    expect(await picked({ actor: 'province' })).toEqual(['beta'])
    expect(await gaps(world, { evidence: 'confirmed', actor: 'company' })).toMatchObject({ classes: { supply: 1, reporting: 0, evidence: 0 }, page: { total: 1 } })
  })
})

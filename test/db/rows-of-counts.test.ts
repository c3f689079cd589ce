import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { rowsOf } from '@lastmile/db/database'
import { headlineOf } from '@lastmile/db/query/headline'
import { institutionsOf } from '@lastmile/db/query/institutions'
import { findReport } from '@lastmile/db/query/reports'
import { evidenceCodes } from '@lastmile/db/schema/codes'
import { addDays } from '@lastmile/shared/day'
import { everything } from '@lastmile/shared/purview'
import { discrepancies, headline, trend } from '../support/ask.js'
import { given, type World, type WorldFacts } from '../support/given.js'

const when = (asOf: string) => ({ evidence: 'declared', asOf, knownOn: null, since: null }) as const

describe('an institution counts once over any drug', () => {
  const institutions = { H1: '100100', H2: '200100' }

  test('in what a report is said to have done', async () => {
    const world = await given({ institutions, reports: [{ source: 'maker', asOf: '2026-06-20', rows: ['H1 alpha in_stock'] }] })
    const { receipt } = await world.send({ source: 'maker', asOf: '2026-06-25', rows: ['H1 alpha in_stock', 'H2 alpha in_stock', 'H2 beta in_stock'] })
    const report = await findReport(world.services.db, { listId: (await world.list()).id, purview: everything, code: receipt.id! })
    expect(report?.effect).toEqual({ institutionsBefore: 1, institutionsAfter: 2, pairsEntered: 2, pairsLeft: 0 })
  })

  test('in how many there are of a state', async () => {
    const world = await given({ institutions, reports: [{ source: 'maker', asOf: '2026-06-20', rows: ['H1 alpha in_stock', 'H1 beta in_stock', 'H2 beta out_of_stock'] }] })
    const filter = { search: null, areas: null, box: null, placed: null, kind: null, drug: null, states: ['in_stock' as const], eligible: null }
    const { rows, page } = await institutionsOf(world.services.db, await world.list(), when('2026-06-29'), filter, { offset: 0, limit: 50, sort: null })
    expect([rows.map((row) => row.code), page.total]).toEqual([['H1'], 1])
  })
})

describe('counts that grew over many rows', () => {
  // Each day one of thirty institutions says something else: a key changes more often than one row takes.
  const institutions = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`H${at + 10}`, at % 2 === 0 ? '100100' : '100200'] as const))
  const codes = Object.keys(institutions)
  const said = ['in_stock', 'out_of_stock', 'not_known', 'on_order']
  const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `${codes[(from + i) % 30]} alpha ${said[(from + i * 7) % 4]} @${addDays('2025-01-01', from + i)}`)
  const months = Array.from({ length: 17 }, (_, month) => ({ source: 'north', asOf: addDays('2025-01-01', month * 30 + 29), rows: lines(month * 30, month * 30 + 30) }))

  test('hold what the statements say, also after a word about the past and its correction', async () => {
    const country: WorldFacts = { institutions, drugs: { alpha: { freshnessDays: 40 }, beta: {} }, loaded: '2024-12-01', sources: { north: { mode: 'changes' } } }
    const world = await given({ ...country, reports: months })
    const rows = await rowsOf(world.services.db, sql`select 1 from coverage_by_drug where unit_slot = 0 and drug_id > 0 and lens = ${evidenceCodes.code('confirmed')}`)
    expect(rows.length).toBeGreaterThan(1)
    expect(await discrepancies(world)).toEqual([])
    const past = { source: 'north', asOf: '2025-03-15', accepted: '2026-06-01', rows: [`${codes[3]} alpha in_stock @2025-03-02`] }
    await world.send(past)
    expect(await discrepancies(world)).toEqual([])
    const corrected = [`${codes[3]} alpha not_known @2025-03-02`]
    await world.send({ ...past, accepted: '2026-06-02', corrects: 1, rows: corrected })
    expect(await discrepancies(world)).toEqual([])
    const drawn = async (of: World) => (await trend(of, { drug: 'alpha', evidence: 'confirmed', from: '2025-01-01' })).points
    const points = await drawn(world)
    expect(points.length).toBeGreaterThan(100)
    // As if it had been said so in its time.
    const inTime = [...months, { source: 'north', asOf: past.asOf, rows: corrected }].sort((a, b) => (a.asOf < b.asOf ? -1 : 1))
    expect(await drawn(await given({ ...country, reports: inTime }))).toEqual(points)
  }, 120_000)
})

describe('days that come near when they are asked about', () => {
  test('are counted with the drugs that the list has by then, whatever the question knew of it', async () => {
    const world = await given({ institutions: { H1: '100100' }, drugs: { alpha: {} }, reports: [{ source: 'maker', asOf: '2026-03-01', rows: ['H1 alpha in_stock'] }] })
    const list = await world.list()
    await headlineOf(world.services.db, list, when('2026-03-02'), null)
    await world.loadEdition({ drugs: { alpha: {}, omega: { freshnessDays: 60 } } }, '2026-03-03')
    await world.send({ source: 'maker', asOf: '2026-03-04', rows: ['H1 alpha in_stock', 'H1 omega in_stock'] })
    for (const day of ['2026-04-25', '2026-05-10']) await headlineOf(world.services.db, list, when(day), null)
    expect(await discrepancies(world)).toEqual([])
    expect((await headline(world, { asOf: '2026-04-25' })).drugs).toMatchObject([{ drug: 'alpha', institutions: 0 }, { drug: 'omega', institutions: 1 }])
    expect((await headline(world, { asOf: '2026-05-10' })).institutions).toBe(0)
  })
})

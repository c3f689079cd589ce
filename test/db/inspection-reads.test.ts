import { PgDialect } from 'drizzle-orm/pg-core'
import type { SQL } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Database } from '@lastmile/db/database'
import { gapsOf } from '@lastmile/db/query/gaps'
import { inspectionOf } from '@lastmile/db/query/inspection'
import { everything } from '@lastmile/shared/purview'
import { seesEverything } from '../support/ask.js'
import { given, instantOf } from '../support/given.js'

const institutions = { H1: '100100', H2: '100200', P1: '100100', H3: '200100', H4: '300100' }
const sees = { ...seesEverything, sources: everything, pairs: { of: 'company' as const, company: 'acme' }, cases: everything }
const evidence = 'confirmed' as const

/** A database that tells how often all that was ever said was read through it. */
function counting(db: Database): { db: Database; passes: () => number } {
  let passes = 0
  const execute = (statement: SQL) => {
    if (new PgDialect().sqlToQuery(statement).sql.includes('order by accepted_at, id')) passes += 1
    return db.execute(statement)
  }
  return { db: new Proxy(db, { get: (own, name) => (name === 'execute' ? execute : Reflect.get(own, name)) }), passes: () => passes }
}

test('what was known then is read once for the day and once for the days before, however many drugs and sheets ask', async () => {
  const codes = Array.from({ length: 25 }, (_, i) => `drug${String.fromCharCode(97 + i)}`)
  const world = await given({
    institutions, drugs: Object.fromEntries(codes.map((code) => [code, {}])), standards: codes.map((drug) => ({ drug })),
    reports: [{ source: 'north', asOf: '2026-03-20', rows: codes.map((code) => `H1 ${code} in_stock`) }],
  })
  const list = await world.list()
  const when = { evidence, asOf: list.today, knownOn: instantOf('2026-06-29'), since: null }
  const page = counting(world.services.db)
  const { gaps } = await gapsOf(page.db, list, when, { drug: null, company: null, area: null }, { reason: null, class: null, actor: null, sort: null, offset: 0, limit: 500 })
  expect([gaps.length, page.passes()]).toEqual([125, 2])
  // Contradictions are not asked for here: they look at pairs by themselves.
  const sheets = counting(world.services.db)
  const answer = await inspectionOf(sheets.db, list, when, { of: 'province', codes: ['100000', '200000', '300000'], company: null }, { offset: 0, limit: 3 }, sees)
  expect(answer.sheets.map((one) => one.gaps.total)).toEqual([25, 25, 25])
  expect(answer.sheets[0]!.gaps.rows[0]!.since).toBe('2026-05-05')
  expect(sheets.passes()).toBe(2)
})

test('a sheet tells the last day of all its sources, of however many', async () => {
  const codes = Array.from({ length: 1_001 }, (_, i) => `zz${String(i).padStart(4, '0')}`)
  const of = { evidence, unit: '100000', scope: { drugs: null, regions: ['100000'], kinds: null } }
  const world = await given({ institutions, sources: Object.fromEntries(codes.map((code) => [code, of])), reports: [{ source: codes.at(-1)!, asOf: '2026-06-20', rows: ['H1 alpha in_stock'] }] })
  const list = await world.list()
  const { sheets } = await inspectionOf(world.services.db, list, { evidence, asOf: list.today, knownOn: null, since: null }, { of: 'province', codes: ['100000'], company: null }, { offset: 0, limit: 1 }, sees)
  expect(sheets[0]!.reporting).toMatchObject({ lastAsOf: '2026-06-20' })
  expect(sheets[0]!.reporting!.sources).toBeGreaterThan(1_000)
})

import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { newLog } from '@lastmile/server/lib/log'
import { AuditAnswer } from '@lastmile/shared/audit'
import { FinderResult } from '@lastmile/shared/finder'
import { FinderAnswer } from '@lastmile/shared/finder-words'
import { Problem } from '@lastmile/shared/problem'
import { given, type World } from '../../support/given.js'
import { list } from './country.js'
import { doorOf, type Door } from './door.js'

/* Where a patient finds a drug: all words together, the nearest first, and what nobody has spoken of. */

let world: World
let door: Door
let log: string[]
beforeAll(async () => {
  const near = (lat: number, own: object = {}) => ({ at: '100100', lat, lng: 116.4, ...own })
  world = await given({
    finder: { drugs: [{ drug: 'alpha', plain: { zh: '病', en: 'illness' }, diseases: ['illness'], pinyin: ['bing'], pressNames: [], aid: null }] },
    institutions: {
      H1: near(39.91, { dualChannel: true }), H2: near(39.95), H3: near(40), H4: near(40.05), H5: near(40.1), H6: near(40.15), P1: { at: '200100', lat: 31.2, lng: 121.5 }, H7: { at: '650100', unit: '660000', lat: 43.8, lng: 87.6 }, H8: near(40.2, { closed: '2026-06-01' }),
    },
    eligibility: [{ drug: 'beta', rules: [{ by: 'attributes', kind: 'hospital' }] }],
    sources: { maker: { mode: 'changes' } },
    reports: [
      { source: 'maker', asOf: '2026-06-03', rows: ['H1 alpha in_stock', 'H2 alpha in_stock', 'H3 alpha in_stock', 'P1 alpha in_stock', 'H7 alpha in_stock', 'P1 beta in_stock'] },
      { source: 'hospitals', asOf: '2026-06-10', rows: ['H1 alpha in_stock @2026-06-09', 'H2 alpha not_carried reason=cold_chain', 'H4 alpha not_known'] },
      { source: 'sales', asOf: '2026-06-20', rows: ['H1 alpha @2026-02-01', 'H1 alpha @2026-06-18', 'H5 alpha @2026-03-07'] },
    ],
  })
  log = []
  world.services.log = newLog('debug', { write: (line) => void log.push(line) })
  door = doorOf(world.services, 'public')
})

/** More exact than anybody needs to know. */
const exact = { lat: 39.906217, lng: 116.391276 }
const ask = (body: object) => door.ask(`${list}/finder`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
const find = async (own: object = {}) => FinderResult.parse(await (await ask({ drug: 'alpha', position: exact, ...own })).json())

describe('who looks for a drug near a place', () => {
  test('finds all words of each place together: of whom, and of which day; what contradicts itself is told as such', async () => {
    const { rows, around, place, more, nearKm } = await find()
    expect(rows.map(({ code, km, declared, confirmed, supplied, standing }) => [code, km, declared && `${declared.state} ${declared.day}`, confirmed && `${confirmed.state} ${confirmed.day}`, supplied && `${supplied.first} ${supplied.last}`, standing])).toEqual([
      ['H1', expect.closeTo(0.9, 0), 'in_stock 2026-06-03', 'in_stock 2026-06-09', '2026-02-01 2026-06-18', 'confirmed'],
      ['H2', expect.closeTo(4.5, 0), 'in_stock 2026-06-03', 'not_carried 2026-06-10', null, 'contradicted'],
      ['H3', expect.closeTo(10, 0), 'in_stock 2026-06-03', null, null, 'declared_only'],
      ['H5', expect.closeTo(21, 0), null, null, '2026-03-07 2026-03-07', 'supplied_never_declared'],
      ['P1', expect.any(Number), 'in_stock 2026-06-03', null, null, 'declared_only'],
      ['H7', expect.any(Number), 'in_stock 2026-06-03', null, null, 'declared_only'],
    ])
    expect(rows[0]).toMatchObject({ name: 'Name of H1', kind: 'hospital', unit: '100000', city: '100100', dualChannel: true })
    // Six open ones lie within 50 km. Of H4 it is not known, of H6 nobody spoke; the closed one is nowhere.
    expect([around, more, nearKm]).toEqual([{ institutions: 6, silent: 2, of: 'all', besides: 0 }, false, 50])
    expect(place).toMatchObject({ unit: '100000', city: '100100' })
  })

  test('is told the nearest there is however far, and that nobody near is known; of those alone who could have it', async () => {
    const { rows, around } = await find({ drug: 'beta' })
    expect([rows.map(({ code, km }) => [code, km > 1_000]), around]).toEqual([[['P1', true]], { institutions: 6, silent: 6, of: 'eligible', besides: 0 }])
    // A pharmacy that has it could not have it by the rules: it is told apart, so that what has it and what is silent add up.
    expect((await find({ drug: 'beta', position: { lat: 31.2, lng: 121.5 } })).around).toEqual({ institutions: 0, silent: 0, of: 'eligible', besides: 1 })
    expect((await find({ drug: 'gamma' })).rows).toEqual([])
  })

  test('may ask for fewer, and is told that there are more', async () => {
    const { rows, more } = await find({ count: 2 })
    expect([rows.map(({ code }) => code), more]).toEqual([['H1', 'H2'], true])
  })

  test('has the words of the edition by which drugs are found', async () => {
    expect(FinderAnswer.parse(await door.read(`${list}/finder`))).toMatchObject({ today: '2026-06-30', words: { nearKm: 50, drugs: [{ drug: 'alpha' }] } })
  })

  test('is counted around once for each version of the list: who asks next from there is told the same', async () => {
    const { db } = world.services
    const before = (await find()).around
    const moved = async (by: number) => db.execute(sql`update institution_version set latitude = latitude + ${by} where institution_id = (select id from institution where code = 'H6')`)
    const changed = async () => { await db.execute(sql`update list set version = version + 1`); world.services.lists.forget() }
    await moved(-20)
    try {
      expect((await find()).around).toEqual(before)
      await changed()
      expect((await find()).around).toEqual({ ...before, institutions: before.institutions - 1, silent: before.silent - 1 })
    } finally {
      await moved(20)
      await changed()
    }
  })

  test('is refused with the name of what is wrong', async () => {
    const field = async (body: object) => { const answer = await ask(body); return [answer.status, Problem.parse(await answer.json()).error.field] }
    expect([await field({ position: exact }), await field({ drug: 'alpha' }), await field({ drug: 'alpha', position: { lat: 91, lng: 0 } }), await field({ drug: 'alpha', position: exact, name: 'me' }), await field({ drug: 'alpha', position: exact, count: 51 })])
      .toEqual([[400, 'drug'], [400, 'position'], [400, 'position.lat'], [400, 'name'], [400, 'count']])
    expect((await field({ drug: 'none', position: exact }))[0]).toBe(404)
  })
})

describe('where he is', () => {
  test('is rounded, held by no cache, and stands in no log, no audit and no table, even where the question fails', async () => {
    const answer = await ask({ drug: 'alpha', position: exact })
    expect([answer.headers.get('cache-control'), answer.headers.get('etag'), FinderResult.parse(await answer.json()).position]).toEqual(['no-store', null, { lat: 39.91, lng: 116.39 }])
    expect((await door.ask(`${list}/finder?lat=39.91&lng=116.39`)).status).toBe(400)
    const { db } = world.services
    await db.execute(sql`alter table institution_version rename column longitude to lost`)
    try {
      expect((await ask({ drug: 'alpha', position: exact })).status).toBe(500)
    } finally {
      await db.execute(sql`alter table institution_version rename column lost to longitude`)
    }
    expect(log.join('\n')).not.toMatch(/39\.906|116\.39/)
    const { entries } = AuditAnswer.parse(await doorOf(world.services, { role: 'auditor' }).read('/api/audit'))
    expect(JSON.stringify(entries)).not.toMatch(/39\.9|116\.39/)
    const { rows: tables } = await db.execute(sql`select table_name as name from information_schema.tables where table_schema = 'public'`) as unknown as { rows: { name: string }[] }
    for (const { name } of tables) {
      const { rows } = await db.execute(sql.raw(`select count(*)::int as n from "${name}" t where t::text ~ '116[.]39'`)) as unknown as { rows: { n: number }[] }
      expect([name, rows[0]!.n]).toEqual([name, 0])
    }
  })
})

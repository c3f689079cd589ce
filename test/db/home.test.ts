import { sql } from 'drizzle-orm'
import { describe, expect, inject, test } from 'vitest'
import { rowsOf } from '@lastmile/db/database'
import { openServer } from '@lastmile/db/open'
import { clustersOf } from '@lastmile/db/query/clusters'
import { isQuestionTooLong } from '@lastmile/db/question-too-long'
import { countLines, inSession, placesIn } from '@lastmile/db/session'
import { boxOf } from '@lastmile/shared/box'
import { given } from '../support/given.js'
import { emptyDatabase } from '../support/home.js'
import { smallWorld } from '../support/small-world.js'
import { databaseUrl, onServer } from '../support/server.js'

/*
 * What every home of the data must do for those who ask it.
 */

const codeOf = (error: unknown) => ((error as Error).cause as { code?: string } | undefined)?.code

describe('whoever asks', () => {
  test('is held up by a long question of another no more than the database is: the process goes on', async () => {
    const db = await emptyDatabase()
    const order: string[] = []
    const long = db.execute(sql`select pg_sleep(0.5)`).then(() => order.push('long question'))
    await new Promise((resolve) => setTimeout(resolve, 10))
    order.push('something else')
    await long
    expect(order).toEqual(['something else', 'long question'])
  })

  test('is told by PostgreSQL\'s own code what went wrong', async () => {
    const db = await emptyDatabase()
    const failed = await db.execute(sql`select 1 / 0`).catch((error: unknown) => error)
    expect(codeOf(failed)).toBe('22012')
  })

  test('never sees half of a transaction, and nothing of one that failed', async () => {
    const db = await emptyDatabase()
    const count = async () => (await rowsOf<{ n: number }>(db, sql`select count(*)::int as n from region_set`))[0]!.n
    const add = (code: string) => sql`insert into region_set (code, name, time_zone, thresholds, geometry_source, out_of_scope) values (${code}, '{}', 'UTC', '[]', '{}', '[]')`
    let meanwhile: Promise<number> | null = null
    await db.transaction(async (tx) => {
      await tx.execute(add('a'))
      meanwhile = count()
      await new Promise((resolve) => setTimeout(resolve, 50))
      await tx.execute(add('b'))
    })
    expect([0, 2]).toContain(await meanwhile)
    await expect(db.transaction(async (tx) => {
      await tx.execute(add('c'))
      throw new Error('changed my mind')
    })).rejects.toThrow('changed my mind')
    expect(await count()).toBe(2)
  })

  test('gets bytes and texts back as they were given', async () => {
    const db = await emptyDatabase()
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i)
    const [row] = await rowsOf<{ bytes: Uint8Array; text: string; day: string }>(db, sql`select ${bytes}::bytea as bytes, ${'鲁里坦尼亚 \\ "'}::text as text, '2026-01-31'::date as day`)
    expect([[...row!.bytes], row!.text]).toEqual([[...bytes], '鲁里坦尼亚 \\ "'])
  })
})

describe('a whole table is copied', () => {
  test.each([['nothing', 'select 1 where false'], ['many small rows', "select i, null::bytea from generate_series(1, 60000) i"], ['few rows with a megabyte each', "select i, decode(repeat(md5(i::text), 32768), 'hex') from generate_series(1, 12) i"]])('that holds %s: every row once, in and out again', async (what, rows) => {
    const db = await emptyDatabase()
    await db.execute(sql`drop table if exists copied, pasted`)
    await db.execute(sql`create table copied (id int, data bytea)`)
    await db.execute(sql`create table pasted (id int, data bytea)`)
    if (what !== 'nothing') await db.execute(sql.raw(`insert into copied ${rows}`))
    const pieces = await inSession(db, 'snapshot', async ({ copyOut }) => {
      const read: Uint8Array[] = []
      for await (const piece of copyOut({ name: 'copied', columns: ['id', 'data'] })) read.push(Buffer.from(piece))
      return read
    })
    const written = await inSession(db, 'change', ({ copyIn }) => copyIn({ name: 'pasted', columns: ['id', 'data'] }, (async function* () {
      yield* pieces
    })()))
    expect(written).toBe(pieces.reduce((sum, piece) => sum + countLines(piece), 0))
    const [counts] = await rowsOf<{ same: boolean; n: number }>(db, sql`
      select (select count(*)::int from pasted) as n, not exists (select * from copied except all select * from pasted) and not exists (select * from pasted except all select * from copied) as same`)
    expect(counts).toEqual({ n: written, same: true })
    await db.execute(sql`drop table copied, pasted`)
  })

  test('is read in pieces that fit into memory, however its rows lie', () => {
    expect(placesIn(0, 0)).toEqual([])
    expect(placesIn(3, 3 * 8192)).toEqual(['(0,0)', '(3,0)'])
    expect(placesIn(2_000, 2_000 * 8192)).toEqual(['(0,0)', '(976,0)', '(1952,0)', '(2000,0)'])
    expect(placesIn(1, 24_000_000)).toEqual(['(0,0)', '(0,97)', '(0,194)', '(0,291)', '(1,0)'])
    expect(placesIn(2, 10_000_000_000).length).toBe(2 * 292 + 1)
  })
})

if (inject('home') === 'server') test('a question that takes longer than it may is given up; a change is not', async () => {
  const { url, prefix } = inject('server')
  await onServer(url, `create database "${prefix}_patience"`)
  for (const own of ['', '?options=-c%20geqo%3Doff%20-c%20TimeZone%3DAsia%2FTokyo']) {
    const { db, close } = await openServer(`${databaseUrl(url, `${prefix}_patience`)}${own}`, { questionTimeoutMs: 100 })
    const asked = await db.execute(sql`select pg_sleep(5)`).catch((error: unknown) => error)
    expect(isQuestionTooLong(asked)).toBe(true)
    await db.transaction((tx) => tx.execute(sql`select pg_sleep(0.3)`))
    expect(await rowsOf(db, sql`select current_setting('TimeZone') as zone, current_setting('geqo') as geqo`)).toEqual([{ zone: 'UTC', geqo: own === '' ? 'on' : 'off' }])
    await close()
  }
})

if (inject('home') === 'server') test('a view of the map that takes longer than a question may is given up like any other', async () => {
  const world = await given(smallWorld)
  const [row] = await rowsOf<{ name: string }>(world.services.db, sql`select current_database() as name`)
  const { db, close } = await openServer(databaseUrl(inject('server').url, row!.name), { questionTimeoutMs: 200 })
  const list = await world.list()
  const view = { box: boxOf('110,20,120,45'), zoom: 5, drug: null, states: null }
  await world.services.db.transaction(async (tx) => {
    // What makes it take long: nobody reads the institutions meanwhile.
    await tx.execute(sql`lock table institution_version in access exclusive mode`)
    const asked = await clustersOf(db, list, { evidence: 'declared', asOf: list.today, knownOn: null, since: null }, view).catch((error: unknown) => error)
    expect(isQuestionTooLong(asked)).toBe(true)
  })
  await close()
})

import { sql } from 'drizzle-orm'
import { describe, expect, inject, test } from 'vitest'
import { rowsOf } from '@lastmile/db/database'
import { openServer } from '@lastmile/db/open'
import { isQuestionTooLong } from '@lastmile/db/question-too-long'
import { emptyDatabase } from '../support/home.js'
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

test.runIf(inject('home') === 'server')('a question that takes longer than it may is given up; a change is not', async () => {
  const { url, prefix } = inject('server')
  await onServer(url, `create database "${prefix}_patience"`)
  const { db, close } = await openServer(databaseUrl(url, `${prefix}_patience`), { questionTimeoutMs: 100 })
  const asked = await db.execute(sql`select pg_sleep(5)`).catch((error: unknown) => error)
  expect(isQuestionTooLong(asked)).toBe(true)
  await db.transaction((tx) => tx.execute(sql`select pg_sleep(0.3)`))
  await close()
})

import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectServer } from '@lastmile/db/open'
import type { ReportReceipt } from '@lastmile/shared/report'
import { lineTo, type Line } from '../../support/line.js'
import { databaseUrl, findServer, onServer } from '../../support/server.js'
import { context, writeCorpusWorld } from '../../trials/corpus-world.js'
import { ownFiles } from '../../trials/own-world.js'
import { bodyOf, startServer, type ServerProcess } from '../../trials/server-process.js'

/*
 * The database is lost while nobody asks and while four senders upload, and comes back: who asks is told so, the server
 * goes on by itself, and what was acknowledged is there.
 */

const postgres = await findServer()
const name = `lastmile_test_lost_${randomBytes(5).toString('hex')}`
const sources = Array.from({ length: 400 }, (_, at) => `k${at}`)
const files = ownFiles(8, context())
const question = '/api/lists/corpus/headline?evidence=confirmed'
let folder: string
let line: Line
let server: ServerProcess
let next = 0
/** All that was said of uploads. */
const answers: { status: number; receipt: ReportReceipt }[] = []

const start = () => startServer(join(folder, 'data'), { LASTMILE_CLOCK: new Date(context().clock).toISOString(), DATABASE_URL: line.url })
const lost = { status: 503, receipt: { outcome: 'rejected', id: null, reason: 'DATABASE_LOST', error: { code: 'server.database_lost' } } }

describe.skipIf(postgres === null)('a database that is lost and comes back', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lastmile-lost-'))
    await onServer(postgres!, `create database "${name}"`)
    line = await lineTo(databaseUrl(postgres!, name))
    server = await start()
    const { edition, master } = await writeCorpusWorld(join(folder, 'world'), sources)
    await bodyOf(await server.ask('/api/commands/load-edition', { method: 'POST', body: JSON.stringify({ folder: edition }) }))
    await bodyOf(await server.ask('/api/commands/load-master', { method: 'POST', body: JSON.stringify({ list: 'corpus', file: master }) }))
  }, 300_000)
  afterAll(async () => {
    await server.end('SIGKILL')
    await line.cut()
    await onServer(postgres!, `drop database if exists "${name}" with (force)`)
    await rm(folder, { recursive: true, force: true })
  })

  test('while nobody asks: questions and reports are told so, the server lives and is not ready, and goes on when it is back', async () => {
    expect((await send()).status).toBe(201)
    const before = await bodyOf(await server.ask(question))
    await line.cut()
    expect(await send()).toMatchObject(lost)
    expect((await server.ask('/api/health')).status).toBe(200)
    expect(await bodyOf(await server.ask('/api/ready'), 503)).toMatchObject({ status: 'not_ready', problems: ['The database does not answer within a second.'] })
    // One that nobody has asked yet: finished answers may still go out, for nothing moves.
    const asked = await server.ask('/api/lists/corpus/reports?limit=7')
    expect([asked.status, asked.headers.get('retry-after'), await asked.json()]).toMatchObject([503, '5', { error: { code: 'server.database_lost' } }])
    await line.mend()
    await expect.poll(async () => (await server.ask('/api/ready')).status).toBe(200)
    expect(await bodyOf(await server.ask(question))).toEqual(before)
    expect((await send()).status).toBe(201)
  })

  test.each([
    ['the line is cut', async () => line.cut()], ['its administrator ends every connection', async () => void await onServer(postgres!, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`)],
    ['the line is cut again', async () => line.cut()],
  ])('while four senders upload, and %s: each is told what became of his report', async (_, lose) => {
    const from = answers.length
    let isBack = false
    const sender = async () => {
      let after = 0
      while (after < 3 && next < sources.length) {
        await send()
        if (isBack) after += 1
      }
    }
    const sending = Promise.all(Array.from({ length: 4 }, sender))
    await expect.poll(() => answers.length - from, { interval: 5 }).toBeGreaterThan(5)
    await lose()
    await expect.poll(() => answers.slice(from).filter(({ status }) => status === 503).length, { interval: 5 }).toBeGreaterThan(0)
    await line.mend().catch(() => {})
    await expect.poll(async () => (await server.ask('/api/ready')).status).toBe(200)
    isBack = true
    await sending
    expect(new Set(answers.slice(from).map(({ status, receipt }) => `${status} ${receipt.reason ?? receipt.outcome}`))).toEqual(new Set(['201 accepted', '503 DATABASE_LOST']))
    expect(answers.at(-1)!.status).toBe(201)
  }, 180_000)

  test('as a transaction begins, the connection is given back: it is the only one, and the next transaction has it', async () => {
    const own = await lineTo(databaseUrl(postgres!, name))
    const { db, close } = connectServer(own.url)
    const work = () => db.transaction(async (tx) => tx.execute(sql`select 1`))
    for (let ticks = 0; ticks < 40; ticks++) {
      const beginning = work().catch(() => null)
      // Somewhere on the way: before it is connected, as it begins, or in it.
      for (let tick = 0; tick < ticks; tick++) await new Promise((resolve) => setImmediate(resolve))
      await own.cut()
      await beginning
      await own.mend()
    }
    // The pool may still hold a line of which nobody has told it that it was cut: that one fails, and is given up. A connection that was not given back would be waited for without end.
    await expect.poll(() => work().then(() => 'done', () => 'failed')).toBe('done')
    await close()
    await own.cut()
  })

  test('and then the server is the same, everything acknowledged is there, and nothing is half there', async () => {
    expect(server.child.exitCode).toBeNull()
    for (const round of ['as it went on', 'started again']) {
      const { rows } = await bodyOf<{ rows: { id: string; storedCount: number; rowsTotal: number }[] }>(await server.ask('/api/lists/corpus/reports?limit=500'))
      const here = new Map(rows.map(({ id, storedCount }) => [id, storedCount]))
      for (const { status, receipt } of answers) if (status === 201) expect([round, receipt.id, here.get(receipt.id!)]).toEqual([round, receipt.id, receipt.storedCount])
      expect(rows.filter(({ storedCount, rowsTotal }) => storedCount !== rowsTotal)).toEqual([])
      expect(await bodyOf(await server.ask('/api/commands/verify/corpus', { method: 'POST' }))).toEqual({ discrepancies: [] })
      expect(await bodyOf(await server.ask('/api/commands/audit-verify', { method: 'POST' }))).toMatchObject({ broken: null })
      if (round === 'started again') expect(await readdir(join(folder, 'data', 'reports', 'journal'))).toHaveLength(rows.length)
      else {
        await server.end('SIGKILL')
        server = await start()
      }
    }
  }, 180_000)
})

async function send(): Promise<(typeof answers)[number]> {
  const at = next++
  const form = new FormData()
  for (const [field, value] of Object.entries({ source: sources[at]!, period: context().period, channel: 'upload' })) form.set(field, value)
  form.set('file', new File([new Uint8Array(files[at % files.length]!.file)], 'report.csv'))
  const answer = await server.ask('/api/lists/corpus/reports', { method: 'POST', body: form })
  answers.push({ status: answer.status, receipt: await answer.json() as ReportReceipt })
  return answers.at(-1)!
}

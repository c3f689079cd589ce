import { randomBytes } from 'node:crypto'
import { mkdtemp, mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReportReceipt } from '@lastmile/shared/report'
import { databaseUrl, findServer, onServer } from '../../support/server.js'
import { smallDisk, type SmallDisk } from '../../support/small-disk.js'
import { context, writeCorpusWorld } from '../../trials/corpus-world.js'
import { ownFiles } from '../../trials/own-world.js'
import { bodyOf, startServer, type ServerProcess } from '../../trials/server-process.js'

/*
 * A real disk, small, that fills up while four senders upload: each of them is told what became of his report, and what
 * was acknowledged is there when the server was killed and started again.
 */

const postgres = await findServer()
const name = `lastmile_test_full_${randomBytes(5).toString('hex')}`
const sources = Array.from({ length: 300 }, (_, at) => `k${at}`)
const files = ownFiles(8, context())
let folder: string
let disk: SmallDisk | null
let world: { edition: string; master: string }
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lastmile-full-'))
  disk = await smallDisk(join(folder, 'disk'), 450)
  world = await writeCorpusWorld(join(folder, 'world'), sources)
})
afterAll(async () => {
  disk?.close()
  await rm(folder, { recursive: true, force: true })
  if (postgres !== null) await onServer(postgres, `drop database if exists "${name}" with (force)`)
})

interface Answer { status: number; receipt: ReportReceipt }

test('of the embedded database and the kept files', async (context) => (disk === null ? context.skip() : trial(disk, 'embedded', {})), 600_000)

test('of the kept files, the database being on a server that has room', async (context) => {
  if (disk === null || postgres === null) return context.skip()
  await onServer(postgres, `create database "${name}"`)
  await trial(disk, 'server', { DATABASE_URL: databaseUrl(postgres, name) })
}, 600_000)

async function trial({ folder: at, seenAs, command, ...disk }: SmallDisk, home: string, settings: Record<string, string>): Promise<void> {
  await mkdir(join(seenAs, home), { recursive: true })
  const start = () => startServer(join(at, home), { LASTMILE_CLOCK: new Date(context().clock).toISOString(), ...settings }, command, join(seenAs, home))
  let server = await start()
  try {
    await bodyOf(await server.ask('/api/commands/load-edition', { method: 'POST', body: JSON.stringify({ folder: world.edition }) }))
    await bodyOf(await server.ask('/api/commands/load-master', { method: 'POST', body: JSON.stringify({ list: 'corpus', file: world.master }) }))
    const answers: Answer[] = []
    let [next, refused] = [0, 0]
    const sender = async () => {
      // Each goes on for a while after the disk is full: none of it may do harm.
      while (refused < 24 && next < sources.length) {
        const answer = await send(server, sources[next]!, next++)
        answers.push(answer)
        if (answer.status !== 201) refused += 1
        if (answers.length === 6) await disk.fill(70)
        if (refused === 12 || answers.length === 40) await disk.fill(0)
      }
    }
    const question = '/api/lists/corpus/headline?evidence=confirmed'
    await Promise.all(Array.from({ length: 4 }, sender))
    expect(new Set(answers.map(({ status, receipt }) => `${status} ${receipt.outcome} ${receipt.error?.code ?? ''}`))).toEqual(new Set(['201 accepted ', '507 rejected server.disk_full']))

    expect((await server.ask('/api/health')).status).toBe(200)
    expect(await bodyOf(await server.ask('/api/ready'), 503)).toMatchObject({ problems: [expect.stringContaining('Reports cannot be kept') as string] })
    const full = await bodyOf(await server.ask(question))

    disk.makeRoom()
    expect((await server.ask('/api/ready')).status).toBe(200)
    expect(await bodyOf(await server.ask(question))).toEqual(full)
    const again = await send(server, sources[next]!, next++)
    expect(again.status).toBe(201)

    await server.end('SIGKILL')
    server = await start()
    const { rows } = await bodyOf<{ rows: { id: string; rowsTotal: number; storedCount: number }[] }>(await server.ask('/api/lists/corpus/reports?limit=500'))
    const here = new Map(rows.map(({ id, storedCount }) => [id, storedCount]))
    for (const { status, receipt } of [...answers, again]) if (status === 201) expect([receipt.id, here.get(receipt.id!)]).toEqual([receipt.id, receipt.storedCount])
    // One that was stored before the disk was full, and could not be noted any more, is there too, and whole.
    expect(rows.filter(({ rowsTotal, storedCount }) => storedCount !== rowsTotal)).toEqual([])
    expect(await bodyOf(await server.ask('/api/commands/verify/corpus', { method: 'POST' }))).toEqual({ discrepancies: [] })
    expect(await bodyOf(await server.ask('/api/commands/audit-verify', { method: 'POST' }))).toMatchObject({ broken: null })
  } finally {
    disk.makeRoom()
    await server.end('SIGTERM')
  }
}

async function send(server: ServerProcess, source: string, at: number): Promise<Answer> {
  const form = new FormData()
  for (const [field, value] of Object.entries({ source, period: context().period, channel: 'upload' })) form.set(field, value)
  form.set('file', new File([new Uint8Array(files[at % files.length]!.file)], 'report.csv'))
  const answer = await server.ask('/api/lists/corpus/reports', { method: 'POST', body: form })
  return { status: answer.status, receipt: await answer.json() as ReportReceipt }
}

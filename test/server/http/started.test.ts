import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FolderInUse } from '@lastmile/db/embedded/folder-lock'
import { openEmbedded } from '@lastmile/db/open'
import { ReportReceipt } from '@lastmile/shared/report'
import { context, corpusFiles, corpusIsThere, upload, writeCorpusWorld } from '../../trials/corpus-world.js'
import { formOf, repository } from './door.js'

/*
 * The product as it is started: a process of its own on an empty data folder, lists and masters loaded by the command
 * that people use, reports sent over the network. This is the corpus's world as a reader of the README makes it.
 */

/** In Shandong it is already the fifth; where this machine thinks it is, still the fourth. */
const settings = { LASTMILE_DEMO: 'off', LASTMILE_CLOCK: '2026-03-04T16:30:00.000Z', TZ: 'America/Los_Angeles', PORT: '0', LOG_LEVEL: 'error' }
let folder: string
let server: ChildProcess
let address: string

beforeAll(async () => {
  if (!corpusIsThere) return
  folder = await mkdtemp(join(tmpdir(), 'lastmile-started-'))
  const { edition, master } = await writeCorpusWorld(folder)
  await start()
  expect(await command('load', edition, '--master', master, '--at', '2026-03-05T00:00:00Z')).toMatchObject({ code: 1, said: expect.stringContaining('known now or was known before') as string })
  expect(await command('load', edition, '--master', master, '--at', '2026-01-05T00:00:00Z')).toMatchObject({ code: 0, said: expect.stringContaining('35 institutions added') as string })
}, 120_000)
afterAll(async () => {
  if (!corpusIsThere) return
  await stop('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

describe.skipIf(!corpusIsThere)('a server started on an empty folder, with the corpus\'s list loaded by command', () => {
  test('has that list and no other', async () => {
    expect(await (await fetch(`${address}/api/lists`)).json()).toMatchObject({ lists: [{ code: 'corpus', today: '2026-03-05', demonstration: false }] })
  })

  test('knows its institutions since the instant that the command said', async () => {
    const known = async (knownOn: string) => (await (await fetch(`${address}/api/lists/corpus/institutions?knownOn=${knownOn}`)).json() as { page: { total: number } }).page.total
    expect([await known('2026-01-04T23:59:59Z'), await known('2026-01-05T00:00:00Z')]).toEqual([0, 35])
  })

  test.each(['csv/001_utf8.csv', 'csv/208_future_dates.csv', 'xlsx/052_bomb_lying_size.xlsx', 'xlsx/050_bomb_sheet_512MB.xlsx', 'csv/119_quote_storm.csv', 'csv/125_million_rows.csv.gz'])('answers %s as the manifest says, and meanwhile whether it lives', async (name) => {
    const one = corpusFiles().find(({ file }) => file === name)!
    const watching = watchHealth()
    const { status, receipt } = await send(name)
    // One that was asked when the file came is answered too; who is not answered waits for good, and this with him.
    expect(await watching.end()).toEqual([200])
    const { outcome, http_status, errors, stored_sha256 } = one.expect
    expect(status).toBe(http_status)
    expect(receipt.outcome).toBe({ accept: 'accepted', row_errors: 'row_errors', reject_file: 'rejected', quarantine: 'quarantined' }[outcome])
    expect(receipt.storedSha256).toBe(stored_sha256 ?? null)
    expect(receipt.errors.map(({ row, column, code }) => ({ row, column, code }))).toEqual(errors ?? [])
  })

  test('a sender who vanishes in the middle leaves nothing behind', async () => {
    const before = await readdir(join(folder, 'data', 'reports', 'files'))
    const reports = async () => (await (await fetch(`${address}/api/lists/corpus/reports`, { headers: await secret() })).json() as { page: { total: number } }).page.total
    const total = await reports()
    const cut = new AbortController()
    const { file } = upload(corpusFiles().find((one) => one.file === 'csv/039_full_matrix.csv')!)
    const field = (name: string, value: string) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
    const body = new ReadableStream({
      async start(stream) {
        stream.enqueue(new TextEncoder().encode(`${field('source', 'sd')}${field('period', '2026-02')}${field('channel', 'upload')}--b\r\nContent-Disposition: form-data; name="file"; filename="half.csv"\r\n\r\n`))
        stream.enqueue(file.slice(0, file.length / 2))
        // Cut once it is being received: a file lies there, and it is not whole.
        await expect.poll(() => readdir(join(folder, 'data', 'reports', 'incoming'))).toHaveLength(1)
        cut.abort()
      },
    })
    const init = { method: 'POST', body, duplex: 'half', signal: cut.signal, headers: { ...await secret(), 'Content-Type': 'multipart/form-data; boundary=b' } }
    await expect(fetch(`${address}/api/lists/corpus/reports`, init as RequestInit)).rejects.toThrow()
    expect((await fetch(`${address}/api/health`)).status).toBe(200)
    expect(await readdir(join(folder, 'data', 'reports', 'files'))).toEqual(before)
    await expect.poll(() => readdir(join(folder, 'data', 'reports', 'incoming'))).toEqual([])
    expect(await reports()).toBe(total)
  })

  test('killed without a word and started again, it still has what it acknowledged', async () => {
    const reports = async () => (await (await fetch(`${address}/api/lists/corpus/reports?state=accepted`, { headers: await secret() })).json() as { rows: { id: string; storedCount: number }[] }).rows.map(({ id, storedCount }) => `${id} ${storedCount}`)
    const before = await reports()
    expect(before).toHaveLength(1)
    await stop('SIGKILL')
    await start()
    expect(await reports()).toEqual(before)
    expect(await command('verify', 'corpus')).toMatchObject({ code: 0 })
    expect((await send('csv/001_utf8.csv')).status).toBe(409)
  }, 60_000)
})

describe('the data folder is open in one process', () => {
  let below: string
  beforeAll(async () => {
    below = await mkdtemp(join(tmpdir(), 'lastmile-lock-'))
  })
  afterAll(() => rm(below, { recursive: true, force: true }))
  const boot = async () => readFile('/proc/sys/kernel/random/boot_id', 'utf8').then((text) => text.trim(), () => 'unknown')
  const left = async (name: string, lock: string) => {
    await writeFile(join(below, `${name}.lock`), lock)
    return join(below, name)
  }

  test('in this one: of two openings the second is refused, and closing frees the folder', async () => {
    const folder = join(below, 'ours')
    const [first, second] = await Promise.allSettled([openEmbedded(folder), openEmbedded(folder)])
    expect([first.status, second.status].sort()).toEqual(['fulfilled', 'rejected'])
    expect(second.status === 'rejected' ? second.reason : (first as PromiseRejectedResult).reason).toBeInstanceOf(FolderInUse)
    const lock: unknown = JSON.parse(await readFile(`${folder}.lock`, 'utf8'))
    expect(lock).toMatchObject({ pid: process.pid })
    for (const one of [first, second]) if (one.status === 'fulfilled') await one.value.close()
    expect(await readdir(below)).toEqual(['ours', 'ours.version'])
    await (await openEmbedded(folder)).close()
  })

  test.each([
    ['a process that is gone', async () => JSON.stringify({ pid: 2 ** 22 + 1, boot: await boot() })], ['another start of the machine', async () => JSON.stringify({ pid: 1, boot: 'another' })],
    ['a process that had our pid before us', async () => JSON.stringify({ pid: process.pid, boot: await boot() })], ['a machine that lost power as it wrote', async () => ''],
  ])('a lock left by %s is taken over', async (name, lock) => {
    const open = await openEmbedded(await left(name, await lock()))
    await open.close()
    expect((await readdir(below)).filter((file) => file.includes('.lock'))).toEqual([])
  })

  test('in another that lives: refused, and its lock stays', async () => {
    const lock = JSON.stringify({ pid: process.ppid, boot: await boot(), id: 'theirs' })
    const folder = await left('theirs', lock)
    await expect(openEmbedded(folder)).rejects.toThrow(`is open in process ${process.ppid}`)
    expect(await readFile(`${folder}.lock`, 'utf8')).toBe(lock)
    expect(await readdir(below)).not.toContain('theirs')
  })
})

/** Who knows the data folder's secret may send reports. */
async function secret(): Promise<Record<string, string>> {
  return { 'x-lastmile-command': await readFile(join(folder, 'data', 'command-token'), 'utf8') }
}

async function send(name: string): Promise<{ status: number; receipt: ReportReceipt }> {
  const one = corpusFiles().find(({ file }) => file === name)!
  const answer = await fetch(`${address}/api/lists/corpus/reports`, { method: 'POST', headers: await secret(), body: formOf({ list: 'corpus', source: 'sd', channel: 'upload', period: one.submit_period ?? context().period, ...upload(one) }) })
  return { status: answer.status, receipt: ReportReceipt.parse(await answer.json()) }
}

/** Asks again and again whether the server lives, until told to end; then answers what it was told, each answer once. */
function watchHealth(): { end(): Promise<number[]> } {
  const heard = new Set<number>()
  const ends = new AbortController()
  const asked = (async () => {
    while (!ends.signal.aborted) heard.add((await fetch(`${address}/api/health`)).status)
  })()
  return {
    end: async () => {
      ends.abort()
      await asked
      return [...heard]
    },
  }
}

/** Starts the server on this test's data folder and waits until it says where it listens. */
async function start(): Promise<void> {
  const own = run('main.js')
  server = own.process
  address = await new Promise((resolve, reject) => {
    const timer = setInterval(() => {
      const found = /ready at (http:\S+)/.exec(own.said())
      if (found) resolve(found[1]!)
      else if (server.exitCode !== null) reject(new Error(own.said()))
      if (found || server.exitCode !== null) clearInterval(timer)
    }, 50)
  })
}

async function stop(signal: NodeJS.Signals): Promise<void> {
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill(signal)
  await ended
}

/** Runs one of the product's commands to its end. */
async function command(name: string, ...words: string[]): Promise<{ code: number | null; said: string }> {
  const own = run(`command/${name}.js`, ...words)
  const code = await new Promise<number | null>((resolve) => own.process.once('close', resolve))
  return { code, said: own.said() }
}

function run(script: string, ...words: string[]): { process: ChildProcess; said(): string } {
  let said = ''
  const child = spawn(process.execPath, [join(repository, 'server/dist', script), ...words], { env: { ...environment(), ...settings, DATA_DIR: join(folder, 'data') } })
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  return { process: child, said: () => said }
}

/** This machine's environment without settings of the product that a person may have made. */
function environment(): Record<string, string | undefined> {
  const { DATABASE_URL: _, ...rest } = process.env
  return rest
}

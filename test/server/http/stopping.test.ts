import { spawn, type ChildProcess } from 'node:child_process'
import { get, request } from 'node:http'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listCode, writeEdition } from '../../support/edition.js'
import { masterOf } from '../../support/rows.js'
import { repository } from './door.js'

/*
 * A server of its own that is told to stop while a report is on its way, and that is copied while it runs.
 */

let folder: string
let server: ChildProcess
let said = ''
const until = async (words: RegExp) => {
  for (;;) {
    const found = words.exec(said)
    if (found) return found
    if (server.exitCode !== null) throw new Error(said)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function run(script: string, data: string, ...words: string[]): ChildProcess {
  const { DATABASE_URL: _, ...environment } = process.env
  return spawn(process.execPath, [join(repository, 'server/dist', script), ...words], { env: { ...environment, LASTMILE_DEMO: 'off', LASTMILE_CLOCK: '2026-06-30T04:00:00Z', PORT: '0', DATA_DIR: join(folder, data) } })
}

/** Runs one of the product's commands to its end. */
async function command(name: string, data: string, ...words: string[]): Promise<string> {
  let own = ''
  const child = run(`command/${name}.js`, data, ...words)
  for (const stream of [child.stdout!, child.stderr!]) stream.setEncoding('utf8').on('data', (text: string) => (own += text))
  const code = await new Promise((resolve) => child.once('close', resolve))
  return `${String(code)}: ${own}`
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lastmile-stopping-'))
  server = run('main.js', 'data')
  for (const stream of [server.stdout!, server.stderr!]) stream.setEncoding('utf8').on('data', (text: string) => (said += text))
}, 120_000)
afterAll(async () => {
  server.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

test('a report that is half sent is taken to its end, open windows are let go, and the process ends well', async () => {
  const address = (await until(/ready at (http:\S+)/))[1]!
  await writeEdition(join(folder, 'edition'), {})
  await writeFile(join(folder, 'master.csv'), masterOf({ H1: '100100' }))
  const asCommand = { 'x-lastmile-command': await readFile(join(folder, 'data', 'command-token'), 'utf8') }
  const load = async (path: string, body: object) => (await fetch(`${address}/api/commands/${path}`, { method: 'POST', headers: asCommand, body: JSON.stringify(body) })).status
  expect(await load('load-edition', { folder: join(folder, 'edition') })).toBe(200)
  expect(await load('load-master', { list: listCode, file: join(folder, 'master.csv') })).toBe(200)

  const windowOpen = await fetch(`${address}/api/events`)
  const windowEnds = windowOpen.text()
  const [head, tail] = ['--b\r\nContent-Disposition: form-data; name="source"\r\n\r\nhospitals\r\n--b\r\nContent-Disposition: form-data; name="asOf"\r\n\r\n2026-06-29\r\n--b\r\n'
    + 'Content-Disposition: form-data; name="file"; filename="half.csv"\r\n\r\ninstitution_code,drug_code,status\n', 'H1,alpha,in_stock\n\r\n--b--\r\n']
  const upload = request(`${address}/api/lists/${listCode}/reports`, { method: 'POST', headers: { ...asCommand, 'content-type': 'multipart/form-data; boundary=b', 'content-length': head!.length + tail!.length } })
  const answered = new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    upload.on('error', reject).on('response', (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (text: string) => (body += text)).on('end', () => resolve({ status: answer.statusCode, body }))
    })
  })
  await new Promise((resolve) => upload.write(head, resolve))
  // Its head has arrived once the server answers what was asked after it.
  await fetch(`${address}/api/health`)

  const ended = new Promise((resolve) => server.once('exit', (code) => resolve(code)))
  server.kill('SIGTERM')
  await until(/stopping …/)
  expect(await windowEnds).toContain(': open')
  // A connection of its own: one that is open already may still be answered. One that waited in the queue as the door closed is reset.
  await expect(new Promise((resolve, reject) => get(`${address}/api/health`, { agent: false }, resolve).on('error', reject))).rejects.toThrow(/ECONNREFUSED|ECONNRESET/)
  upload.end(tail)
  const { status, body } = await answered
  expect([status, JSON.parse(body)]).toMatchObject([201, { outcome: 'accepted', storedCount: 1 }])
  expect(await ended).toBe(0)
  expect(said).toContain('"isWhole":true')
  expect(await readdir(join(folder, 'data', 'reports', 'journal'))).toHaveLength(1)
  expect(await readdir(join(folder, 'data'))).not.toContain('database.lock')
  expect(await readdir(join(folder, 'data'))).not.toContain('address')
}, 120_000)

test('the copy that a command made of it while it ran goes into a new folder by command, and every count is right', async () => {
  server = run('main.js', 'data')
  said = ''
  for (const stream of [server.stdout!, server.stderr!]) stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  await until(/ready at (http:\S+)/)
  const copy = join(folder, 'copy')
  expect(await command('backup', 'data', copy)).toMatch(/^0: Copied into .*copy: \d+ rows of \d+ tables as of \S+, 2 kept files/)
  expect(await command('backup', 'data', copy)).toContain(`1: There is something in ${copy} already.`)
  expect(await command('restore', 'data', copy)).toContain('1: This home is not empty: there are rows in')
  expect(await command('restore', 'restored', copy)).toMatch(/^0: Restored from .*copy: \d+ rows of \d+ tables/)
  expect(await command('verify', 'restored')).toContain(`0: ${listCode}: every maintained count is what the statements say.`)
}, 180_000)

test('where another server has noted its address since, commands go on finding that one', async () => {
  const others = JSON.stringify({ address: 'http://127.0.0.1:9', pid: 1 })
  await writeFile(join(folder, 'data', 'address'), others)
  const ended = new Promise((resolve) => server.once('exit', (code) => resolve(code)))
  server.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(await readFile(join(folder, 'data', 'address'), 'utf8')).toBe(others)
})

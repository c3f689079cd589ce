import { execFile, spawn } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { repository } from './door.js'

/*
 * A process that cannot be started as it is set up says so in one sentence, soon, and leaves nothing behind.
 */

let folder: string
let taken: ReturnType<typeof createServer>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lastmile-starting-'))
  await writeFile(join(folder, 'file'), '')
  taken = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => taken.once('listening', resolve))
})
afterAll(async () => {
  taken.close()
  await rm(folder, { recursive: true, force: true })
})

/** Runs a script of the product to its end and tells its exit code and all it said. */
function run(script: string, settings: Record<string, string>, ...words: string[]): Promise<{ code: number; said: string }> {
  const { DATABASE_URL: _, ...environment } = process.env
  const env = { ...environment, LASTMILE_DEMO: 'off', PORT: '0', DATA_DIR: join(folder, 'data'), ...settings }
  return new Promise((resolve) => {
    execFile(process.execPath, ['--enable-source-maps', join(repository, 'server/dist', script), ...words], { env }, (error, out, err) => resolve({ code: Number(error?.code ?? 0), said: out + err }))
  })
}

const isThere = async (path: string) => access(path).then(() => true, () => false)

describe('a server that cannot start says why in a sentence', () => {
  test.each<[string, () => Record<string, string>, string]>([
    ['another kind of database', () => ({ DATABASE_URL: 'mysql://x' }), 'The environment variable DATABASE_URL must be an address that begins with postgres://.'],
    ['a port that is none', () => ({ PORT: 'abc' }), 'The environment variable PORT must be a whole number from 0 to 65535.'],
    ['a port that another has', () => ({ PORT: String((taken.address() as AddressInfo).port), LASTMILE_DEMO: 'on' }), 'is taken by another program'],
    ['a host that is not this machine', () => ({ HOST: '192.0.2.1' }), 'HOST is 192.0.2.1, and that is no address of this machine.'],
    ['a database server that is not there', () => ({ DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/name' }), 'DATABASE_URL leads to 127.0.0.1:1, database "name", and no server answers there'],
    ['an owner of no database', () => ({ DATABASE_OWNER_URL: 'postgres://owner:secret@127.0.0.1:1/name' }), 'The environment variable DATABASE_OWNER_URL must be given beside DATABASE_URL, or not at all.'],
    ['a folder below a file', () => ({ DATA_DIR: join(folder, 'file', 'data') }), 'leads through, a file. Set DATA_DIR to a folder that this user can write to.'],
    ['a folder that nobody can make', () => ({ DATA_DIR: '/proc/lastmile' }), 'DATA_DIR is /proc/lastmile, and '],
  ])('%s', async (_, settings, sentence) => {
    const { code, said } = await run('main.js', settings())
    expect(said).toContain(sentence)
    expect(said).not.toMatch(/\n {4}at |secret/)
    expect(code).toBe(1)
    expect(await isThere(join(folder, 'data', 'database'))).toBe(false)
  })
})

describe('a command that reads, given a folder in which there is nothing', () => {
  test.each([['backup', join('nowhere', 'copy')], ['verify', 'any'], ['recount', 'any']])('%s is refused, and makes nothing', async (name, word) => {
    const home = join(folder, 'mistyped')
    const { code, said } = await run(`command/${name}.js`, { DATA_DIR: home }, join(folder, word))
    expect([code, said]).toEqual([1, expect.stringContaining(`There is no Lastmile in ${home}.`)])
    expect([await isThere(home), await isThere(join(folder, word))]).toEqual([false, false])
  })
})

test('who stops reading what a command says does not make it fail', async () => {
  const child = spawn(process.execPath, [join(repository, 'server/dist/command/settings.js')])
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  child.stdout.destroy()
  expect([await new Promise((resolve) => child.once('close', resolve)), said]).toEqual([0, ''])
})

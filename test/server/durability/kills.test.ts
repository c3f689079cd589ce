import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseUrl, findServer, onServer } from '../../support/server.js'
import { runKills } from '../../trials/kills.js'

/*
 * A short run of what `pnpm kills` does for as long as one likes: the server is killed while four senders upload.
 */

const server = await findServer()
const name = `lastmile_test_kills_${randomBytes(5).toString('hex')}`
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lastmile-kills-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  if (server !== null) await onServer(server, `drop database if exists "${name}" with (force)`)
})

const said: string[] = []
const kills = (rounds: number, home: string, url: string | null) => runKills({ rounds, seed: 'the suite', folder: join(folder, home), databaseUrl: url, say: (line) => said.push(line) })

test('killed six times while reports come in, the embedded home has every report that it acknowledged, whole, and of the others all or nothing', async () => {
  const { rounds, acknowledged, problems } = await kills(6, 'embedded', null)
  expect(problems, said.join('\n')).toEqual([])
  expect(rounds).toBe(6)
  expect(acknowledged).toBeGreaterThan(6)
}, 600_000)

test.skipIf(server === null)('and so has a server whose data are on PostgreSQL', async () => {
  await onServer(server!, `create database "${name}"`)
  const { rounds, acknowledged, problems } = await kills(6, 'server', databaseUrl(server!, name))
  expect(problems, said.join('\n')).toEqual([])
  expect(rounds).toBe(6)
  expect(acknowledged).toBeGreaterThan(6)
}, 600_000)

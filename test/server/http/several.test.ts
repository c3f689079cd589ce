import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { compose, type Composed } from '@lastmile/server/compose'
import type { LiveEvent } from '@lastmile/server/lib/events'
import { remindOfAll } from '@lastmile/server/messages/remind'
import { readSettings } from '@lastmile/server/settings'
import type { HeadlineAnswer } from '@lastmile/shared/coverage'
import { ReportReceipt } from '@lastmile/shared/report'
import { signedIn } from '../../support/actors.js'
import { listCode, writeEdition } from '../../support/edition.js'
import { masterOf } from '../../support/rows.js'
import { databaseUrl, findServer, onServer } from '../../support/server.js'
import { list } from './country.js'
import { asCommand, formOf } from './door.js'
import { listening, type Listening } from './listening.js'

/*
 * Several servers on one PostgreSQL database, as behind one address: each is put together as the product puts itself
 * together, listens on a port of its own, and knows of the others what the database tells.
 */

const url = await findServer()

/** A server of several, and what its open windows heard. */
type OneOfSeveral = Composed & Listening & { heard: LiveEvent[] }

/** Two servers that start at once on one database, which has no tables yet. */
async function twoServers(database: string, dataDir: string): Promise<OneOfSeveral[]> {
  const settings = readSettings({ DATABASE_URL: databaseUrl(url!, database), DATA_DIR: dataDir, LASTMILE_DEMO: 'off', LASTMILE_CLOCK: '2026-03-31T04:00:00.000Z', LOG_LEVEL: 'silent' })
  const both = await Promise.all([compose(settings), compose(settings)])
  return Promise.all(both.map(async (composed) => {
    const heard: LiveEvent[] = []
    composed.services.events.subscribe((event) => void heard.push(event))
    const listener = await listening(composed.services)
    return { ...composed, ...listener, heard, close: async () => {
      await listener.close()
      await composed.close()
    } }
  }))
}

async function command(server: OneOfSeveral, what: string, body: object): Promise<string> {
  const answer = await fetch(`${server.address}/api/commands/${what}`, { method: 'POST', headers: asCommand(server.services), body: JSON.stringify(body) })
  expect(answer.status).toBe(200)
  return answer.text()
}

const soon = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 30_000, interval: 20 })

describe.skipIf(url === null)('of two servers on one database', () => {
  const database = `lastmile_several_${randomBytes(5).toString('hex')}`
  let servers: OneOfSeveral[] = []
  let folder: string
  beforeAll(async () => {
    if (url === null) return
    folder = await mkdtemp(join(tmpdir(), 'lastmile-several-'))
    await onServer(url, `create database "${database}"`)
    servers = await twoServers(database, join(folder, 'data'))
    await writeEdition(join(folder, 'edition'), {})
    await writeFile(join(folder, 'master.csv'), masterOf(Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`H${i}`, '100100']))))
    await command(servers[0]!, 'load-edition', { folder: join(folder, 'edition'), at: '2026-01-01T00:00:00.000Z' })
    await command(servers[0]!, 'load-master', { list: listCode, file: join(folder, 'master.csv'), at: '2026-01-01T00:00:00.000Z' })
  })
  afterAll(async () => {
    if (url === null) return
    for (const { close } of servers) await close()
    await onServer(url, `drop database if exists "${database}" with (force)`)
    await rm(folder, { recursive: true, force: true })
  })

  let day = 10
  const send = async (server: OneOfSeveral, institution: string) => {
    const body = formOf({ list: listCode, source: 'hospitals', asOf: `2026-03-${day++}`, file: `institution_code,drug_code,status\n${institution},alpha,in_stock` })
    const answer = await fetch(`${server.address}${list}/reports`, { method: 'POST', body, headers: asCommand(server.services) })
    expect(answer.status).toBe(201)
    return ReportReceipt.parse(await answer.json()).id!
  }
  /** Asks twice; the second answer is ready, unless a change came between. */
  const institutions = async (server: Listening) => {
    await server.ask(`${list}/headline?evidence=confirmed`)
    const { body, ready } = await server.ask(`${list}/headline?evidence=confirmed`)
    return { institutions: (JSON.parse(body.toString()) as HeadlineAnswer).institutions, ready: ready !== null }
  }
  const reportsHeard = (server: { heard: LiveEvent[] }) => server.heard.flatMap((one) => (one.event === 'report' && one.data.report !== '' ? [one.data.report] : []))

  test('each knows the list that was loaded through one of them', async () => {
    for (const server of servers) await soon(async () => expect(await institutions(server)).toEqual({ institutions: 0, ready: true }))
  })

  test('a report that one accepted is in the ready answers of the other, and the windows open there hear of it, once', async () => {
    const [one, other] = [servers[0]!, servers[1]!]
    const sent: string[] = []
    for (const [i, [by, to]] of [[one, other], [other, one], [one, other]].entries()) {
      sent.push(await send(by!, `H${i}`))
      await soon(async () => expect(await institutions(to!)).toEqual({ institutions: i + 1, ready: true }))
      expect(await institutions(by!)).toEqual({ institutions: i + 1, ready: true })
    }
    for (const server of servers) await soon(async () => expect(reportsHeard(server)).toEqual(sent))
  })

  test('who is signed out through one is signed out on the other at once, and his windows there end', async () => {
    const [one, other] = [servers[0]!, servers[1]!]
    const { id, headers } = await signedIn(one.services, { role: 'operator' })
    const asked = async (server: OneOfSeveral) => (await server.ask('/api/account', headers)).status
    expect([await asked(one), await asked(other)]).toEqual([200, 200])
    const window = (await fetch(`${other.address}/api/events`, { headers })).text()
    await soon(async () => expect(other.services.events.listening()).toBe(2))
    const left = await fetch(`${one.address}/api/session`, { method: 'DELETE', headers })
    expect(left.status).toBe(200)
    expect(await window).toMatch(/event: session\ndata: \{\}\n\n$/)
    expect([await asked(one), await asked(other)]).toEqual([401, 401])
    expect(other.heard).toContainEqual({ event: 'session', to: id })
  })

  test('of a message that was told through one the windows of the other hear, and both remind once', async () => {
    const [one, other] = [servers[0]!, servers[1]!]
    const { headers } = await signedIn(one.services, { role: 'company', company: 'acme' })
    await Promise.all(servers.map(({ services }) => remindOfAll(services)))
    for (const server of servers) await soon(async () => expect(server.heard).toContainEqual({ event: 'message', to: expect.arrayContaining(['company:company:acme']) as unknown }))
    const messages = async (server: OneOfSeveral) => (JSON.parse((await server.ask('/api/messages', headers)).body.toString()) as { messages: { kind: string; subject: { period: string } }[] }).messages.map(({ kind, subject }) => `${kind} ${subject.period}`)
    expect(await messages(one)).toEqual(await messages(other))
    expect(new Set(await messages(one)).size).toBe((await messages(one)).length)
    expect((await messages(one)).length).toBeGreaterThan(0)
  })

  test('a line that the database cut is made again, and what was missed meanwhile is not: numbers are right, windows are told to ask again', async () => {
    const [one, other] = [servers[0]!, servers[1]!]
    const before = (await institutions(other)).institutions
    const [seen, lines] = [other.heard.length, `from pg_stat_activity where datname = '${database}' and application_name = 'lastmile listener'`]
    await onServer(url!, `select pg_terminate_backend(pid)::text as name ${lines}`)
    await send(one, 'H3')
    await soon(async () => expect(await institutions(other)).toEqual({ institutions: before + 1, ready: true }))
    await soon(async () => expect(other.heard.slice(seen)).toContainEqual({ event: 'report', data: expect.objectContaining({ list: listCode }) as unknown }))
    await soon(async () => expect(await onServer(url!, `select pid::text as name ${lines}`)).toHaveLength(2))
    await send(other, 'H4')
    await soon(async () => expect(await institutions(one)).toEqual({ institutions: before + 2, ready: true }))
  })

  test('counts that are checked while reports come in are found right', async () => {
    const [one, other] = [servers[0]!, servers[1]!]
    const sent = new AbortController()
    const sending = (async () => {
      for (let i = 0; i < 12; i += 1) await send(other, `H${i % 9}`)
      sent.abort()
    })()
    const found: string[] = []
    while (!sent.signal.aborted) found.push(await command(one, `verify/${listCode}`, {}))
    await sending
    expect(found.length).toBeGreaterThan(3)
    expect(new Set(found)).toEqual(new Set(['{"discrepancies":[]}']))
  })

  test('a copy that is put back through one of two that run on an empty database is known to both at once, and windows hear of it', async () => {
    const [copy, empty] = [join(folder, 'copy'), `${database}_empty`]
    const before = (await institutions(servers[0]!)).institutions
    await command(servers[0]!, 'backup', { folder: copy })
    await onServer(url!, `create database "${empty}"`)
    const others = await twoServers(empty, join(folder, 'other'))
    try {
      for (const one of others) expect(await one.services.lists.all()).toEqual([])
      expect(await command(others[0]!, 'restore', { folder: copy })).toContain('"done"')
      expect(await institutions(others[0]!)).toEqual({ institutions: before, ready: true })
      await soon(async () => expect(await institutions(others[1]!)).toEqual({ institutions: before, ready: true }))
      for (const one of others) await soon(async () => expect(one.heard).toContainEqual({ event: 'report', data: expect.objectContaining({ list: listCode }) as unknown }))
    } finally {
      for (const one of others) await one.close()
      await onServer(url!, `drop database if exists "${empty}" with (force)`)
    }
  })
})

test.skipIf(url === null)('a server that is closed leaves no connection behind', async () => {
  const database = `lastmile_several_${randomBytes(5).toString('hex')}`
  const folder = await mkdtemp(join(tmpdir(), 'lastmile-several-'))
  await onServer(url!, `create database "${database}"`)
  try {
    const { close, services } = await compose(readSettings({ DATABASE_URL: databaseUrl(url!, database), DATA_DIR: folder, LOG_LEVEL: 'silent' }))
    expect(await services.lists.all()).toEqual([])
    await close()
    await vi.waitFor(async () => expect(await onServer(url!, `select application_name as name from pg_stat_activity where datname = '${database}'`)).toEqual([]), { timeout: 30_000 })
  } finally {
    await onServer(url!, `drop database if exists "${database}" with (force)`)
    await rm(folder, { recursive: true, force: true })
  }
})

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { IncomingMessage } from 'node:http'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { newApp, type AppOptions } from '@lastmile/server/app'
import { newLog } from '@lastmile/server/lib/log'
import { csvOf } from '../../support/rows.js'
import { listCode } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { smallWorld } from '../../support/small-world.js'
import { asCommand, build, formOf, keepingLog } from './door.js'

/*
 * What those who run the server look at: whether it lives, whether it can work, how much it does, and what it said.
 */

async function server(options: Partial<AppOptions> = {}) {
  const world = await given(smallWorld)
  const { log, said } = keepingLog()
  const app = newApp({ ...world.services, log }, { webFolder: null, build, ...options })
  return { world, said, ask: async (path: string, init?: RequestInit, from?: string) => app.request(path, init, from === undefined ? {} : { incoming: { socket: { remoteAddress: from } } as IncomingMessage }) }
}
const report = (rows: readonly string[]) => ({ method: 'POST', headers: asCommand({ commandToken: 'c'.repeat(64) }), body: formOf({ list: listCode, source: 'hospitals', asOf: '2026-06-29', file: csvOf(rows) }) })

describe('whether it can do its work', () => {
  test('it can', async () => {
    const { ask } = await server()
    await expect.poll(async () => (await ask('/api/ready')).json(), { timeout: 30_000 }).toEqual({ status: 'ready', problems: [] })
  })

  test('while a long question keeps the embedded database, it says so, and still says that it lives', async () => {
    const { ask, world } = await server()
    const long = world.services.db.execute(sql`select pg_sleep(4)`).then(() => {})
    const ready = await ask('/api/ready')
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'not_ready', problems: ['The database does not answer within a second.'] }])
    expect((await ask('/api/health')).status).toBe(200)
    await long
  })

  test('while a long transaction keeps the embedded database and gets on, it can: who asks waits, and it is well', async () => {
    const { ask, world } = await server()
    let end = () => {}
    const ended = new Promise<void>((resolve) => (end = resolve))
    const long = world.services.db.transaction(async (tx) => {
      await tx.execute(sql`select 1`)
      await ended
    })
    const ready = await ask('/api/ready')
    end()
    await long
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready', problems: [] }])
  })

  test('without a folder to keep reports in, it says so', async () => {
    const { ask, world } = await server()
    const files = dirname(world.services.files.path('files/any'))
    await rm(files, { recursive: true })
    const ready = await ask('/api/ready')
    expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('the folder reports in DATA_DIR cannot be written to')])
    await mkdir(files)
    await expect.poll(async () => (await ask('/api/ready')).status, { timeout: 30_000 }).toBe(200)
  })

  test('on a database that a later release has upgraded, it says so', async () => {
    const { ask, world } = await server()
    await world.services.db.execute(sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9000000000000)`)
    const ready = await ask('/api/ready')
    await world.services.db.execute(sql`delete from drizzle.__drizzle_migrations where hash = 'later'`)
    expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('another schema than this program')])
  })

  test('told to stop, it is not ready and takes nothing new, and says that it lives', async () => {
    const stopping = new AbortController()
    const { ask } = await server({ stopping: stopping.signal })
    stopping.abort()
    expect((await ask('/api/ready')).status).toBe(503)
    const refused = await ask(`/api/lists/${listCode}/reports`, report(['H1 alpha in_stock']))
    expect([refused.status, await refused.json()]).toMatchObject([503, { error: { code: 'server.stopping' } }])
    expect((await ask('/api/health')).status).toBe(200)
  })
})

describe('how much it does', () => {
  const here = { headers: { host: '127.0.0.1:8787' } }

  test('requests by route, reports by what became of them, rows, and the version of each list', async () => {
    const { ask } = await server()
    await ask(`/api/lists/${listCode}/headline?evidence=declared`)
    await ask(`/api/lists/${listCode}/reports`, report(['H1 alpha in_stock', 'P1 beta in_stock']))
    await ask(`/api/lists/${listCode}/reports`, report(['H1 alpha perhaps']))
    const text = await (await ask('/metrics', here, '127.0.0.1')).text()
    for (const line of [
      'lastmile_request_seconds_count{method="GET",route="/api/lists/:list/headline",status="200"} 1', 'lastmile_reports_total{outcome="accepted"} 1',
      'lastmile_reports_total{outcome="row_errors"} 1', 'lastmile_report_rows_total 2', 'lastmile_acceptance_seconds_count 1', 'lastmile_event_subscribers 0',
    ]) expect(text.split('\n')).toContain(line)
    expect(text).toMatch(new RegExp(`lastmile_list_version\\{list="${listCode}"\\} \\d+`))
  })

  test('a request is counted under the route that answered it where pages are served too, and what is asked by machines leaves no line', async () => {
    const pages = await mkdtemp(join(tmpdir(), 'lastmile-pages-'))
    await writeFile(join(pages, 'index.html'), '<!doctype html>')
    const { ask, said } = await server({ webFolder: pages })
    for (const path of ['/api/health', '/api/ready', `/api/lists/${listCode}/headline`, `/api/lists/${listCode}/drugs/none`, '/overview', '/api/nothing']) await ask(path)
    const text = await (await ask('/metrics', here, '127.0.0.1')).text()
    const routes = [...text.matchAll(/lastmile_request_seconds_count\{method="GET",route="([^"]+)",status="(\d+)"\} 1/g)].map(([, route, status]) => `${status} ${route}`)
    expect(routes.sort()).toEqual(['200 /*', '200 /api/health', '200 /api/lists/:list/headline', '200 /api/ready', '404 /*', '404 /api/lists/:list/drugs/:drug'])
    const lines = said.filter((line) => line.includes("event: 'request'") && !line.includes('debug'))
    expect(lines.filter((line) => line.includes("route: '/api/lists/:list/headline'"))).toHaveLength(1)
    await rm(pages, { recursive: true })
  })

  test.each<[string, RequestInit, string | undefined]>([
    ['from another machine', here, '10.0.0.7'], ['through a proxy that passes the name on', { headers: { host: 'lastmile.example' } }, '127.0.0.1'],
    ['through a proxy that says for whom', { headers: { host: '127.0.0.1:8787', 'x-forwarded-for': '10.0.0.7' } }, '127.0.0.1'],
  ])('is not told %s', async (_, init, from) => {
    const { ask } = await server()
    expect((await ask('/metrics', init, from)).status).toBe(404)
  })

  test('with a token it is told to whoever sends it, and to nobody else', async () => {
    const { ask } = await server({ metricsToken: 'sixteen letters.' })
    expect((await ask('/metrics', here, '127.0.0.1')).status).toBe(404)
    expect((await ask('/metrics', { headers: { authorization: 'Bearer sixteen letters,' } }, '10.0.0.7')).status).toBe(404)
    expect((await ask('/metrics', { headers: { authorization: 'Bearer sixteen letters.' } }, '10.0.0.7')).status).toBe(200)
  })
})

describe('what it says of each request', () => {
  test('is one line with the request\'s name, its route and what became of it, and nothing that was asked', async () => {
    const { ask, said } = await server()
    const answer = await ask(`/api/lists/${listCode}/institutions?near=39.9042,116.4074&q=Strelsau`, { headers: { 'x-request-id': 'proxy-12345678' } })
    expect(answer.headers.get('x-request-id')).toBe('proxy-12345678')
    const lines = said.filter((line) => line.includes('proxy-12345678'))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain("route: '/api/lists/:list/institutions'")
    expect(said.join()).not.toMatch(/39\.9042|Strelsau/)
  })

  test.each(['/institutions/clusters', '/institutions/:code'])('names the route that answered: %s', async (route) => {
    const { ask, said } = await server()
    await ask(`/api/lists/${listCode}${route.replace(':code', 'H1')}`)
    expect(said.filter((line) => line.includes('a request was answered')).join()).toContain(`route: '/api/lists/:list${route}'`)
  })

  test('names a request that has no name, or one that is none', async () => {
    const { ask } = await server()
    for (const given of [undefined, 'short', 'with spaces in it', 'x'.repeat(65)]) {
      expect((await ask('/api/health', given === undefined ? {} : { headers: { 'x-request-id': given } })).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    }
  })

  test('a statement that failed speaks by what the database said, and not by what was asked of it', async () => {
    const world = await given(smallWorld)
    const lines: string[] = []
    const app = newApp({ ...world.services, log: newLog('info', { write: (line) => void lines.push(line) }) }, { webFolder: null, build })
    await world.services.db.execute(sql`alter table drug rename to drug_elsewhere`)
    const answer = await app.request(`/api/lists/${listCode}/drugs/whose-${'x'.repeat(2_000)}`)
    await world.services.db.execute(sql`alter table drug_elsewhere rename to drug`)
    expect(answer.status).toBe(500)
    const failed = lines.filter((line) => line.includes('a request failed'))
    expect(failed).toHaveLength(1)
    expect(JSON.parse(failed[0]!)).toMatchObject({ err: { message: 'relation "drug" does not exist', code: '42P01', stack: expect.stringContaining('    at ') as string }, requestId: answer.headers.get('x-request-id') })
    expect(failed[0]).not.toMatch(/whose|select|params/)
  })

  test('a report has a line of its own, accepted or refused, and so has a refusal its code', async () => {
    const { ask, said } = await server()
    const sent = report(['H1 alpha in_stock'])
    await ask(`/api/lists/${listCode}/reports`, sent)
    await ask(`/api/lists/${listCode}/reports`, report(['H1 alpha in_stock']))
    await ask('/api/lists/nowhere/headline?evidence=declared')
    const outcomes = said.filter((line) => line.includes("event: 'report'"))
    expect(outcomes).toEqual([expect.stringContaining("outcome: 'accepted'"), expect.stringContaining("reason: 'DUPLICATE_SUBMISSION'")])
    expect(said.at(-1)).toContain("refusal: 'list.not_found'")
  })
})

describe('questions that are computed from all that was ever said', () => {
  test('run two at once; who waits for his turn and goes away is asked for no more', async () => {
    const { ask, said, world } = await server()
    const asked = (day: number, signal?: AbortSignal) => ask(`/api/lists/${listCode}/coverage?evidence=declared&knownOn=2026-06-2${day}T04:00:00Z`, signal ? { signal } : {})
    await asked(0)
    const leaving = new AbortController()
    // The database has something else to do, so that the first two wait in it.
    let isDone = false
    const long = world.services.db.execute(sql`select pg_sleep(2)`).then(() => (isDone = true))
    const staying = [asked(1), asked(2)]
    const left = [asked(3, leaving.signal), asked(4, leaving.signal)]
    const last = asked(5)
    setTimeout(() => leaving.abort(), 500)
    for (const one of left) expect((await one).status).toBe(503)
    expect(isDone).toBe(false)
    expect(said.filter((line) => line.includes("refusal: 'question.left'"))).toHaveLength(2)
    for (const one of [...staying, last]) expect((await one).status).toBe(200)
    await long
  })
})

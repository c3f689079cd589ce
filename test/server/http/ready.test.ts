import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clockAt } from '@lastmile/server/lib/clock'
import { newKnownLists } from '@lastmile/server/lib/known-lists'
import type { Services } from '@lastmile/server/lib/services'
import type { HeadlineAnswer } from '@lastmile/shared/coverage'
import type { Instant } from '@lastmile/shared/day'
import { listCode } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { list, smallCountry, type Country } from './country.js'
import { doorOf, formOf } from './door.js'
import { listening, type Listening } from './listening.js'
import { routesOf } from './routes.js'

let country: Country
const open: Listening[] = []
beforeAll(async () => {
  country = await smallCountry()
})
afterAll(async () => {
  for (const one of open) await one.close()
})

/** A server over these services that holds no answer yet. */
async function started(services: Services): Promise<Listening> {
  const own = await listening(services)
  open.push(own)
  return own
}

const packed = { 'accept-encoding': 'gzip, deflate, br' }
const someReports = { priced: '', open: '', draft: '', corrected: '', correction: '' }

test('who takes whatever there is gets a 304, computed and ready, and a wrong question is wrong all the same', async () => {
  const server = await started(country.world.services)
  const asked = async (path: string) => (await server.ask(list + path, { 'if-none-match': '*' })).status
  expect([await asked('/headline'), await asked('/headline'), await asked('/headline?evidence=foo'), await asked('/drugs/none')]).toEqual([304, 304, 400, 404])
})

describe('a ready answer is the very answer that was computed', () => {
  test.each(routesOf({ reports: someReports }).map((route, i) => [`${i} ${route.ask}`, i] as const).filter(([ask]) => !/\/sources|\/report|report=|\/inspection|\/duties|\/ladder-facts|\/scorecard|\/editions|\/candidacies|\/life|\/progress/.test(ask)))('%s: plain, packed, its headers alone, and unchanged', async (_, i) => {
    const path = encodeURI(list + routesOf(country)[i]!.ask)
    const server = await started(country.world.services)
    for (const headers of [{}, packed]) {
      for (const method of ['GET', 'HEAD']) {
        const cold = await started(country.world.services)
        const computed = await cold.ask(path, headers, method)
        await server.ask(path)
        const ready = await server.ask(path, headers, method)
        expect(computed.ready).toBeNull()
        expect(ready.ready).toContain(`200 ${method} /api/lists/:list`)
        expect({ ...ready, ready: null }).toEqual(computed)
      }
      const etag = (await server.ask(path)).headers.etag!
      const computed = await (await started(country.world.services)).ask(path, { ...headers, 'if-none-match': etag })
      const ready = await server.ask(path, { ...headers, 'if-none-match': etag })
      expect([computed.status, computed.ready, ready.ready]).toEqual([304, null, expect.stringMatching(/^304 /)])
      expect({ ...ready, ready: null }).toEqual(computed)
    }
  })

  test('plain and packed it has one ETag, which says that its bytes are not the same', async () => {
    const server = await started(country.world.services)
    const both = [await server.ask(`${list}/institutions`), await server.ask(`${list}/institutions`, packed)]
    expect(both.map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'br'])
    expect(both[0]!.headers.etag).toMatch(/^W\/"/)
    expect(both[1]!.headers.etag).toBe(both[0]!.headers.etag)
  })

  test.each([['a table to download', '/coverage?format=csv'], ['a spreadsheet', '/headline?format=xlsx']])('%s goes out with its name, and by the routes, which note who asks for it', async (_, ask) => {
    const server = await started(country.world.services)
    const computed = await server.ask(list + ask)
    const ready = await server.ask(list + ask)
    expect(ready.ready).toBeNull()
    expect(ready.headers['content-disposition']).toMatch(/^attachment; filename=/)
    expect({ ...ready, ready: null }).toEqual(computed)
  })

  test('who takes brotli for nothing gets it plain', async () => {
    const server = await started(country.world.services)
    const path = `${list}/institutions`
    await server.ask(path)
    const encodings = ['br;q=0, gzip', 'br; q=0.0', 'gzip', 'br;q=0.5'].map(async (takes) => (await server.ask(path, { 'accept-encoding': takes })).headers['content-encoding'])
    expect(await Promise.all(encodings)).toEqual([undefined, undefined, undefined, 'br'])
  })
})

describe('what is not a plain question goes to the routes, ready answer or not', () => {
  test.each([['a change', 'POST', {}], ['a question with a body', 'GET', { 'content-length': '0' }], ['a question that says twice what it has', 'GET', { 'transfer-encoding': 'chunked' }]])('%s', async (_, method, headers) => {
    const server = await started(country.world.services)
    await server.ask(`${list}/headline`)
    expect((await server.ask(`${list}/headline`)).ready).not.toBeNull()
    expect((await server.ask(`${list}/headline`, headers as Record<string, string>, method)).ready).toBeNull()
  })

  test('a page of another origin can change nothing at an address whose answer is ready', async () => {
    const server = await started(country.world.services)
    await server.ask(`${list}/headline`)
    expect((await server.ask(`${list}/headline`)).ready).not.toBeNull()
    const body = formOf({ list: listCode, source: 'hospitals', asOf: '2026-03-01', file: 'institution_code,drug_code,status\nC1,alpha,in_stock' })
    const answer = await fetch(`${server.address}${list}/headline`, { method: 'POST', body, headers: { 'Sec-Fetch-Site': 'cross-site' } })
    expect(answer.status).toBe(403)
  })

  test.each(['/headline?evidence=foo', '/drugs/none', '/nothing'])('a refusal is never held: %s', async (ask) => {
    const server = await started(country.world.services)
    for (let i = 0; i < 3; i += 1) expect(await server.ask(list + ask)).toMatchObject({ ready: null, headers: { 'cache-control': 'no-store' } })
  })
})

test.each(['/headline?evidence=foo', '/drugs/none', '/coverage?by=city'])('a wrong question is refused although it names the ETag of a right one: %s', async (ask) => {
  const server = await started(country.world.services)
  const known = (await server.ask(`${list}/headline`)).headers.etag!
  expect((await server.ask(`${list}/headline`, { 'if-none-match': known })).status).toBe(304)
  expect((await server.ask(list + ask, { 'if-none-match': known })).status).toBe(ask.startsWith('/drugs') ? 404 : 400)
})

describe('a list that changed is never answered from before', () => {
  test('whoever sends a report and asks again sees it', async () => {
    const server = await started(country.world.services)
    const path = `${list}/headline?evidence=confirmed`
    const institutions = async (known: string) => {
      const heard = await server.ask(path, { 'if-none-match': known })
      return { etag: heard.headers.etag!, institutions: heard.status === 304 ? null : (JSON.parse(heard.body.toString()) as HeadlineAnswer).institutions }
    }
    let before = await institutions('"none"')
    for (const [i, code] of ['H2', 'P2', 'C1'].entries()) {
      expect(await institutions(before.etag)).toEqual({ etag: before.etag, institutions: null })
      const sent = await country.send({ list: listCode, source: 'hospitals', asOf: `2026-03-2${5 + i}`, file: `institution_code,drug_code,status\n${code},gamma,in_stock` })
      expect(sent.status).toBe(201)
      const after = await institutions(before.etag)
      expect(after.etag).not.toBe(before.etag)
      expect(after.institutions).toBe(before.institutions! + 1)
      expect(after).toEqual(await institutions('"none"'))
      before = after
    }
  })

  test('while reports arrive one after the other, no answer carries a version whose data it does not hold', async () => {
    const names = Array.from({ length: 5 }, (_, i) => `H${i}`)
    const world = await given({ today: '2026-03-31', institutions: Object.fromEntries(names.map((name) => [name, '100100'])) })
    const server = await started(world.services)
    const door = doorOf(world.services)
    const start = (await world.list()).version
    const sent = new AbortController()
    const said: { version: number; institutions: number }[] = []
    const asking = Array.from({ length: 4 }, async (_, i) => {
      while (!sent.signal.aborted) {
        // Some spellings are asked for the first time, others are ready.
        const { headers, body } = await server.ask(`${list}/headline?evidence=confirmed${'&'.repeat(i % 2 === 0 ? 0 : said.length % 1_000)}`)
        if (headers.etag !== undefined) said.push({ version: Number(headers.etag.split('-')[2]), institutions: (JSON.parse(body.toString()) as HeadlineAnswer).institutions })
      }
    })
    for (const [i, name] of names.entries()) {
      const { status } = await door.send({ list: listCode, source: 'hospitals', asOf: `2026-03-${10 + i}`, file: `institution_code,drug_code,status\n${name},alpha,in_stock` })
      expect(status).toBe(201)
    }
    sent.abort()
    await Promise.all(asking)
    expect(new Set(said.map((one) => one.version)).size).toBeGreaterThan(2)
    expect(said.filter((one) => one.institutions !== one.version - start)).toEqual([])
  })
})

test('a server that has not yet heard of a report names no version for numbers that already hold it', async () => {
  const world = await given({ today: '2026-03-31', institutions: { H1: '100100', H2: '100100' }, reports: [{ source: 'hospitals', asOf: '2026-03-30', rows: ['H1 alpha in_stock'] }] })
  const { version } = await world.list()
  const other = { ...world.services, lists: newKnownLists(world.services.db, world.services.clock, true) }
  const server = await started(other)
  const asked = async (spelling: string) => {
    const { headers, body } = await server.ask(`${list}/headline?evidence=confirmed${spelling}`)
    return { version: headers.etag?.split('-')[2], institutions: (JSON.parse(body.toString()) as HeadlineAnswer).institutions, kept: headers['cache-control'] }
  }
  const before = { version: String(version), institutions: 1, kept: 'private, no-cache' }
  expect(await asked('')).toEqual(before)
  expect((await world.send({ source: 'hospitals', asOf: '2026-03-31', rows: ['H2 alpha in_stock'] })).status).toBe(201)
  expect(await asked('')).toEqual(before)
  for (let i = 0; i < 2; i += 1) expect(await asked('&asOf=2026-03-31')).toEqual({ version: undefined, institutions: 2, kept: 'no-store' })
  other.lists.changed(listCode, version + 1)
  for (const spelling of ['', '&asOf=2026-03-31']) expect(await asked(spelling)).toEqual({ version: String(version + 1), institutions: 2, kept: 'private, no-cache' })
})

test('at midnight in the list\'s own time zone a new day begins, without a report and without a question to the database', async () => {
  const world = await given({ today: '2026-03-31', institutions: { H1: '100100' }, reports: [{ source: 'maker', asOf: '2026-03-30', rows: ['H1 alpha in_stock'] }] })
  let now: Instant = '2026-03-31T15:59:59.999Z'
  const clock = clockAt(() => now)
  const services = { ...world.services, clock, lists: newKnownLists(world.services.db, clock, true) }
  const server = await started(services)
  const path = `${list}/headline?evidence=declared`
  const asked = async () => {
    const { headers, body, ready } = await server.ask(path)
    return { etag: headers.etag, asOf: (JSON.parse(body.toString()) as HeadlineAnswer).basis.asOf, ready: ready !== null }
  }
  const evening = await asked()
  expect(evening).toMatchObject({ asOf: '2026-03-31', ready: false })
  expect(await asked()).toEqual({ ...evening, ready: true })
  now = '2026-03-31T16:00:00.000Z'
  expect(services.lists.atHand(listCode)?.today).toBe('2026-04-01')
  const morning = await asked()
  expect(morning).toMatchObject({ asOf: '2026-04-01', ready: false })
  expect(morning.etag).not.toBe(evening.etag)
  expect(await asked()).toEqual({ ...morning, ready: true })
})

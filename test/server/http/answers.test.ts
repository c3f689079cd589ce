import { brotliDecompressSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { ListsAnswer } from '@lastmile/shared/list'
import { listCode } from '../../support/edition.js'
import { list, smallCountry, type Country } from './country.js'
import { build } from './door.js'
import { routesOf } from './routes.js'

let country: Country
beforeAll(async () => {
  country = await smallCountry()
})

const someReports = { priced: '', open: '', draft: '', corrected: '', correction: '' }
const routes = routesOf({ reports: someReports })
/** The routes with the report codes of this world. */
const routeAt = (i: number) => routesOf(country)[i]!

describe('every route of the API', () => {
  test.each(routes.map((route, i) => [`${i} ${route.ask}`, i] as const))('%s answers what its schema says, and not a field more', async (_, i) => {
    const { ask, answer, rows } = routeAt(i)
    const given = answer.parse(await country.read(list + ask))
    expect(rows(given as never)).toBeGreaterThan(0)
  })

  test('answers the lists, and says that it is well', async () => {
    expect(ListsAnswer.parse(await country.read('/api/lists')).lists).toMatchObject([{ code: listCode, today: '2026-03-31', evidences: ['declared', 'confirmed', 'supplied'] }])
    expect(await country.read('/api/health')).toEqual({ status: 'ok', at: '2026-03-31T04:00:00.000Z', build })
  })

  test('is named in a document that is valid OpenAPI 3.1', async () => {
    const document = await country.read<{ openapi: string; info: { title: string; version: string }; paths: Record<string, Record<string, Operation>> }>('/api/openapi.json')
    expect(document.openapi).toMatch(/^3\.1\.\d+$/)
    expect(document.info).toMatchObject({ title: 'Lastmile', version: build })
    const named = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
    const wanted = [
      'get /api/health', 'get /api/lists', 'get /api/events', ...new Set(routes.map((route) => `get /api/lists/{list}${route.path}`)),
      'post /api/lists/{list}/reports', 'post /api/lists/{list}/nearest', 'post /api/lists/{list}/planner', 'post /api/lists/{list}/planner/candidates', 'get /api/lists/{list}/reports/{id}/file',
    ]
    expect(wanted.filter((one) => !named.includes(one))).toEqual([])
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const { parameters = [], responses } of Object.values(methods)) {
        expect(path.match(/\{\w+\}/g)?.map((name) => name.slice(1, -1)).sort() ?? []).toEqual(parameters.filter((one) => one.in === 'path').map((one) => one.name).sort())
        expect(parameters.every((one) => one.in !== 'path' || one.required)).toBe(true)
        expect(Object.values(responses).every((response) => typeof response.description === 'string')).toBe(true)
      }
    }
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1]!)
    for (const reference of references) expect(reference.split('/').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], document), reference).toBeDefined()
  })

  test('is described on a page to read, which loads nothing from elsewhere', async () => {
    for (const [path, type] of [['/api/docs', 'text/html'], ['/api/docs/script.js', 'text/javascript'], ['/api/docs/style.css', 'text/css']] as const) {
      const answer = await country.ask(path)
      expect([answer.status, answer.headers.get('content-type')?.split(';')[0]]).toEqual([200, type])
      expect(await answer.text()).not.toMatch(/https?:\/\//)
    }
  })
})

interface Operation {
  parameters?: { name: string; in: string; required?: boolean }[]
  responses: Record<string, { description?: string }>
}

describe('a trend', () => {
  test('that ends before the list came into force begins on the day it ends, unless it is told when', async () => {
    const { from, to } = await country.read<{ from: string; to: string }>(`${list}/trend?drug=alpha&to=2025-06-01`)
    expect([from, to]).toEqual(['2025-06-01', '2025-06-01'])
  })
})

describe('an answer carries', () => {
  const anywhere = ['/api/health', '/api/lists', '/api/openapi.json', '/api/docs', `${list}/headline`, `${list}/headline?evidence=foo`, `${list}/nothing`, '/api/nothing', '/api/lists/none/drugs', `${list}/drugs?format=csv`]
  test.each(anywhere)('%s: the headers that keep a page safe', async (path) => {
    const { headers } = await country.ask(path)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('cache-control')).toMatch(/no-store|no-cache/)
  })

  test.each(routes.map((route, i) => [`${i} ${route.ask}`, i] as const))('%s: an ETag, and costs a 304 while the data stays the same', async (_, i) => {
    const path = list + routeAt(i).ask
    const first = await country.ask(path)
    const etag = first.headers.get('etag')!
    expect(etag).toMatch(/^W\/"[^"]+"$/)
    for (const known of [etag, etag.slice(2), `"other", ${etag}`]) {
      const again = await country.ask(path, { headers: { 'If-None-Match': known } })
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag])
    }
    expect((await country.ask(path, { headers: { 'If-None-Match': '"other"' } })).status).toBe(200)
  })

  test('brotli, to who understands it, and says on what that rests', async () => {
    const path = `${list}/institutions`
    const plain = await country.ask(path)
    const packed = await country.ask(path, { headers: { 'Accept-Encoding': 'gzip, br' } })
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(packed.headers.get('content-encoding')).toBe('br')
    expect(packed.headers.get('vary')).toMatch(/accept-encoding/i)
    const [body, text] = [Buffer.from(await packed.arrayBuffer()), await plain.text()]
    expect(body.byteLength).toBeLessThan(text.length)
    expect(brotliDecompressSync(body).toString()).toBe(text)
  })
})

test('an ETag changes when a report is accepted; when one is kept as a draft, that of reports alone', async () => {
  const path = `${list}/headline?evidence=confirmed`
  const etag = async () => (await country.ask(path)).headers.get('etag')!
  const before = await etag()
  const institutions = (await country.read<{ institutions: number }>(path)).institutions
  await country.send({ list: listCode, source: 'east', asOf: '2026-03-25', file: 'institution_code,drug_code,status\nC1,gamma,in_stock' })
  const after = await etag()
  expect(after).not.toBe(before)
  expect((await country.ask(path, { headers: { 'If-None-Match': before } })).status).toBe(200)
  expect((await country.read<{ institutions: number }>(path)).institutions).toBe(institutions + 1)
  const ofReports = async () => (await country.ask(`${list}/reports`)).headers.get('etag')!
  const reports = await ofReports()
  await country.send({ list: listCode, source: 'east', asOf: '2026-03-26', file: 'institution_code,drug_code,status\nC1,gamma,wrong' })
  expect(await etag()).toBe(after)
  expect(await ofReports()).not.toBe(reports)
})

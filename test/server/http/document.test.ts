import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { listCode } from '../../support/edition.js'
import { list, smallCountry, type Country } from './country.js'
import { formOf, type Sent } from './door.js'
import { routesOf } from './routes.js'

/*
 * The document of the API is held against what is answered: every status is named in it, with its type, and every body
 * of JSON fits its schema.
 */

interface Operation {
  parameters?: { name: string; in: string }[]
  responses: Record<string, { content?: Record<string, { schema: Parameters<typeof z.fromJSONSchema>[0] }> }>
}

let country: Country
let paths: Record<string, Record<string, Operation>>
beforeAll(async () => {
  country = await smallCountry()
  ;({ paths } = await country.read<{ paths: typeof paths }>('/api/openapi.json'))
})

const operation = (method: string, path: string) => paths[path]![method]!

/** What the document does not say of an answer, in words; nothing where it says all. */
async function unsaid(method: string, path: string, answer: Response): Promise<string[]> {
  const response = operation(method, path).responses[String(answer.status)]
  if (!response) return [`${method} ${path}: ${answer.status} is not named`]
  const type = answer.headers.get('content-type')?.split(';')[0]
  if (type === undefined) return response.content === undefined ? [] : [`${method} ${path}: ${answer.status} has no body`]
  const described = response.content?.[type]
  if (!described) return [`${method} ${path}: ${answer.status} is not named as ${type}`]
  if (type !== 'application/json') return []
  const parsed = z.fromJSONSchema(described.schema).safeParse(await answer.json())
  return parsed.success ? [] : parsed.error.issues.map((issue) => `${method} ${path} ${answer.status}: ${issue.path.join('.')}: ${issue.message}`)
}

const routes = routesOf({ reports: { priced: '', open: '', draft: '', corrected: '', correction: '' } })
const formatted = (ask: string, more: string) => `${list}${ask}${ask.includes('?') ? '&' : '?'}${more}`

describe('the document says what is answered to', () => {
  test.each(routes.map((route, i) => [`${i} ${route.ask}`, i] as const))('%s: in each format, unchanged, and asked wrongly', async (_, i) => {
    const { ask, path } = routesOf(country)[i]!
    const named = `/api/lists/{list}${path}`
    const first = await country.ask(list + ask)
    const etag = first.headers.get('etag')!
    const answers = [first, await country.ask(list + ask, { headers: { 'if-none-match': etag } }), await country.ask(formatted(ask, 'format=csv')), await country.ask(formatted(ask, 'format=xlsx')), await country.ask(formatted(ask, 'format=pdf')), await country.ask(list.replace(listCode, 'none') + ask)]
    expect(answers.map((one) => one.status)).toEqual([200, 304, 200, 200, 400, 404])
    expect((await Promise.all(answers.map((one) => unsaid('get', named, one)))).flat()).toEqual([])
  })

  test('the lists, health and readiness', async () => {
    for (const path of ['/api/lists', '/api/health', '/api/ready']) expect(await unsaid('get', path, await country.ask(path))).toEqual([])
  })

  test('a question about the nearest, good, wrong, too long, and not JSON', async () => {
    const ask = (body: string, type = 'application/json') => country.ask(`${list}/nearest`, { method: 'POST', body, headers: { 'content-type': type } })
    const question = { drug: 'alpha', evidence: 'confirmed', position: { lat: 40, lng: 116 } }
    const answers = [await ask(JSON.stringify(question)), await ask('{}'), await ask('{'), await ask(JSON.stringify({ ...question, drug: 'none' })), await ask(' '.repeat(20_000)), await ask(JSON.stringify({ ...question, format: 'csv' })),
      await country.ask(`${list}/nearest`, { method: 'POST', body: JSON.stringify(question), headers: { 'content-type': 'application/json', origin: 'http://elsewhere.example' } })]
    expect(answers.map((one) => one.status)).toEqual([200, 400, 400, 404, 413, 200, 403])
    expect((await Promise.all(answers.map((one) => unsaid('post', '/api/lists/{list}/nearest', one)))).flat()).toEqual([])
  })

  test('a report, accepted, tried, with errors, sent twice, and not one at all', async () => {
    const report = (own: Partial<Sent> = {}): Sent => ({ list: listCode, source: 'hospitals', asOf: '2026-03-11', file: 'institution_code,drug_code,status\nC1,alpha,in_stock', ...own })
    const send = (own: Partial<Sent> = {}, headers: Record<string, string> = {}) => country.ask(`/api/lists/${own.list ?? listCode}/reports`, { method: 'POST', body: formOf(report(own)), headers })
    const answers = [
      await send({ dryRun: 'true' }), await send(), await send(), await send({ file: 'institution_code,drug_code,status\nC1,none,in_stock' }), await send({ file: '' }), await send({ channel: 'feed' }),
      await send({ list: 'none' }), await send({ file: 'institution_code,drug_code,status\nC1,beta,in_stock' }, { 'If-Match': '"7"' }), await send({ file: new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) }),
    ]
    expect(answers.map((one) => one.status)).toEqual([200, 201, 409, 422, 400, 403, 404, 412, 415])
    expect((await Promise.all(answers.map((one) => unsaid('post', '/api/lists/{list}/reports', one)))).flat()).toEqual([])
    expect(operation('post', '/api/lists/{list}/reports').parameters!.filter((one) => one.in === 'header').map((one) => one.name)).toEqual(['Idempotency-Key', 'If-Match', 'X-Upload-Id'])
  })

  test('every other question: that the server may fail it', () => {
    const silent = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).filter(([, one]) => path.startsWith('/api/lists') && !['500', '503', '507'].every((status) => status in one.responses)).map(([method]) => `${method} ${path}`))
    expect(silent).toEqual([])
  })
})

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newApp } from '@lastmile/server/app'
import { commandHeader } from '@lastmile/server/command/token'
import { Problem } from '@lastmile/shared/problem'
import { regions, writeEdition } from '../../support/edition.js'
import { list, smallCountry, type Country } from './country.js'
import { asCommand, formOf } from './door.js'
import { routesOf } from './routes.js'

let country: Country
beforeAll(async () => {
  country = await smallCountry()
})

async function refusal(path: string): Promise<{ status: number; field: string | undefined; code: string; message: string }> {
  const answer = await country.ask(path)
  const { error } = Problem.parse(await answer.json())
  return { status: answer.status, field: error.field, code: error.code, message: error.message }
}

describe('a wrong parameter is answered 400 with its name and the reason', () => {
  test.each([
    ['/headline?evidence=foo', 'evidence'], ['/headline?evidence=declared,confirmed', 'evidence'], ['/headline?asOf=2026-02-30', 'asOf'], ['/headline?asOf=yesterday', 'asOf'],
    ['/headline?asOf=2026-04-01', 'asOf'], ['/headline?asOf=0000-01-01', 'asOf'], ['/headline?asOf=1899-12-31', 'asOf'], ['/headline?knownOn=0000-01-01T00:00:00Z', 'knownOn'], ['/headline?knownOn=9999-01-01T00:00:00Z', 'knownOn'],
    ['/trend?from=0000-01-01', 'from'], ['/changes?from=0000-01-01', 'from'], ['/statements?line=2147483648', 'line'], ['/statements?offset=2147483648', 'offset'], ['/institutions?offset=99999999999', 'offset'],
    ['/headline?knownOn=garbage', 'knownOn'], ['/headline?knownOn=2026-03-01', 'knownOn'], ['/headline?since=2026-02-01', 'since'],
    ['/headline?evidence=supplied&since=2026-13-01', 'since'], ['/headline?evidence=supplied&asOf=2026-02-01&since=2026-02-02', 'since'], ['/headline?format=pdf', 'format'],
    ['/coverage?evidence=supply', 'evidence'], ['/coverage?by=county', 'by'], ['/coverage?by=city', 'drug'], ['/coverage?by=province&region=100100', 'by'], ['/coverage?evidence=confirmed&since=2026-02-01', 'since'],
    ['/standings?by=city', 'drug'], ['/standings?by=province&region=100100', 'by'], ['/standings?asOf=2027-01-01', 'asOf'],
    ['/trend?from=2026-02-02&to=2026-02-01', 'from'], ['/trend?to=2026-04-01', 'to'], ['/trend?from=1', 'from'],
    ['/changes', 'from'], ['/changes?from=2026-04-01', 'from'], ['/changes?from=2026-01-01&to=2026-04-02', 'to'], ['/changes?from=2026-01-01&knownFrom=x', 'knownFrom'], ['/changes?from=2026-01-01&knownTo=', 'knownTo'],
    ['/gaps?evidence=', 'evidence'], ['/gaps?asOf=2026-02-29', 'asOf'], ['/gaps?region=100100', 'region'], ['/gaps?reason=foo', 'reason'], ['/gaps?sort=foo-up', 'sort'], ['/gaps?sort=drug', 'sort'], ['/institutions?sort=state-up', 'sort'], ['/statements?sort=kind-up', 'sort'], ['/reports?sort=receivedAt', 'sort'],
    ['/statements?limit=0', 'limit'], ['/statements?limit=501', 'limit'], ['/statements?limit=ten', 'limit'], ['/statements?offset=-1', 'offset'], ['/statements?offset=1.5', 'offset'],
    ['/statements?state=foo', 'state'], ['/statements?kind=clinic', 'kind'], ['/statements?state=in_stock,', 'state'],
    ['/institutions?state=foo', 'state'], ['/institutions?eligible=maybe', 'eligible'], ['/institutions?limit=0', 'limit'], ['/institutions?eligible=true', 'eligible'],
    ['/institutions?bbox=1,2,3', 'bbox'], ['/institutions?placed=maybe', 'placed'], ['/institutions/clusters?zoom=4', 'bbox'], ['/institutions/clusters?bbox=100,50,130,20&zoom=4', 'bbox'],
    ['/institutions/clusters?bbox=100,20,130,50&zoom=99', 'zoom'], ['/institutions/clusters?bbox=100,20,130,50&zoom=4&state=foo', 'state'],
    ['/reports?state=foo', 'state'], ['/reports?evidence=foo', 'evidence'], ['/reports?offset=-1', 'offset'],
    ['/drugs?format=xml', 'format'], ['/drugs/alpha?asOf=2026-02-30', 'asOf'], ['/companies/acme?asOf=2027-01-01', 'asOf'], ['/institutions/H1?asOf=2027-01-01', 'asOf'], ['/sources?asOf=x', 'asOf'],
  ])('%s', async (path, field) => {
    const answer = await refusal(list + path)
    expect(answer).toMatchObject({ status: 400, field })
    expect(answer.message).toContain(field)
  })
})

describe('a parameter that the question does not know is refused, and those that it knows are named', () => {
  const none = { reports: { priced: 'r', open: 'r', draft: 'r', corrected: 'r', correction: 'r' } }
  const asked = ['/api/lists', '/api/health', '/api/ready', '/api/events', ...routesOf(none).map((_, i) => i)] as const

  test.each(asked)('%s', async (one) => {
    const [path, described] = typeof one === 'string' ? [one, one] : [list + routesOf(country)[one]!.ask, `/api/lists/{list}${routesOf(country)[one]!.path}`]
    const known = await parametersOf(described)
    for (const headers of [{}, { 'If-None-Match': await etagOf(path) }]) {
      const answer = await country.ask(`${path}${path.includes('?') ? '&' : '?'}states=in_stock`, { headers })
      const { error } = Problem.parse(await answer.json())
      expect([answer.status, error.code, error.field]).toEqual([400, 'question.unknown_parameter', 'states'])
      for (const word of ['states', ...known]) expect(error.message).toContain(word)
    }
  })

  test('a page of the front end may carry whatever it likes, and what does not exist is still not there', async () => {
    expect((await refusal('/api/nothing?states=in_stock')).status).toBe(404)
    expect((await refusal('/nothing?states=in_stock')).status).toBe(404)
  })

  test('a report is not taken in by whoever thinks that it is a dry run', async () => {
    const answer = await country.ask(`${list}/reports?dryRun=true`, { method: 'POST', body: formOf({ list, source: 'hospitals', asOf: '2026-03-22', file: 'institution_code,drug_code,status\nH1,alpha,in_stock' }) })
    expect([answer.status, Problem.parse(await answer.json()).error.field]).toEqual([400, 'dryRun'])
  })

  test('a field of a form or of a body that nobody would read', async () => {
    const report = { list: 'tiny-2026', source: 'hospitals', asOf: '2026-03-22', file: 'institution_code,drug_code,status\nH1,alpha,in_stock' }
    const { status, receipt } = await country.send({ ...report, dryrun: 'true' } as typeof report)
    expect([status, receipt.reason, receipt.error?.field]).toEqual([400, 'BAD_FIELD', 'dryrun'])
    expect(receipt.detail).toMatch(/dryrun: .*source, period, asOf, mode, scope, dryRun/)
    const nearest = async (body: object) => Problem.parse(await (await country.ask(`${list}/nearest`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).json()).error
    expect(await nearest({ drug: 'alpha', position: { lat: 40, lng: 116 }, evidences: 'confirmed' })).toMatchObject({ field: 'evidences', message: expect.stringContaining('evidence,') as string })
    expect(await nearest({ drug: 'alpha', position: { lat: 40, lng: 116, alt: 3 } })).toMatchObject({ field: 'position.alt', message: expect.stringContaining('lat, lng') as string })
  })

  async function parametersOf(path: string): Promise<string[]> {
    const { paths } = await country.read<{ paths: Record<string, { get: { parameters?: { name: string; in: string }[] } }> }>('/api/openapi.json')
    return (paths[path]!.get.parameters ?? []).filter((one) => one.in === 'query').map((one) => one.name)
  }
  async function etagOf(path: string): Promise<string> {
    return path === '/api/events' ? '' : (await country.ask(path)).headers.get('etag') ?? ''
  }
})

describe('a body that holds what is no text is refused, and the field is named', () => {
  test.each([
    ['/api/session', { email: 'a\0b@lastmile.test', password: 'x' }, 'email'], ['/api/session/demonstration', { account: '\0' }, 'account'], ['/api/session/demonstration', { account: '\ud800' }, 'account'],
    [`${list}/nearest`, { drug: 'a\0', evidence: 'confirmed', position: { lat: 40, lng: 116 } }, 'drug'],
  ])('%s %j', async (path, body, field) => {
    const answer = await country.ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    expect([answer.status, Problem.parse(await answer.json()).error]).toMatchObject([400, { code: 'question.invalid', field }])
  })
})

describe('a path of the API that does not exist is no page', () => {
  test.each(['/api', '/api/', '/api/nothing', '/api/lists/', `${list}/headline/`, '//api/lists', '/API/lists', '/api/%ff', '/metrics/'])('%s', async (path) => {
    const pages = await mkdtemp(join(tmpdir(), 'lastmile-pages-'))
    await writeFile(join(pages, 'index.html'), '<!doctype html>')
    const app = newApp(country.world.services, { webFolder: pages, build: 'test' })
    const answer = await app.request(`http://127.0.0.1${path}`)
    expect([answer.status, Problem.parse(await answer.json()).error.code]).toEqual([404, 'path.not_found'])
    expect(await (await app.request('http://127.0.0.1/apiary')).text()).toBe('<!doctype html>')
    await rm(pages, { recursive: true })
  })
})

describe('what does not exist is answered 404', () => {
  test('a region that is drawn and lies outside the scope is said to', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lastmile-scope-'))
    await writeEdition(folder, {})
    const load = async (outOfScope: object[]) => {
      await writeFile(join(folder, 'regions.json'), JSON.stringify({ ...regions, outOfScope }))
      expect((await country.ask('/api/commands/load-edition', { method: 'POST', headers: asCommand(country.world.services), body: JSON.stringify({ folder }) })).status).toBe(200)
    }
    await load([{ code: '900000', name: { zh: '界外', en: 'Beyond' } }])
    for (const path of ['/headline?region=900000', '/regions/900000']) {
      expect(await refusal(list + path)).toMatchObject({ status: 404, code: 'region.out_of_scope', message: expect.stringContaining('900000 (界外 Beyond) is outside the scope of this list') as string })
    }
    await load([])
    await rm(folder, { recursive: true })
  })

  test.each([
    '/api/lists/none/drugs', '/api/lists/none/headline', '/api/lists/none/reports', '/api/lists/%00/headline', '/api/lists/%ff/headline',
    ...['/drugs/none', '/companies/none', '/regions/none', '/institutions/none', '/reports/none', '/reports/none/errors', '/reports/none/file', '/nothing',
      '/headline?region=999999', '/coverage?drug=none', '/coverage?region=none', '/standings?drug=none', '/trend?drug=none', '/trend?region=100101', '/changes?from=2026-01-01&drug=none',
      '/gaps?drug=none', '/gaps?region=none', '/gaps?company=none', '/statements?drug=none', '/statements?region=999999', '/statements?institution=none', '/statements?report=none',
      '/institutions?drug=none', '/institutions?region=999999', '/institutions?region=100000,999999', '/institutions/clusters?bbox=100,20,130,50&zoom=4&drug=none', '/reports?source=none'].map((path) => list + path),
  ])('%s', async (path) => {
    expect((await refusal(path)).status).toBe(404)
  })
})

describe('a command that cannot be followed is told why, and nothing is loaded', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lastmile-refusals-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const post = async (path: string, body: unknown): Promise<{ status: number; code: string; message: string; field?: string | undefined }> => {
    const headers = { [commandHeader]: country.world.services.commandToken }
    const answer = await country.ask(`/api/commands/${path}`, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) })
    const told: unknown = await answer.json()
    return { status: answer.status, ...(answer.ok ? { code: '', message: '' } : Problem.parse(told).error) }
  }
  type Json = Record<string, unknown>
  /** The usual edition with one of its files otherwise. */
  const otherwise = async (file: string, change: (content: never) => unknown) => {
    await writeEdition(folder, {})
    const path = join(folder, file)
    await writeFile(path, JSON.stringify(change(JSON.parse(await readFile(path, 'utf8')) as never)))
    return post('load-edition', { folder })
  }
  const firstOf = (own: Json) => ([first, ...rest]: Json[]) => [{ ...first, ...own }, ...rest]
  const twice = (key: string) => (content: Record<string, Json[]>) => ({ ...content, [key]: [...content[key]!, content[key]![0]!] })

  test.each(['{', '', 'folder=/tmp'])('a body that is not JSON: "%s"', async (body) => {
    expect([await post('load-edition', body), await post('load-master', body)]).toMatchObject([{ status: 400, code: 'request.not_json' }, { status: 400, code: 'request.not_json' }])
  })

  test.each([['load-edition', {}, 'folder'], ['load-master', { list: 'tiny-2026' }, 'file'], ['load-edition', { folder: '/tmp', at: 'yesterday' }, 'at'], ['load-edition', [], 'The body'], ['load-edition', { folder: '/tmp', knownAt: '2026-01-01T00:00:00Z' }, 'knownAt: there is no such field; there are folder, at'],
    ['backup', { folder: '/tmp/copy', dir: 'x' }, 'nothing else']])('%s %j', async (path, body, word) => {
    expect(await post(path, body)).toMatchObject({ status: 400, message: expect.stringContaining(word) as string })
  })

  test('a source that has accepted reports keeps its kind of evidence; one that has none may change it', async () => {
    const kindOf = (code: string, evidence: string) => otherwise('sources.json', (sources: Json[]) => sources.map((one) => (one['code'] === code ? { ...one, evidence } : one)))
    const refused = await kindOf('south', 'declared')
    expect(refused).toMatchObject({ status: 422, code: 'load.evidence', field: 'evidence' })
    expect(refused.message).toContain('Source "south" has accepted reports as confirmed, and the edition says declared')
    expect((await kindOf('east', 'declared')).status).toBe(200)
    expect((await kindOf('east', 'confirmed')).status).toBe(200)
  })

  test('an instant to come', async () => {
    await writeEdition(folder, {})
    expect([await post('load-edition', { folder, at: '2026-04-01T00:00:00Z' }), await post('load-master', { list: 'tiny-2026', file: 'x.csv', at: '2026-04-01T00:00:00Z' })])
      .toMatchObject([{ status: 400, code: 'load.future' }, { status: 400, code: 'load.future' }])
  })

  test.each([
    ['list.json', (content: Json) => ({ ...content, timeZone: 'Asia/Shanghia' }), 'timeZone: a time zone is an IANA name'],
    ['list.json', (content: Json) => ({ ...content, inForce: '0000-01-01' }), 'inForce: a day is written'],
    ['regions.json', (content: Json) => ({ ...content, timeZone: 'Mars/Olympus' }), 'timeZone: a time zone is an IANA name'],
    ['regions.json', twice('regions'), 'region "100000" stands there twice'], ['regions.json', twice('units'), 'unit "100000" stands there twice'],
    ['words.json', (content: Json) => ({ ...content, institutionCodePattern: '^[H' }), 'institutionCodePattern: not a regular expression'],
    ['sources.json', firstOf({ scope: { drugs: null, regions: ['100100', '100101'], kinds: null } }), 'source maker: "100101" of its scope is no unit or city'],
    ['ladder.json', () => [{ code: 'ahead', rung: 'exclusion_self_pay', says: 'no', validFrom: '2026-02-01', source: { text: { zh: '文件', en: 'a document' }, dated: '2027-01-01' } }], 'fact ahead: its document "a document" (文件) is dated 2027-01-01'],
    ['sources.json', firstOf({ channels: { feed: { maxRows: 0 } } }), 'channels.feed.maxRows'], ['sources.json', firstOf({ channels: { feed: { maxUploadBytes: -1 } } }), 'channels.feed.maxUploadBytes'],
  ] as [string, (content: never) => unknown, string][])('%s: %#', async (file, change, sentence) => {
    const before = (await country.world.list()).version
    const answer = await otherwise(file, change)
    expect(answer).toMatchObject({ status: 422, code: 'data_file.wrong' })
    expect(answer.message).toContain(file)
    expect(answer.message).toContain(sentence)
    expect((await country.world.list()).version).toBe(before)
  })
})

describe('a master that cannot be taken is refused with what is wrong', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lastmile-masters-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test.each([
    ['no file', null, 'there is no such file'], ['a folder', undefined, 'this is a folder'], ['a header alone', 'code,name,kind,region\n', 'there is no institution below the header'],
    ['a day of closing before that of opening', 'code,name,kind,region,opened_on,closed_on\nH1,One,hospital,100100,2026-02-01,2026-01-31\n', 'row 2, column closed_on: "2026-01-31" is before opened_on, "2026-02-01"'],
  ])('%s', async (_, text, sentence) => {
    const file = text === undefined ? folder : join(folder, 'master.csv')
    if (typeof text === 'string') await writeFile(file, text)
    const answer = await country.ask('/api/commands/load-master', { method: 'POST', headers: asCommand(country.world.services), body: JSON.stringify({ list: 'tiny-2026', file }) })
    expect([answer.status, await answer.json()]).toEqual([422, { error: { code: 'data_file.wrong', message: expect.stringContaining(sentence) as string } }])
  })

  test('an edition whose files begin with a byte-order mark is read as one without', async () => {
    await writeEdition(folder, {})
    for (const name of ['list.json', 'drugs.json']) await writeFile(join(folder, name), `\uFEFF${await readFile(join(folder, name), 'utf8')}`)
    expect((await country.ask('/api/commands/load-edition', { method: 'POST', headers: asCommand(country.world.services), body: JSON.stringify({ folder }) })).status).toBe(200)
  })
})

describe('nothing that is asked fails the server', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }).map((text) => encodeURIComponent(Buffer.from(text).toString())), fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => encodeURIComponent(Buffer.from(text).toString())),
    fc.constantFrom('%00', '%', '%zz', '%ff', '%ED%A0%80', '%c0%80', '\'', '"', '%22', '\'%20or%201=1--', '%5C', '%25', '..%2f..%2f', '%E2%80%AE', '%F0%9F%92%8A', 'a'.repeat(9_000), '%E6%9C%BA'.repeat(500),
      '-1', '0', '1e9', '9999999999999999999', 'NaN', 'null', 'true', '[]', '{}', '__proto__', 'constructor', '2026-02-29', '0000-00-00', '0001-01-01', '9999-12-31', '-2026-01-01', '2026-01-15',
      '0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2026-03-01T00:00:00.000Z', '2026-03-01T25:00:00Z', 'alpha', '100000', '100100', '660000', 'H1', 'in_stock', 'confirmed', 'supplied', 'csv', 'xlsx', 'city'),
  )
  const queryOf = (names: readonly string[]) => fc.array(fc.tuple(fc.oneof({ arbitrary: fc.constantFrom(...names, 'format'), weight: 30 }, { arbitrary: fc.constantFrom('__proto__', 'x', '', '%ff'), weight: 1 }), nasty), { maxLength: 4 })
    .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&'))
  const paths = [...new Set(routesOf({ reports: { priced: 'r', open: 'r', draft: 'r', corrected: 'r', correction: 'r' } }).map((route) => `/api/lists/{list}${route.path}`)), '/api/lists', '/api/lists/{list}/reports/{id}/file']

  test.each(paths)('%s', async (path) => {
    const { paths: described } = await country.read<{ paths: Record<string, { get: { parameters?: { name: string; in: string }[] } }> }>('/api/openapi.json')
    const query = queryOf((described[path]!.get.parameters ?? []).filter((one) => one.in === 'query').map((one) => one.name))
    const url = path.includes('{')
      ? fc.tuple(fc.array(fc.option(nasty, { nil: null, freq: 2 }), { minLength: 3, maxLength: 3 }), query).map(([parts, asked]) => {
        let at = 0
        return `${path.replace(/\{(\w+)\}/g, (_, name: string) => parts[at++] ?? usual[name]!)}?${asked}`
      })
      : query.map((asked) => `${path}?${asked}`)
    await fc.assert(fc.asyncProperty(url, async (one) => {
      const answer = await country.ask(one)
      const body = await answer.text()
      expect(answer.status, `${one}\n${body.slice(0, 300)}`).toBeLessThan(500)
      if (answer.status !== 200) Problem.parse(JSON.parse(body))
    }), { numRuns: 40 })
    expect(country.log.filter((line) => line.includes('a request failed'))).toEqual([])
  })
  const usual: Record<string, string> = { list: 'tiny-2026', drug: 'alpha', company: 'acme', code: '100000', id: 'none' }
})

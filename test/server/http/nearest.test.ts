import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { newLog } from '@lastmile/server/lib/log'
import { NearestAnswer } from '@lastmile/shared/nearest'
import { Problem } from '@lastmile/shared/problem'
import { given, type World } from '../../support/given.js'
import { list } from './country.js'
import { doorOf, type Door } from './door.js'

let world: World
let door: Door
let log: string[]
beforeAll(async () => {
  world = await given({
    institutions: {
      H1: { at: '100100', lat: 39.91, lng: 116.41, dualChannel: true }, H2: { at: '100200', lat: 40.2, lng: 116.5 }, P1: { at: '200100', lat: 31.2, lng: 121.5 },
      H3: { at: '100100', lat: 39.92, lng: 116.41 }, H4: '100100',
    },
    reports: [{ source: 'hospitals', asOf: '2026-06-20', rows: ['H1 alpha in_stock', 'H2 alpha in_stock', 'P1 alpha in_stock', 'H3 alpha not_known', 'H4 alpha in_stock'] }],
  })
  // The product's own logger: what it leaves out of an error is what is looked for here.
  log = []
  world.services.log = newLog('debug', { write: (line) => void log.push(line) })
  door = doorOf(world.services)
})

/** A place more exact than anybody needs to know. */
const exact = { lat: 39.906217, lng: 116.391276 }
const question = { drug: 'alpha', evidence: 'confirmed', position: exact }

function ask(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return door.ask(`${list}/nearest`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) })
}

async function refused(body: unknown): Promise<{ status: number; field: string | undefined; message: string }> {
  const answer = await ask(body)
  const { field, message } = Problem.parse(await answer.json()).error
  return { status: answer.status, field, message }
}

describe('who asks for the nearest institutions with a drug', () => {
  test('is told them with their distance, on whose word and of which day', async () => {
    const answer = await ask(question)
    expect(answer.status).toBe(200)
    expect(NearestAnswer.parse(await answer.json())).toEqual({
      basis: { list: 'tiny-2026', evidence: 'confirmed', asOf: '2026-06-30', today: '2026-06-30', knownOn: null, since: null, demonstration: false },
      drug: 'alpha', position: { lat: 39.91, lng: 116.39 }, kind: null, count: 20, within: null, stocked: 4, more: false,
      rows: [
        expect.objectContaining({ code: 'H1', name: 'Name of H1', kind: 'hospital', unit: '100000', city: '100100', dualChannel: true, km: 1.7, state: 'in_stock', day: '2026-06-20', position: { lat: 39.91, lng: 116.41, datum: 'WGS84' } }),
        expect.objectContaining({ code: 'H2', km: 33.6 }), expect.objectContaining({ code: 'P1' }),
      ],
    })
  })

  test('may say how many, of which kind and how far, and is told whether there are more', async () => {
    const told = async (more: object) => {
      const { rows, more: left, stocked } = NearestAnswer.parse(await (await ask({ ...question, ...more })).json())
      return [rows.map((row) => row.code).join(), left, stocked]
    }
    expect(await told({ count: 1 })).toEqual(['H1', true, 4])
    expect(await told({ count: 2, within: 50 })).toEqual(['H1,H2', false, 4])
    expect(await told({ kind: 'pharmacy' })).toEqual(['P1', false, 1])
    expect(await told({ asOf: '2026-06-19' })).toEqual(['', false, 0])
    expect(await told({ evidence: 'declared' })).toEqual(['', false, 0])
  })

  test('may be a program without an origin, and not a page of another site', async () => {
    expect((await ask(question)).status).toBe(200)
    for (const headers of [{ Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' }] as Record<string, string>[]) expect((await ask(question, headers)).status).toBe(403)
  })

  test('may have it as a table, in which the position does not stand', async () => {
    const answer = await ask({ ...question, format: 'csv' })
    const text = await answer.text()
    expect(answer.headers.get('content-type')).toContain('text/csv')
    expect(text.split('\r\n').slice(0, 2)).toEqual(['km,code,name,kind,unit,city,address,telephone,dual_channel,state,day', '1.7,H1,Name of H1,hospital,100000,100100,,,yes,in_stock,2026-06-20'])
    expect(text).toContain('confirmed')
    expect(text).not.toMatch(/116\.39|39\.91/)
    expect((await ask({ ...question, format: 'xlsx' })).headers.get('content-type')).toContain('spreadsheet')
  })
})

describe('where a person is', () => {
  test('is rounded to about a kilometre before anything is looked up: within the same hundredth of a degree all answers are one', async () => {
    const answers = await Promise.all([exact, { lat: 39.905001, lng: 116.394999 }, { lat: 39.91, lng: 116.39 }].map(async (position) => (await ask({ ...question, position })).text()))
    expect(new Set(answers).size).toBe(1)
    expect(JSON.parse(answers[0]!)).toMatchObject({ position: { lat: 39.91, lng: 116.39 } })
  })

  test('is kept by nobody: no cache may hold the answer, and asking by an address is not possible', async () => {
    const answer = await ask(question)
    expect([answer.headers.get('cache-control'), answer.headers.get('etag')]).toEqual(['no-store', null])
    expect((await door.ask(`${list}/nearest?lat=39.91&lng=116.39&drug=alpha`)).status).toBe(404)
  })

  test('stands in no log line, even where the database fails in the middle of the question, and in no table', async () => {
    const { db } = world.services
    await db.execute(sql`alter table institution_version rename column longitude to lost`)
    try {
      const answer = await ask(question)
      expect(answer.status).toBe(500)
      expect(await answer.text()).not.toMatch(/116\.39|39\.9/)
    } finally {
      await db.execute(sql`alter table institution_version rename column lost to longitude`)
    }
    expect(log.join('\n')).toContain('longitude')
    expect(log.join('\n')).not.toMatch(/116\.39|39\.9/)
    await ask(question)
    const { rows: tables } = await db.execute(sql`select table_name as name from information_schema.tables where table_schema = 'public'`) as unknown as { rows: { name: string }[] }
    expect(tables.length).toBeGreaterThan(10)
    for (const { name } of tables) {
      const { rows } = await db.execute(sql.raw(`select count(*)::int as n from "${name}" t where t::text ~ '116[.]39'`)) as unknown as { rows: { n: number }[] }
      expect([name, rows[0]!.n]).toEqual([name, 0])
    }
  })
})

describe('a question that cannot be answered is refused with the name of what is wrong', () => {
  const { drug: _drug, ...withoutDrug } = question
  const { position: _position, ...withoutPosition } = question
  test.each<[string, object, string]>([
    ['no drug', withoutDrug, 'drug'], ['no position', withoutPosition, 'position'], ['a drug with a NUL', { ...question, drug: 'a\0' }, 'drug'],
    ['a latitude beyond the pole', { ...question, position: { lat: 90.01, lng: 0 } }, 'position.lat'], ['a longitude beyond the date line', { ...question, position: { lat: 0, lng: -180.5 } }, 'position.lng'],
    ['a position in words', { ...question, position: { lat: '39.9', lng: 116 } }, 'position.lat'], ['half a position', { ...question, position: { lat: 39.9 } }, 'position.lng'],
    ['a height', { ...question, position: { lat: 1, lng: 1, height: 3 } }, 'position.height'],
    ['two kinds of evidence', { ...question, evidence: 'declared,confirmed' }, 'evidence'], ['no kind of institution', { ...question, kind: 'clinic' }, 'kind'],
    ['none at all', { ...question, count: 0 }, 'count'], ['more than a hundred', { ...question, count: 101 }, 'count'], ['no distance', { ...question, within: 0 }, 'within'],
    ['a day to come', { ...question, asOf: '2026-07-01' }, 'asOf'], ['a day that is none', { ...question, asOf: '2026-02-30' }, 'asOf'],
    ['what was known in the past', { ...question, knownOn: '2026-06-25T00:00:00Z' }, 'knownOn'], ['a format that is none', { ...question, format: 'pdf' }, 'format'],
  ])('%s', async (_, body, field) => {
    const answer = await refused(body)
    expect(answer).toMatchObject({ status: 400, field })
    expect(answer.message).toContain(field.split('.')[0])
  })

  test('a drug or a list that does not exist', async () => {
    expect((await refused({ ...question, drug: 'none' })).status).toBe(404)
    expect((await door.ask('/api/lists/none/nearest', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(question) })).status).toBe(404)
  })

  test('what is no JSON, no object, nothing, a form, or longer than any question', async () => {
    for (const body of ['{"drug":', '', 'alpha', '[]', 'null']) expect([body, (await refused(body)).status]).toEqual([body, 400])
    expect((await ask(question, { 'Content-Type': 'text/plain' })).status).toBe(415)
    expect((await refused({ ...question, drug: 'x'.repeat(20_000) })).status).toBe(413)
  })
})

import { beforeAll, describe, expect, test } from 'vitest'
import { AuditAnswer } from '@lastmile/shared/audit'
import { Plan, PlanAnswer, PlansAnswer } from '@lastmile/shared/plan'
import { Problem } from '@lastmile/shared/problem'
import { listCode } from '../../support/edition.js'
import { given, type World } from '../../support/given.js'
import { planSaid, type PlanFacts } from '../../support/plans.js'
import { doorOf, type Door } from './door.js'

/*
 * The doors to plans: everybody reads them, each insurer keeps its own, and what was said stays.
 */

const plans = `/api/lists/${listCode}/plans`

let world: World
const doors = {} as Record<'mine' | 'colleague' | 'other' | 'operator' | 'north' | 'acme' | 'security' | 'elsewhere' | 'public', Door>

beforeAll(async () => {
  world = await given()
  const door = (who: Parameters<typeof doorOf>[1]) => doorOf(world.services, who)
  Object.assign(doors, {
    mine: door({ role: 'insurer', insurer: 'north-life' }), colleague: door({ role: 'insurer', insurer: 'north-life', list: listCode }), other: door({ role: 'insurer', insurer: 'city-life' }),
    operator: door({ role: 'operator' }), north: door({ role: 'province_officer', unit: '100000' }), acme: door({ role: 'company', company: 'acme' }), security: door({ role: 'security_administrator' }),
    elsewhere: door({ role: 'insurer', insurer: 'north-life', list: 'another-list' }), public: door('public'),
  })
})

const json = { 'content-type': 'application/json' }
const begin = (door: Door, code: string, facts: PlanFacts = {}, more: object = {}) => door.ask(plans, { method: 'POST', headers: json, body: JSON.stringify({ code, ...planSaid(facts), ...more }) })
const change = (door: Door, code: string, version: number | string, facts: PlanFacts = {}, more: object = {}) => door.ask(`${plans}/${code}`, { method: 'PUT', headers: { ...json, 'if-match': `"${version}"` }, body: JSON.stringify({ ...planSaid(facts), ...more }) })
const end = (door: Door, code: string, version: number) => door.ask(`${plans}/${code}`, { method: 'DELETE', headers: { 'if-match': `"${version}"` } })

const problemOf = async (answer: Response) => {
  const { error } = Problem.parse(await answer.json())
  return [answer.status, error.code, error.field] as const
}
const planOf = async (answer: Response | Promise<Response>) => Plan.parse(await (await answer).json())
const read = async (door: Door, ask = '') => PlansAnswer.parse(await door.read(`${plans}${ask}`)).plans

describe('a plan', () => {
  test('is begun by its insurer, and read by everybody', async () => {
    const answer = await begin(doors.mine, 'read-by-all', { unit: '100000', city: '100100', drugs: ['beta', 'alpha: half of it'] })
    expect(answer.status).toBe(201)
    const plan = await planOf(answer)
    expect(plan).toMatchObject({ code: 'read-by-all', insurer: 'north-life', version: 1, unit: '100000', city: '100100', cityName: { en: 'City 100100' }, drugs: [{ drug: 'alpha' }, { drug: 'beta', pays: null }], knownFrom: '2026-06-30T04:00:00.000Z', knownTo: null })
    for (const door of Object.values(doors).filter((one) => one !== doors.elsewhere)) expect(await read(door, '?region=100100')).toEqual([plan])
    expect(PlanAnswer.parse(await doors.public.read(`${plans}/read-by-all`))).toMatchObject({ basis: { list: listCode, demonstration: false }, plan, former: [] })
  })

  test('is kept by nobody but insurers: for others the door does not exist, and who has not said who he is is asked to', async () => {
    await begin(doors.mine, 'kept-by-its-own')
    for (const door of [doors.operator, doors.north, doors.acme, doors.security, doors.elsewhere]) {
      for (const answer of [await begin(door, 'new'), await change(door, 'kept-by-its-own', 1, { name: 'Theirs' }), await end(door, 'kept-by-its-own', 1)]) expect(await problemOf(answer)).toEqual([404, 'path.not_found', undefined])
    }
    for (const answer of [await begin(doors.public, 'new'), await change(doors.public, 'kept-by-its-own', 1), await end(doors.public, 'kept-by-its-own', 1)]) expect(await problemOf(answer)).toEqual([401, 'session.required', undefined])
    expect((await planOf(change(doors.colleague, 'kept-by-its-own', 1, { name: 'A colleague was here' }))).name.en).toBe('A colleague was here')
  })

  test('of another insurer is answered to who would change it as one that there is not, in the same words, whatever is said of it', async () => {
    await begin(doors.mine, 'foreign')
    const said = async (answer: Promise<Response>, code: string) => [(await answer).status, (await (await answer).text()).replaceAll(code, 'X')]
    for (const [version, facts] of [[1, {}], [7, {}], [1, { drugs: ['none'] }], [1, { unit: '999999' }]] as const) {
      const foreign = await said(change(doors.other, 'foreign', version, facts), 'foreign')
      expect(foreign).toEqual(await said(change(doors.other, 'unknown', version, facts), 'unknown'))
      expect(foreign[0]).toBe(404)
      expect(await said(end(doors.other, 'foreign', version), 'foreign')).toEqual(await said(end(doors.other, 'unknown', version), 'unknown'))
    }
    expect((await read(doors.public, '?insurer=north-life')).find(({ code }) => code === 'foreign')).toMatchObject({ version: 1 })
    expect(await problemOf(await begin(doors.other, 'foreign'))).toEqual([409, 'plan.exists', 'code'])
  })

  test('that two change at once is changed by one, and the other is told', async () => {
    await begin(doors.mine, 'raced')
    const answers = await Promise.all([...Array.from({ length: 5 }, (_, i) => change(i % 2 ? doors.mine : doors.colleague, 'raced', 1, { name: `Hand ${i}` })), end(doors.mine, 'raced', 1)])
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.every((status) => [200, 404, 412].includes(status))).toBe(true)
  })

  test('that was changed since is not changed on what was seen before', async () => {
    await begin(doors.mine, 'seen')
    expect((await planOf(change(doors.mine, 'seen', 1, { name: 'Second' }))).version).toBe(2)
    const late = await change(doors.colleague, 'seen', 1, { name: 'Late' })
    expect([late.status, Problem.parse(await late.json()).error]).toMatchObject([412, { code: 'plan.version', version: 2 }])
    expect((await end(doors.mine, 'seen', 1)).status).toBe(412)
    expect((await planOf(change(doors.mine, 'seen', 2, { name: 'Second' }))).version).toBe(2)
  })

  test('that has ended is not found, and is by who asks what was known', async () => {
    await begin(doors.mine, 'ended', { name: 'Ended' })
    expect(await planOf(end(doors.mine, 'ended', 1))).toMatchObject({ version: 1, knownTo: '2026-06-30T04:00:00.000Z' })
    expect(await problemOf(await doors.public.ask(`${plans}/ended`))).toEqual([404, 'plan.not_found', undefined])
    expect(await problemOf(await end(doors.mine, 'ended', 1))).toEqual([404, 'plan.not_found', undefined])
    expect(await problemOf(await change(doors.mine, 'ended', 1))).toEqual([404, 'plan.not_found', undefined])
    expect((await read(doors.mine)).some(({ code }) => code === 'ended')).toBe(false)
    expect(await planOf(begin(doors.mine, 'ended', { name: 'Again' }))).toMatchObject({ version: 2 })
    const { former } = PlanAnswer.parse(await doors.public.read(`${plans}/ended`))
    expect(former.map(({ name }) => name.en)).toEqual(['Ended'])
  })

  test('moves what everybody holds: an answer that was made before is another now', async () => {
    await begin(doors.mine, 'moved')
    const first = await doors.public.ask(`${plans}?insurer=north-life`)
    const etag = first.headers.get('etag')!
    const again = () => doors.public.ask(`${plans}?insurer=north-life`, { headers: { 'if-none-match': etag } })
    expect((await again()).status).toBe(304)
    await change(doors.mine, 'moved', 1, { name: 'Moved' })
    const later = await again()
    expect([later.status, PlansAnswer.parse(await later.json()).plans.some(({ name }) => name.en === 'Moved')]).toEqual([200, true])
  })
})

describe('what an insurer says is refused with its field', () => {
  test.each<[string, PlanFacts, object, string]>([
    ['a code with capitals', {}, { code: 'Mine' }, 'code'], ['no code', {}, { code: '' }, 'code'], ['no name', {}, { name: { zh: ' ', en: 'x' } }, 'name.zh'], ['a name in one language', {}, { name: { zh: '一' } }, 'name.en'],
    ['a line break', {}, { name: { zh: '一', en: 'a\nb' } }, 'name.en'], ['a NUL in a drug', {}, { drugs: [{ drug: 'al\0pha' }] }, 'drugs.0.drug'], ['half of a character', {}, { source: { zh: '\ud800', en: 'x' } }, 'source.zh'],
    ['a day that is none', {}, { validFrom: '2026-02-30' }, 'validFrom'], ['an end before the beginning', {}, { validTo: '2025-12-31' }, 'validTo'], ['a city without its unit', {}, { city: '100100' }, 'unit'],
    ['no drug', {}, { drugs: [] }, 'drugs'], ['a drug twice', {}, { drugs: [{ drug: 'alpha' }, { drug: 'alpha' }] }, 'drugs.1.drug'], ['what it pays, as a number', {}, { drugs: [{ drug: 'alpha', pays: 5 }] }, 'drugs.0.pays'],
    ['an insurer', {}, { insurer: 'city-life' }, 'insurer'], ['one field more of a drug', {}, { drugs: [{ drug: 'alpha', price: '1' }] }, 'drugs.0.price'],
  ])('%s', async (_, facts, more, field) => {
    expect(await problemOf(await begin(doors.mine, 'wrong', facts, more))).toEqual([400, 'question.invalid', field])
  })

  test.each<[string, PlanFacts, string, string]>([
    ['a unit that there is not', { unit: '999999' }, 'unit.not_found', 'unit'], ['a city that there is not', { unit: '100000', city: '999999' }, 'city.not_found', 'city'],
    ['a city of another unit', { unit: '100000', city: '200100' }, 'city.not_found', 'city'], ['a drug that there is not', { drugs: ['alpha', 'none'] }, 'drug.not_found', 'drugs.1.drug'],
  ])('%s, when it is begun and when it is changed', async (what, facts, code, field) => {
    expect(await problemOf(await begin(doors.mine, 'wrong', facts))).toEqual([422, code, field])
    const own = `wrong-later-${what.replaceAll(' ', '-')}`
    await begin(doors.mine, own)
    expect(await problemOf(await change(doors.mine, own, 1, facts))).toEqual([422, code, field])
  })

  test('a change that names no version, or what is none', async () => {
    await begin(doors.mine, 'unnamed')
    const without = await doors.mine.ask(`${plans}/unnamed`, { method: 'PUT', headers: json, body: JSON.stringify(planSaid()) })
    expect(await problemOf(without)).toEqual([400, 'question.invalid', 'If-Match'])
    expect(await problemOf(await change(doors.mine, 'unnamed', 'x'))).toEqual([400, 'question.invalid', 'If-Match'])
    expect(await problemOf(await doors.mine.ask(`${plans}/unnamed`, { method: 'DELETE' }))).toEqual([400, 'question.invalid', 'If-Match'])
  })

  test('a list that there is not, another site\'s word, what is no JSON, and a body beyond all plans', async () => {
    expect(await problemOf(await doors.mine.ask(plans.replace(listCode, 'none'), { method: 'POST', headers: json, body: JSON.stringify({ code: 'x', ...planSaid() }) }))).toEqual([404, 'list.not_found', undefined])
    const asked = (init: RequestInit) => doors.mine.ask(plans, { method: 'POST', headers: json, ...init })
    expect((await asked({ body: '{}', headers: { ...json, origin: 'http://elsewhere.example' } })).status).toBe(403)
    expect([(await asked({ body: '{' })).status, (await asked({ body: JSON.stringify({ code: 'x'.repeat(600_000) }) })).status]).toEqual([400, 413])
  })
})

test('a question about plans is refused where it names what there is not', async () => {
  for (const [ask, status, code] of [['?drug=none', 404, 'drug.not_found'], ['?region=999999', 404, 'region.not_found'], ['?asOf=2026-07-01', 400, 'question.future'], ['?anyDay=yes', 400, 'question.invalid'], ['?sort=name', 400, 'question.unknown_parameter']] as const) {
    expect((await problemOf(await doors.public.ask(`${plans}${ask}`))).slice(0, 2)).toEqual([status, code])
  }
  expect(await read(doors.public, '?insurer=nobody')).toEqual([])
})

test('what is done to a plan is noted, with what was said before and after; what changes nothing is not', async () => {
  await begin(doors.mine, 'noted', { name: 'First' })
  await change(doors.mine, 'noted', 1, { name: 'First' })
  await change(doors.mine, 'noted', 1, { name: 'Second' })
  await end(doors.mine, 'noted', 2)
  const { entries } = AuditAnswer.parse(await doorOf(world.services, { role: 'auditor' }).read('/api/audit?limit=500'))
  const own = entries.filter(({ object }) => object === 'noted').reverse()
  const name = (en: string) => ({ zh: `${en}（中）`, en })
  expect(own.map(({ action, purview, list, before, after }) => [action, purview, list, before, after])).toEqual([
    ['plan.create', 'insurer:north-life', listCode, null, expect.objectContaining({ version: 1, name: name('First'), insurer: 'north-life' })],
    ['plan.change', 'insurer:north-life', listCode, { version: 1, name: name('First') }, { version: 2, name: name('Second') }],
    ['plan.end', 'insurer:north-life', listCode, expect.objectContaining({ version: 2, name: name('Second') }), null],
  ])
  expect(await world.services.audit.verify()).toMatchObject({ broken: null })
})

import { beforeAll, describe, expect, test } from 'vitest'
import { AuditAnswer } from '@lastmile/shared/audit'
import { DutiesAnswer, DutyAnswer, DutyRowAnswer, DutyRowsAnswer } from '@lastmile/shared/duty'
import { Problem } from '@lastmile/shared/problem'
import { answered, dutySaid, type SaidFacts } from '../../support/duties.js'
import { listCode } from '../../support/edition.js'
import { given, type World } from '../../support/given.js'
import { listings } from '../../support/listings.js'
import { doorOf, type Door } from './door.js'

/* The doors to dated duties: hospitals answer for themselves, provinces for theirs; silence is not a no. */

const duty = `/api/lists/${listCode}/duties/meeting`
const json = { 'content-type': 'application/json' }

let world: World
const doors = {} as Record<'operator' | 'reader' | 'north' | 'south' | 'hospital' | 'pharmacy' | 'auditor', Door>

beforeAll(async () => {
  world = await given({
    institutions: { H1: '100100', H2: '100200', H3: '200100', H4: { at: '200200', closed: '2026-02-10' }, H5: { at: '200200', opened: '2026-05-01' }, P1: '100100' }, duties: [{}, { code: 'later', dueOn: '2026-12-31', levels: ['3A'] }],
  })
  const door = (who: Parameters<typeof doorOf>[1]) => doorOf(world.services, who)
  Object.assign(doors, {
    operator: door({ role: 'operator' }), reader: door({ role: 'reader' }), north: door({ role: 'province_officer', unit: '100000' }), south: door({ role: 'province_officer', unit: '200000' }),
    hospital: door({ role: 'institution', institution: 'H1' }), pharmacy: door({ role: 'institution', institution: 'P1' }), auditor: door({ role: 'auditor' }),
  })
})

const answer = (door: Door, institution: string, version: number | string, facts: SaidFacts = {}, more: object = {}) => door.ask(`${duty}/institutions/${institution}`, { method: 'PUT', headers: { ...json, 'if-match': `"${version}"` }, body: JSON.stringify({ ...dutySaid(facts), ...more }) })
const takeBack = (door: Door, institution: string, version: number) => door.ask(`${duty}/institutions/${institution}`, { method: 'DELETE', headers: { 'if-match': `"${version}"` } })
const overview = async (door = doors.reader, ask = '') => DutyAnswer.parse(await door.read(`${duty}${ask}`))
const rows = async (ask = '', door = doors.reader) => DutyRowsAnswer.parse(await door.read(`${duty}/institutions${ask}`)).rows.map(({ institution, state }) => `${institution} ${state}`)
const one = async (institution: string) => DutyRowAnswer.parse(await doors.reader.read(`${duty}/institutions/${institution}`))
const problemOf = async (response: Response) => {
  const { error } = Problem.parse(await response.json())
  return [response.status, error.code, error.field] as const
}

test('before anybody answers, every hospital that was open on the day has not reported, and nobody has not convened', async () => {
  const { total, byUnit, byDrug } = await overview()
  expect(total).toEqual({ owed: 3, in_time: 0, late: 0, not_convened: 0, not_reported: 3 })
  expect(byUnit.map(({ unit, owed }) => [unit, owed])).toEqual([['100000', 2], ['200000', 1]])
  expect(byDrug.map(({ drug, undecided }) => [drug, undecided])).toEqual([['alpha', 0], ['beta', 0], ['gamma', 0]])
  expect(DutiesAnswer.parse(await doors.reader.read(`/api/lists/${listCode}/duties`)).duties.map(({ duty: { code }, total: { owed } }) => [code, owed])).toEqual([['meeting', 3], ['later', 0]])
  expect(await rows()).toEqual(['H1 not_reported', 'H2 not_reported', 'H3 not_reported'])
})

describe('an answer', () => {
  test('is given by the hospital for itself, in time or late, with what was decided of each drug', async () => {
    const said = await answer(doors.hospital, 'H1', 0, { on: '2026-03-03', outcomes: ['alpha admitted', 'beta refused cold_chain'], note: 'second meeting' })
    expect(said.status).toBe(200)
    expect(DutyRowAnswer.parse(await said.json()).row).toMatchObject({ institution: 'H1', state: 'late', daysLate: 3, entry: { version: 1, role: 'institution', note: 'second meeting', knownTo: null } })
    expect(await overview()).toMatchObject({ total: { late: 1, not_reported: 2 }, byDrug: [{ drug: 'alpha', admitted: 1, undecided: 0 }, { drug: 'beta', refused: 1, reasons: [{ reason: 'cold_chain', count: 1 }] }, { drug: 'gamma', undecided: 1 }] })
  })

  test('is given by its province, which says too that it has not convened', async () => {
    expect((await answer(doors.north, 'H2', 0, { convened: false })).status).toBe(200)
    expect((await answer(doors.south, 'H3', 0, { on: '2026-02-28', outcomes: ['alpha temporary_purchase'] })).status).toBe(200)
    expect(await rows()).toEqual(['H1 late', 'H2 not_convened', 'H3 in_time'])
    expect((await overview(doors.north)).total).toEqual({ owed: 2, in_time: 0, late: 1, not_convened: 1, not_reported: 0 })
  })

  test('opens by number: those of a unit, a state, a drug and what was decided of it', async () => {
    expect([await rows('?region=100000'), await rows('?state=not_convened'), await rows('?drug=alpha&outcome=admitted'), await rows('?outcome=refused'), await rows('?search=of h3'), await rows('?region=200100&state=in_time')])
      .toEqual([['H1 late', 'H2 not_convened'], ['H2 not_convened'], ['H1 late'], ['H1 late'], ['H3 in_time'], ['H3 in_time']])
  })

  test('is corrected on what was seen, and what was said before stays', async () => {
    expect((await answer(doors.operator, 'H1', 1, { on: '2026-02-27', outcomes: ['alpha admitted'] })).status).toBe(200)
    expect(await one('H1')).toMatchObject({ row: { state: 'in_time', entry: { version: 2, role: 'operator' } }, former: [{ version: 1, on: '2026-03-03', knownTo: '2026-06-30T04:00:00.000Z' }] })
    expect(await problemOf(await answer(doors.hospital, 'H1', 1))).toEqual([412, 'duty.version', undefined])
    expect((await answer(doors.hospital, 'H1', 2, { on: '2026-02-27', outcomes: ['alpha admitted'] })).status).toBe(200)
    expect((await one('H1')).row.entry?.version).toBe(2)
  })

  test('that two give at once is given by one, and the other is told', async () => {
    const { version } = (await one('H2')).row.entry!
    const statuses = (await Promise.all(Array.from({ length: 6 }, (_, i) => answer([doors.north, doors.operator][i % 2]!, 'H2', version, { on: `2026-02-1${i}` })))).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 412, 412, 412, 412, 412])
    expect((await one('H2')).former).toHaveLength(version)
  })

  test('that is taken back leaves the hospital not reported, and not "not convened"', async () => {
    const { version } = (await one('H2')).row.entry!
    expect((await takeBack(doors.north, 'H2', version)).status).toBe(200)
    expect(await one('H2')).toMatchObject({ row: { state: 'not_reported', entry: null }, former: [{ version }, {}] })
    expect((await answer(doors.north, 'H2', 0, { on: '2026-02-20' })).status).toBe(200)
    expect((await one('H2')).row.entry?.version).toBe(version + 1)
  })

  test('and each of it is noted', async () => {
    const { entries } = AuditAnswer.parse(await doors.auditor.read('/api/audit?limit=500'))
    expect(entries.filter(({ object }) => object === 'meeting H1').reverse().map(({ action, before, after }) => [action, before?.['version'], after?.['version']])).toEqual([['duty.answer', undefined, 1], ['duty.answer', 1, 2]])
    expect(entries.filter(({ action }) => action === 'duty.withdraw')).toHaveLength(1)
  })
})

describe('what cannot be is refused with its field', () => {
  test.each<[string, object, number, string, string]>([
    ['convened on no day', { on: null }, 400, 'question.invalid', 'on'], ['a day where it was not convened', { convened: false }, 400, 'question.invalid', 'on'], ['a day to come', { on: '2026-07-01' }, 422, 'duty.future', 'on'], ['a day on which nobody knew of the list', { on: '2024-12-30' }, 422, 'duty.before_list', 'on'],
    ['a drug that there is not', { outcomes: [{ drug: 'none', outcome: 'admitted' }] }, 422, 'drug.not_found', 'outcomes.0.drug'], ['a drug twice', { outcomes: [{ drug: 'alpha', outcome: 'admitted' }, { drug: 'alpha', outcome: 'admitted' }] }, 400, 'question.invalid', 'outcomes.1.drug'],
    ['refused without a reason', { outcomes: [{ drug: 'alpha', outcome: 'refused' }] }, 400, 'question.invalid', 'outcomes.0.reason'], ['admitted for a reason', { outcomes: [{ drug: 'alpha', outcome: 'admitted', reason: 'cold_chain' }] }, 400, 'question.invalid', 'outcomes.0.reason'],
    ['a reason of nobody\'s list', { outcomes: [{ drug: 'alpha', outcome: 'refused', reason: 'price' }] }, 400, 'question.invalid', 'outcomes.0.reason'],
  ])('%s', async (_, more, status, code, field) => {
    expect(await problemOf(await answer(doors.operator, 'H3', 1, {}, more))).toEqual([status, code, field])
  })

  test('of another\'s hospital, of one that has no such duty, and of no duty', async () => {
    for (const [door, institution] of [[doors.north, 'H3'], [doors.hospital, 'H2'], [doors.operator, 'P1'], [doors.operator, 'H4'], [doors.operator, 'H5'], [doors.pharmacy, 'P1']] as const) expect(await problemOf(await answer(door, institution, 0))).toEqual([404, 'institution.not_found', undefined])
    expect(await problemOf(await doors.reader.ask(duty.replace('meeting', 'none')))).toEqual([404, 'duty.not_found', undefined])
    expect(await problemOf(await answer(doors.reader, 'H1', 0))).toEqual([404, 'path.not_found', undefined])
  })
})

test('a duty that the edition no longer names is asked no more, and one that comes back finds its answers', async () => {
  await world.loadEdition({ duties: [] }, '2026-06-30')
  expect(DutiesAnswer.parse(await doors.reader.read(`/api/lists/${listCode}/duties`)).duties).toEqual([])
  expect((await doors.reader.ask(duty)).status).toBe(404)
  await world.loadEdition({ duties: [{ dueOn: '2026-02-19' }] }, '2026-06-30')
  expect(await rows('?state=late')).toEqual(['H1 late', 'H2 late', 'H3 late'])
})

test('what a duty asked is answered as it was known: its day is moved from the instant on at which the edition says so, and one that is no longer named was asked', async () => {
  const moved = await given({ institutions: { H1: '100100' }, duties: [{}, { code: 'other' }] })
  await answered(moved, 'H1', { on: '2026-02-26' }, { at: '2026-03-02' })
  await moved.loadEdition({ duties: [{ dueOn: '2026-02-19' }] }, '2026-04-01')
  const door = doorOf(moved.services, { role: 'reader' })
  const known = async (day: string) => DutiesAnswer.parse(await door.read(`/api/lists/${listCode}/duties?knownOn=${day}T12:00:00.000Z`)).duties.map(({ duty: { code, dueOn }, total }) => [code, dueOn, total.in_time, total.late])
  expect([await known('2026-03-15'), await known('2026-04-02')]).toEqual([[['meeting', '2026-02-28', 1, 0], ['other', '2026-02-28', 0, 0]], [['meeting', '2026-02-19', 0, 1]]])
  expect(DutyRowsAnswer.parse(await door.read(`${duty}/institutions?knownOn=2026-03-15T12:00:00.000Z`)).rows[0]!.state).toBe('in_time')
  expect([(await door.ask(duty.replace('meeting', 'other'))).status, (await door.ask(`${duty.replace('meeting', 'other')}?knownOn=2026-03-15T12:00:00.000Z`)).status]).toEqual([404, 200])
  // What was known later is not put into the past.
  await expect(moved.loadEdition({ duties: [{}] }, '2026-03-01')).rejects.toThrow(/the duty/)
})

test('what was known on an instant is answered as it was', async () => {
  const dated = await given({ institutions: { H1: '100100' }, duties: [{}] })
  await answered(dated, 'H1', { convened: false }, { at: '2026-03-02' })
  await answered(dated, 'H1', { on: '2026-02-26' }, { at: '2026-04-02' })
  const door = doorOf(dated.services, { role: 'reader' })
  const known = async (day: string) => DutyRowsAnswer.parse(await door.read(`${duty}/institutions?knownOn=${day}T04:00:00.000Z`)).rows[0]!.state
  expect([await known('2026-03-01'), await known('2026-03-02'), await known('2026-04-02')]).toEqual(['not_reported', 'not_convened', 'in_time'])
})

test('a meeting before the list was published: it cannot have been about its drugs', async () => {
  const published = await given({ institutions: { H1: '100100' }, duties: [{}], listings: listings({ ofFirst: listCode }) })
  const hospital = doorOf(published.services, { role: 'institution', institution: 'H1' })
  expect(DutyRowAnswer.parse(await hospital.read(`${duty}/institutions/H1`)).firstDay).toBe('2025-12-07')
  for (const on of ['1999-01-01', '2025-12-06']) {
    const refused = await answer(hospital, 'H1', 0, { on })
    expect((await refused.clone().text())).toContain('no meeting on its drugs was before 2025-12-07')
    expect(await problemOf(refused)).toEqual([422, 'duty.before_list', 'on'])
  }
  // It is prepared for before it is in force.
  const said = await answer(hospital, 'H1', 0, { on: '2025-12-07' })
  expect([said.status, DutyRowAnswer.parse(await said.json()).row.state]).toEqual([200, 'in_time'])
})

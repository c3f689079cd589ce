import { describe, expect, test } from 'vitest'
import { updateAccount } from '@lastmile/db/query/accounts'
import { clockAt } from '@lastmile/server/lib/clock'
import { newKnownLists } from '@lastmile/server/lib/known-lists'
import type { Services } from '@lastmile/server/lib/services'
import { remindOfAll } from '@lastmile/server/messages/remind'
import { DutyRowsAnswer, type Duty } from '@lastmile/shared/duty'
import { MessagesAnswer, type Message } from '@lastmile/shared/message'
import { addressOfPlace, placeOf } from '@lastmile/shared/message-place'
import { accountsOf, madeAccount, type ActorFacts } from '../../support/actors.js'
import { dutySaid, type SaidFacts } from '../../support/duties.js'
import { listCode } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { doorOf, type Door } from './door.js'

/* Who owes a dated duty is reminded: a province of all its institutions by one message, an institution of its own where it has an account. The meeting is due on 28 February. */

const json = { 'content-type': 'application/json' }
const remind = { before: [14, 3], after: [1, 15], reason: { zh: 'a test', en: 'a test' } }
const institutions = { H1: '100100', H2: '100200', H3: '100100', H4: '200100', P1: '100100' }

async function owing({ duties = [{ remind }], more = {} }: { duties?: Partial<Duty>[]; more?: Record<string, string> } = {}) {
  let now = '2026-02-01T04:00:00.000Z'
  // Nobody owes a report.
  const quiet = Object.fromEntries(['north', 'south', 'east', 'west', 'corps', 'maker', 'locator'].map((one) => [one, { rhythm: 'irregular' as const }]))
  const world = await given({ today: '2026-02-01', institutions: { ...institutions, ...more }, sources: quiet, duties })
  const clock = clockAt(() => now)
  const server = (): Services => ({ ...world.services, clock, lists: newKnownLists(world.services.db, clock, true), accounts: accountsOf(world.services.db, clock, world.services.log) })
  const services = server()
  const door = (who: ActorFacts) => doorOf(services, who)
  const doors = { north: door({ role: 'province_officer', unit: '100000' }), south: door({ role: 'province_officer', unit: '200000' }), city: door({ role: 'city_officer', unit: '100000', city: '100100' }), operator: door({ role: 'operator' }), reader: door({ role: 'reader' }), H1: door({ role: 'institution', institution: 'H1' }), P1: door({ role: 'institution', institution: 'P1' }) }
  // An account is there from when its owner first asks.
  for (const one of Object.values(doors)) await one.ask('/api/session')
  const at = (day: string) => (now = `${day}T04:00:00.000Z`)
  return {
    services, server, doors, at,
    /** Days begin, and it is looked on each. */
    on: async (...days: string[]) => {
      for (const day of days) {
        at(day)
        services.lists.forget()
        await remindOfAll(services)
      }
    },
  }
}

const messages = async (door: Door, state = '') => MessagesAnswer.parse(await door.read(`/api/messages?sort=at-up&limit=100${state && `&state=${state}`}`)).messages
const wordOf = ({ kind, subject: { asOf, owed } }: Message) => [kind, asOf, owed && `${owed.not_reported}+${owed.not_convened} of ${owed.all}`].filter(Boolean).join(' ')
const told = async (door: Door, state = '') => (await messages(door, state)).map(wordOf)
const says = async (door: Door, institution: string, facts: SaidFacts = {}, version = 0) => {
  const answer = await door.ask(`/api/lists/${listCode}/duties/meeting/institutions/${institution}`, { method: 'PUT', headers: { ...json, 'if-match': `"${version}"` }, body: JSON.stringify(dutySaid(facts)) })
  expect(answer.status, await answer.clone().text()).toBe(200)
}

describe('a duty that is owed', () => {
  test('is told some days before it is due and after, once each: to the province in one message, to an institution with an account, and to nobody else', async () => {
    const { doors, on } = await owing()
    await on('2026-02-13')
    expect(await told(doors.north)).toEqual([])
    await on('2026-02-14', '2026-02-14', '2026-02-24', '2026-02-25')
    expect(await told(doors.north)).toEqual(['unit_duty_due_soon 2026-02-14 3+0 of 3', 'unit_duty_due_soon 2026-02-25 3+0 of 3'])
    expect(await told(doors.south)).toEqual(['unit_duty_due_soon 2026-02-14 1+0 of 1', 'unit_duty_due_soon 2026-02-25 1+0 of 1'])
    expect(await told(doors.H1)).toEqual(['duty_due_soon', 'duty_due_soon'])
    await on('2026-03-01', '2026-03-15', '2026-05-01')
    expect((await told(doors.north)).slice(2)).toEqual(['unit_duty_overdue 2026-03-01 3+0 of 3', 'unit_duty_overdue 2026-03-15 3+0 of 3'])
    expect((await told(doors.H1)).slice(2)).toEqual(['duty_overdue', 'duty_overdue'])
    for (const one of [doors.city, doors.operator, doors.reader, doors.P1]) expect(await told(one)).toEqual([])
    // Each takes the place of the one before.
    expect([await told(doors.north, 'open'), await told(doors.H1, 'open')]).toEqual([['unit_duty_overdue 2026-03-15 3+0 of 3'], ['duty_overdue']])
  })

  test('leads a province to the rows that its number tells of, and an institution to its own', async () => {
    const { doors, on } = await owing()
    await says(doors.north, 'H2', { convened: false })
    await on('2026-02-14')
    const [one] = await messages(doors.north)
    expect(one).toMatchObject({ subject: { duty: 'meeting', dueOn: '2026-02-28', owed: { all: 3, not_reported: 2, not_convened: 1 } }, names: { duty: { en: 'Meeting' }, regions: [{ en: 'North' }] } })
    expect(addressOfPlace(listCode, placeOf(one!))).toBe(`/${listCode}/duties?duty=meeting&region=100000&state=not_reported`)
    const rows = async (state: string) => DutyRowsAnswer.parse(await doors.north.read(`/api/lists/${listCode}/duties/meeting/institutions?region=100000&state=${state}&knownOn=${one!.at}`)).page.total
    expect([await rows('not_reported'), await rows('not_convened')]).toEqual([2, 1])
    await on('2026-02-15')
    await says(doors.north, 'H3', { on: '2026-02-10' })
    expect([await rows('not_reported'), await rows('not_convened')], 'as was known then').toEqual([2, 1])
    expect(addressOfPlace(listCode, placeOf((await messages(doors.H1))[0]!))).toBe(`/${listCode}/duties?duty=meeting`)
  })

  test('is settled when it is stated as done, for the institution at once, for its province when nobody there owes it any more', async () => {
    const { doors, on } = await owing()
    await on('2026-02-14')
    await says(doors.H1, 'H1', { convened: false })
    expect(await told(doors.H1, 'open'), 'that it was not convened is not done').toEqual(['duty_due_soon'])
    await says(doors.H1, 'H1', { on: '2026-01-30' }, 1)
    expect([await told(doors.H1, 'open'), (await told(doors.north, 'open')).length]).toEqual([[], 1])
    await says(doors.north, 'H2', { on: '2026-01-30' })
    await says(doors.north, 'H3', { on: '2026-01-30' })
    expect([await told(doors.north, 'open'), (await told(doors.south, 'open')).length]).toEqual([[], 1])
    await on('2026-02-25', '2026-03-01')
    expect([await told(doors.north), await told(doors.H1)]).toEqual([['unit_duty_due_soon 2026-02-14 3+0 of 3'], ['duty_due_soon']])
    // Who takes it back owes it again.
    expect((await doors.H1.ask(`/api/lists/${listCode}/duties/meeting/institutions/H1`, { method: 'DELETE', headers: { 'if-match': '"2"' } })).status).toBe(200)
    await on('2026-03-15')
    expect([(await told(doors.north)).at(-1), (await told(doors.H1)).at(-1)]).toEqual(['unit_duty_overdue 2026-03-15 1+0 of 3', 'duty_overdue'])
  })

  test('is not told where its edition says no days, of another kind of institution, or on days long past', async () => {
    const none = await owing({ duties: [{}] })
    await none.on('2026-02-14', '2026-03-01')
    expect([await told(none.doors.north), await told(none.doors.H1)]).toEqual([[], []])
    const late = await owing()
    await late.on('2026-04-15')
    expect([await told(late.doors.north), await told(late.doors.H1)]).toEqual([[], []])
  })

  test('is told once when several servers look, and after days without any the last reminder alone', async () => {
    const { doors, at, server } = await owing()
    at('2026-03-20')
    const servers = [server(), server(), server()]
    await Promise.all(servers.map((one) => remindOfAll(one)))
    expect([await told(doors.north), await told(doors.H1)]).toEqual([['unit_duty_overdue 2026-03-20 3+0 of 3'], ['duty_overdue']])
  })

  test('is told to no account that is disabled, and to whoever becomes of an institution by what it is now', async () => {
    const { services, doors, on } = await owing()
    const id = await madeAccount(services, { role: 'institution', institution: 'H2' })
    await updateAccount(services.db, id, { disabledAt: new Date() })
    await on('2026-02-14')
    expect((await messages(doors.north))).toHaveLength(1)
    const later = doorOf(services, { role: 'institution', institution: 'H2' })
    expect(await told(later)).toEqual([])
    await on('2026-02-25')
    expect(await told(later)).toEqual(['duty_due_soon'])
  })
})

test('thousands of institutions are one message to their province', async () => {
  const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`H${1_000 + i}`, '100200']))
  const { doors, on } = await owing({ more: many })
  await on('2026-02-14')
  expect(await told(doors.north)).toEqual(['unit_duty_due_soon 2026-02-14 3003+0 of 3003'])
})

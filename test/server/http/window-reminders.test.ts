import { expect, test } from 'vitest'
import { clockAt } from '@lastmile/server/lib/clock'
import { newKnownLists } from '@lastmile/server/lib/known-lists'
import { remindOfAll } from '@lastmile/server/messages/remind'
import { MessagesAnswer } from '@lastmile/shared/message'
import { addressOfPlace, placeOf } from '@lastmile/shared/message-place'
import { accountsOf } from '../../support/actors.js'
import { listCode } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { listings, stageSaid } from '../../support/listings.js'
import { doorOf, type Door } from './door.js'

/* Who is concerned is told some days before windows end: 92 and 30 of gamma's (of bestco), which is 2026-09-30, and of those of the basic list, which is 2026-12-31. */

test('windows that end soon are told once for each day on which some do, to the regulator and to each company of its own, until they are renewed', async () => {
  let now = '2026-06-29T04:00:00.000Z'
  const quiet = Object.fromEntries(['north', 'south', 'east', 'west', 'corps', 'maker', 'locator'].map((one) => [one, { rhythm: 'irregular' as const }]))
  const world = await given({ today: '2026-06-29', sources: quiet, listings: listings({ remind: { before: [92, 30] } }) })
  const clock = clockAt(() => now)
  const services = { ...world.services, clock, lists: newKnownLists(world.services.db, clock, true), accounts: accountsOf(world.services.db, clock, world.services.log) }
  const doors = { operator: doorOf(services, { role: 'operator' }), bestco: doorOf(services, { role: 'company', company: 'bestco' }), acme: doorOf(services, { role: 'company', company: 'acme' }), reader: doorOf(services, { role: 'reader' }) }
  for (const one of Object.values(doors)) await one.ask('/api/session')
  const on = async (...days: string[]) => { for (const day of days) { now = `${day}T04:00:00.000Z`; services.lists.forget(); await remindOfAll(services) } }
  const messages = async (door: Door, state = 'open') => MessagesAnswer.parse(await door.read(`/api/messages?state=${state}&limit=100`)).messages.filter(({ kind }) => kind === 'window_ends_soon')
  const told = async (door: Door, state?: string) => (await messages(door, state)).map(({ subject: { edition, dueOn }, at }) => `${edition} ${dueOn} ${at.slice(0, 10)}`)

  await on('2026-06-29')
  expect(await told(doors.operator)).toEqual([])
  await on('2026-06-30', '2026-06-30', '2026-07-01')
  expect([await told(doors.operator), await told(doors.bestco), await told(doors.acme), await told(doors.reader)]).toEqual([['first 2026-09-30 2026-06-30'], ['first 2026-09-30 2026-06-30'], [], []])
  const [message] = await messages(doors.bestco)
  expect(message!.names.edition?.en).toBe('Edition first')
  expect(addressOfPlace(listCode, placeOf(message!))).toBe(`/${listCode}/editions?edition=first&ends=2026-09-30`)
  // It stays open until the next takes its place.
  await on('2026-08-20')
  expect(await told(doors.bestco)).toEqual(['first 2026-09-30 2026-06-30'])
  await on('2026-08-31')
  expect([await told(doors.bestco), await told(doors.bestco, 'acknowledged')]).toEqual([['first 2026-09-30 2026-08-31'], ['first 2026-09-30 2026-06-30']])
  const renewed = await doors.operator.ask(`/api/lists/${listCode}/candidacies/first-gamma/stages`, { method: 'POST', headers: { 'content-type': 'application/json', 'if-match': '"1"' }, body: JSON.stringify(stageSaid({ stage: 'renewed', on: '2026-10-01', until: '2028-09-30' })) })
  expect(renewed.status).toBe(200)
  await on('2026-09-01')
  expect(await told(doors.bestco)).toEqual([])
  await on('2026-10-01')
  expect(await told(doors.operator)).toEqual(['basic 2026-12-31 2026-10-01'])
})

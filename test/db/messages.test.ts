import { expect, test } from 'vitest'
import { notify, type NewMessage } from '@lastmile/db/load/notify'
import { acknowledgeMessages, letMessagesGo, messagesOf, mute, mutesOf, openMessages, unmute } from '@lastmile/db/query/messages'
import { updateAccount } from '@lastmile/db/query/accounts'
import { findSource, type SourceRow } from '@lastmile/db/query/sources'
import { thePublic, type Actor } from '@lastmile/shared/account'
import { addressesOf, messageReader, type Address, type MessageReader } from '@lastmile/shared/message'
import { officeOf, reviewersOf } from '@lastmile/shared/message-office'
import { everything } from '@lastmile/shared/purview'
import { madeAccount, type ActorFacts } from '../support/actors.js'
import { given, type World } from '../support/given.js'

const scope = (...regions: string[]) => ({ drugs: null, regions, kinds: null })
const world = () => given({
  today: '2026-06-30', institutions: { H1: '100100' },
  sources: { 'north-city': { unit: '100000', scope: scope('100100'), mode: 'changes' }, 'hospital-1': { unit: '100000', institution: 'H1', scope: scope('100100'), mode: 'changes' }, rival: { evidence: 'declared', company: 'bestco' } },
})

/** Everybody whose inbox is looked into, by what he is of. */
const people: Record<string, ActorFacts> = {
  reader: { role: 'reader' }, operator: { role: 'operator' }, system: { role: 'system_administrator' }, auditor: { role: 'auditor' }, north: { role: 'province_officer', unit: '100000' },
  south: { role: 'province_officer', unit: '200000' }, city: { role: 'city_officer', unit: '100000', city: '100100' }, next_city: { role: 'city_officer', unit: '100000', city: '100200' },
  acme: { role: 'company', company: 'acme' }, bestco: { role: 'company', company: 'bestco' }, hospital: { role: 'institution', institution: 'H1' }, insurer: { role: 'insurer', insurer: 'mutual' }, other_list: { role: 'operator', list: 'other-2026' },
}

/** Somebody with an account, as he acts. */
async function person({ services }: World, facts: ActorFacts): Promise<Actor> {
  const id = await madeAccount(services, facts)
  return { ...thePublic, kind: 'account', id, name: facts.role, ...facts } as Actor
}
const everybody = async (world: World) => Object.fromEntries(await Promise.all(Object.entries(people).map(async ([who, facts]) => [who, messageReader(await person(world, facts))] as const)))

async function teller({ services, list }: World) {
  const { id } = await list()
  const source = async (code: string) => (await findSource(services.db, id, code, everything))!
  return {
    source,
    tell: async (code: string, to: readonly Address[] | ((source: SourceRow['data']) => Address[]), own: Partial<NewMessage> = {}) => {
      const { id: sourceId, data } = await source(code)
      return services.db.transaction((tx) => notify(tx as typeof services.db, [{
        kind: 'report_approved', listId: id, sourceId, subject: { report: `of ${code}` }, to: typeof to === 'function' ? to(data) : to, by: null, key: code, at: '2026-06-20T02:00:00.000Z', ...own,
      }]))
    },
  }
}

const reads = async ({ services }: World, reader: MessageReader) => (await messagesOf(services.db, reader, {}, { offset: 0, limit: 100 })).messages.map(({ subject }) => subject.report)
const page = { offset: 0, limit: 10 }

test('what is told to an office is read by that office, and by nobody else', async () => {
  const here = await world()
  const readers = await everybody(here)
  const { tell } = await teller(here)
  for (const source of ['north', 'north-city', 'hospital-1', 'maker', 'rival', 'sales']) await tell(source, officeOf)
  const told = Object.fromEntries(await Promise.all(Object.entries(readers).map(async ([who, reader]) => [who, (await reads(here, reader)).sort()])))
  expect(told).toEqual({
    reader: [], operator: ['of sales'], system: [], auditor: [], north: ['of north', 'of north-city'], south: [], city: ['of north-city'], next_city: [],
    acme: ['of maker'], bestco: ['of rival'], hospital: ['of hospital-1'], insurer: [], other_list: [],
  })
})

test('who looks after a province\'s reports is its officers and the operators', async () => {
  const here = await world()
  const readers = await everybody(here)
  const { tell } = await teller(here)
  await tell('north', reviewersOf)
  const told = await Promise.all(Object.entries(readers).map(async ([who, reader]) => ((await reads(here, reader)).length > 0 ? who : null)))
  expect(told.filter((who) => who !== null)).toEqual(['operator', 'north'])
})

test('a message that is addressed to somebody by mistake is not read where its source is not his to see', async () => {
  const here = await world()
  const readers = await everybody(here)
  const { tell } = await teller(here)
  const all: Address[] = [...Object.values(people).map((facts) => facts as Address), ...Object.values(readers).map(({ account }) => ({ account }))]
  for (const source of ['south', 'maker']) await tell(source, all)
  const told = Object.fromEntries(await Promise.all(Object.entries(readers).map(async ([who, reader]) => [who, (await reads(here, reader)).sort()])))
  const both = ['of maker', 'of south']
  expect(told).toEqual({
    reader: both, operator: both, system: both, auditor: [], north: [], south: ['of south'], city: [], next_city: [], acme: ['of maker'], bestco: [], hospital: [], insurer: [], other_list: [],
  })
})

test('who moves to another office hears of that, and no more of the former, not even of what was said to himself', async () => {
  const here = await world()
  const { services } = here
  const { tell } = await teller(here)
  const officer = await person(here, people['north']!)
  await tell('north', officeOf)
  await tell('north', [{ account: officer.id }], { kind: 'report_accepted' })
  await tell('south', officeOf)
  expect(await reads(here, messageReader(officer))).toEqual(['of north', 'of north'])
  await updateAccount(services.db, officer.id, { role: 'province_officer', unit: '200000' })
  expect(await reads(here, messageReader({ ...officer, unit: '200000' }))).toEqual(['of south'])
  expect(addressesOf({ ...officer, preview: { by: 'somebody' } })).toEqual([])
  expect(await reads(here, messageReader({ ...officer, preview: { by: 'somebody' } }))).toEqual([])
})

test('whoever did it is not told, and the same twice is told once', async () => {
  const here = await world()
  const { tell } = await teller(here)
  const [one, other] = [await person(here, people['north']!), await person(here, people['north']!)]
  expect(await tell('north', officeOf, { by: one.id })).toBe(1)
  expect(await tell('north', officeOf, { by: one.id })).toBe(0)
  expect([await reads(here, messageReader(one)), await reads(here, messageReader(other))]).toEqual([[], ['of north']])
})

test('what is acknowledged or muted is counted no more, for oneself alone', async () => {
  const here = await world()
  const { services: { db } } = here
  const { tell } = await teller(here)
  const [one, colleague] = [messageReader(await person(here, people['north']!)), messageReader(await person(here, people['north']!))]
  const stranger = messageReader(await person(here, people['south']!))
  await tell('north', officeOf)
  await tell('north-city', officeOf, { kind: 'reminder_overdue' })
  await tell('north', officeOf, { kind: 'report_reopened', at: '2026-06-21T02:00:00.000Z' })
  expect(await openMessages(db, one)).toEqual({ open: 3, urgent: 1 })
  const { messages: [latest] } = await messagesOf(db, one, {}, page)
  expect(await acknowledgeMessages(db, stranger, { codes: [latest!.id] }, '2026-06-22T00:00:00.000Z')).toBe(0)
  expect(await acknowledgeMessages(db, one, { codes: [latest!.id, 'another'] }, '2026-06-22T00:00:00.000Z')).toBe(1)
  expect(await acknowledgeMessages(db, one, { codes: [latest!.id] }, '2026-06-23T00:00:00.000Z')).toBe(0)
  expect((await messagesOf(db, one, { state: 'acknowledged' }, page)).messages).toEqual([{ ...latest, acknowledgedAt: '2026-06-22T00:00:00.000Z' }])
  expect([await mute(db, one.account, { list: 'tiny-2026', source: 'north-city' }), await mute(db, one.account, { kind: 'report_approved' })]).toEqual([true, true])
  expect([await openMessages(db, one), await openMessages(db, colleague)]).toEqual([{ open: 0, urgent: 0 }, { open: 3, urgent: 1 }])
  expect((await messagesOf(db, one, { state: 'muted' }, page)).total).toBe(2)
  expect(await mutesOf(db, one)).toEqual([{ kind: 'report_approved' }, { list: 'tiny-2026', source: 'north-city', sourceName: { zh: 'north-city', en: 'north-city' } }])
  expect(await unmute(db, one.account, { kind: 'report_approved' })).toBe(true)
  // Those that come after the moment at which it was looked are not acknowledged unseen.
  await tell('north', officeOf, { key: 'later', at: '2026-06-23T02:00:00.000Z' })
  expect(await acknowledgeMessages(db, one, { kind: undefined, upTo: '2026-06-23T00:00:00.000Z' }, '2026-06-23T03:00:00.000Z')).toBe(1)
  expect(await openMessages(db, one)).toEqual({ open: 1, urgent: 0 })
})

test('what was told and then rolled back is in no inbox', async () => {
  const here = await world()
  const { services } = here
  const [{ id, data }, { id: listId }] = [await (await teller(here)).source('north'), await here.list()]
  const failed = services.db.transaction(async (tx) => {
    await notify(tx as typeof services.db, [{ kind: 'report_approved', listId, sourceId: id, subject: {}, to: officeOf(data), by: null, key: 'a', at: '2026-06-20T02:00:00.000Z' }])
    throw new Error('the deed failed')
  })
  await expect(failed).rejects.toThrow('the deed failed')
  expect(await openMessages(services.db, messageReader(await person(here, people['north']!)))).toEqual({ open: 0, urgent: 0 })
})

test('messages are let go after their time, with what was said of them', async () => {
  const here = await world()
  const { services: { db } } = here
  const { tell } = await teller(here)
  const reader = messageReader(await person(here, people['north']!))
  await tell('north', officeOf, { at: '2025-06-20T02:00:00.000Z' })
  await tell('north', officeOf, { key: 'new' })
  await acknowledgeMessages(db, reader, { kind: undefined, upTo: '2026-06-30T00:00:00.000Z' }, '2026-06-30T00:00:00.000Z')
  expect(await letMessagesGo(db, '2025-06-29T00:00:00.000Z')).toBe(1)
  expect((await messagesOf(db, reader, {}, page)).total).toBe(1)
})

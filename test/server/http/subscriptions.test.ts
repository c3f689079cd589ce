import { describe, expect, test } from 'vitest'
import { watchList } from '@lastmile/server/alerts/watch'
import { clockAt } from '@lastmile/server/lib/clock'
import { newKnownLists } from '@lastmile/server/lib/known-lists'
import type { Services } from '@lastmile/server/lib/services'
import { AuditAnswer } from '@lastmile/shared/audit'
import { MessagesAnswer, type Message } from '@lastmile/shared/message'
import { addressOfPlace, placeOf } from '@lastmile/shared/message-place'
import { SubscribersAnswer, Subscription, SubscriptionsAnswer } from '@lastmile/shared/subscription'
import { updateAccount } from '@lastmile/db/query/accounts'
import { accountsOf, type ActorFacts } from '../../support/actors.js'
import { listCode } from '../../support/edition.js'
import { given, type ReportFacts, type WorldFacts } from '../../support/given.js'
import { doorOf, type Door } from './door.js'

/*
 * Subscriptions, and what is told of them: gaps that open and close, coverage that falls, reports that are late or wait;
 * to each what is his, once. The clock is moved on by hand.
 */

const path = '/api/subscriptions'
const json = { 'content-type': 'application/json' }
const standards = [{ drug: 'alpha', units: ['100000', '200000'] }, { drug: 'beta', units: ['100000'] }, { drug: 'gamma', units: ['100000'] }]
const institutions = { H1: '100100', H2: '100200', H3: '200100', P1: '100100' }

/** Everything in stock in the North and South on the first of June, as their provinces say. */
const stocked: ReportFacts[] = [
  { source: 'north', asOf: '2026-06-01', rows: ['H1 alpha in_stock', 'H1 beta in_stock', 'H1 gamma in_stock'] }, { source: 'south', asOf: '2026-06-01', rows: ['H3 alpha in_stock'] },
]

async function office(facts: Partial<WorldFacts> = {}, today = '2026-06-02') {
  const world = await given({ today, institutions, standards, reports: stocked, ...facts })
  let now = `${today}T04:00:00.000Z`
  const clock = clockAt(() => now)
  const server = (): Services => ({ ...world.services, clock, lists: newKnownLists(world.services.db, clock, true), accounts: accountsOf(world.services.db, clock, world.services.log) })
  const services = server()
  const watch = async (by = services) => {
    by.lists.forget()
    return watchList(by, (await by.lists.find(listCode))!)
  }
  return {
    world, services, server, watch,
    door: (who: ActorFacts | 'public') => doorOf(services, who),
    /** A day begins. */
    on: (day: string) => { now = `${day}T04:00:00.000Z` },
    /** What a source reports is accepted, and it is looked for what is to be told. */
    send: async (report: ReportFacts) => {
      expect((await world.send({ accepted: now, ...report })).status).toBe(201)
      return watch()
    },
    /** Days pass, and it is looked on each. */
    pass: async (...days: string[]) => {
      for (const day of days) {
        now = `${day}T04:00:00.000Z`
        await watch()
      }
    },
  }
}

const ask = (door: Door, method: string, body: object | null, code = '') => door.ask(`${path}${code && `/${code}`}`, { method, headers: json, ...(body ? { body: JSON.stringify(body) } : {}) })
const everything = { list: listCode, evidence: 'confirmed', events: ['gap_opened', 'gap_closed', 'coverage_fell', 'report_overdue', 'report_quarantined'] }
const subscribe = async (door: Door, wanted: object = {}) => Subscription.parse(await (await ask(door, 'POST', { ...everything, ...wanted })).json())
const messages = async (door: Door, state = '') => MessagesAnswer.parse(await door.read(`/api/messages?limit=100${state && `&state=${state}`}`)).messages
const toldOf = ({ kind, subject: { drugs, regions } }: Message) => `${kind} ${drugs?.join('+')} ${regions?.join('+')}`
const told = async (door: Door, state = '') => (await messages(door, state)).map(toldOf).sort()
/** The North says that it has run out of something. */
const out = (asOf: string, ...drugs: string[]): ReportFacts => ({ source: 'north', asOf, rows: ['alpha', 'beta', 'gamma'].map((drug) => `H1 ${drug} ${drugs.includes(drug) ? 'out_of_stock' : 'in_stock'}`) })

const operator = { role: 'operator' } as const
const north = { role: 'province_officer', unit: '100000' } as const
const south = { role: 'province_officer', unit: '200000' } as const
const acme = { role: 'company', company: 'acme' } as const
const bestco = { role: 'company', company: 'bestco' } as const

describe('subscribing', () => {
  test('is for whoever has something to look after; to others it does not exist', async () => {
    const { door } = await office()
    const statuses = await Promise.all((['public' as const, { role: 'reader' as const }, operator, north, acme, { role: 'institution' as const, institution: 'H1' }, { role: 'insurer' as const, insurer: 'mutual' }, { role: 'auditor' as const }] as (ActorFacts | 'public')[]).map(async (who) => (await ask(door(who), 'POST', everything)).status))
    expect(statuses).toEqual([401, 200, 200, 200, 200, 200, 404, 404])
  })

  test('is to what is one\'s own: of a rival\'s drug, or another province, a clear word says that nothing would come of it', async () => {
    const { door } = await office()
    const refused = async (who: ActorFacts, wanted: object) => {
      const answer = await ask(door(who), 'POST', { ...everything, ...wanted })
      return [answer.status, ((await answer.json()) as { error?: { code: string } }).error?.code]
    }
    expect(await refused(acme, { drug: 'gamma' })).toEqual([422, 'subscription.not_yours'])
    expect(await refused(acme, { company: 'bestco' })).toEqual([422, 'subscription.not_yours'])
    expect(await refused(north, { region: '200000' })).toEqual([422, 'subscription.not_yours'])
    expect(await refused(operator, { region: '100100' })).toEqual([422, 'subscription.region'])
    expect(await refused(operator, { drug: 'none' })).toEqual([404, 'drug.not_found'])
    expect(await refused(operator, { drug: 'gamma', company: 'acme' })).toEqual([422, 'subscription.empty'])
    expect(await refused(operator, { events: [] })).toEqual([400, 'question.invalid'])
  })

  test('can be looked at, changed and ended by oneself, is noted, and seen by who operates', async () => {
    const { door } = await office()
    const [officer, desk] = [door(north), door(operator)]
    const made = await subscribe(officer, { drug: 'alpha', region: '100000', pace: 'at_once' })
    expect(made).toMatchObject({ drug: { code: 'alpha' }, region: { code: '100000' }, company: null, evidence: 'confirmed', pace: 'at_once' })
    expect((await ask(officer, 'POST', { ...everything, drug: 'alpha', region: '100000' })).status).toBe(409)
    const changed = Subscription.parse(await (await ask(officer, 'PUT', { events: ['gap_opened'], pace: 'daily' }, made.id)).json())
    expect([changed.events, changed.pace]).toEqual([['gap_opened'], 'daily'])
    expect((await ask(desk, 'PUT', { events: ['gap_opened'], pace: 'daily' }, made.id)).status).toBe(404)
    expect(SubscribersAnswer.parse(await desk.read(`${path}/everybody`)).subscriptions).toMatchObject([{ id: made.id, role: 'province_officer', isHeard: true }])
    expect((await officer.ask(`${path}/everybody`)).status).toBe(404)
    expect((await ask(desk, 'DELETE', null, made.id)).status).toBe(404)
    expect((await ask(officer, 'DELETE', null, made.id)).status).toBe(200)
    expect((await ask(officer, 'DELETE', null, made.id)).status).toBe(404)
    expect(SubscriptionsAnswer.parse(await officer.read(path)).subscriptions).toEqual([])
    const { entries } = AuditAnswer.parse(await (door({ role: 'auditor' })).read('/api/audit'))
    expect(entries.map(({ action }) => action).filter((one) => one.startsWith('subscription'))).toEqual(['subscription.end', 'subscription.change', 'subscription.create'])
  })
})

describe('a gap that opens', () => {
  test('is told, once it has lasted, to each whose it is: a company never hears of a rival, nor a province of another', async () => {
    const { door, send, pass, on } = await office()
    const doors = { operator: door(operator), north: door(north), south: door(south), acme: door(acme), bestco: door(bestco) }
    for (const one of Object.values(doors)) await subscribe(one)
    await pass('2026-06-02')
    on('2026-06-05')
    await send(out('2026-06-05', 'alpha', 'gamma'))
    await pass('2026-06-07')
    expect(await told(doors.operator), 'it has not lasted three days').toEqual([])
    await pass('2026-06-08')
    expect(await told(doors.operator)).toEqual(['supply_gap_opened alpha 100000', 'supply_gap_opened gamma 100000'])
    expect(await told(doors.north)).toEqual(['supply_gap_opened alpha 100000', 'supply_gap_opened gamma 100000'])
    expect(await told(doors.acme)).toEqual(['supply_gap_opened alpha 100000'])
    expect(await told(doors.bestco)).toEqual(['supply_gap_opened gamma 100000'])
    expect(await told(doors.south)).toEqual([])
    const [one] = await messages(doors.acme)
    expect(one).toMatchObject({ names: { drugs: [{ en: 'alpha' }], regions: [{ en: 'North' }] }, subject: { evidence: 'confirmed', asOf: '2026-06-05' } })
    expect(addressOfPlace(listCode, placeOf(one!))).toBe(`/${listCode}/gaps?drug=alpha&region=100000&evidence=confirmed`)
  })

  test('is settled as it closes, opened again where it comes back within days, and told as closed once it has stayed so', async () => {
    const { door, send, pass, on } = await office()
    const desk = door(operator)
    await subscribe(desk)
    await pass('2026-06-02')
    on('2026-06-05')
    await send(out('2026-06-05', 'alpha'))
    await pass('2026-06-08')
    on('2026-06-10')
    await send(out('2026-06-10'))
    expect(await told(desk, 'open')).toEqual([])
    expect((await messages(desk))[0]!.settledAt).not.toBeNull()
    on('2026-06-12')
    await send(out('2026-06-12', 'alpha'))
    expect(await told(desk, 'open'), 'the same again').toEqual(['supply_gap_opened alpha 100000'])
    on('2026-06-15')
    await send(out('2026-06-15'))
    await pass('2026-06-21')
    expect(await told(desk, 'open')).toEqual([])
    await pass('2026-06-22', '2026-06-23')
    expect(await told(desk)).toEqual(['gap_closed alpha 100000', 'supply_gap_opened alpha 100000'])
  })

  test('and closes every other day is never told', async () => {
    const { door, send, on } = await office()
    const desk = door(operator)
    await subscribe(desk)
    for (let day = 3; day < 30; day++) {
      on(`2026-06-${String(day).padStart(2, '0')}`)
      await send(day % 2 === 0 ? out(`2026-06-${String(day).padStart(2, '0')}`, 'alpha') : out(`2026-06-${String(day).padStart(2, '0')}`))
    }
    expect(await told(desk)).toEqual([])
  })

  test('for want of a report is a gap in reporting: one message for all that the one report would mend, and none to companies', async () => {
    const { door, pass } = await office()
    const doors = { operator: door(operator), north: door(north), acme: door(acme) }
    for (const one of Object.values(doors)) await subscribe(one, { events: ['gap_opened'] })
    await pass('2026-06-02', '2026-07-18', '2026-07-19', '2026-07-20')
    expect(await told(doors.north)).toEqual(['reporting_gap_opened alpha+beta+gamma 100000'])
    expect(await told(doors.operator)).toEqual(['reporting_gap_opened alpha 200000', 'reporting_gap_opened alpha+beta+gamma 100000'])
    expect(await told(doors.acme), 'under confirmed evidence the province reports').toEqual([])
  })

  test('before one subscribed is not told, what comes after is, by whichever server looks first and by one alone', async () => {
    const { door, world, watch, server, on } = await office({ reports: [...stocked, { ...out('2026-06-02', 'beta'), accepted: '2026-06-02' }] }, '2026-06-10')
    const desk = door(operator)
    await subscribe(desk)
    await watch()
    expect(await told(desk)).toEqual([])
    await world.send({ ...out('2026-06-12', 'alpha', 'beta'), accepted: '2026-06-12T04:00:00.000Z' })
    on('2026-06-20')
    const made = await Promise.all([watch(), watch(server()), watch(server())])
    expect(made.sort()).toEqual([0, 0, 1])
    expect(await told(desk)).toEqual(['supply_gap_opened alpha 100000'])
  })

  test('while no server ran is told when one does, with what has closed meanwhile', async () => {
    const { door, world, watch, on } = await office()
    const desk = door(operator)
    await subscribe(desk)
    await watch()
    for (const report of [out('2026-06-03', 'alpha', 'beta'), out('2026-06-10', 'beta')]) await world.send({ ...report, accepted: `${report.asOf}T04:00:00.000Z` })
    on('2026-06-28')
    await watch()
    expect(await told(desk)).toEqual(['gap_closed alpha 100000', 'supply_gap_opened alpha 100000', 'supply_gap_opened beta 100000'])
    expect(await told(desk, 'open')).toEqual(['gap_closed alpha 100000', 'supply_gap_opened beta 100000'])
  })

  test('is found by whoever became of another office no more, and told to him as of there', async () => {
    const { door, services, send, pass, on } = await office()
    const officer = door(north)
    const { id } = await subscribe(officer)
    await pass('2026-06-02')
    on('2026-06-05')
    await send(out('2026-06-05', 'alpha'))
    await pass('2026-06-08')
    expect(await told(officer)).toHaveLength(1)
    const [{ account }] = SubscribersAnswer.parse(await (door(operator)).read(`${path}/everybody`)).subscriptions.filter((one) => one.id === id) as unknown as [{ account: string }]
    await updateAccount(services.db, account, { unit: '200000' })
    services.accounts.forget()
    expect(await told(officer)).toEqual([])
  })
})

test('coverage that falls is told with the word whether it is gone or nobody says so any more', async () => {
  const many = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`H${i + 10}`, '100100']))
  const rows = (count: number, state: string) => Object.keys(many).map((code, i) => `${code} alpha ${i < count ? 'in_stock' : state}`)
  const { door, send, pass, on } = await office({ institutions: many, standards: [], reports: [{ source: 'north', asOf: '2026-05-20', rows: rows(12, 'in_stock') }], drugs: { alpha: { freshnessDays: 20 } } })
  const [desk, company, other] = [door(operator), door(acme), door(south)]
  for (const one of [desk, company, other]) await subscribe(one, { events: ['coverage_fell'] })
  await pass('2026-06-02')
  on('2026-06-20')
  await send({ source: 'north', asOf: '2026-06-20', rows: rows(5, 'out_of_stock') })
  await pass('2026-06-23')
  expect(await told(desk)).toEqual(['coverage_fell alpha 100000'])
  expect(await told(company)).toEqual(['coverage_fell alpha 100000'])
  expect(await told(other)).toEqual([])
  expect(addressOfPlace(listCode, placeOf((await messages(desk))[0]!))).toBe(`/${listCode}/drugs/alpha?evidence=confirmed`)
})

test('a report that is late is told to who subscribes and is not reminded anyway, and settled when it comes', async () => {
  const { door, send, pass, on } = await office({ institutions: { ...institutions, H4: '300100' } })
  const doors = { reader: door({ role: 'reader' }), operator: door(operator), south: door(south), acme: door(acme) }
  for (const one of Object.values(doors)) await subscribe(one, { events: ['report_overdue'] })
  await pass('2026-06-05', '2026-07-11')
  const late = async (one: Door, state = '') => (await messages(one, state)).map(({ kind, source, subject }) => `${kind} ${source} ${subject.period}`).sort()
  expect(await late(doors.reader)).toContain('subscribed_overdue east 2026-06')
  expect([await late(doors.operator), await late(doors.south), await late(doors.acme)]).toEqual([[], [], []])
  on('2026-07-12')
  await send({ source: 'east', asOf: '2026-06-30', rows: ['H4 alpha in_stock'] })
  expect(await late(doors.reader, 'open')).not.toContain('subscribed_overdue east 2026-06')
  await pass('2026-07-13')
  expect((await late(doors.reader)).filter((one) => one.includes('east 2026-06')), 'once').toHaveLength(1)
})

test('a report that waits in quarantine is told to who subscribes to its unit, as far as he may see it', async () => {
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`H${i + 10}`, '100100']))
  const rows = (count: number) => Object.keys(many).slice(0, count).map((code) => `${code} alpha in_stock`)
  const { door, world } = await office({ institutions: many, standards: [], reports: [{ source: 'north', asOf: '2026-05-31', rows: rows(40) }] })
  const doors = { reader: door({ role: 'reader' }), south: door(south), acme: door(acme) }
  for (const one of Object.values(doors)) await subscribe(one, { events: ['report_quarantined'] })
  expect((await world.send({ source: 'north', asOf: '2026-06-02', rows: rows(3), accepted: '2026-06-02T04:00:00.000Z' })).status).toBe(202)
  const waiting = async (one: Door) => (await messages(one)).map(({ kind, source }) => `${kind} ${source}`)
  expect([await waiting(doors.reader), await waiting(doors.south), await waiting(doors.acme)]).toEqual([['subscribed_quarantine north'], [], []])
})

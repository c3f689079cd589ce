import { expect, test } from 'vitest'
import { watchList } from '@lastmile/server/alerts/watch'
import { clockAt } from '@lastmile/server/lib/clock'
import { newKnownLists } from '@lastmile/server/lib/known-lists'
import { remindOfDuties } from '@lastmile/server/messages/remind-duties'
import type { Services } from '@lastmile/server/lib/services'
import { MessagesAnswer, type MessageKind } from '@lastmile/shared/message'
import { Suspecting } from '@lastmile/shared/suspicion'
import { gapHistory } from '../../support/ask.js'
import { accountsOf, type ActorFacts } from '../../support/actors.js'
import { listCode, regions } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { doorOf, type Door } from './door.js'

/*
 * A year in which hospitals report every day: most is in stock, things run out for a day or
 * for weeks, one province falls silent for a quarter, one drug is withdrawn for two months; a duty that is due in February is done nowhere. Nobody is told what nobody would want to read.
 */

const drugs = ['alpha', 'beta', 'gamma']
const units = regions.units.filter(({ polygon }) => polygon)
const institutionsOf = (unit: string) => Array.from({ length: 4 }, (_, i) => `H${unit.slice(0, 2)}${i}`)
const institutions = Object.fromEntries(units.flatMap(({ code }) => institutionsOf(code).map((one) => [one, `${code.slice(0, 2)}0100`])))

/** The same numbers in every run. */
function dice(seed: number) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const dayAt = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10)

test('a year of daily reports makes as many alerts as somebody can read', async () => {
  let now = `${dayAt(0)}T04:00:00.000Z`
  const world = await given({
    today: dayAt(0), institutions, standards: drugs.map((drug) => ({ drug, minInstitutions: 3 })), drugs: { alpha: { freshnessDays: 20 }, beta: { freshnessDays: 20 }, gamma: { company: 'bestco', freshnessDays: 20 } },
    duties: [{ remind: { before: [14, 3], after: [1, 15, 60], reason: { zh: 'a test', en: 'a test' } } }],
    sources: { hospitals: { rhythm: 'daily', suspicion: Suspecting.parse({ days: false, pages: false }) } },
  })
  const clock = clockAt(() => now)
  const services: Services = { ...world.services, clock, lists: newKnownLists(world.services.db, clock, true), accounts: accountsOf(world.services.db, clock, world.services.log) }
  const door = (who: ActorFacts) => doorOf(services, who)
  const doors = { operator: door({ role: 'operator' }), north: door({ role: 'province_officer', unit: '100000' }), acme: door({ role: 'company', company: 'acme' }), bestco: door({ role: 'company', company: 'bestco' }) }
  const hospital = door({ role: 'institution', institution: institutionsOf('100000')[0]! })
  await hospital.ask('/api/session')
  const json = { 'content-type': 'application/json' }
  for (const one of Object.values(doors)) expect((await one.ask('/api/subscriptions', { method: 'POST', headers: json, body: JSON.stringify({ list: listCode, evidence: 'confirmed', events: ['gap_opened', 'gap_closed', 'coverage_fell'] }) })).status).toBe(200)

  const random = dice(2026)
  /** Until which day a pair is out of stock. */
  const out = new Map<string, number>()
  for (let n = 0; n < 365; n++) {
    now = `${dayAt(n)}T04:00:00.000Z`
    const rows = units.filter(({ code }) => code !== '300000' || n < 120 || n >= 210).flatMap(({ code }) => institutionsOf(code).flatMap((institution) => drugs.map((drug) => {
      const pair = `${institution} ${drug}`
      const isOut = (out.get(pair) ?? -1) > n
      if (!isOut && random() < 0.05) out.set(pair, n + (random() < 0.85 ? 1 + Math.floor(random() * 2) : 5 + Math.floor(random() * 25)))
      const isWithdrawn = drug === 'gamma' && code === '200000' && n >= 240 && n < 300
      return `${pair} ${isWithdrawn || (out.get(pair) ?? -1) > n ? 'out_of_stock' : 'in_stock'}`
    })))
    const { status, receipt } = await world.send({ source: 'hospitals', asOf: dayAt(n), rows, accepted: now })
    expect(status, JSON.stringify(receipt)).toBe(201)
    services.lists.forget()
    const list = (await services.lists.find(listCode))!
    await watchList(services, list)
    await remindOfDuties(services, list)
  }

  const told = async (one: Door) => {
    const kinds = new Map<MessageKind, number>()
    for (let offset = 0; ; offset += 500) {
      const { messages } = MessagesAnswer.parse(await one.read(`/api/messages?limit=500&offset=${offset}`))
      for (const { kind } of messages) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
      if (messages.length < 500) return { all: [...kinds.values()].reduce((sum, n) => sum + n, 0), ...Object.fromEntries(kinds) } as { all: number } & Partial<Record<MessageKind, number>>
    }
  }
  const counts = { operator: await told(doors.operator), north: await told(doors.north), acme: await told(doors.acme), bestco: await told(doors.bestco), hospital: await told(hospital) }
  const episodes = (await Promise.all(drugs.map(async (drug) => (await gapHistory({ ...world, list: async () => (await services.lists.find(listCode))! }, { drug, evidence: 'confirmed' })).units.filter(({ region }) => region !== '660000').flatMap((unit) => unit.episodes)))).flat()
  console.log(`a year of daily reports of ${units.length} provinces: ${episodes.length} gaps opened; told in a year: ${JSON.stringify(counts)}`)
  // Unsmoothed, each gap that opens and closes would be two messages to the operator alone.
  expect(2 * episodes.length).toBeGreaterThan(4 * counts.operator.all)
  expect(counts.operator.all).toBeGreaterThan(5)
  expect(counts.operator.all).toBeLessThan(104)
  for (const one of [counts.north, counts.acme, counts.bestco]) expect(one.all).toBeLessThan(52)
  // The province that fell silent is a message or two, not one a drug; and silence is told to no company.
  expect(counts.operator.reporting_gap_opened).toBeLessThan(drugs.length)
  expect([counts.acme.reporting_gap_opened, counts.bestco.reporting_gap_opened, counts.north.reporting_gap_opened]).toEqual([undefined, undefined, undefined])
  expect(counts.bestco.supply_gap_opened).toBeGreaterThan(0)
  // What is owed all year is told five times, whatever days there are, and open once.
  expect([counts.north.unit_duty_due_soon, counts.north.unit_duty_overdue, counts.hospital]).toEqual([2, 3, { all: 5, duty_due_soon: 2, duty_overdue: 3 }])
  expect(MessagesAnswer.parse(await hospital.read('/api/messages?state=open')).open).toBe(1)
}, 240_000)

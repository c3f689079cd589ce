import { describe, expect, test } from 'vitest'
import { clockAt } from '@lastmile/server/lib/clock'
import { newKnownLists } from '@lastmile/server/lib/known-lists'
import type { Services } from '@lastmile/server/lib/services'
import { AuditAnswer } from '@lastmile/shared/audit'
import { ContradictionsAnswer, RequestsAnswer, type ContradictionSet } from '@lastmile/shared/contradiction'
import { MessagesAnswer } from '@lastmile/shared/message'
import { placeOf } from '@lastmile/shared/message-place'
import { accountsOf, type ActorFacts } from '../../support/actors.js'
import { listCode } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { doorOf, type Door } from './door.js'

/*
 * The list of contradictions to work through, as each office sees it, and asking sources to confirm.
 */

const path = `/api/lists/${listCode}/contradictions`
const json = { 'content-type': 'application/json' }

/** Refuted: H1 alpha by the North, H2 gamma by the South. Never supplied: those and P1 beta. Supplied and never declared: H1 beta. The clock can be set. */
async function offices() {
  const world = await given({
    today: '2026-06-30', institutions: { H1: '100100', P1: '100200', H2: '200100' },
    sources: { maker: { mode: 'changes', channels: { upload: {}, command: {} } }, rival: { evidence: 'declared', company: 'bestco', mode: 'changes', scope: { drugs: ['gamma'], regions: null, kinds: null } }, ward: { evidence: 'confirmed', unit: '100000', institution: 'P1', mode: 'changes' } },
    reports: [
      { source: 'maker', asOf: '2026-06-10', rows: ['H1 alpha in_stock', 'P1 beta in_stock'] }, { source: 'rival', asOf: '2026-06-10', rows: ['H2 gamma in_stock'] },
      { source: 'north', asOf: '2026-06-15', rows: ['H1 alpha not_carried reason=cold_chain'] }, { source: 'south', asOf: '2026-06-20', rows: ['H2 gamma out_of_stock'] },
      { source: 'sales', asOf: '2026-06-25', rows: ['H1 beta @2026-06-22'] },
    ],
  })
  let now = '2026-06-30T04:00:00.000Z'
  const clock = clockAt(() => now)
  const services: Services = { ...world.services, clock, lists: newKnownLists(world.services.db, clock, true), accounts: accountsOf(world.services.db, clock, world.services.log) }
  const door = (who: ActorFacts | 'public') => doorOf(services, who)
  const doors = { operator: door({ role: 'operator' }), north: door({ role: 'province_officer', unit: '100000' }), acme: door({ role: 'company', company: 'acme' }), bestco: door({ role: 'company', company: 'bestco' }), pharmacy: door({ role: 'institution', institution: 'P1' }), public: door('public'), auditor: door({ role: 'auditor' }) }
  return { services, doors, at: (instant: string) => (now = instant) }
}

const read = async (door: Door, set: ContradictionSet, more = '') => ContradictionsAnswer.parse(await door.read(`${path}?set=${set}${more}`))
const seen = async (door: Door, set: ContradictionSet, more = '') => (await read(door, set, more)).rows.map(({ institution, drug }) => `${institution} ${drug}`)
const ask = (door: Door, set: ContradictionSet, pairs: string[], more: object = {}) => door.ask(`${path}/requests`, { method: 'POST', headers: json, body: JSON.stringify({ set, pairs: pairs.map((pair) => ({ institution: pair.split(' ')[0], drug: pair.split(' ')[1] })), ...more }) })
const became = async (door: Door, set: ContradictionSet, pairs: string[]) => RequestsAnswer.parse(await (await ask(door, set, pairs)).json()).results.map((one) => one.became)

describe('each office', () => {
  test('sees what is its own, in rows, totals and exports alike; the public works through no list', async () => {
    const { doors } = await offices()
    const { operator, north, acme, bestco, pharmacy } = doors
    const own = async (door: Door) => [await seen(door, 'refuted'), await seen(door, 'never_supplied'), await seen(door, 'never_declared'), Object.values((await read(door, 'refuted')).totals).map(({ pairs }) => pairs)]
    expect(await own(operator)).toEqual([['H1 alpha', 'H2 gamma'], ['H1 alpha', 'P1 beta', 'H2 gamma'], ['H1 beta'], [2, 3, 1]])
    expect(await own(north)).toEqual([['H1 alpha'], ['H1 alpha', 'P1 beta'], ['H1 beta'], [1, 2, 1]])
    expect(await own(acme)).toEqual([['H1 alpha'], ['H1 alpha', 'P1 beta'], ['H1 beta'], [1, 2, 1]])
    expect(await own(bestco)).toEqual([['H2 gamma'], ['H2 gamma'], [], [1, 1, 0]])
    expect(await own(pharmacy)).toEqual([[], ['P1 beta'], [], [0, 1, 0]])
    const csv = await (await bestco.ask(`${path}?set=never_supplied&format=csv`)).text()
    expect([csv.includes('H2'), /H1|P1/.test(csv)]).toEqual([true, false])
    expect((await doors.public.ask(path)).status).toBe(401)
    expect((await doors.auditor.ask(path)).status).toBe(404)
  })

  test('is told whose turn it is by office, and by source where it may see that', async () => {
    const { doors: { operator, north, acme, bestco } } = await offices()
    const owners = async (door: Door, set: ContradictionSet) => (await read(door, set)).rows.map(({ institution, owner }) => [institution, owner!.office, owner!.reason, owner!.source])
    expect(await owners(operator, 'never_supplied')).toEqual([['H1', 'province', 'can_confirm', 'north'], ['P1', 'institution', 'can_confirm', 'ward'], ['H2', 'province', 'can_confirm', 'south']])
    expect(await owners(acme, 'refuted')).toEqual([['H1', 'province', 'has_refuted', undefined]])
    expect(await owners(north, 'refuted')).toEqual([['H1', 'province', 'has_refuted', 'north']])
    expect(await owners(operator, 'never_declared')).toEqual([['H1', 'company', 'may_declare', 'maker']])
    // Who sent what it says of its own drug, a company is not told; why, it is.
    expect((await read(bestco, 'refuted')).rows[0]).toMatchObject({ declared: { source: 'rival' }, confirmed: { state: 'out_of_stock', reason: null } })
    expect((await read(bestco, 'refuted')).rows[0]!.confirmed).not.toHaveProperty('source')
  })
})

describe('asking a source to confirm', () => {
  test('is noted once while there is time to answer, and stands on the page until the source has spoken of the pair', async () => {
    const { doors: { operator, north, acme, auditor }, services, at } = await offices()
    const first = RequestsAnswer.parse(await (await ask(operator, 'refuted', ['H1 alpha', 'H2 gamma', 'P1 beta', 'H9 alpha', 'H1 nothing'])).json())
    expect([first.until, first.results.map((one) => one.became)]).toEqual(['2026-07-14', ['asked', 'asked', 'gone', 'gone', 'gone']])
    expect(await became(operator, 'refuted', ['H1 alpha', 'H1 alpha'])).toEqual(['open', 'open'])
    expect((await read(acme, 'refuted')).rows[0]!.request).toEqual({ state: 'open', askedAt: '2026-06-30T04:00:00.000Z', until: '2026-07-14', askedBy: 'operator' })
    expect([await seen(operator, 'refuted', '&asked=open'), await seen(operator, 'refuted', '&asked=never'), await seen(operator, 'never_supplied', '&asked=never')]).toEqual([['H1 alpha', 'H2 gamma'], [], ['H1 alpha', 'P1 beta', 'H2 gamma']])

    // The source says no once more: it is contradicted still, and answered. Another's word of another pair answers nothing.
    at('2026-07-02T04:00:00.000Z')
    expect((await north.send({ list: listCode, source: 'north', asOf: '2026-07-01', file: 'institution_code,drug_code,status\nH1,alpha,not_carried' })).status).toBe(201)
    const { rows, totals } = await read(operator, 'refuted', '&asked=answered')
    expect([rows.map(({ institution, request }) => [institution, request!.state]), totals.refuted]).toEqual([[['H1', 'answered']], { pairs: 1, institutions: 1 }])
    expect(await seen(operator, 'refuted', '&asked=open')).toEqual(['H2 gamma'])

    // Time passes without a word; it can be asked again, and so can what was answered.
    at('2026-07-15T04:00:00.000Z')
    expect((await read(operator, 'refuted')).rows.map(({ institution, request }) => [institution, request!.state])).toEqual([['H1', 'answered'], ['H2', 'expired']])
    expect(await became(operator, 'refuted', ['H1 alpha', 'H2 gamma'])).toEqual(['asked', 'asked'])
    await services.audit.close()
    const { entries } = AuditAnswer.parse(await auditor.read('/api/audit?action=contradiction.ask'))
    expect(entries.map(({ after }) => after)).toEqual([{ until: '2026-07-29', pairs: ['alpha H1 → north', 'gamma H2 → south'] }, { until: '2026-07-14', pairs: ['alpha H1 → north', 'gamma H2 → south'] }])
  })

  test('is told in the inbox of whoever can answer, once for all that is asked of a source together, and leads to the pairs', async () => {
    const { doors: { operator, north, acme, bestco, auditor } } = await offices()
    await ask(operator, 'never_supplied', ['H1 alpha', 'H2 gamma'])
    await ask(operator, 'never_declared', ['H1 beta'])
    const told = async (door: Door) => MessagesAnswer.parse(await door.read('/api/messages')).messages.map((message) => [message.kind, message.source, message.subject, placeOf(message)])
    expect(await told(north)).toEqual([['confirmation_asked', 'north', { set: 'never_supplied', asOf: '2026-06-30', dueOn: '2026-07-14', drug: 'alpha', institution: 'H1' }, { page: 'contradictions', set: 'never_supplied' }]])
    expect((await told(acme)).map(([, source, subject]) => [source, subject])).toEqual([['maker', { set: 'never_declared', asOf: '2026-06-30', dueOn: '2026-07-14', drug: 'beta', institution: 'H1' }]])
    for (const door of [bestco, auditor, operator]) expect(await told(door)).toEqual([])
    expect(await seen(acme, 'never_declared', '&asked=open')).toEqual(['H1 beta'])
  })

  test('is a province\'s for its own institutions, and nobody\'s who only looks: what is not his is answered as what is not there', async () => {
    const { doors: { north, acme, pharmacy, public: stranger } } = await offices()
    expect(await became(north, 'refuted', ['H1 alpha', 'H2 gamma'])).toEqual(['asked', 'gone'])
    expect((await ask(acme, 'refuted', ['H1 alpha'])).status).toBe(404)
    expect((await ask(pharmacy, 'never_supplied', ['P1 beta'])).status).toBe(404)
    expect((await ask(stranger, 'refuted', ['H1 alpha'])).status).toBe(401)
  })

  test('of several who ask at once each pair is asked once', async () => {
    const { doors: { operator, north } } = await offices()
    const all = (await Promise.all(Array.from({ length: 6 }, (_, i) => became(i % 2 ? operator : north, 'refuted', ['H1 alpha'])))).flat()
    expect(all.filter((one) => one === 'asked')).toHaveLength(1)
  })

  test('is answered within some time, and of nothing it is not asked', async () => {
    const { doors: { operator } } = await offices()
    for (const [body, field] of [[{ until: '2026-06-29' }, 'until'], [{ until: '2026-12-31' }, 'until'], [{ pairs: [] }, 'pairs'], [{ set: 'none' }, 'set']] as const) {
      const answer = await ask(operator, 'refuted', ['H1 alpha'], body)
      expect([answer.status, ((await answer.json()) as { error: { field: string } }).error.field]).toEqual([400, field])
    }
    expect(RequestsAnswer.parse(await (await ask(operator, 'refuted', ['H1 alpha'], { until: '2026-06-30' })).json()).until).toBe('2026-06-30')
  })
})

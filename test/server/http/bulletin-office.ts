import { expect } from 'vitest'
import { clockAt } from '@lastmile/server/lib/clock'
import type { Services } from '@lastmile/server/lib/services'
import { publishBulletins } from '@lastmile/server/bulletins/publish-bulletins'
import { Bulletin, BulletinAnswer, type BulletinDocument, BulletinLinesAnswer, BulletinsAnswer, DraftAnswer, RemadeAnswer, type BulletinRun } from '@lastmile/shared/bulletin'
import type { MessagesAnswer } from '@lastmile/shared/message'
import { Problem } from '@lastmile/shared/problem'
import { listCode } from '../../support/edition.js'
import { given, type World, type WorldFacts } from '../../support/given.js'
import { doorOf, type Door } from './door.js'

export const bulletins = `/api/lists/${listCode}/bulletins`

export interface BulletinOffice extends Record<'operator' | 'colleague' | 'reader' | 'north' | 'south' | 'acme' | 'bestco' | 'public', Door> {
  world: World
  services: Services
  /** Moves the clock on. */
  at(instant: string): string
  /** Does what a server does of itself as time passes. */
  publish(): Promise<number>
}

/** An office that keeps bulletins, with those whom they name, and a clock that a test moves on. Unless stated it is Wednesday noon, 2026-03-18. */
export async function bulletinOffice(facts: WorldFacts = {}, start = '2026-03-18T04:00:00.000Z'): Promise<BulletinOffice> {
  let now = start
  const world = await given({
    today: '2026-03-18', institutions: { H1: '100100', H2: '100200', P1: '100100', H3: '200100' }, sources: { rival: { evidence: 'declared', company: 'bestco' } },
    reports: [{ source: 'maker', asOf: '2026-03-10', rows: ['H1 alpha in_stock', 'H2 alpha in_stock', 'P1 beta in_stock', 'H3 beta not_known'] }, { source: 'rival', asOf: '2026-03-10', rows: ['H1 gamma out_of_stock'] }],
    ...facts,
  })
  const services = { ...world.services, clock: clockAt(() => now) }
  services.lists.forget()
  const door = (who: Parameters<typeof doorOf>[1]) => doorOf(services, who)
  const doors = {
    operator: door({ role: 'operator' }), colleague: door({ role: 'operator' }), reader: door({ role: 'reader' }), north: door({ role: 'province_officer', unit: '100000' }), south: door({ role: 'province_officer', unit: '200000' }),
    acme: door({ role: 'company', company: 'acme' }), bestco: door({ role: 'company', company: 'bestco' }), public: door('public'),
  }
  return { world, services, ...doors, at: (instant: string) => (now = instant), publish: () => publishBulletins(services) }
}

/** A server on the same data that is slow: what it has looked at may be otherwise when it comes to its `nth` transaction. `arrived`: it is about to begin that; `go` lets it. */
export function slowServer(services: Services, nth = 1): { services: Services; arrived: Promise<void>; go(): void } {
  let [begun, arrive, go] = [0, () => {}, () => {}]
  const arrived = new Promise<void>((resolve) => (arrive = resolve))
  const gone = new Promise<void>((resolve) => (go = resolve))
  const transaction: Services['db']['transaction'] = async (work, config) => {
    if (++begun === nth) {
      arrive()
      await gone
    }
    return services.db.transaction(work, config)
  }
  return { services: { ...services, db: Object.create(services.db, { transaction: { value: transaction } }) as Services['db'] }, arrived, go }
}

const json = { 'content-type': 'application/json' }
export const post = (door: Door, path: string, body: object, method = 'POST') => door.ask(`${bulletins}${path}`, { method, headers: json, body: JSON.stringify(body) })

/** Keeps a bulletin: declared, as of 2026-03-10, unless said otherwise. */
export async function kept(door: Door, own: object = {}): Promise<Bulletin> {
  const answer = await post(door, '', { evidence: 'declared', asOf: '2026-03-10', ...own })
  expect(answer.status, await answer.clone().text()).toBe(201)
  return Bulletin.parse(await answer.json())
}

export const embargo = (door: Door, code: string, publishAt: string) => post(door, `/${code}/embargo`, { publishAt })
export const read = async (door: Door, code: string, language = 'zh') => BulletinAnswer.parse(await door.read(`${bulletins}/${code}?language=${language}`))
export const all = async (door: Door, query = '') => BulletinsAnswer.parse(await door.read(`${bulletins}${query}`)).rows
export const states = async (door: Door) => (await all(door)).map(({ code, state }) => `${code} ${state}`)
export const draft = async (door: Door, query: string) => DraftAnswer.parse(await door.read(`${bulletins}/draft?${query}`))
export const lines = async (door: Door, code: string) => BulletinLinesAnswer.parse(await door.read(`${bulletins}/${code}/lines`))
export const remade = async (door: Door, code: string, known = 'then') => RemadeAnswer.parse(await door.read(`${bulletins}/${code}/remade?known=${known}`))
export const comment = (door: Door, code: string, line: string, kind: string, text: string) => post(door, `/${code}/comments`, { line, kind, text })
export const formOf = async (door: Door, code: string, form: string) => new Uint8Array(await (await door.ask(`${bulletins}/${code}/forms/${form}`)).arrayBuffer())
export const told = async (door: Door, state = '') => (await door.read<MessagesAnswer>(`/api/messages${state === '' ? '' : `?state=${state}`}`)).messages.map(({ kind, subject }) => `${kind} ${subject.bulletin}`).sort()

export async function problemOf(asked: Response | Promise<Response>): Promise<readonly [number, string]> {
  const answer = await asked
  return [answer.status, Problem.parse(await answer.json()).error.code]
}

/** What a document says, as text. */
export function textOf(document: BulletinDocument): string {
  const said = (runs: readonly BulletinRun[]) => runs.map((run) => (typeof run === 'string' ? run : run.text)).join('')
  return document.blocks.map((one) => (one.block === 'paragraph' ? said(one.runs) : one.block === 'heading' ? one.text : '')).join('\n')
}

import { randomUUID } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import { newApp } from '@lastmile/server/app'
import type { Database } from '@lastmile/db/database'
import { notify } from '@lastmile/db/load/notify'
import { insertFeed } from '@lastmile/db/query/feeds'
import { insertAccount } from '@lastmile/db/query/accounts'
import { insertSubscription } from '@lastmile/db/query/subscriptions'
import { findSource } from '@lastmile/db/query/sources'
import { message } from '@lastmile/db/schema/message'
import type { Services } from '@lastmile/server/lib/services'
import { readZip } from '@lastmile/server/reading/zip'
import { type Address } from '@lastmile/shared/message'
import { officeOf, reviewersOf } from '@lastmile/shared/message-office'
import { everything } from '@lastmile/shared/purview'
import { uploadLimits } from '@lastmile/shared/source'
import { listCode } from '../../../support/edition.js'
import { build } from '../door.js'
import { everybody, keyOf, secondSession, type Asker } from './actors.js'
import { settled } from './table-of-prices.js'
import { groups, type Question, type Who } from './table.js'
import { harmlessReport, officesWorld, otherList, prices, type OfficesWorld } from './world.js'

/** An answer as far as it tells anything of what was asked for: all of it but the name of the request, and the asker's own session, which lives on by being used. */
export interface Told {
  status: number
  headers: Record<string, string>
  body: string
}

/** The world of the table, everybody in it, and the way to ask. */
export interface Offices extends OfficesWorld {
  /** What an operation (`get /api/lists`) answers somebody. `unknown`: asked of things that do not exist in place of the question's own. */
  ask(operation: string, question: Question, who: Who, more?: { unknown?: boolean; headers?: Record<string, string> }): Promise<Told>
  /** The operations that the server has, whether its document names them or not. */
  operations: string[]
  /** Those that answer as a file too, as the document says. */
  exported: ReadonlySet<string>
  /** What things are called in the table, by what they are called by the program. */
  nameOf: ReadonlyMap<string, string>
  /** Who was told a price so far, by the name of the price. */
  seen: ReadonlyMap<string, ReadonlySet<Who>>
  /** What was told of things that happened. */
  heard: readonly unknown[]
  /** What is called like nothing that there is. */
  unknownNames: readonly string[]
}

/** What is called like nothing that there is, of each sort of thing. */
const unknown: Record<string, string> = { drug: 'no-drug', candidacy: 'no-candidacy', institution: 'H-none', region: '999999', report: '0123456789abcdef', source: 'nobody-at-all', account: randomUUID(), key: '0123456789ab', feed: 'no-feed', plan: 'no-plan', fact: 'lf-none', subscription: 'none', case: '2026-999', company_request: '2026-998', notice: 'no-notice', attachment: 'no-file', bulletin: '2026-99', line: 'drug:no-drug', company: 'nobody-company', message: 'fedcba9876543210', session: 'none', list: 'none-2026' }

/** Every price of the world, by its name. */
export const allPrices = { ...prices, ...settled }

export async function offices(): Promise<Offices> {
  const world = await officesWorld()
  const { services } = world.world
  const askers = await everybody(world)
  const [open, shut] = [newApp(services, { webFolder: null, build }), newApp({ ...services, publicMayLook: false }, { webFolder: null, build })]
  const things = await thingsOf(world, askers, open)
  const [seen, heard]: [Map<string, Set<Who>>, unknown[]] = [new Map(), []]
  services.events.subscribe((event) => void heard.push(event))
  let asked = 0
  const fill = (text: string, of: { unknown?: boolean }) => text.replace(/<(\w+) ([^>]+)>/g, (_, sort: string, name: string) => {
    if (sort === 'new') return `new-${asked}@lastmile.test`
    const thing = of.unknown ? unknown[sort] : things.get(`${sort} ${name}`)
    if (thing === undefined) throw new Error(`the table speaks of a ${sort} "${name}", and there is none`)
    return thing
  })
  return {
    ...world, seen, heard, operations: operationsOf(open), exported: await exportedBy(open), unknownNames: Object.values(unknown), nameOf: new Map([...things].map(([name, code]) => [code, name.slice(name.indexOf(' ') + 1)])),
    async ask(operation, question, who, more = {}) {
      const [method, route] = operation.split(' ') as [string, string]
      const { headers, shutOut } = askers[who]
      // Where a question names no thing of its own, it asks for the list.
      const list = more.unknown && !JSON.stringify(question).includes('<') ? unknown['list']! : listCode
      const path = Object.entries({ list, ...question.path }).reduce((path, [name, value]) => path.replace(`{${name}}`, fill(value, more)), route)
      asked += 1
      const address = { 'x-forwarded-for': `10.0.${asked >> 8}.${asked & 255}`, ...question.headers, ...more.headers }
      const { body, form, file } = question
      const answer = await (shutOut ? shut : open).request(path + (question.query === undefined ? '' : `?${fill(question.query, more)}`), {
        method: method.toUpperCase(), headers: { ...headers, ...address, ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: fill(JSON.stringify(body), more) } : form ? { body: formOf(form, file, (text) => fill(text, more)) } : {}),
      })
      const said = await told(answer)
      for (const [name, price] of Object.entries(allPrices)) if (`${said.body}${JSON.stringify(said.headers)}`.includes(price)) seen.set(name, (seen.get(name) ?? new Set()).add(who))
      return said
    },
  }
}

async function told(answer: Response): Promise<Told> {
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => name !== 'x-request-id' && name !== 'set-cookie'))
  // What happens is told for as long as somebody listens.
  if (headers['content-type']?.startsWith('text/event-stream')) await answer.body?.cancel()
  if (headers['content-type']?.includes('spreadsheet')) return { status: answer.status, headers, body: await unzipped(answer) }
  return { status: answer.status, headers, body: answer.bodyUsed || headers['content-type']?.startsWith('text/event-stream') ? '' : await answer.text() }
}

function formOf(fields: Record<string, string>, file: string | undefined, fill: (text: string) => string): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, fill(value))
  form.set('file', new File([file ?? new Uint8Array(harmlessReport)], 'report.csv'))
  return form
}

/** A workbook as all the text in it. */
async function unzipped(answer: Response): Promise<string> {
  const entries = [...readZip(new Uint8Array(await answer.arrayBuffer()), uploadLimits).values()]
  return entries.map(({ data, deflated }) => (deflated ? inflateRawSync(data) : Buffer.from(data)).toString()).join('\n')
}

async function exportedBy(app: ReturnType<typeof newApp>): Promise<Set<string>> {
  const { paths } = (await (await app.request('/api/openapi.json')).json()) as { paths: Record<string, Record<string, { parameters?: { name: string }[] }>> }
  return new Set(Object.entries(paths).filter(([, { get }]) => get?.parameters?.some(({ name }) => name === 'format')).map(([path]) => `get ${path}`))
}

function operationsOf({ routes }: { routes: { method: string; path: string }[] }): string[] {
  const named = routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
  return [...new Set(named)].sort()
}

/** Things that the table speaks of, by sort and name: `report north`. */
async function thingsOf({ world: { services }, reports, cases }: OfficesWorld, askers: Record<Who, Asker>, app: ReturnType<typeof newApp>): Promise<Map<string, string>> {
  const things = new Map([...Object.entries(reports).map(([name, code]) => [`report ${name}`, code] as const), ...Object.entries(cases)])
  for (const source of ['north', 'north-city', 'hospital-1', 'maker', 'hospitals']) things.set(`source ${source}`, source)
  for (const [sort, name, code] of [['list', 'other', otherList], ['drug', 'gamma', 'gamma'], ['institution', 'H1', 'H1'], ['region', 'north', '100000'], ['plan', 'of the insurer', 'mutual-plan'], ['candidacy', 'of acme', 'new-of-acme'], ['candidacy', 'of bestco', 'new-of-bestco'], ['plan', 'of the insurer to end', 'mutual-trial'], ['plan', 'of a rival', 'rival-plan'], ['fact', 'of bestco', 'lf-of-bestco'], ['bulletin', 'published', '2026-1'], ['bulletin', 'to be', '2026-2'], ['bulletin', 'frozen', '2026-3'], ['bulletin', 'of north', '100000-2026-1'], ['line', 'of gamma', 'drug:gamma'], ['company', 'acme', 'acme'], ['company', 'bestco', 'bestco']]) things.set(`${sort} ${name}`, code!)
  const none = { unit: null, city: null, company: null, insurer: null, institution: null, agent: null }
  for (const [name, list] of [['somebody', null], ['somebody of the list', listCode], ['somebody of the other', otherList], ['invited', null], ['invited of the list', listCode]] as const) {
    const id = randomUUID()
    await insertAccount(services.db, id, { ...none, name, email: `${name.replaceAll(' ', '-')}@lastmile.test`, role: 'reader', list, createdAt: services.clock.now() })
    things.set(`account ${name}`, id)
  }
  things.set('key spent of the list', (await keyOf(services, 'maker', { name: 'spent of the list' })).code)
  things.set('key spent of the other', (await keyOf(services, 'maker', { name: 'spent of the other', list: otherList })).code)
  const north = (await findSource(services.db, (await services.lists.find(listCode))!.id, 'north', everything))!
  for (const [name, code] of [['north', 'feed-north'], ['to end', 'feed-to-end']] as const) {
    const { now } = services.clock
    await insertFeed(services.db, { code, sourceId: north.id, name: code, where: { kind: 'folder', folder: '/nowhere' }, file: '*', schedule: { every: 'hours', count: 1 }, dayFrom: 'run', enabled: true, createdAt: now(), nextAt: now() })
    things.set(`feed ${name}`, code)
  }
  const subscribed = await insertSubscription(services.db, { account: askers.north.id!, listId: (await services.lists.find(listCode))!.id, drugId: null, unitId: null, companyId: null, evidence: 'supplied', events: ['gap_opened'], pace: 'daily', at: services.clock.now() })
  things.set('subscription of north', subscribed!)
  for (const [name, code] of await messagesTold(services)) things.set(`message ${name}`, code)
  things.set('session of the reader', await secondSession(services, askers.reader, app))
  return things
}

/** Messages to offices of the world, by name; none of them is about anything that happened. */
async function messagesTold({ db, lists, clock }: Services): Promise<[string, string][]> {
  const told = async (name: string, of: string, sourceCode: string | null, to: (source: Parameters<typeof officeOf>[0]) => Address[]) => {
    const { id: listId } = (await lists.find(of))!
    const source = sourceCode === null ? null : await findSource(db, listId, sourceCode, everything)
    const to_ = source === null ? [{ role: 'operator' as const }] : to(source.data)
    await db.transaction((tx) => notify(tx as Database, [{ kind: 'report_approved', listId, sourceId: source?.id ?? null, subject: {}, to: to_, by: null, key: name, at: clock.now() }]))
  }
  // What its reports have told of themselves is another test's.
  await db.delete(message)
  for (const source of ['north', 'north-city', 'hospital-1', 'maker']) await told(`of ${source}`, listCode, source, officeOf)
  await told('of north to reviewers', listCode, 'north', reviewersOf)
  await told('of nobody to operators', listCode, null, officeOf)
  await told('of nobody to operators of the other', otherList, null, officeOf)
  return (await db.select({ key: message.key, code: message.code }).from(message)).map(({ key, code }) => [key, code])
}

/** Whom a question names for a status; `EVERYBODY` and the like are several. */
export function named(words: string): Who[] {
  return words.split(' ').filter((word) => word !== '').flatMap((word) => groups[word] ?? [word as Who])
}

/** What is said to each of several, by who he is. */
export function each<Said>(said: Record<string, Said>): Map<Who, Said> {
  return new Map(Object.entries(said).flatMap(([words, one]) => named(words).map((who) => [who, one] as const)))
}

/** Names that stand in one text, sorted. */
export function namesIn(text: string): string[] {
  return text.split(', ').filter((name) => name !== '').sort()
}

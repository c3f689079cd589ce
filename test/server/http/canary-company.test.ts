import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newApp } from '@lastmile/server/app'
import { rowsOf, type Database } from '@lastmile/db/database'
import { signedIn, type ActorFacts } from '../../support/actors.js'
import { listCode } from '../../support/edition.js'
import { onMessages } from '../../support/home.js'
import { factSaid } from '../../support/ladder.js'
import { standsIn } from '../../support/stands-in.js'
import { operationsOf, questionsOf, textsOf, valuesOf, type Operation, type Question } from './canary/asking.js'
import { atVersion, does, twoCompanies, type TwoCompanies } from './canary/world.js'
import { bulletins } from './bulletin-office.js'
import { casesPath } from './case-office.js'
import { requestsPath } from './company-request-office.js'
import { build } from './door.js'
import { listening, type Listening } from './listening.js'

/*
 * What is another company's stands in nothing that a company is told: no page, export or event. Two companies do the same things (`canary/world.ts`);
 * then everything that the server answers is asked, of what is one's own, of what is the rival's and of both, as JSON and as every file, first by the
 * rival, so that no answer that is held for him goes to another, and in whatever comes back the rival's canaries are looked for.
 */

const list = `/api/lists/${listCode}`
const position = { lat: 40, lng: 116 }
/** What is asked with a body and changes nothing. */
const bodies: Record<string, object[]> = {
  'post /api/lists/{list}/nearest': ['alpha', 'gamma'].flatMap((drug) => ['declared', 'confirmed', 'supplied'].flatMap((evidence) => ['json', 'csv', 'xlsx'].map((format) => ({ drug, evidence, position, format })))),
  'post /api/lists/{list}/finder': ['alpha', 'gamma'].map((drug) => ({ drug, position })),
  'post /api/lists/{list}/planner': ['alpha', 'gamma'].flatMap((drug) => ['json', 'csv', 'xlsx'].map((format) => ({ drug, evidence: 'confirmed', count: 1, format }))),
  'post /api/lists/{list}/planner/candidates': ['alpha', 'gamma'].flatMap((drug) => ['json', 'csv', 'xlsx'].map((format) => ({ drug, evidence: 'confirmed', format }))),
  'post /api/lists/{list}/standards/{drug}/preview': [{ rules: [] }],
}
/** Actions that read. What is asked by POST under one of these is a question, and must have its body above. */
const readingActions = /\.(read|detail|follow|file|retail|settlement|monitor)$|^planner\.ask$/
const isRead = ({ method, action, name }: Operation) => method === 'GET' || bodies[name] !== undefined || (method === 'POST' && action !== null && readingActions.test(action))

/** What is each company's own: in answers to these not even the rival's name stands, nor that of his drug. */
const ownAlone = /^(source\.read|report\.(read|file|send)|contradiction\.read|case\.read|company_request\.(read|open)|demand\.read|progress\.(read|visit)|price\.\w+|message\.own|subscription\.own|account\.own|ladder\.detail|statement\.detail)$/
/** Where words that mean a reason are listed since one may write them. */
const listsReasons = /\/(template|openapi\.json|entry-form|script\.js|errors\/file)\b/

let world: TwoCompanies
let server: Listening
let operations: Operation[]
let askers: Record<'bestco' | 'acme' | 'a key of acme' | 'who looks as acme', Record<string, string>>

beforeAll(async () => {
  world = await twoCompanies()
  server = await listening(world.services)
  operations = await operationsOf(newApp(world.services, { webFolder: null, build }))
  const as = async (facts: ActorFacts) => (await signedIn(world.services, facts)).headers
  const preview = await as({ role: 'security_administrator' })
  const seen = await fetch(`${server.address}/api/session/see-as`, { method: 'POST', headers: { ...preview, 'content-type': 'application/json' }, body: JSON.stringify({ role: 'company', company: 'acme' }) })
  expect(seen.status).toBe(200)
  askers = { bestco: await as({ role: 'company', company: 'bestco' }), acme: await as({ role: 'company', company: 'acme' }), 'a key of acme': world.keys.acme, 'who looks as acme': preview }
}, 300_000)
afterAll(() => server?.close())

/** The canaries that stand in texts, but for those that the question itself names. `alone`: also what is public of the rival. `reasons`: also the reason that is stated of his drug alone. */
function canariesIn(texts: readonly string[], asked: string, { alone = false, reasons = false } = {}): string[] {
  const found = new Set<string>()
  const words = [...world.canaries, ...(alone ? [['the drug', 'gamma'], ['the company', 'bestco']] as const : []), ...(reasons ? [['the reason', 'few_patients']] as const : [])]
  for (const text of texts) {
    for (const [word] of text.matchAll(/canary-[a-z-]+/g)) if (!asked.includes(word)) found.add(word)
    for (const [name, value] of words) if (standsIn(text, value) && !asked.includes(value)) found.add(`${name}: ${value}`)
  }
  return [...found].sort()
}

async function ask({ address, body }: Question, method: string, headers: Record<string, string>): Promise<{ status: number; texts: string[] }> {
  const answer = await fetch(`${server.address}${address}`, { method, headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) }, ...(body ? { body: JSON.stringify(body) } : {}), redirect: 'manual' })
  const told = JSON.stringify([...answer.headers].filter(([name]) => name !== 'x-request-id' && name !== 'date'))
  // What happens is told for as long as somebody listens: see below.
  if (!answer.headers.get('content-type')?.startsWith('text/event-stream')) return { status: answer.status, texts: [told, ...textsOf(new Uint8Array(await answer.arrayBuffer()))] }
  await answer.body?.cancel()
  return { status: answer.status, texts: [told] }
}

const wordsOf = ({ address, body }: Question) => `${decodeURIComponent(address)} ${JSON.stringify(body ?? {})}`

describe('of another company nothing is told', () => {
  test('in any answer or file of any operation that reads, whatever it is asked of', async () => {
    const values = valuesOf(world)
    const [leaks, unasked, seen, askedOf]: [string[], string[], Set<string>, Set<string>] = [[], [], new Set(), new Set()]
    const answered: Record<string, number> = {}
    const reads = operations.filter(isRead)
    // A route that is added with a part that nobody knows a value of is not passed over.
    expect(questionsOf({ name: '', method: 'GET', path: '/api/lists/{list}/new/{thing}', action: null, parameters: [{ name: 'other', in: 'query', schema: {} }] }, values).missing).toEqual(['thing', 'other'])
    for (const operation of reads) {
      const { questions, missing } = questionsOf(operation, values, bodies[operation.name])
      if (missing.length > 0) unasked.push(`${operation.name}: nobody knows a value of ${missing.join(', ')}`)
      if (operation.method !== 'GET' && bodies[operation.name] === undefined) unasked.push(`${operation.name}: nobody knows what is sent with it`)
      const own = ownAlone.test(operation.action ?? '')
      for (const question of questions) {
        const words = wordsOf(question)
        for (const [who, headers] of Object.entries(askers)) {
          // A workbook is the same answer as the table, and takes longer to make.
          if (words.includes('xlsx') && who !== 'bestco' && who !== 'acme') continue
          const { status, texts } = await ask(question, operation.method, headers)
          if (status >= 500) unasked.push(`${operation.name}: ${status} of ${words}`)
          else askedOf.add(`${operation.name} ${who}`)
          if (status === 200) answered[who] = (answered[who] ?? 0) + 1
          const found = canariesIn(texts, words, who === 'bestco' ? {} : { alone: own, reasons: !listsReasons.test(question.address) })
          if (who === 'bestco') for (const one of found) seen.add(one)
          else if (found.length > 0) leaks.push(`${who}: ${operation.method} ${words} ${status}: ${found.join(', ')}`)
        }
      }
    }
    console.log(`${reads.length} operations read, of ${operations.length}; good answers: ${Object.entries(answered).map(([who, times]) => `${who} ${times}`).join(', ')}`)
    for (const { name } of reads) for (const who of Object.keys(askers)) if (!askedOf.has(`${name} ${who}`)) unasked.push(`${name} was not asked by ${who}`)
    expect({ leaks, unasked }).toEqual({ leaks: [], unasked: [] })
    // What nobody is told of would be found nowhere, whatever leaked: each canary is seen by the rival, or by who works for an office.
    for (const [facts, addresses] of offices()) {
      const headers = (await signedIn(world.services, facts)).headers
      for (const address of addresses) for (const one of canariesIn((await ask({ address }, 'GET', headers)).texts, '')) seen.add(one)
    }
    expect([...(await canariesStored(world.services.db)), ...[...world.canaries].map(([name, value]) => `${name}: ${value}`)].filter((one) => !seen.has(one))).toEqual([])
  }, 900_000)

  test('in the refusal of any change that is tried on what is the rival\'s', async () => {
    const values = Object.fromEntries(Object.entries(valuesOf(world)).map(([name, all]) => [name, name === 'list' ? all : all.slice(-1)]))
    const rivals = new Set<unknown>(Object.values(world.rival).flat())
    let tried = 0
    for (const operation of operations.filter((one) => !isRead(one) && /\{(?!list)/.test(one.path))) {
      const { questions } = questionsOf({ ...operation, parameters: operation.parameters.filter(({ in: where, required }) => where === 'path' || required) }, { ...values, 'cases code': [world.rival.case] })
      for (const { address } of questions.filter(({ address }) => address.split(/[/?]/).some((part) => rivals.has(decodeURIComponent(part))))) {
        for (const who of ['acme', 'a key of acme'] as const) {
          const { status, texts } = await ask({ address, ...(operation.method === 'DELETE' ? {} : { body: {} }) }, operation.method, { ...askers[who], ...atVersion(1) })
          expect([status >= 400 && status < 500, canariesIn(texts, address, { alone: true, reasons: true })], `${who}: ${operation.name} ${status}`).toEqual([true, []])
          tried += 1
        }
      }
    }
    expect(tried).toBeGreaterThan(60)
  }, 300_000)

  test('in what happens, while the rival acts and offices act on him', async () => {
    const { doors: { operator, north, hospital }, rival, own, services } = world
    await onMessages((to) => services.events.publish({ event: 'message', to }))
    const ears = { acme: askers.acme, key: askers['a key of acme'], public: {}, bestco: askers.bestco }
    const heard = Object.fromEntries(Object.keys(ears).map((who) => [who, ''])) as Record<keyof typeof ears, string>
    const gone = new AbortController()
    for (const [who, headers] of Object.entries(ears) as [keyof typeof ears, Record<string, string>][]) {
      const answer = await fetch(`${server.address}/api/events`, { headers, signal: gone.signal })
      void (async () => {
        for await (const part of answer.body!.pipeThrough(new TextDecoderStream())) heard[who] += part
      })().catch(() => {})
    }
    const as = { ...world.doors.bestco, ask: (path: string, init?: RequestInit) => fetch(`${server.address}${path}`, { ...init, headers: { ...Object.fromEntries(new Headers(init?.headers)), ...askers.bestco } }) }
    await expect.poll(() => Object.values(heard).every((text) => text.includes(': open'))).toBe(true)
    const form = new FormData()
    for (const [name, value] of Object.entries({ source: rival.source, asOf: '2026-06-28' })) form.set(name, value)
    form.set('file', new File(['institution_code,drug_code,status,quantity\nH2,gamma,in_stock,73991'], 'canary-late.csv'))
    expect((await as.ask(`${list}/reports`, { method: 'POST', body: form, headers: { 'x-upload-id': 'canary-upload' } })).status).toBe(201)
    await does(as, 'POST', `${list}/planner`, { drug: 'gamma', evidence: 'confirmed', count: 1, progress: 'canary-progress' })
    await does(as, 'POST', requestsPath, { kind: 'other', office: '100000', drug: 'gamma', text: 'canary-late-request' })
    await does(as, 'POST', `${list}/ladder-facts`, factSaid({ rung: 'settled', drug: 'gamma', note: { zh: 'canary-late-note', en: 'canary-late-note' } }))
    await does(as, 'POST', `${casesPath}/${rival.case}/comments`, { text: 'canary-late-comment', notice: rival.notice })
    await does(as, 'POST', `${bulletins}/2026-1/comments`, { line: 'drug:gamma', kind: 'correction', text: 'canary-late-line' })
    await does(as, 'POST', `${list}/reports/${rival.reports[3]!}/withdrawal`)
    const { at } = await does<{ at: string }>(as, 'GET', `${list}/progress/moves?company=bestco`)
    await does(as, 'POST', `${list}/progress/visits`, { company: 'bestco', seen: at })
    await does(operator, 'POST', `${casesPath}/${rival.case}/comments`, { text: 'canary-late-answer', notice: rival.notice })
    await does(north, 'POST', `${list}/ladder-facts/${rival.fact}/confirmation`, undefined, atVersion(1))
    await does(hospital, 'POST', `${list}/demand`, { drug: 'gamma', unit: null, city: null, patients: 'five_or_more', urgency: 'days' }).catch(() => {})
    await expect.poll(() => heard.bestco).toMatch(/event: message[^]*event: planner|event: planner[^]*event: message/)
    // Whatever came before it has come when this has: a plan of acme's own.
    const plan = await fetch(`${server.address}${list}/planner`, { method: 'POST', headers: { ...askers.acme, 'content-type': 'application/json' }, body: JSON.stringify({ drug: 'alpha', evidence: 'confirmed', count: 1, progress: 'own-progress' }) })
    expect(plan.status).toBe(200)
    await expect.poll(() => heard.acme).toContain('own-progress')
    expect(kindsIn(heard.acme)).toEqual(['planner', 'report'])
    expect([kindsIn(heard.key), kindsIn(heard.public)]).toEqual([['report'], ['report']])
    // And what is for acme does come.
    await does(operator, 'POST', `${requestsPath}/${own.request}/answer`, { outcome: 'resolved', text: 'a word' }, atVersion(3))
    await expect.poll(() => kindsIn(heard.acme)).toContain('message')
    gone.abort()
    for (const who of ['acme', 'key', 'public'] as const) expect(canariesIn([heard[who]], '', { alone: true, reasons: true }), who).toEqual([])
    expect(kindsIn(heard.bestco)).toEqual(['message', 'planner', 'progress', 'report'])
  }, 120_000)
})

function kindsIn(stream: string): string[] {
  return [...new Set([...stream.matchAll(/^event: (\w+)$/gm)].map(([, kind]) => kind!))].sort()
}

/** Who sees what no company does of itself, and where. */
function offices(): [ActorFacts, string[]][] {
  const { rival, shared } = world
  return [
    [{ role: 'operator' }, [`${casesPath}/${rival.case}`, `${casesPath}/${shared}`, `${list}/duties/meeting/institutions/H1`, `${list}/prices/retail`]],
    [{ role: 'security_administrator' }, ['/api/keys', '/api/accounts']], [{ role: 'system_administrator' }, ['/api/feeds']],
    [{ role: 'operator' }, ['/api/subscriptions/everybody']],
  ]
}

/** Every word of a canary that stands in the database. */
async function canariesStored(db: Database): Promise<string[]> {
  const tables = await rowsOf<{ name: string }>(db, sql`select tablename as name from pg_tables where schemaname = 'public'`)
  const words = new Set<string>()
  for (const { name } of tables) {
    for (const { said } of await rowsOf<{ said: string }>(db, sql.raw(`select t::text as said from "${name}" t where t::text like '%canary-%'`))) for (const [word] of said.matchAll(/canary-[a-z-]+/g)) words.add(word)
  }
  return [...words].sort()
}

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { newApp } from '@lastmile/server/app'
import type { Services } from '@lastmile/server/lib/services'
import { madeAccount, password, signedIn, signedInByPassword } from '../../support/actors.js'
import { candidacySaid, stageSaid } from '../../support/listings.js'
import { listCode } from '../../support/edition.js'
import { fingerprint } from '../../support/fingerprint.js'
import { given } from '../../support/given.js'
import { ruleSaid } from '../../support/standards.js'
import { build } from './door.js'
import { requestsOf, type Asked, type Operation, type Things } from './fuzz/requests.js'
import { keyOf } from './who-may/actors.js'
import { officesWorld, otherList, type OfficesWorld } from './who-may/world.js'

/*
 * Whatever is sent to any operation of the document, right and wrong, by whoever: the server does not fail, it answers
 * as the document says, and what it refuses has changed nothing.
 *
 * RUNS=100 tries more of each; SEED=… repeats a run.
 */

const runs = Number(process.env['RUNS'] ?? 5)
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))

/** The document, read before the tests are named. */
const document = await newApp((await given()).services, { webFolder: null, build }).request('/api/openapi.json')
const { paths } = await document.json() as { paths: Record<string, Record<string, Operation>> }
const operations = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => [`${method} ${path}`, { method: method.toUpperCase(), path, operation }] as const))
const seedOf = new Map(operations.map(([name], i) => [name, seed + i]))

let offices: OfficesWorld
/** One server is asked everything: to put one together takes as long as some twenty questions. */
let app: ReturnType<typeof newApp>
let things: Things
const schemas = new Map<object, z.ZodType>()
beforeAll(async () => {
  console.log(`${runs} requests of each operation and asker, seed ${seed}`)
  offices = await officesWorld()
  const { services } = offices.world
  app = newApp(services, { webFolder: null, build })
  const accounts = [await madeAccount(services, { role: 'reader' }), await madeAccount(services, { role: 'province_officer', unit: '100000', email: 'known@lastmile.test' })]
  const key = await keyOf(services, 'north')
  const days = ['2026-03-10', '2026-03-20', '2026-03-21', '2026-03-31', '2026-01-01']
  const instants = ['2026-03-15T00:00:00.000Z', '2026-03-31T04:00:00.000Z', '2026-06-30T00:00:00.000Z', '2027-01-01T00:00:00Z']
  things = {
    list: [listCode, listCode, listCode, otherList], drug: ['alpha', 'gamma'], company: ['acme', 'bestco'], account: accounts, id: Object.values(offices.reports), 'accounts id': accounts, 'keys code': [key.code], 'plans code': ['mutual-plan', 'mutual-trial'], 'ladder-facts code': ['lf-of-bestco'], duty: ['meeting'], outcome: ['admitted', 'refused'], insurer: ['mutual'], 'regions code': ['100000', '660000', '100100'], 'institutions code': ['H1', 'H6'],
    report: Object.values(offices.reports), source: ['north', 'maker', 'hospitals', 'north-city'], region: ['100000', '660000', '100100', 'none', '100000,200000'], institution: ['H1', 'P1'], unit: ['100000', '660000'], city: ['100100', '650200'],
    state: ['in_stock', 'draft', 'in_stock,stale'], evidence: ['declared', 'confirmed', 'supplied'], bbox: ['70,10,140,55'], asOf: days, from: days, to: days, since: days, knownOn: instants, knownFrom: instants, knownTo: instants,
    publishAt: instants, acceptedAt: instants, expiresAt: instants, period: ['2026-03', '2026-02'], scope: ['{"regions":["100100"]}', '{"drugs":["alpha"]}'], email: ['known@lastmile.test', 'new@lastmile.test'], name: ['somebody'],
    password: [password, password, 'wrong'], current: [password, 'wrong'], next: ['another that is long enough'], reason: ['a wrong column', 'stale', 'not_reported'], search: ['name of h'], 'If-Match': ['"0"', '"1"', '"2"'], 'Idempotency-Key': ['one', 'two'], 'X-Upload-Id': ['upload'],
    any: ['alpha', 'H1', '100000', listCode, 'none', 'north', 'AAAAA-AAAAA', '000000', ...days, ...instants],
  }
})
afterAll(async () => {
  // Whoever asked was known to the end.
  for (const [asker, headers] of entered) if ('cookie' in headers) expect((await app.request('/api/account', { headers })).status, asker).toBe(200)
  expect(offices.log.filter((line) => line.includes('a request failed')), `seed ${seed}`).toEqual([])
})

type SignIn = (services: Services) => Promise<{ headers: Record<string, string> }>
const askers: [string, SignIn][] = [
  ['the public', async () => ({ headers: {} })], ['an operator', (services) => signedIn(services, { role: 'operator' })], ['a security administrator', (services) => signedIn(services, { role: 'security_administrator' })],
]
/** Whoever has a password can do more with his own account. */
const ownAskers: [string, SignIn][] = [...askers, ['a company with a password', (services) => signedInByPassword(services, { role: 'company', company: 'acme' })]]
/** Whoever has plans can do more with them. */
const planAskers: [string, SignIn][] = [...askers, ['an insurer', (services) => signedIn(services, { role: 'insurer', insurer: 'mutual' })]]

/** What each asker is known by, for as long as nothing was done that may have ended his session: who signs in for each test leaves thousands of accounts to look into. */
const entered = new Map<string, Record<string, string>>()
const endsSessions = /^\/api\/(?:accounts?|session)\b/

describe.each(operations)('%s', (name, { method, path, operation }) => {
  test.each(/^\/api\/(account|session)\b/.test(path) ? ownAskers : path.includes('/plans') ? planAskers : askers)(`%s (seed ${seed})`, async (asker, signIn) => {
    const { services } = offices.world
    const enter = async () => {
      const { headers } = await signIn(services)
      entered.set(asker, headers)
      return headers
    }
    // A form has the most that can be wrong.
    const form = operation.requestBody?.content['multipart/form-data'] !== undefined
    let headers = await (entered.get(asker) ?? enter())
    let before = await fingerprint(services.db)
    await fc.assert(fc.asyncProperty(requestsOf(path, operation, things, examples[name]), async (asked) => {
      const answer = await app.request(requestOf(asked, method, headers))
      const told = `${name} by ${asker}: ${tell(asked)}`
      expect(await unsaid(operation, answer), told).toEqual([])
      const isDone = answer.status < 400 && method !== 'GET'
      // What was done may have ended the asker's session.
      if (isDone && endsSessions.test(path)) headers = await enter()
      const after = await fingerprint(services.db)
      if (!isDone) expect(changed(before, after).filter((table) => !mayChange(name, answer.status).includes(table)), `${told} answered ${answer.status}`).toEqual([])
      before = after
    }), { numRuns: form ? runs * 4 : runs, seed: seedOf.get(name)!, endOnFailure: true })
  })
})

/** Bodies of which all fields fit together. */
const accounts = [
  { role: 'institution', institution: 'H1' }, { role: 'city_officer', unit: '100000', city: '100100', list: listCode }, { role: 'company', company: 'acme', agent: 'a firm' }, { role: 'insurer', insurer: 'mutual' }, { role: 'reader' },
].map((own) => ({ name: 'somebody', ...own }))
const rulesTried = [[], [ruleSaid({ units: ['100000'], reach: { km: 150, share: 90 }, servedBy: [{ unit: '100000', institution: 'H2' }] }), ruleSaid({ from: '2026-03-10', minInstitutions: 3 })]]
const examples: Record<string, object[]> = {
  'post /api/accounts': accounts.map((own, i) => ({ email: `example-${i}@lastmile.test`, ...own })), 'put /api/accounts/{id}': accounts.map((own) => ({ disabled: false, ...own })),
  'post /api/session/see-as': accounts.map(({ name: _, ...own }) => own), 'post /api/keys': [{ name: 'a machine', list: listCode, source: 'north', expiresAt: '2026-06-30T00:00:00.000Z' }],
  'post /api/lists/{list}/reports/entries': [{ kind: 'statements', source: 'north', lines: [{ institution: 'H1', drug: 'alpha', status: 'out_of_stock', reason: 'cold_chain', expectedOn: '2026-04-10' }] }, { kind: 'unchanged', source: 'north', lines: [{ institution: 'P1', drug: 'alpha', status: 'out_of_stock', day: '2026-03-10' }] }, { kind: 'nil', source: 'north', period: '2026-02' }],
  'put /api/lists/{list}/standards/{drug}': rulesTried.map((rules) => ({ rules, why: 'a test' })), 'post /api/lists/{list}/standards/{drug}/preview': rulesTried.map((rules) => ({ rules })),
  'post /api/lists/{list}/candidacies': [candidacySaid(), candidacySaid({ substance: 'alpha', company: 'acme' })], 'put /api/lists/{list}/candidacies/{code}': [{ name: { zh: 'one', en: 'one' }, rareDisease: true }],
  'post /api/lists/{list}/candidacies/{code}/stages': [stageSaid(), stageSaid({ stage: 'temporary_inclusion', until: '2026-06-01', reason: { zh: 'why', en: 'why' } })], 'put /api/lists/{list}/candidacies/{code}/stages/{no}': [stageSaid({ on: '2026-03-01' })],
  'put /api/lists/{list}/duties/{duty}/institutions/{institution}': [{ convened: true, on: '2026-02-20', outcomes: [{ drug: 'alpha', outcome: 'refused', reason: 'cold_chain' }], note: 'a note' }, { convened: false }],
  'post /api/session': [{ email: 'known@lastmile.test', password: 'wrong' }], 'post /api/session/demonstration': [{ account: 'none' }], 'post /api/session/invitation': [{ code: 'AAAAA-AAAAA', password }],
  'post /api/session/second-factor': [{ code: 'aaaaa-aaaaa', kind: 'backup' }], 'put /api/account/password': [{ current: password, next: 'another that is long enough' }],
  'post /api/lists/{list}/planner': [{ drug: 'alpha', evidence: 'confirmed', region: '100000', goal: 'farthest', count: 2, km: 80, kinds: ['hospital'], levels: ['三级甲等'] }],
  'post /api/lists/{list}/planner/candidates': [{ drug: 'alpha', evidence: 'confirmed', region: '100000', km: 80, kinds: ['hospital'] }, { drug: 'alpha', evidence: 'confirmed', km: 80, spot: 'own', alikeTo: 'H2', limit: 2 }],
  'post /api/lists/{list}/nearest': [{ drug: 'alpha', evidence: 'confirmed', position: { lat: 40, lng: 116 }, count: 5 }], 'post /api/lists/{list}/prices/settlement': [{ drug: 'alpha', amount: '12.50', pack: 'a box', validFrom: '2026-03-01' }],
}

/** A report with row errors is refused, and kept as a draft. */
function mayChange(name: string, status: number): string[] {
  return /^post \/api\/lists\/{list}\/reports(\/entries)?$/.test(name) && status === 422 ? ['report', 'report_error', 'list'] : []
}

function changed(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys(after).filter((table) => after[table] !== before[table])
}

function requestOf({ address, headers, body, form }: Asked, method: string, who: Record<string, string>): Request {
  const sent = new Headers(who)
  for (const [name, value] of headers) sent.set(name, value)
  let content: string | FormData | undefined = body ?? undefined
  if (form) {
    content = new FormData()
    for (const [name, value] of form.fields) content.append(name, value)
    if (form.file) content.set('file', new File([new Uint8Array(form.file)], form.filename))
  }
  return new Request(`http://lastmile.test${address}`, { method, headers: sent, ...(content === undefined ? {} : { body: content }) })
}

function tell({ address, headers, body, form }: Asked): string {
  const file = form?.file ? Buffer.from(form.file).toString().slice(0, 200) : null
  return JSON.stringify({ address: address.slice(0, 500), headers, ...(body === null ? {} : { body: body.slice(0, 500) }), ...(form ? { form: { ...form, file } } : {}) })
}

/** What the document does not say of an answer, or what is no answer at all; nothing where all is well. */
async function unsaid({ responses }: Operation, answer: Response): Promise<string[]> {
  const type = answer.headers.get('content-type')?.split(';')[0]
  if (type === 'text/event-stream') await answer.body?.cancel()
  const body = answer.bodyUsed || type === 'text/event-stream' ? '' : Buffer.from(await answer.arrayBuffer()).toString()
  if (answer.status >= 500) return [`${answer.status}: ${body.slice(0, 500)}`]
  const response = responses[String(answer.status)]
  if (!response) return [`${answer.status} is not named: ${body.slice(0, 300)}`]
  if (type === undefined) return response.content === undefined ? [] : [`${answer.status} has no body`]
  const described = response.content?.[type]
  if (!described) return [`${answer.status} is not named as ${type}`]
  if (type !== 'application/json') return []
  const schema = schemas.get(described.schema) ?? z.fromJSONSchema(described.schema as Parameters<typeof z.fromJSONSchema>[0])
  schemas.set(described.schema, schema)
  const parsed = schema.safeParse(JSON.parse(body))
  return parsed.success ? [] : parsed.error.issues.map((issue) => `${answer.status}: ${issue.path.join('.')}: ${issue.message}, in ${body.slice(0, 300)}`)
}

import { inflateRawSync } from 'node:zlib'
import { readZip } from '@lastmile/server/reading/zip'
import { bulletinForms } from '@lastmile/shared/bulletin'
import { uploadLimits } from '@lastmile/shared/source'
import type { newApp } from '@lastmile/server/app'
import type { TwoCompanies } from './world.js'

/** What the document says of an operation, as far as it is asked here. */
export interface Operation {
  /** `get /api/lists/{list}/drugs`. */
  name: string
  method: string
  path: string
  /** Null: the document does not name it. */
  action: string | null
  parameters: { name: string; in: string; required?: boolean; schema: { enum?: unknown[]; type?: string | string[] } }[]
}

/** A question: an address, and what is sent with it. */
export interface Question {
  address: string
  body?: object
}

/** Everything that the server answers, whether its document names it or not. */
export async function operationsOf(app: ReturnType<typeof newApp>): Promise<Operation[]> {
  const { paths } = (await (await app.request('/api/openapi.json')).json()) as { paths: Record<string, Record<string, { 'x-action': string; parameters?: Operation['parameters'] }>> }
  const names = new Set(app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`))
  return [...names].sort().map((name) => {
    const [method, path] = name.split(' ') as [string, string]
    const said = paths[path]?.[method]
    return { name, method: method.toUpperCase(), path, action: said?.['x-action'] ?? null, parameters: said?.parameters ?? [] }
  })
}

/** What a part of an address or of a query can be: acme's, and then the rival's. By the name of the part, or of it and what stands before it. A route added later with a part that is not named here is not asked, and the test says so. */
export function valuesOf({ own, rival, shared }: TwoCompanies): Record<string, readonly string[]> {
  const days = ['2026-06-29']
  return {
    list: ['tiny-2026'], drug: ['alpha', 'gamma'], 'drugs drug': ['alpha', 'gamma', own.substance, rival.substance], company: ['acme', 'bestco'], 'regions code': ['100000', '100100'], 'institutions code': ['H1', 'P1'], 'plans code': ['none'],
    'reports id': [...own.reports, ...rival.reports], source: [own.source, rival.source], 'cases code': [own.case, rival.case, shared], 'cases file': [own.caseFile, rival.caseFile], 'company-requests code': [own.request, rival.request], 'company-requests file': [own.requestFile, rival.requestFile],
    'ladder-facts code': [own.fact, own.refusedFact, rival.fact, rival.refusedFact], 'candidacies code': [own.candidacy, rival.candidacy], 'bulletins code': ['2026-1'], form: bulletinForms, duty: ['meeting'], institution: ['H1', 'P1'], unit: ['100000'],
    feed: [rival.feed], run: ['1'], 'notices notice': [own.notice, rival.notice], no: ['1'], subscription: [own.subscription, rival.subscription], 'keys code': [own.key, rival.key], 'accounts id': [own.account, rival.account], 'sessions id': ['none'], 'sso provider': ['none'], providerId: ['none'],
    asOf: days, to: days, from: ['2026-06-01'], since: ['2026-06-01'], 'moves since': ['2026-06-01T00:00:00.000Z'], knownOn: ['2026-06-29T00:00:00.000Z'], knownFrom: ['2026-06-01T00:00:00.000Z'], knownTo: ['2026-06-29T00:00:00.000Z'],
    region: ['100000', '100100'], bbox: ['70,10,140,55'], zoom: ['4', '11'], state: ['in_stock', 'out_of_stock', 'draft', 'accepted', 'embargoed'], report: [own.reports[0]!, ...rival.reports], line: ['2'], offset: ['1'], limit: ['1'], number: ['1'], period: ['2026-06'], periods: ['3'], minDays: ['0'],
    search: ['H', 'gamma', 'canary', rival.candidacy], edition: ['first', 'second'], ends: ['2026-09-30'], insurer: ['none'], office: ['national', '100000'], reason: ['not_reported', 'few_patients'], 'inspection code': ['acme', 'bestco', 'alpha', 'gamma', '100000'], actor: [rival.account], requestId: ['none'], issuerZh: ['x'], issuerEn: ['x'], name: ['x.pdf'], anyDay: ['true'],
  }
}

/** Every question of an operation: each way to fill in its address, plain and with each value of each parameter, and as every file that it answers. `missing`: what nobody knows a value of. */
export function questionsOf({ path, parameters }: Operation, values: Readonly<Record<string, readonly string[]>>, bodies: readonly object[] = []): { questions: Question[]; missing: string[] } {
  const missing: string[] = []
  const parts = path.split('/')
  const of = (name: string, before: string | undefined, enumerated?: unknown[]): readonly string[] => {
    const found = values[`${before} ${name}`] ?? enumerated?.map(String) ?? values[name]
    if (found === undefined) missing.push(name)
    return found ?? []
  }
  let addresses = ['']
  for (const [at, part] of parts.entries()) {
    const name = /^\{(\w+)(?:\{.*\})?\}$/.exec(part)?.[1]
    // What is sent for a thing of a thing is named by the first of them.
    const filled = name === undefined ? [part] : of(name, name === 'file' ? parts[at - 3] : parts[at - 1]).map(encodeURIComponent)
    addresses = addresses.flatMap((address) => filled.map((one) => (at === 0 ? one : `${address}/${one}`)))
  }
  const last = parts.at(-1)!
  const queries = parameters.filter((one) => one.in === 'query').map(({ name, required, schema }) => ({ name, required: required === true, all: of(name, last, schema.enum) }))
  const required = queries.filter((one) => one.required)
  const bases = required.reduce<string[]>((all, { name, all: own }) => all.flatMap((base) => own.map((value) => `${base}&${name}=${encodeURIComponent(value)}`)), [''])
  const evidences = queries.find(({ name }) => name === 'evidence')?.all ?? []
  const asked = bases.flatMap((base) => [
    base, ...queries.filter((one) => !one.required).flatMap(({ name, all }) => all.flatMap((value) => {
      const one = `${base}&${name}=${encodeURIComponent(value)}`
      return ['drug', 'company', 'institution', 'region', 'report'].includes(name) ? [one, ...evidences.map((evidence) => `${one}&evidence=${evidence}`)] : [one]
    })),
  ])
  const all = addresses.flatMap((address) => [...new Set(asked)].map((query) => (query === '' ? address : `${address}?${query.slice(1)}`)))
  return { missing, questions: bodies.length === 0 ? all.map((address) => ({ address })) : all.flatMap((address) => bodies.map((body) => ({ address, body }))) }
}

/** All the text of an answer: of an archive or workbook that of each of its parts, also where it is written in two bytes a letter. */
export function textsOf(bytes: Uint8Array): string[] {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) {
    const own = Buffer.from(bytes)
    // Pictures of documents write letters in two bytes, and begin at either.
    return [own.toString('utf8'), ...(own.includes(0) ? [own.toString('utf16le'), own.subarray(1).toString('utf16le')] : [])]
  }
  return [...readZip(bytes, uploadLimits)].flatMap(([name, { data, deflated }]) => [name, ...textsOf(deflated ? inflateRawSync(data) : data)])
}

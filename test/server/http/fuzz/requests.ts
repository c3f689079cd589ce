import fc from 'fast-check'
import { nastyBody, nastyFile, nastyHeader, nastyJson, nastyPart, nastyText, wellFormed } from './nasty.js'

/** What the document says of a value. */
interface Schema {
  type?: string | string[]
  enum?: unknown[]
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
}

/** An operation as the document describes it. */
export interface Operation {
  parameters?: { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, { schema: object }> }>
}

/** A request, as data: it can be sent, and told. */
export interface Asked {
  address: string
  headers: [string, string][]
  body: string | null
  form: { fields: [string, string][]; file: Uint8Array | null; filename: string } | null
}

/** Texts that name something: of the world, by the name of the field where they are likely to stand, and of any field. */
export type Things = Readonly<Record<string, readonly string[]>> & { readonly any: readonly string[] }

/** Requests of an operation: most of what they hold is right, so that what is wrong is looked at, and not the first thing alone. */
export function requestsOf(path: string, { parameters = [], requestBody }: Operation, things: Things, examples: readonly object[] = []): fc.Arbitrary<Asked> {
  // What is called alike is of another sort under another path.
  const sort = (name: string) => `${path.split('/')[path.split('/').indexOf(`{${name}}`) - 1]} ${name}`
  const inPath = parameters.filter((one) => one.in === 'path')
  const parts = fc.tuple(...inPath.map(({ name, schema }) => mostly(textOf(things[sort(name)] ? sort(name) : name, schema, things).map(encodeURIComponent), nastyPart, 9)))
  const address = parts.map((values) => inPath.reduce((address, { name }, i) => address.replace(`{${name}}`, () => values[i]!), path))
  const query = queryOf(parameters.filter((one) => one.in === 'query'), things)
  const headers = headersOf(parameters.filter((one) => one.in === 'header'), things)
  const json = requestBody?.content['application/json']?.schema
  const form = requestBody?.content['multipart/form-data']?.schema
  const bodies = json ? withExamples(examples, bodyOf(json, things)) : form ? mostly(formOf(form, things), bodyOf(form, things), 6) : fc.constant({ body: null, form: null, type: null })
  return fc.tuple(address, query, headers, bodies).map(([base, asked, sent, { type, ...body }]) => ({ address: base + (asked === '' ? '' : `?${asked}`), headers: type === null ? sent : [...sent, ['content-type', type] as [string, string]], ...body }))
}

/** One of the usual, `weight` times as often as one of the others. */
function mostly<T>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<T>, weight: number): fc.Arbitrary<T> {
  return fc.oneof({ arbitrary: usual, weight }, { arbitrary: other, weight: 1 })
}

/** A text that fits what is said of a value, or would in another world. */
function textOf(name: string, schema: Schema, things: Things): fc.Arbitrary<string> {
  // A workbook takes half a second to make.
  if (name === 'format') return fc.oneof({ arbitrary: fc.constantFrom('json', 'csv'), weight: 20 }, { arbitrary: fc.constant('xlsx'), weight: 1 })
  if (schema.enum) return fc.constantFrom(...schema.enum.map(String))
  const types = [schema.type ?? 'string'].flat()
  if (types.includes('integer') || types.includes('number')) return fc.integer({ min: Math.max(schema.minimum ?? 0, -1_000), max: Math.min(schema.maximum ?? 1_000, 1_000) }).map(String)
  if (types.includes('boolean')) return fc.constantFrom('true', 'false')
  const own = things[name]
  const any = fc.constantFrom(...things.any)
  if (own) return mostly(fc.constantFrom(...own), any, 8)
  return schema.pattern === undefined ? any : mostly(fc.stringMatching(new RegExp(schema.pattern)), any, 4)
}

/** Some of the parameters of a question, with what it must have as a rule; now and then one twice, or one that it does not know. */
function queryOf(parameters: NonNullable<Operation['parameters']>, things: Things): fc.Arbitrary<string> {
  const one = ({ name, schema }: (typeof parameters)[number]) => mostly(textOf(name, schema, things).map(encodeURIComponent), nastyPart, 7).map((value) => `${name}=${value}`)
  const each = parameters.map((parameter) => fc.oneof({ arbitrary: one(parameter), weight: parameter.required ? 20 : 2 }, { arbitrary: fc.constant(null), weight: 5 }))
  const more = fc.oneof<fc.WeightedArbitrary<string | null>[]>({ arbitrary: fc.constant(null), weight: 30 }, { arbitrary: fc.tuple(nastyPart, nastyPart).map(([name, value]) => `${name}=${value}`), weight: 1 },
    ...(parameters.length === 0 ? [] : [{ arbitrary: fc.constantFrom(...parameters).chain(one), weight: 2 }]))
  return fc.tuple(...each, more).map((all) => all.filter((part) => part !== null).join('&'))
}

/** Headers that anybody may send with anything. What says who asks is not among them. */
const usualHeaders = ['if-none-match', 'accept-encoding', 'x-request-id', 'origin', 'sec-fetch-site', 'accept', 'range', 'x-forwarded-for']

function headersOf(parameters: NonNullable<Operation['parameters']>, things: Things): fc.Arbitrary<[string, string][]> {
  const own = parameters.map(({ name, schema }) => fc.option(mostly(textOf(name, schema, things).filter(isSendable), nastyHeader, 2).map((value): [string, string] => [name, value]), { nil: null, freq: 1 }))
  const others = fc.option(fc.tuple(fc.constantFrom(...usualHeaders), nastyHeader) as fc.Arbitrary<[string, string]>, { nil: null, freq: 1 })
  return fc.tuple(...own, others).map((all) => all.filter((one) => one !== null))
}

function isSendable(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text)
}

type Body = Pick<Asked, 'body' | 'form'> & { type: string | null }

function bodyOf(schema: Schema, things: Things): fc.Arbitrary<Body> {
  const type = fc.oneof({ arbitrary: fc.constant('application/json'), weight: 20 }, { arbitrary: fc.constantFrom('text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'multipart/form-data; boundary=x', 'application/json; charset=gbk', 'x', ''), weight: 1 })
  return fc.tuple(mostly(jsonOf('', schema, things), nastyBody, 8), type).map(([body, type]) => ({ body, form: null, type }))
}

/** Half of the time a body that is all right but for one field, or altogether: so that of what fits together, each is looked at. */
function withExamples(examples: readonly object[], others: fc.Arbitrary<Body>): fc.Arbitrary<Body> {
  if (examples.length === 0) return others
  const example = fc.constantFrom(...examples).chain((body) => fc.tuple(fc.constant(body), fc.constantFrom(null, ...Object.keys(body)), nastyJson)).map(([body, wrong, value]): Body => ({
    body: `{${Object.entries(body).map(([field, right]) => `${JSON.stringify(field)}:${field === wrong ? value : JSON.stringify(right)}`).join(',')}}`, form: null, type: 'application/json',
  }))
  return fc.oneof(example, others)
}

/** JSON that fits a schema, but for a field here and there. */
function jsonOf(name: string, schema: Schema, things: Things): fc.Arbitrary<string> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => jsonOf(name, one, things)))
  const types = [schema.type ?? 'string'].flat()
  if (types.includes('object') && schema.properties) {
    const fields = Object.entries(schema.properties).map(([field, one]) => fc.oneof(
      { arbitrary: jsonOf(field, one, things), weight: 30 }, { arbitrary: nastyJson, weight: 2 }, { arbitrary: fc.constant(null), weight: schema.required?.includes(field) ? 1 : 60 },
    ).map((value) => (value === null ? [] : [`${JSON.stringify(field)}:${value}`])))
    const more = fc.oneof({ arbitrary: fc.constant<string[]>([]), weight: 15 }, { arbitrary: fc.tuple(nastyText, nastyJson).map(([field, value]) => [`${JSON.stringify(field)}:${value}`]), weight: 1 })
    return fc.tuple(...fields, more).map((all) => `{${all.flat().join(',')}}`)
  }
  if (types.includes('array')) return fc.array(jsonOf(name, schema.items ?? {}, things), { maxLength: 3 }).map((all) => `[${all.join(',')}]`)
  const usual = types.some((type) => ['integer', 'number', 'boolean'].includes(type)) ? textOf(name, schema, things) : textOf(name, schema, things).map((text) => JSON.stringify(text))
  return types.includes('null') ? mostly(fc.constant('null'), usual, 6) : usual
}

/** The form of a report: as a rule of one day or period, with a file that reads well. */
function formOf(schema: Schema, things: Things): fc.Arbitrary<Body> {
  const time = fc.constantFrom('asOf', 'asOf', 'period')
  const fields = time.chain((chosen) => fc.tuple(...Object.entries(schema.properties ?? {}).filter(([name]) => name !== 'file').map(([name, one]) => {
    const value = mostly(textOf(name, one, things), nastyText, 12).map((text): [string, string] | null => [name, text])
    return name === 'source' || name === chosen ? mostly(value, fc.constant(null), 12) : mostly(fc.constant(null), value, 12)
  })))
  const more = fc.oneof({ arbitrary: fc.constant(null), weight: 15 }, { arbitrary: fc.tuple(nastyText, nastyText) as fc.Arbitrary<[string, string]>, weight: 1 })
  const good = fc.array(fc.tuple(fc.constantFrom('H1', 'P1', 'H2'), fc.constantFrom('alpha', 'beta', 'gamma'), fc.constantFrom('in_stock', 'out_of_stock', 'not_known')), { minLength: 1, maxLength: 3 })
    .map((rows) => new TextEncoder().encode(['institution_code,drug_code,status', ...rows.map((row) => row.join(','))].join('\n')))
  const file = fc.oneof<[fc.WeightedArbitrary<Uint8Array | null>, ...fc.WeightedArbitrary<Uint8Array | null>[]]>({ arbitrary: good, weight: 5 }, { arbitrary: nastyFile, weight: 2 }, { arbitrary: fc.constant(null), weight: 1 })
  return fc.tuple(fields, more, file, mostly(fc.constantFrom('report.csv', 'report.xlsx'), nastyText, 5))
    .map(([all, one, content, filename]) => ({
      body: null, type: null, form: { fields: [...all, one].filter((field) => field !== null), file: content, filename: wellFormed(filename) },
    }))
}

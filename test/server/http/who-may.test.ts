import { beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '@lastmile/shared/problem'
import type { ReportAnswer } from '@lastmile/shared/report'
import type { StatementRow } from '@lastmile/shared/statement'
import { listCode } from '../../support/edition.js'
import { fingerprint } from '../../support/fingerprint.js'
import { doorOf, type Door } from './door.js'
import { allPrices, each, named, namesIn, offices, type Offices, type Told } from './who-may/asking.js'
import { accounts } from './who-may/table-of-accounts.js'
import { cases } from './who-may/table-of-cases.js'
import { companyRequests } from './who-may/table-of-company-requests.js'
import { demands } from './who-may/table-of-demands.js'
import { bulletins } from './who-may/table-of-bulletins.js'
import { contradictions } from './who-may/table-of-contradictions.js'
import { duties } from './who-may/table-of-duties.js'
import { ladder } from './who-may/table-of-ladder.js'
import { entries, unconfirmed } from './who-may/table-of-entries.js'
import { feeds } from './who-may/table-of-feeds.js'
import { inspection } from './who-may/table-of-inspection.js'
import { messages } from './who-may/table-of-messages.js'
import { candidacies } from './who-may/table-of-candidacies.js'
import { plans } from './who-may/table-of-plans.js'
import { progress } from './who-may/table-of-progress.js'
import { subscriptions } from './who-may/table-of-subscriptions.js'
import { ownersOf, pricesAndAudit } from './who-may/table-of-prices.js'
import { standards } from './who-may/table-of-standards.js'
import { everybodys, groups, reading, type Question, type Who } from './who-may/table.js'

/*
 * Every operation, asked by everybody, of what is his, of what is another's and of what does not exist. Who may what is
 * read in `who-may/table.ts`.
 */

// Messages and contradictions first: what is done below is told too, and says otherwise of pairs.
const table: Record<string, Question[]> = { ...messages, ...contradictions, ...inspection, ...cases, ...companyRequests, ...demands, ...progress, ...unconfirmed, ...reading, ...pricesAndAudit, ...plans, ...candidacies, ...standards, ...duties, ...ladder, ...bulletins, ...feeds, ...subscriptions, ...entries, ...accounts }
const everybody = [...groups['EVERYBODY']!, ...groups['SHUT_OUT']!, ...groups['BAD_KEYS']!]

let world: Offices
beforeAll(async () => {
  world = await offices()
})

test('every operation of the server stands in the table, and no other', () => {
  expect(Object.keys(table).sort()).toEqual(world.operations)
})

test('exports as CSV and workbooks are asked for by everybody too, so that what is looked for in them is there', async () => {
  for (const [operation, questions] of Object.entries(table)) {
    if (!world.exported.has(operation)) continue
    for (const question of questions.filter(({ query }) => !query?.includes('format='))) {
      for (const [who] of [...statusesOf(question)].filter(([, status]) => status === 200)) {
        for (const format of ['csv', 'xlsx']) {
          const answer = await world.ask(operation, { ...question, query: `${question.query ?? ''}&format=${format}` }, who)
          expect([answer.status, answer.headers['content-disposition'] ?? answer.body], `${operation} ${question.what} ${who}`).toEqual([200, expect.stringContaining(`.${format}`)])
        }
      }
    }
  }
}, 300_000)

describe.each(Object.keys(table))('%s', (operation) => {
  describe.each(table[operation]!.map((question) => [question.what, question] as const))('%s', (_, question) => {
    const expected = statusesOf(question)
    const denied = everybody.filter((who) => (expected.get(who) ?? 404) === 404)
    /** Whether the same can be asked of what does not exist. That there is a list, whoever is of another may know. */
    const hasTwin = (who: Who) => JSON.stringify(question).includes('<') || (operation.includes('{list}') && !expected.has(who) && who !== 'operator_of_other')
    /** What the first of those who are answered was answered, to look whether others are told of it. */
    let etag: string | undefined

    test('nobody else is told anything, nor that there is anything, and nothing is changed', async () => {
      const before = await fingerprint(world.world.services.db)
      const told: Record<string, string> = {}
      for (const who of denied) {
        const answer = await world.ask(operation, question, who)
        told[who] = `${answer.status} ${codeOf(answer)}`
        expect(answer.headers, who).not.toHaveProperty('etag')
        if (hasTwin(who)) expect(like(answer), `${who}: as of what does not exist`).toEqual(like(await world.ask(operation, question, who, { unknown: true })))
      }
      expect(told).toEqual(Object.fromEntries(denied.map((who) => [who, expect.stringMatching(deniedAs(who, expected)) as string])))
      expect(await fingerprint(world.world.services.db)).toEqual(before)
    })

    test('everybody who may is answered, with what is his and nothing else', async () => {
      const told = new Map<Who, Told>()
      for (const who of expected.keys()) told.set(who, await world.ask(operation, question, who))
      expect(Object.fromEntries([...told].map(([who, { status }]) => [who, status]))).toEqual(Object.fromEntries(expected))
      if (Object.hasOwn(everybodys, operation)) expect(new Set([...told.values()].map(({ body }) => body)).size, 'one answer for all').toBe(1)
      if (!isScoped(operation)) for (const { headers } of told.values()) expect([headers['cache-control'], headers['etag']]).toEqual(['no-store', undefined])
      etag = told.values().next().value?.headers['etag']
      if (question.rows) expect(shown(told, ({ body }) => rowsIn(body))).toEqual(listed(question.rows))
      if (question.details) expect(shown(told, ({ body }) => statementsWith(body, ['reason', 'leadDays', 'quantity']))).toEqual(listed(question.details, expected))
      if (question.senders) expect(shown(told, ({ body }) => statementsWith(body, ['source', 'report', 'line']))).toEqual(listed(question.senders, expected))
    })

    if (operation.startsWith('get ') && operation.includes('{list}')) test('whoever knows what another\'s answer is called learns nothing by it', async () => {
      for (const who of denied) {
        const [known, any] = [await world.ask(operation.replace('get', 'head'), question, who, { headers: { 'if-none-match': etag ?? '"none"' } }), await world.ask(operation, question, who, { headers: { 'if-none-match': '*' } })]
        expect(`${any.status} ${codeOf(any)}`, who).toMatch(deniedAs(who, expected))
        expect(known.status, who).toBe(any.status)
      }
    })

    if (question.senders) test('an export holds what the answer does, and the order of rows tells nothing of who said them', async () => {
      const order = { ...question, query: `${question.query ?? ''}&sort=report-` }
      for (const who of expected.keys()) {
        const exported = tableIn((await world.ask(operation, { ...question, query: `${question.query ?? ''}&format=csv` }, who)).body)
        expect(withAny(exported, ['reason', 'lead_days', 'quantity']), who).toEqual(namesIn(each(question.details!).get(who) ?? ''))
        expect(withAny(exported, ['source', 'report', 'line']), who).toEqual(namesIn(each(question.senders!).get(who) ?? ''))
        if (each(question.senders!).has(who)) continue
        const [rising, falling] = [await world.ask(operation, { ...order, query: `${order.query}up` }, who), await world.ask(operation, { ...order, query: `${order.query}down` }, who)]
        expect(rising.body, who).toBe(falling.body)
      }
    })
  })
})

test('whether the file of a report opens is said to each as it is', async () => {
  const file = 'get /api/lists/{list}/reports/{id}/file'
  for (const question of table[file]!) {
    for (const who of groups['EVERYBODY']!) {
      const { body, status } = await world.ask('get /api/lists/{list}/reports/{id}', question, who)
      if (status === 200) expect((JSON.parse(body) as { report: { fileOpen: boolean } }).report.fileOpen, `${question.what}, ${who}`).toBe(statusesOf(question).has(who))
    }
  }
})

test('a price was told to those whose it is, and in all that was asked, logged and told of what happens, to nobody else', () => {
  for (const [name, price] of Object.entries(allPrices)) {
    expect([...world.seen.get(name) ?? []].sort(), name).toEqual(named(ownersOf[name]!).sort())
    expect([...world.log, JSON.stringify(world.heard)].filter((line) => line.includes(price))).toEqual([])
  }
})

test('two officers of a city are told of a file that one of them sent as it is to each, whoever asks first', async () => {
  const { services } = world.world
  const [sender, colleague] = [0, 1].map(() => doorOf(services, { role: 'city_officer', unit: '100000', city: '100100' })) as [Door, Door]
  for (const [i, first] of [sender, colleague].entries()) {
    const { receipt } = await sender.send({ list: listCode, source: 'north-city', asOf: `2026-03-2${i}`, file: 'institution_code,drug_code,status,price\nH1,alpha,in_stock,12.50' })
    const opens = async (door: Door) => (await door.read<ReportAnswer>(`/api/lists/${listCode}/reports/${receipt.id}`)).report.fileOpen
    await opens(first)
    expect([await opens(sender), await opens(colleague)]).toEqual([true, false])
    const files = await Promise.all([sender, colleague].map((door) => door.ask(`/api/lists/${listCode}/reports/${receipt.id}/file`)))
    expect(files.map(({ status }) => status)).toEqual([200, 404])
  }
})

function statusesOf({ to, rows }: Question): Map<Who, number> {
  const statuses = Object.entries(to ?? { 200: Object.keys(rows!).join(' ') }) as [string, string][]
  return new Map(statuses.flatMap(([status, words]) => named(words).map((who) => [who, Number(status)] as const)))
}

/** What somebody is told who may not, as the head of the table says. */
function deniedAs(who: Who, expected: ReadonlyMap<Who, number>): RegExp {
  if (expected.has(who)) return /^404 \w+\.not_found$/
  if (groups['BAD_KEYS']!.includes(who)) return /^401 key\.invalid$/
  if (groups['PUBLIC']!.includes(who) || who === 'shut_out' || who === 'shut_out_ended') return /^401 session\.required$/
  return /^404 \w+\.not_found$/
}

/** The code of a refusal, or how what is none begins. */
function codeOf({ body }: Told): string {
  if (!body.startsWith('{"')) return body.slice(0, 80)
  return (JSON.parse(body) as Partial<Problem>).error?.code ?? body.slice(0, 80)
}

/** An answer without the names of what was asked for. */
function like(answer: Told): Told {
  const names = [...world.nameOf.keys(), ...world.unknownNames].sort((a, b) => b.length - a.length)
  return { ...answer, body: names.reduce((body, name) => body.replaceAll(`"${name}"`, '·').replaceAll(`\\"${name}\\"`, '·'), answer.body) }
}

/** Whether answers of an operation may be held by who is given them: what is of a list, but for its prices. */
function isScoped(operation: string): boolean {
  return !/\/(prices|audit|accounts?|session|keys|messages)\b/.test(operation)
}

/** What each sees, by who he is. */
function shown(told: Map<Who, Told>, names: (answer: Told) => string[]): Record<string, string[]> {
  return Object.fromEntries([...told].map(([who, answer]) => [who, names(answer)]))
}

/** What each should see; of those who are `asked` and not named, nothing. */
function listed(said: Record<string, string>, asked?: Map<Who, number>): Record<string, string[]> {
  const own = each(said)
  return Object.fromEntries([...(asked ?? own).keys()].map((who) => [who, namesIn(own.get(who) ?? '')]))
}

interface Rows { rows?: Row[]; messages?: Row[]; sources?: Row[]; accounts?: Row[]; keys?: Row[]; page?: { total: number } }
interface Row { id?: string; code?: string; name?: unknown; drug?: string; institution?: string }

/** The names of the rows of an answer, sorted: all that the page says there are. */
function rowsIn(body: string): string[] {
  const { rows, messages, sources, accounts, keys, page } = JSON.parse(body) as Rows
  const all = rows ?? messages ?? sources ?? accounts ?? keys ?? []
  if (page) expect(page.total).toBe(all.length)
  return all.map((row) => (row.drug === undefined || (row.institution ?? undefined) === undefined ? (typeof row.name === 'string' ? row.name : world.nameOf.get(row.id ?? '') ?? row.code ?? row.drug ?? '') : `${row.institution} ${row.drug}`)).sort()
}

/** The rows of statements that have some fields. A row has all of them or none. */
function statementsWith(body: string, fields: (keyof StatementRow)[]): string[] {
  const { rows } = JSON.parse(body) as { rows: StatementRow[] }
  const having = rows.filter((row) => fields.some((field) => field in row))
  for (const row of having) expect(Object.keys(row)).toEqual(expect.arrayContaining(fields))
  return having.map(({ institution, drug }) => `${institution} ${drug}`).sort()
}

/** The rows of an exported table, by its columns; what stands below them is none. */
function tableIn(csv: string): Record<string, string>[] {
  const [head = '', ...lines] = csv.replace('\uFEFF', '').split('\r\n')
  const columns = head.split(',')
  return lines.slice(0, lines.indexOf('')).map((line) => Object.fromEntries(line.split(',').map((cell, i) => [columns[i], cell])))
}

/** The rows that say anything in some columns. */
function withAny(rows: Record<string, string>[], columns: string[]): string[] {
  return rows.filter((row) => columns.some((column) => row[column])).map((row) => `${row['institution']} ${row['drug']}`).sort()
}

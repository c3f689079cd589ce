import { beforeAll, describe, expect, test } from 'vitest'
import { institutionsOf, type InstitutionFilter } from '@lastmile/db/query/institutions'
import { reportsOf } from '@lastmile/db/query/reports'
import { TooManyToOrder } from '@lastmile/db/query/statement-order'
import { statementsOf, type StatementFilter } from '@lastmile/db/query/statements'
import { evidences } from '@lastmile/shared/evidence'
import { kinds } from '@lastmile/shared/kind'
import { reportStates } from '@lastmile/shared/report'
import { institutionOrders, reportOrders, rowsOrderedAtMost, statementOrders, type Sort } from '@lastmile/shared/sort'
import { stateCode } from '@lastmile/shared/state'
import { Problem } from '@lastmile/shared/problem'
import { doorOf } from '../server/http/door.js'
import { seesEverything } from '../support/ask.js'
import { listCode } from '../support/edition.js'
import { given, type World } from '../support/given.js'

type Key = string | number | null
const ways = [false, true]
const everywhere: InstitutionFilter = { search: null, areas: null, box: null, placed: null, kind: null, drug: null, states: null, eligible: null }
const everything: StatementFilter = { drug: null, area: null, institution: null, kind: null, states: null, report: null, line: null }
const when = { evidence: 'confirmed', asOf: '2026-06-30', knownOn: null, since: null } as const

/** Rows as anybody would sort them: by a key, what has none last, what is alike as it stood. */
function sorted<Row>(rows: readonly Row[], key: (row: Row) => Key, falling: boolean): Row[] {
  return [...rows].sort((a, b) => {
    const [x, y] = [key(a), key(b)]
    if (x === y) return 0
    if (x === null || y === null) return x === null ? 1 : -1
    return (x < y ? -1 : 1) * (falling ? -1 : 1)
  })
}

/** All rows of a question, read page by page. */
async function paged<Row>(size: number, page: (offset: number, limit: number) => Promise<{ rows: Row[]; page: { total: number } }>): Promise<Row[]> {
  const rows: Row[] = []
  for (let offset = 0; ; offset += size) {
    const answer = await page(offset, size)
    rows.push(...answer.rows)
    if (offset + size >= answer.page.total) return rows
  }
}

describe('in a country of a dozen institutions', () => {
  let world: World
  beforeAll(async () => {
    world = await given({
      institutions: {
        H1: { at: '100101', level: '3A' }, H3: { at: '200100', level: '2B' }, H2: { at: '100200' }, P2: '100100', P1: { at: '200200', level: '2B' }, C1: '300100', H5: { at: '650100', level: '3A' }, H6: { at: '650200', unit: '660000' },
      },
      reports: [
        { source: 'south', asOf: '2026-06-12', rows: ['H3 gamma in_stock @2026-06-02', 'P1 alpha not_carried', 'P1 gamma out_of_stock @2026-06-02'] },
        { source: 'maker', asOf: '2026-06-10', rows: ['H1 alpha in_stock', 'H5 beta in_stock'] },
        { source: 'hospitals', asOf: '2026-06-20', rows: ['H1 gamma in_stock @2026-06-15', 'H1 alpha not_known', 'H2 alpha in_stock @2026-02-01', 'P2 beta in_stock @2026-06-19', 'C1 beta on_order', 'H6 alpha in_stock', 'H5 gamma in_stock @2026-06-02'] },
        { source: 'hospitals', asOf: '2026-06-20', corrects: 1, rows: ['H1 gamma in_stock @2026-06-15', 'H1 alpha not_known', 'H2 alpha in_stock @2026-02-01', 'P2 beta in_stock @2026-06-19', 'C1 beta on_order', 'H6 alpha in_stock', 'H5 gamma in_stock @2026-06-02', 'H5 alpha in_stock'] },
      ],
    })
  })

  test.each(institutionOrders.flatMap((by) => ways.map((falling) => ({ by, falling }))))('institutions by $by, falling: $falling', async (sort) => {
    const list = await world.list()
    const asked = (filter: InstitutionFilter, sort: Sort<(typeof institutionOrders)[number]> | null, size: number) => paged(size, (offset, limit) => institutionsOf(world.services.db, list, when, filter, { offset, limit, sort }))
    // Those of a state are found another way than all of them.
    for (const filter of [everywhere, { ...everywhere, states: ['in_stock' as const, 'on_order' as const] }, { ...everywhere, states: ['not_reported' as const, 'stale' as const, 'in_stock' as const, 'not_carried' as const] }]) {
      const usual = await asked(filter, null, 100)
      expect(usual.length).toBeGreaterThan(2)
      const units = [...new Set((await asked(everywhere, null, 100)).map((row) => row.unit))]
      const key = (row: (typeof usual)[number]): Key => (sort.by === 'unit' ? units.indexOf(row.unit) : sort.by === 'kind' ? kinds.indexOf(row.kind) : row[sort.by])
      expect(await asked(filter, sort, 3)).toEqual(sorted(usual, key, sort.falling))
    }
  })

  test('a search finds part of a name or of a code, in upper or lower case, and takes its signs as they are', async () => {
    const list = await world.list()
    const codes = async (search: string, own: Partial<InstitutionFilter> = {}) => {
      const { rows, page } = await institutionsOf(world.services.db, list, when, { ...everywhere, ...own, search }, { offset: 1, limit: 2, sort: { by: 'code', falling: false } })
      return [page.total, ...rows.map((row) => row.code)]
    }
    expect(await codes('1')).toEqual([3, 'H1', 'P1'])
    expect(await codes('OF p')).toEqual([2, 'P2'])
    expect(await codes('h')).toEqual([5, 'H2', 'H3'])
    expect(await codes('h', { kind: 'hospital', states: ['in_stock'] })).toEqual([4, 'H3', 'H5'])
    for (const none of ['_', '%', '\\', '机构']) expect(await codes(none)).toEqual([0])
  })

  test.each(statementOrders.flatMap((by) => ways.map((falling) => ({ by, falling }))))('rows by $by, falling: $falling', async (sort) => {
    const list = await world.list()
    const asked = (filter: StatementFilter, sort: Sort<(typeof statementOrders)[number]> | null, size: number) => paged(size, (offset, limit) => statementsOf(world.services.db, list, when, filter, { offset, limit, sort }, seesEverything))
    const source = (await reportsOf(world.services.db, { listId: list.id, purview: seesEverything.reports, source: 'south' })).rows[0]!
    for (const filter of [everything, { ...everything, kind: 'hospital' as const }, { ...everything, report: source.id }]) {
      const usual = await asked(filter, null, 100)
      expect(usual.length).toBeGreaterThan(2)
      const units = [...new Set((await asked(everything, null, 100)).map((row) => row.unit))]
      const key = (row: (typeof usual)[number]): Key => {
        if (sort.by === 'unit') return units.indexOf(row.unit)
        if (sort.by === 'state') return stateCode(row.state)
        return sort.by === 'institution' ? row.institutionName : sort.by === 'report' ? `${row.source} ${row.report} ${String(row.line).padStart(9, '0')}` : row[sort.by]
      }
      expect(await asked(filter, sort, 2)).toEqual(sorted(usual, key, sort.falling))
    }
  })

  test.each(reportOrders.flatMap((by) => ways.map((falling) => ({ by, falling }))))('reports by $by, falling: $falling', async (sort) => {
    const { id: listId } = await world.list()
    const usual = (await reportsOf(world.services.db, { listId, purview: seesEverything.reports })).rows
    expect(usual).toHaveLength(4)
    const key = (row: (typeof usual)[number]): Key => (sort.by === 'evidence' ? evidences.indexOf(row.evidence) : sort.by === 'state' ? reportStates.indexOf(row.state) : sort.by === 'number' ? row.number_ : row[sort.by])
    const rows = await paged(3, async (offset, limit) => {
      const { rows, total } = await reportsOf(world.services.db, { listId, purview: seesEverything.reports }, { offset, limit }, sort)
      return { rows, page: { total } }
    })
    expect(rows).toEqual(sorted(usual, key, sort.falling))
  })
})

describe('of more rows than are put in order together', () => {
  const codes = Array.from({ length: 180 }, (_, at) => `H${at + 100}`)
  const drugs = Array.from({ length: 120 }, (_, at) => `drug-${at + 100}`)
  let world: World
  beforeAll(async () => {
    world = await given({
      institutions: Object.fromEntries(codes.map((code, at) => [code, at % 3 === 0 ? '200100' : '100100'])), drugs: Object.fromEntries(drugs.map((code) => [code, {}])),
      // No drug is named everywhere, and some hardly anywhere: pages begin and end within drugs and across them.
      reports: [{ source: 'hospitals', asOf: '2026-06-20', rows: drugs.flatMap((drug, d) => codes.filter((_, i) => (d % 40 === 0 ? i < 2 : (i * 7 + d) % 31 !== 0)).map((code) => `${code} ${drug} in_stock`)) }],
    })
  }, 240_000)

  test.each(ways)('drug by drug, falling: %s', async (falling) => {
    const list = await world.list()
    const all = (await statementsOf(world.services.db, list, when, everything, { offset: 0, limit: 100_000, sort: null }, seesEverything)).rows
    expect(all.length).toBeGreaterThan(rowsOrderedAtMost)
    const expected = sorted(all, (row) => row.drug, falling)
    for (const [offset, limit] of [[0, 50], [1, 3], [170, 20], [6_990, 700], [all.length - 40, 50], [all.length, 50]] as const) {
      const answer = await statementsOf(world.services.db, list, when, everything, { offset, limit, sort: { by: 'drug', falling } }, seesEverything)
      expect(answer.rows).toEqual(expected.slice(offset, offset + limit))
      expect(answer.page).toEqual({ offset, limit, total: all.length })
    }
  })

  test('by day, state or report they are not answered at all; of one drug they are', async () => {
    const list = await world.list()
    for (const by of ['day', 'state', 'report'] as const) {
      const asked = (filter: StatementFilter) => statementsOf(world.services.db, list, when, filter, { offset: 0, limit: 50, sort: { by, falling: false } }, seesEverything)
      await expect(asked(everything)).rejects.toBeInstanceOf(TooManyToOrder)
      // Nor where nobody knows beforehand how many there are.
      const [report] = (await reportsOf(world.services.db, { listId: list.id , purview: seesEverything.reports})).rows
      await expect(asked({ ...everything, report: report!.id })).rejects.toBeInstanceOf(TooManyToOrder)
      const answer = await doorOf(world.services).ask(`/api/lists/${listCode}/statements?evidence=confirmed&sort=${by}-up`)
      expect([answer.status, Problem.parse(await answer.json()).error]).toEqual([400, expect.objectContaining({ code: 'question.too_many_to_order', field: 'sort' })])
      const [drug] = (await statementsOf(world.services.db, list, when, everything, { offset: 0, limit: 1, sort: null }, seesEverything)).rows
      expect((await asked({ ...everything, institution: drug!.institution })).page.total).toBeGreaterThan(100)
    }
  })
})

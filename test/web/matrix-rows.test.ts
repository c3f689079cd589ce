import type { Coverage, CoverageCell } from '@lastmile/shared/coverage'
import type { Drug } from '@lastmile/shared/drug'
import { describe, expect, test } from 'vitest'
import { columnCodes, matrixRows, nextSort, readMatrixCell } from '../../web/src/features/matrix/matrix-rows.js'

const drug = (no: number, company = 'a'): Drug => ({
  code: `d${no}`, no, name: { zh: `药${no}`, en: `Drug ${no}` }, inn: null, brand: null, holder: null, aliases: [], company, categoryCode: null, indication: null,
  rareDisease: false, supplyForm: 'shelf', judgedBy: 'counts', freshnessDays: 45, validFrom: '2026-01-01', validTo: null,
} as unknown as Drug)

const none = { in_stock: 0, on_order: 0, out_of_stock: 0, not_carried: 0, discontinued: 0, not_known: 0, stale: 0, not_reported: 0 }
const cell = (code: string, region: string, hospitals: number, pharmacies: number, states: Partial<CoverageCell['states']> = {}): CoverageCell => ({
  drug: code, region, stocked: { institutions: hospitals + pharmacies, hospitals, pharmacies, others: 0, cities: 1 },
  states: { ...none, in_stock: hospitals + pharmacies, ...states }, eligible: null, share: null,
})

const coverage = {
  cells: [cell('d1', '11', 2, 1), cell('d1', '37', 0, 4), cell('d2', '11', 0, 0, { out_of_stock: 2 })],
  totals: [{ ...cell('d1', '', 2, 5), units: 2 }, { ...cell('d2', '', 0, 0, { out_of_stock: 2 }), units: 0 }],
} as unknown as Coverage

const rows = (search: Parameters<typeof matrixRows>[2]) => matrixRows(coverage, [drug(1), drug(2, 'b'), drug(3)], search, (code) => code, (a, b) => a.localeCompare(b))
const order = (search: Parameters<typeof matrixRows>[2]) => rows(search).map((row) => row.drug.code)

describe('the rows of the matrix', () => {
  test('stand in list order, and a drug that nobody reported on has no figure rather than a zero', () => {
    expect(order({})).toEqual(['d1', 'd2', 'd3'])
    expect(rows({}).map((row) => row.institutions)).toEqual([7, 0, null])
  })

  test('are ordered by a figure with those without one last, either way', () => {
    expect(order({ sort: 'institutions' })).toEqual(['d2', 'd1', 'd3'])
    expect(order({ sort: '-institutions' })).toEqual(['d1', 'd2', 'd3'])
    expect(order({ sort: '-37' })).toEqual(['d1', 'd2', 'd3'])
  })

  test('count hospitals or pharmacies alone where that is asked', () => {
    expect(rows({ measure: 'hospital' })[0]).toMatchObject({ institutions: 2, units: 1 })
    expect(rows({ measure: 'pharmacy' })[0]).toMatchObject({ institutions: 5, units: 2 })
  })

  test('are those of a company, or those stocked nowhere, silent ones included', () => {
    expect(order({ company: 'b' })).toEqual(['d2'])
    expect(order({ unstocked: 'true' })).toEqual(['d2', 'd3'])
  })
})

describe('a cell of the matrix', () => {
  test('tells stocked, stocked by another kind, a definite no, and silence apart', () => {
    expect(readMatrixCell(coverage.cells[0], 'all')).toEqual({ at: 'stocked', count: 3 })
    expect(readMatrixCell(coverage.cells[1], 'hospital')).toEqual({ at: 'otherKind' })
    expect(readMatrixCell(coverage.cells[2], 'all')).toEqual({ at: 'state', state: 'out_of_stock', count: 2 })
    expect(readMatrixCell(undefined, 'all')).toEqual({ at: 'none' })
  })

  test('shows what is unknown before a no', () => {
    expect(readMatrixCell(cell('d2', '11', 0, 0, { out_of_stock: 5, stale: 1 }), 'all')).toEqual({ at: 'state', state: 'stale', count: 1 })
  })
})

describe('what lies in no unit', () => {
  const total = { ...cell('d1', 'all', 5, 4, { stale: 1 }), units: 2 }
  const cells = [cell('d1', '11', 3, 1), cell('d1', '37', 1, 2, { stale: 1 })]
  const units = [{ code: '11' }, { code: '37' }]
  const shown = (totals: (typeof total)[]) => matrixRows({ ...coverage, region: null, by: 'province', cells, totals }, [drug(1)], {}, (code) => code, (a, b) => a.localeCompare(b))

  test('has a column of its own, so that the columns add up to the total, and is no unit', () => {
    const [row] = shown([total])
    expect(columnCodes([row!], units)).toEqual(['11', '37', 'none'])
    expect([row!.cells.get('none')!.stocked.hospitals, row!.cells.get('none')!.stocked.pharmacies, row!.cells.get('none')!.states.stale]).toEqual([1, 1, 0])
    expect([...row!.cells.values()].reduce((sum, one) => sum + one.stocked.institutions, 0)).toBe(row!.institutions)
    expect(row!.units).toBe(2)
  })

  test('has none where the units are the whole', () => {
    expect(columnCodes(shown([{ ...cell('d1', 'all', 4, 3, { stale: 1 }), units: 2 }]), units)).toEqual(['11', '37'])
  })
})

describe('a press on a heading', () => {
  test('lets figures fall first, names rise first, and turns them the second time', () => {
    expect(nextSort(undefined, 'units')).toBe('-units')
    expect(nextSort('-units', 'units')).toBe('units')
    expect(nextSort(undefined, 'name')).toBe('name')
    expect(nextSort('name', 'name')).toBe('-name')
  })
})

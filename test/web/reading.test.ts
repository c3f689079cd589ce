import type { CoverageCell } from '@lastmile/shared/coverage'
import { describe, expect, test } from 'vitest'
import { readCell, readCells } from '../../web/src/lib/reading.js'
import { bandOf, countBands } from '../../web/src/map/values.js'

/** A cell with these states; `in_stock` decides how many stock it. */
const cell = (states: Partial<CoverageCell['states']>): Pick<CoverageCell, 'stocked' | 'states'> => {
  const institutions = states.in_stock ?? 0
  const none = { in_stock: 0, on_order: 0, out_of_stock: 0, not_carried: 0, discontinued: 0, not_known: 0, stale: 0, not_reported: 0 }
  return { stocked: { institutions, hospitals: institutions, pharmacies: 0, others: 0, cities: institutions }, states: { ...none, ...states } }
}

describe('what is said of a place', () => {
  test('is not reported where there is no cell or an empty one, never zero', () => {
    expect(readCell(undefined)).toEqual({ state: 'not-reported', count: 0 })
    expect(readCell(cell({}))).toEqual({ state: 'not-reported', count: 0 })
    expect(readCells([])).toEqual({ state: 'not-reported', count: 0 })
  })

  test('is a figure where anybody stocks the drug, whatever else is unknown', () => {
    expect(readCell(cell({ in_stock: 3, stale: 9 }))).toEqual({ state: 'value', count: 3 })
  })

  test('is zero only where nothing but a definite no was said', () => {
    expect(readCell(cell({ out_of_stock: 1, not_carried: 2 }))).toEqual({ state: 'value', count: 0 })
    expect(readCell(cell({ out_of_stock: 1, not_known: 1 }))).toEqual({ state: 'unknown', count: 0 })
  })

  test('is not reported where all was withdrawn: that is neither unknown nor zero', () => {
    expect(readCell(cell({ not_reported: 4 }))).toEqual({ state: 'not-reported', count: 0 })
    expect(readCell(cell({ not_reported: 4, out_of_stock: 1 }))).toEqual({ state: 'value', count: 0 })
    expect(readCell(cell({ not_reported: 4, not_known: 1 }))).toEqual({ state: 'unknown', count: 0 })
    expect(readCells([cell({ not_reported: 1 }), cell({})])).toEqual({ state: 'not-reported', count: 0 })
  })

  test('counts drugs stocked, and is unknown rather than zero where one of them is', () => {
    expect(readCells([cell({ in_stock: 2 }), cell({ in_stock: 1 }), cell({ stale: 1 })])).toEqual({ state: 'value', count: 2 })
    expect(readCells([cell({ not_carried: 1 }), cell({ stale: 1 })])).toEqual({ state: 'unknown', count: 0 })
    expect(readCells([cell({ not_carried: 1 }), cell({})])).toEqual({ state: 'value', count: 0 })
  })
})

describe('the bands of a map', () => {
  const words = { zero: 'none', range: (from: number, to: number) => (from === to ? `${from}` : `${from}–${to}`), open: (from: number) => `${from}+` }
  const labels = (top: number, closed?: boolean) => countBands(top, words, closed).map((band) => band.label)

  test('leave zero by itself and go no higher than anything can', () => {
    expect(labels(4, true)).toEqual(['none', '1', '2', '3', '4'])
    expect(labels(19, true)).toEqual(['none', '1–2', '3–5', '6–10', '11–15', '16–19'])
  })

  test('end open where a figure may grow', () => {
    expect(labels(60)).toEqual(['none', '1–4', '5–9', '10–19', '20–39', '40+'])
  })

  test('are six at the most and hold every figure exactly once', () => {
    for (const top of [0, 1, 7, 33, 500, 12_000]) {
      const bands = countBands(top, words)
      expect(bands.length).toBeLessThanOrEqual(6)
      for (const count of [0, 1, 2, 5, 10, top]) expect(bands.filter((band) => count >= band.from && count <= band.to)).toHaveLength(1)
    }
  })

  test('say in which of them a count lies', () => {
    const bands = countBands(19, words, true)
    expect([0, 1, 5, 19, 20].map((count) => bandOf(bands, count))).toEqual([0, 1, 2, 5, null])
  })
})

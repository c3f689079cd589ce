import type { CoverageCell } from '@lastmile/shared/coverage'
import { certaintyOf, statePrecedence, type State } from '@lastmile/shared/state'

/**
 * What is said of a place: a figure, only what is stale or not known, or nothing, be it that nobody ever spoke or that
 * it was withdrawn. Silence is never zero, and no report that leaves its figure open.
 */
export interface Reading { state: 'value' | 'unknown' | 'not-reported'; count: number }

type Said = Pick<CoverageCell, 'stocked' | 'states'>

/** What speaks for a place where nothing is in stock: the unknown before no, and what was withdrawn only where nobody says anything else, as silence always does. */
const order: readonly State[] = [...statePrecedence.filter((state) => state !== 'in_stock' && state !== 'not_reported'), 'not_reported']

/** The state that speaks for places where nothing is in stock; undefined where nothing was ever said. */
export function speakingState(cells: readonly Pick<Said, 'states'>[]): State | undefined {
  return order.find((state) => cells.some((cell) => (cell.states[state] ?? 0) > 0))
}

/** One drug in a place: at how many institutions it is stocked, or how it reads where nobody is known to stock it. */
export function readCell(cell: Said | null | undefined): Reading {
  return reading(cell?.stocked.institutions ?? 0, cell ? [cell] : [])
}

/** All drugs in a place: how many of them are stocked there, read in the same order. */
export function readCells(cells: readonly Said[]): Reading {
  return reading(cells.filter((cell) => cell.stocked.institutions > 0).length, cells)
}

function reading(count: number, cells: readonly Said[]): Reading {
  if (count > 0) return { state: 'value', count }
  const state = speakingState(cells)
  if (state === undefined || state === 'not_reported') return { state: 'not-reported', count }
  return { state: certaintyOf(state) === 'unknown' ? 'unknown' : 'value', count }
}

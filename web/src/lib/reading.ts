import type { CoverageCell } from '@lastmile/shared/coverage'
import { certaintyOf, statePrecedence, type State } from '@lastmile/shared/state'

/**
 * What is said of a place: a figure, only what is stale or not known, or nothing, be it that nobody ever spoke or that
 * it was withdrawn. Silence is never zero, and no report that leaves its figure open.
 */
export interface Reading { state: 'value' | 'unknown' | 'not-reported'; count: number }

type Said = Pick<CoverageCell, 'stocked' | 'states'>

/** One drug in a place: at how many institutions it is stocked. Where nobody is known to stock it, the state that goes first says why. */
export function readCell(cell: Said | null | undefined): Reading {
  return reading(cell?.stocked.institutions ?? 0, cell ? [cell] : [])
}

/** All drugs in a place: how many of them are stocked there, read in the same order. */
export function readCells(cells: readonly Said[]): Reading {
  return reading(cells.filter((cell) => cell.stocked.institutions > 0).length, cells)
}

function reading(count: number, cells: readonly Said[]): Reading {
  if (count > 0) return { state: 'value', count }
  return { state: readingOf(statePrecedence.find((state) => cells.some((cell) => cell.states[state] > 0))), count: 0 }
}

/** How a place reads in which nothing is in stock and this state goes first. */
function readingOf(state: State | undefined): Reading['state'] {
  if (state === undefined || state === 'not_reported') return 'not-reported'
  return certaintyOf(state) === 'unknown' ? 'unknown' : 'value'
}

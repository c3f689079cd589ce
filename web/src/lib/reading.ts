import type { CoverageCell } from '@lastmile/shared/coverage'
import { negativeStates, unknownStates, type State } from '@lastmile/shared/state'

/** What is said of a place: a figure, only things that nobody knows for certain, or nothing at all. Silence is never zero. */
export interface Reading { state: 'value' | 'unknown' | 'not-reported'; count: number }

type Said = Pick<CoverageCell, 'stocked' | 'states'>

/** One drug in a place: at how many institutions it is stocked. Where nobody is known to stock it, unknown goes before no. */
export function readCell(cell: Said | null | undefined): Reading {
  const count = cell?.stocked.institutions ?? 0
  if (count > 0) return { state: 'value', count }
  const sum = (states: readonly State[]) => states.reduce((total, state) => total + (cell?.states[state] ?? 0), 0)
  return { state: sum(unknownStates) > 0 ? 'unknown' : sum(negativeStates) > 0 ? 'value' : 'not-reported', count: 0 }
}

/** All drugs in a place: how many of them are stocked there, read in the same order. */
export function readCells(cells: readonly Said[]): Reading {
  const readings = cells.map(readCell)
  const count = readings.filter((one) => one.count > 0).length
  if (count > 0) return { state: 'value', count }
  return readings.find((one) => one.state === 'unknown') ?? readings.find((one) => one.state === 'value') ?? { state: 'not-reported', count: 0 }
}

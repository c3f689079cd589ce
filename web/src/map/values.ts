import type { CoverageCell } from '@lastmile/shared/coverage'
import { negativeStates, unknownStates, type State } from '@lastmile/shared/state'
import type { MapBand, RegionState } from './types'

/** Steps that a reader can name. */
const steps = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10_000, 50_000, 100_000]

/** A scale for counts from 0 to `highest`: a band for zero alone, then at most five of equal width. `write` puts a number into words. */
export function countBands(highest: number, write: (value: number) => string): MapBand[] {
  const step = steps.find((one) => one * 5 >= highest) ?? Math.ceil(highest / 5)
  const bands: MapBand[] = [{ label: write(0), from: 0, to: 0 }]
  for (let from = 1; from <= Math.max(1, highest) && bands.length < 6; from += step) {
    const to = from + step - 1
    bands.push({ label: from === to ? write(from) : `${write(from)}–${write(to)}`, from, to })
  }
  return bands
}

/** The band in which a count lies. */
export function bandOf(bands: readonly MapBand[], count: number): number | null {
  const index = bands.findIndex((band) => count >= band.from && count <= band.to)
  return index < 0 ? null : index
}

/** Whether a cell has a figure to draw: a stocked one or a definite no; else unknown, or never reported. Never zero for silence. */
export function readingOf(cell: Pick<CoverageCell, 'stocked' | 'states'> | undefined): RegionState {
  if (!cell) return 'not-reported'
  if (cell.stocked.institutions > 0) return 'value'
  const sum = (states: readonly State[]) => states.reduce((total, state) => total + (cell.states[state] ?? 0), 0)
  if (sum(unknownStates) > 0) return 'unknown'
  return sum(negativeStates) > 0 ? 'value' : 'not-reported'
}

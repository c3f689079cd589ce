import type { PackedCell } from '@lastmile/shared/coverage'
import { kinds } from '@lastmile/shared/kind'
import { citiesStocked, eligibleNo, eligibleStocked, perKind, width, type Counts } from './counts.js'

/** Where the states other than "in stock" begin in a packed cell, after the three kinds and the cities. */
const statesFrom = 4
const eligibleFrom = statesFrom + perKind - 1
const empty: readonly number[] = Array.from({ length: eligibleFrom }, () => 0)
const emptyEligible: readonly number[] = [...empty, 0, 0, 0]

/**
 * The numbers of a cell, in the order of `cellColumns`, summed over slots (a city that lies in two units has two).
 * `eligible` null: no eligibility is loaded. `oneCity`: the slots are one city, and their counts hold no cities.
 * Written as plain loops: a matrix has tens of thousands of cells.
 */
export function packedCell(counts: Counts, eligible: Counts | null, slots: readonly number[], oneCity: boolean): PackedCell {
  const cell = eligible ? emptyEligible.slice() : empty.slice()
  for (const slot of slots) {
    const at = slot * width
    cell[3]! += counts[at + citiesStocked] ?? 0
    for (let kind = 0; kind < kinds.length; kind++) {
      const own = at + kind * perKind
      cell[kind]! += counts[own] ?? 0
      for (let state = 1; state < perKind; state++) cell[statesFrom + state - 1]! += counts[own + state] ?? 0
      if (!eligible) continue
      cell[eligibleFrom]! += eligible[own] ?? 0
      cell[eligibleFrom + 1]! += counts[at + eligibleStocked + kind] ?? 0
      cell[eligibleFrom + 2]! += counts[at + eligibleNo + kind] ?? 0
    }
  }
  if (oneCity) cell[3] = cell[0]! + cell[1]! + cell[2]! > 0 ? 1 : 0
  return cell
}

/** False where nobody ever said anything and nobody is eligible. */
export function saysAnything(cell: PackedCell): boolean {
  for (const number of cell) if (number > 0) return true
  return false
}

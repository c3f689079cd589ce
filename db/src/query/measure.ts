import { kinds } from '@lastmile/shared/kind'
import { citiesEligibleStocked, citiesStocked } from '../coverage/counts.js'
import type { ListFacts } from '../coverage/list-facts.js'
import { kindCodes } from '../schema/codes.js'
import { countersOf } from './gap-reason.js'
import type { StandardRow } from './standards.js'

/** A standard with the counters that it looks at. */
export interface Measure {
  standard: StandardRow
  /** Where the drug stands in a sheet, and in the list. */
  slot: number
  place: number
  eligibilityLoaded: boolean
  /** Counters of the institutions that stock and that the standard counts, and of those of other kinds. */
  wanted: readonly number[]
  others: readonly number[]
  /** The kinds that it asks, by code. */
  kinds: readonly number[]
  cities: number
  /** Null: it speaks of all units. */
  units: ReadonlySet<string> | null
  /** The drug is in stock in no unit at all. */
  nowhere: boolean
}

/** The measures of some standards; `isNowhere` tells by a drug's place in a sheet. */
export function measuresOf(standards: readonly StandardRow[], { drugs, drugSlots }: ListFacts, isNowhere: (slot: number) => boolean): Measure[] {
  const places = new Map([...drugs.keys()].map((id, place) => [id, place]))
  return standards.flatMap((standard) => {
    const { kinds: asked, units, drugId } = standard
    const drug = drugs.get(drugId)
    if (!drug) return []
    const eligibleOnly = standard.eligibleOnly && drug.eligibilityLoaded
    const slot = drugSlots.get(drugId)!
    return [{
      standard, slot, place: places.get(drugId)!, eligibilityLoaded: drug.eligibilityLoaded,
      wanted: countersOf(asked, eligibleOnly), others: countersOf(kinds.filter((kind) => !asked.includes(kind)), eligibleOnly), kinds: asked.map((kind) => kindCodes.code(kind)),
      cities: eligibleOnly ? citiesEligibleStocked : citiesStocked, units: units && new Set(units), nowhere: isNowhere(slot),
    }]
  })
}

import type { Day } from '@lastmile/shared/day'
import { kinds } from '@lastmile/shared/kind'
import type { Scope } from '@lastmile/shared/source'
import { stateCounter, sumAt, wholeSlot, type Counts } from '../coverage/counts.js'
import type { Database } from '../database.js'
import type { ListRow } from './lists.js'
import { countedFor } from './question.js'

/**
 * Tells of scopes how many institutions in them are eligible on a day for the drug for which most are: over all its drugs
 * there are at least so many, since those of several overlap and are never added up. Null where nothing tells: of a drug
 * no eligibility is loaded, or it follows from what is reported; or the scope is of cities.
 */
export async function eligibleInScopes(db: Database, list: ListRow, asOf: Day): Promise<(scope: Scope) => number | null> {
  const { facts, counted } = await countedFor(db, list, { evidence: null, asOf, knownOn: null, since: null }, ['eligible'])
  const counts = await counted.byUnit('eligible')
  const byCode = new Map([...facts.drugs].map(([id, drug]) => [drug.code, { id, ...drug }]))
  const slotOf = new Map(facts.units.map((unit) => [unit.code, unit.slot]))
  return ({ drugs, regions, kinds: of }) => {
    const named = drugs === null ? [...byCode.values()] : drugs.flatMap((code) => byCode.get(code) ?? [])
    const slots = regions === null ? [wholeSlot] : regions.map((code) => slotOf.get(code))
    if (named.length === 0 || !named.every((drug) => drug.eligibilityLoaded && !drug.eligibleWhenReported) || slots.some((slot) => slot === undefined)) return null
    const counters = kinds.flatMap((kind, place) => (of === null || of.includes(kind) ? [stateCounter(place, 0)] : []))
    return Math.max(...named.map((drug) => (slots as number[]).reduce((sum, slot) => sum + sumAt(counts.get(drug.id) ?? none, slot, counters), 0)))
  }
}

const none: Counts = new Int32Array(0)

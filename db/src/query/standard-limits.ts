import { sql } from 'drizzle-orm'
import type { Kind } from '@lastmile/shared/kind'
import { citiesByUnit, cannotBeMetIn, type CannotBeMet } from '@lastmile/shared/standard-limits'
import type { StandardRule } from '@lastmile/shared/standard'
import { canonical } from '../canonical.js'
import { sumAt, wholeSlot } from '../coverage/counts.js'
import { rowsOf, type Database } from '../database.js'
import { unitAreas } from './area.js'
import type { DrugRow } from './drugs.js'
import { askedCounters, eligibleAt } from './gap-reason.js'
import type { ListRow } from './lists.js'
import { countedFor } from './question.js'
import { standardNow } from './standard-versions.js'

/**
 * The units in which rules of a drug ask for more than there can be, by the cities of the region set and by who is eligible on the list's today.
 * What is the standard already is not looked at: who decides of one unit need not mend what was decided of others.
 */
export async function cannotBeMet(db: Database, list: ListRow, drug: DrugRow, rules: readonly StandardRule[]): Promise<CannotBeMet[]> {
  const known = new Set(((await standardNow(db, drug.id))?.rules ?? []).map(canonical))
  if (rules.every((one) => known.has(canonical(one)))) return []
  const units = await unitAreas(db, list.regionSetId)
  const regions = await rowsOf<{ level: string; parent: string | null }>(db, sql`select level, parent from region where region_set_id = ${list.regionSetId} and level = 'city'`)
  const cities = citiesByUnit(units, regions)
  const { facts, counted } = await countedFor(db, list, { evidence: null, asOf: list.today, knownOn: null, since: null }, ['eligible'], drug.id)
  const { eligibilityLoaded, eligibleWhenReported } = facts.drugs.get(drug.id)!
  const counts = eligibilityLoaded && !eligibleWhenReported ? (await counted.byUnit('eligible', drug.id)).get(drug.id) : undefined
  // Before any institution is known, nobody is eligible, and that says nothing.
  const isKnown = counts !== undefined && eligibleAt(counts, wholeSlot) > 0
  const limits = units.map(({ code, slot }) => ({ code, cities: cities.get(code)!, eligible: (kinds: readonly Kind[]) => (isKnown ? sumAt(counts, slot, askedCounters(kinds).eligible) : null) }))
  return cannotBeMetIn(rules, limits).filter(({ rule }) => !known.has(canonical(rules[rule]!)))
}

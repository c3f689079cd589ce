import { sql } from 'drizzle-orm'
import { dayNumber, dayOfNumber, type Day } from '@lastmile/shared/day'
import { stateCode } from '@lastmile/shared/state'
import { heldWord } from '@lastmile/shared/trail'
import { loadHoldingsOn } from '../coverage/holding.js'
import { confirmedLens } from '../coverage/lens.js'
import { institutionsNaming } from '../coverage/named.js'
import { institutionOn } from '../coverage/pairs-on.js'
import { openingsOf } from '../coverage/places.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { lastSupplies } from './last-supplies.js'
import type { ListRow } from './lists.js'
import { factsFor } from './question.js'

/** On which day it was last said by who knows that a drug is there: in cities, and at institutions. */
export interface ThereOn {
  inCity(drug: number, city: number): Day | null
  at(drug: number, institution: number): Day | null
}

/** Institutions looked up together. */
const institutionsAtOnce = 1_000

/**
 * The last day on which an institution of some cities (or one of some) said of some drugs that it has them and that still holds, or
 * on which a supply was seen there. What companies declare is not asked: their word alone meets no demand.
 */
export async function thereOn(db: Database, list: ListRow, drugs: readonly number[], cities: readonly number[], institutions: readonly number[]): Promise<ThereOn> {
  const byCity = new Map<string, number>()
  const byInstitution = new Map<string, number>()
  const note = (of: Map<string, number>, key: string, day: number) => of.set(key, Math.max(day, of.get(key) ?? -Infinity))
  const facts = await factsFor(db, list)
  const today = dayNumber(list.today)
  const named = await institutionsNaming(db, [...drugs])
  const asked = new Set(drugs)
  for (let from = 0; from < named.length; from += institutionsAtOnce) {
    const places = await rowsOf<{ id: number; city: number | null }>(db, sql`
      select v.institution_id as id, v.city_id as city from institution_version v where v.known_to is null and v.institution_id = any(${arrayOf('int', named.slice(from, from + institutionsAtOnce))})
        and (v.city_id = any(${arrayOf('int', cities)}) or v.institution_id = any(${arrayOf('int', institutions)}))`)
    const ids = places.map(({ id }) => id)
    const [openings, holdings, supplies] = await Promise.all([openingsOf(db, list.regionSetId, ids), loadHoldingsOn(db, list.id, ids, today, null), lastSupplies(db, list, ids, asked, today)])
    for (const { id, city } of places) {
      const [holding, opening] = [holdings.get(id), openings.get(id)]
      if (!holding || !opening) continue
      for (const drug of drugs) {
        const [pair] = institutionOn(facts, confirmedLens, holding, opening, today, drug).pairs
        const trail = pair?.state === stateCode('in_stock') ? holding.pairs.find((one) => one.drug === drug)?.confirmed : null
        const said = [trail ? heldWord(trail)?.day : undefined, supplies.get(id)?.get(drug)].filter((day) => day !== undefined)
        if (said.length === 0) continue
        note(byInstitution, `${drug} ${id}`, Math.max(...said))
        if (city !== null) note(byCity, `${drug} ${city}`, Math.max(...said))
      }
    }
  }
  const dayIn = (of: Map<string, number>, key: string) => { const day = of.get(key); return day === undefined ? null : dayOfNumber(day) }
  return { inCity: (drug, city) => dayIn(byCity, `${drug} ${city}`), at: (drug, institution) => dayIn(byInstitution, `${drug} ${institution}`) }
}

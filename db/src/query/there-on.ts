import { sql } from 'drizzle-orm'
import { dayNumber, dayOfNumber, type Day } from '@lastmile/shared/day'
import { stateCode } from '@lastmile/shared/state'
import { heldWord } from '@lastmile/shared/trail'
import { loadHoldingsOn, type Holding } from '../coverage/holding.js'
import { confirmedLens } from '../coverage/lens.js'
import { institutionsNaming } from '../coverage/named.js'
import { institutionOn } from '../coverage/pairs-on.js'
import { openingsOf } from '../coverage/places.js'
import type { ListFacts } from '../coverage/list-facts.js'
import type { Opening } from '@lastmile/shared/chain'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { lastSupplies } from './last-supplies.js'
import type { ListRow } from './lists.js'
import { factsFor } from './question.js'

/** That a drug is wanted since a day: at an institution, or in a city. Narrow ids. */
export interface WantedPair {
  drug: number
  institution: number | null
  city: number | null
  on: Day
}

/** On which day it was last said by who knows that a drug is there: in cities, and at institutions. */
export interface ThereOn {
  inCity(drug: number, city: number): Day | null
  at(drug: number, institution: number): Day | null
}

/** Institutions looked up together. */
const institutionsAtOnce = 1_000

/** An institution of which is asked, with the drugs that are wanted of it or of its city, each with the last day since which it is. */
interface Asked {
  id: number
  city: number | null
  drugs: ReadonlyMap<number, number>
}

/**
 * The last day on which an institution of a city (or one that is named) said of a drug wanted there that it has it and that still holds, or
 * on which a supply was seen there after it was wanted. What companies declare is not asked: their word alone meets no demand. Only
 * institutions concerned are read, and of these only reports that tell of a supply since the first of the days.
 */
export async function thereOn(db: Database, list: ListRow, wanted: readonly WantedPair[]): Promise<ThereOn> {
  const byCity = new Map<string, number>()
  const byInstitution = new Map<string, number>()
  const note = (of: Map<string, number>, key: string, day: number) => of.set(key, Math.max(day, of.get(key) ?? -Infinity))
  const [facts, asked, today] = [await factsFor(db, list), await askedOf(db, wanted), dayNumber(list.today)]
  const first = wanted.reduce((least, { on }) => Math.min(least, dayNumber(on)), Infinity)
  for (let from = 0; from < asked.length; from += institutionsAtOnce) {
    const some = asked.slice(from, from + institutionsAtOnce)
    const ids = some.map(({ id }) => id)
    const [openings, holdings] = await Promise.all([openingsOf(db, list.regionSetId, ids), loadHoldingsOn(db, list.id, ids, today, null)])
    const said = (id: number, drug: number, day: number, city: number | null) => {
      note(byInstitution, `${drug} ${id}`, day)
      if (city !== null) note(byCity, `${drug} ${city}`, day)
    }
    /** Where a word does not say that it is there, and a supply was ever seen: it may have been since. */
    const open: { id: number; city: number | null; drug: number }[] = []
    for (const { id, city, drugs } of some) {
      const [holding, opening] = [holdings.get(id), openings.get(id)]
      if (!holding || !opening) continue
      for (const [drug, since] of drugs) {
        const day = confirmedOn(facts, holding, opening, today, drug)
        if (day !== null) said(id, drug, day, city)
        if ((day === null || day <= since) && holding.pairs.some((pair) => pair.drug === drug && pair.supplied !== null)) open.push({ id, city, drug })
      }
    }
    const supplies = await lastSupplies(db, list, [...new Set(open.map(({ id }) => id))], new Set(open.map(({ drug }) => drug)), { from: first, to: today })
    for (const { id, city, drug } of open) {
      const day = supplies.get(id)?.get(drug)
      if (day !== undefined) said(id, drug, day, city)
    }
  }
  const dayIn = (of: Map<string, number>, key: string) => { const day = of.get(key); return day === undefined ? null : dayOfNumber(day) }
  return { inCity: (drug, city) => dayIn(byCity, `${drug} ${city}`), at: (drug, institution) => dayIn(byInstitution, `${drug} ${institution}`) }
}

/** The institutions that can have what is wanted: those that are named, and those of the cities, of which anything was ever said of the drug. */
async function askedOf(db: Database, wanted: readonly WantedPair[]): Promise<Asked[]> {
  const [inCity, at] = [new Map<number, Map<number, number>>(), new Map<number, Map<number, number>>()]
  for (const { drug, institution, city, on } of wanted) {
    const [of, key] = institution === null ? [inCity, city] : [at, institution]
    if (key === null) continue
    const own = of.get(key) ?? new Map<number, number>()
    of.set(key, own.set(drug, Math.max(dayNumber(on), own.get(drug) ?? -Infinity)))
  }
  const rows = wanted.length === 0 ? [] : await rowsOf<{ id: number; city: number | null }>(db, sql`
    select v.institution_id as id, v.city_id as city from institution_version v where v.known_to is null
      and (v.city_id = any(${arrayOf('int', [...inCity.keys()])}) or v.institution_id = any(${arrayOf('int', [...at.keys()])})) order by v.institution_id`)
  const asked = rows.map(({ id, city }) => {
    const own = new Map(at.get(id))
    for (const [drug, since] of (city === null ? null : inCity.get(city)) ?? []) own.set(drug, Math.max(since, own.get(drug) ?? -Infinity))
    return { id, city, drugs: own }
  })
  // A drug at a time, and only where it is wanted: a drug may be named in most institutions of the country.
  for (const drug of new Set(asked.flatMap(({ drugs }) => [...drugs.keys()]))) {
    const own = asked.filter(({ drugs }) => drugs.has(drug))
    const named = new Set(await institutionsNaming(db, [drug], own.map(({ id }) => id)))
    for (const { id, drugs } of own) if (!named.has(id)) drugs.delete(drug)
  }
  return asked.filter(({ drugs }) => drugs.size > 0)
}

/** The day of the word by which an institution, or its province, says that it has a drug, if that holds. */
function confirmedOn(facts: ListFacts, holding: Holding, opening: Opening, today: number, drug: number): number | null {
  const [pair] = institutionOn(facts, confirmedLens, holding, opening, today, drug).pairs
  const trail = pair?.state === stateCode('in_stock') ? holding.pairs.find((one) => one.drug === drug)?.confirmed : null
  return (trail ? heldWord(trail)?.day : undefined) ?? null
}

import { sql } from 'drizzle-orm'
import { stateOn } from '@lastmile/shared/chain'
import { dayNumber, dayOfNumber } from '@lastmile/shared/day'
import type { UnconfirmedAnswer, UnconfirmedOrder, UnconfirmedRow, UnconfirmedStanding } from '@lastmile/shared/entry'
import type { Kind } from '@lastmile/shared/kind'
import type { Purview } from '@lastmile/shared/purview'
import type { Sort } from '@lastmile/shared/sort'
import { heldWord } from '@lastmile/shared/trail'
import { loadHoldingsOn } from '../coverage/holding.js'
import { placesOf, type Place } from '../coverage/places.js'
import { beginning, standingsSince } from '../coverage/view.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { Pauses } from '../pause.js'
import { kindCodes, standingCodes } from '../schema/codes.js'
import type { Area } from './area.js'
import { firstOf } from './first-of.js'
import { institutionsSaidOf } from './institutions-in.js'
import type { ListRow } from './lists.js'
import { basisOf, factsFor } from './question.js'

/** Which declared pairs are asked for. */
export interface UnconfirmedFilter {
  /** Whose pairs the asker may be told of here. */
  purview: Purview
  area: Area | null
  drug: number | null
  institution: string | null
  kind: Kind | null
  standing: UnconfirmedStanding
  /** Declared at least so many days ago. */
  minDays: number
}

export interface UnconfirmedPage {
  sort: Sort<UnconfirmedOrder> | null
  offset: number
  limit: number
}

/** Institutions looked up together. */
const institutionsAtOnce = 1_000

/**
 * Pairs that are declared in stock today and that nobody at the institution confirms (or that somebody there refutes, or
 * that were seen in a sale alone), by how long ago they were declared. Looks at every shelf of the area or drug asked for.
 */
export async function unconfirmedOf(db: Database, list: ListRow, filter: UnconfirmedFilter, { sort, offset, limit }: UnconfirmedPage): Promise<UnconfirmedAnswer> {
  const facts = await factsFor(db, list)
  const today = dayNumber(list.today)
  const standing = standingCodes.code(filter.standing)
  const limits = { areas: filter.area && [filter.area], kind: filter.kind, code: filter.institution }
  const ids = filter.purview.of === 'nothing' ? [] : await institutionsSaidOf(db, list, limits, { knownOn: null, since: null, maintained: true }, filter.drug, { by: 'name', falling: false })
  const places = [...facts.drugs.keys()]
  const drugPlaces = new Map(places.map((drug, place) => [drug, place]))
  const found = { institution: [] as number[], drug: [] as number[], day: [] as number[] }
  const pauses = new Pauses()
  for (let at = 0; at < ids.length; at += institutionsAtOnce) {
    const some = ids.slice(at, at + institutionsAtOnce)
    const [holdings, where] = [await loadHoldingsOn(db, list.id, some, today, filter.drug), await placesOf(db, list.regionSetId, some, null)]
    for (const [i, institution] of some.entries()) {
      const [holding, place] = [holdings.get(institution), where.get(institution)]
      if (!holding || !place || !mayBe(filter.purview, place)) continue
      for (const pair of holding.pairs) {
        const word = pair.declared && heldWord(pair.declared)
        const drug = facts.drugs.get(pair.drug)
        if (!word || !drug || (filter.purview.of === 'company' && drug.company !== filter.purview.company)) continue
        if (today - word.day < filter.minDays) continue
        if (stateOn(standingsSince(pair, holding.past, beginning, drug.freshnessDays, place), today) !== standing) continue
        found.institution.push(at + i)
        found.drug.push(pair.drug)
        found.day.push(word.day)
      }
    }
    await pauses.take()
  }
  const order = orderOf(found, drugPlaces, sort)
  const chosen = [...firstOf(Int32Array.from(found.day.keys()), order, offset + limit).subarray(offset)]
  const rows = chosen.map((at) => ({ institution: ids[found.institution[at]!]!, drug: found.drug[at]!, day: found.day[at]! }))
  const named = await namesOf(db, rows.map((row) => row.institution))
  return {
    basis: basisOf(list, { evidence: null, asOf: list.today, knownOn: null, since: null }),
    rows: rows.map(({ institution, drug, day }): UnconfirmedRow => {
      const { code, name, kind, unit, city } = named.get(institution)!
      const { code: drugCode, company } = facts.drugs.get(drug)!
      return { institution: code, institutionName: name, kind: kindCodes.word(kind), unit, city, drug: drugCode, company, standing: filter.standing, declaredOn: dayOfNumber(day), days: today - day }
    }),
    page: { offset, limit, total: found.day.length },
  }
}

/** Whether the asker may be told of pairs of an institution here; of a company's, its drugs say. */
function mayBe(purview: Purview, place: Place): boolean {
  switch (purview.of) {
    case 'unit': return place.unitCode === purview.unit
    case 'city': return place.unitCode === purview.unit && place.cityCode === purview.city
    // The institution is asked for by its code.
    case 'all': case 'company': case 'institution': return true
    default: return false
  }
}

/** By age (the oldest first unless asked otherwise), then as institutions are named and drugs are listed. */
function orderOf(found: { institution: readonly number[]; drug: readonly number[]; day: readonly number[] }, drugPlaces: ReadonlyMap<number, number>, sort: Sort<UnconfirmedOrder> | null): (a: number, b: number) => number {
  const byInstitution = (a: number, b: number) => found.institution[a]! - found.institution[b]!
  const byDrug = (a: number, b: number) => drugPlaces.get(found.drug[a]!)! - drugPlaces.get(found.drug[b]!)!
  const byAge = (a: number, b: number) => found.day[b]! - found.day[a]!
  const { by, falling } = sort ?? { by: 'age', falling: true }
  const first = { age: byAge, institution: byInstitution, drug: byDrug }[by]
  const way = falling ? -1 : 1
  return (a, b) => way * first(a, b) || -byAge(a, b) || byInstitution(a, b) || byDrug(a, b)
}

interface Named { id: number; code: string; name: string; kind: number; unit: string | null; city: string | null }

async function namesOf(db: Database, ids: readonly number[]): Promise<Map<number, Named>> {
  const rows = await rowsOf<Named>(db, sql`
    select i.id, i.code, v.name, v.kind, u.code as unit, c.code as city from institution i join institution_version v on v.institution_id = i.id and v.known_to is null
    left join unit u on u.id = v.unit_id left join region c on c.id = v.city_id where i.id = any(${arrayOf('int', [...new Set(ids)])})`)
  return new Map(rows.map((row) => [row.id, row]))
}

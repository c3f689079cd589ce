import { sql } from 'drizzle-orm'
import { rowsOf, type Database } from '../database.js'
import { anyDrug, width } from './counts.js'

/** What the rules need of a drug. */
export interface DrugFacts {
  code: string
  /** That answers for it, by code. */
  company: string
  freshnessDays: number
  eligibleWhenReported: boolean
  /** False where the edition says nothing of who is eligible: then there is no share. */
  eligibilityLoaded: boolean
}

/** A unit of a list's region set; `population` is that of its province, null where none is loaded. */
export interface UnitFacts {
  id: number
  code: string
  slot: number
  population: number | null
}

/** What the rules need of a list: its drugs, its units, the day it came into force. */
export interface ListFacts {
  listId: number
  regionSetId: number
  /** Days since 1970-01-01. */
  inForce: number
  /** Last day up to which changes of counts are in their timelines. */
  countedTo: number
  drugs: ReadonlyMap<number, DrugFacts>
  drugCodes: ReadonlyMap<number, string>
  /** Where a drug stands among all in the rows of units: in the order of ids, behind any drug (0). Drugs are added, and never taken out. */
  drugSlots: ReadonlyMap<number, number>
  units: readonly UnitFacts[]
  /** Slots of units by their ids. */
  unitSlots: ReadonlyMap<number, number>
  unitCodes: ReadonlySet<string>
}

/** The facts of a list, in one statement: every question begins with them. */
export async function listFacts(db: Database, listId: number): Promise<ListFacts> {
  const [row] = await rowsOf<{ regionSetId: number; inForce: number; countedTo: number; drugs: [id: number, code: string, company: string, freshnessDays: number, eligibleWhenReported: boolean, eligibilityLoaded: boolean][]; units: UnitFacts[] }>(db, sql`
    select l.region_set_id as "regionSetId", l.in_force - date '1970-01-01' as "inForce", l.counted_to as "countedTo",
      (select coalesce(json_agg(json_build_array(d.id, d.code, c.code, d.freshness_days, d.eligible_when_reported, d.eligibility_loaded) order by d.no), '[]') from drug d join company c on c.id = d.company_id where d.list_id = l.id) as drugs,
      (select coalesce(json_agg(json_build_object('id', u.id, 'code', u.code, 'slot', u.slot, 'population', r.population) order by u.slot), '[]') from unit u
        left join region r on r.region_set_id = u.region_set_id and r.code = u.code and r.level = 'province' where u.region_set_id = l.region_set_id) as units
    from list l where l.id = ${listId}`)
  if (!row) throw new Error(`no list ${listId}`)
  const { regionSetId, inForce, countedTo, drugs, units } = row
  return {
    listId, regionSetId, inForce, countedTo,
    drugs: new Map(drugs.map(([id, code, company, freshnessDays, eligibleWhenReported, eligibilityLoaded]) => [id, { code, company, freshnessDays, eligibleWhenReported, eligibilityLoaded }])),
    drugCodes: new Map(drugs.map(([id, code]) => [id, code])),
    drugSlots: new Map([anyDrug, ...drugs.map(([id]) => id).sort((a, b) => a - b)].map((id, slot) => [id, slot])),
    units,
    unitSlots: new Map(units.map(({ id, slot }) => [id, slot])),
    unitCodes: new Set(units.map((one) => one.code)),
  }
}

/** The facts of a list for who counts some of its drugs and no others. */
export function withDrugs(list: ListFacts, drugs: readonly number[]): ListFacts {
  return { ...list, drugs: new Map([...list.drugs].filter(([id]) => drugs.includes(id))) }
}

/** Cells of counts over all units: the whole, and every unit. */
export function unitCells(list: ListFacts): number {
  return (1 + list.units.reduce((most, unit) => Math.max(most, unit.slot), 0)) * width
}

import { eq } from 'drizzle-orm'
import { dayNumber } from '@lastmile/shared/day'
import type { Database } from '../database.js'
import { drug } from '../schema/drug.js'
import { list } from '../schema/list.js'
import { unit } from '../schema/region.js'
import { anyDrug, width } from './counts.js'

/** What the rules need of a list: its drugs, its units, the day it came into force. */
export interface ListFacts {
  listId: number
  regionSetId: number
  /** Days since 1970-01-01. */
  inForce: number
  /** Last day up to which changes of counts are in their timelines. */
  countedTo: number
  drugs: ReadonlyMap<number, { code: string; freshnessDays: number; eligibleWhenReported: boolean }>
  drugCodes: ReadonlyMap<number, string>
  /** Where a drug stands among all in the rows of units: in the order of ids, behind any drug (0). Drugs are added, and never taken out. */
  drugSlots: ReadonlyMap<number, number>
  units: readonly { id: number; code: string; slot: number }[]
  /** Slots of units by their ids. */
  unitSlots: ReadonlyMap<number, number>
  unitCodes: ReadonlySet<string>
}

export async function listFacts(db: Database, listId: number): Promise<ListFacts> {
  const [[row], drugs, units] = await Promise.all([
    db.select({ regionSetId: list.regionSetId, inForce: list.inForce, countedTo: list.countedTo }).from(list).where(eq(list.id, listId)),
    db.select({ id: drug.id, code: drug.code, freshnessDays: drug.freshnessDays, eligibleWhenReported: drug.eligibleWhenReported }).from(drug).where(eq(drug.listId, listId)).orderBy(drug.no),
    db.select({ id: unit.id, code: unit.code, slot: unit.slot }).from(unit).innerJoin(list, eq(list.regionSetId, unit.regionSetId)).where(eq(list.id, listId)).orderBy(unit.slot),
  ])
  if (!row) throw new Error(`no list ${listId}`)
  return {
    listId,
    regionSetId: row.regionSetId,
    inForce: dayNumber(row.inForce),
    countedTo: row.countedTo,
    drugs: new Map(drugs.map(({ id, ...rest }) => [id, rest])),
    drugCodes: new Map(drugs.map(({ id, code }) => [id, code])),
    drugSlots: new Map([anyDrug, ...drugs.map((one) => one.id).sort((a, b) => a - b)].map((id, slot) => [id, slot])),
    units,
    unitSlots: new Map(units.map(({ id, slot }) => [id, slot])),
    unitCodes: new Set(units.map((one) => one.code)),
  }
}

/** Cells of counts over all units: the whole, and every unit. */
export function unitCells(list: ListFacts): number {
  return (1 + list.units.reduce((most, unit) => Math.max(most, unit.slot), 0)) * width
}

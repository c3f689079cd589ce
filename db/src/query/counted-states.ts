import type { Evidence } from '@lastmile/shared/evidence'
import { wholeSlot, type Counts } from '../coverage/counts.js'
import type { Database } from '../database.js'
import type { Area } from './area.js'
import { slotsOfArea } from './coverage.js'
import type { ListRow } from './lists.js'
import { countedFor, type When } from './question.js'

/** Counters of some drugs (0: any) in an area on a day, and the slots of them that are the area's: how many rows there are without looking at any. */
export async function countedStates(db: Database, list: ListRow, when: When & { evidence: Evidence }, area: Area | null, drugs: readonly number[]): Promise<{ drug: number; counts: Counts; slots: number[] }[]> {
  const { counted } = await countedFor(db, list, when, [when.evidence], drugs.length === 1 ? drugs[0]! : null)
  const slots = area === null ? [wholeSlot] : await slotsOfArea(counted, area)
  const counts = area === null ? await counted.whole(when.evidence) : area.level === 'unit' ? await counted.byUnit(when.evidence) : await counted.byCity(when.evidence, area.areaId)
  return drugs.flatMap((drug) => (counts.has(drug) ? [{ drug, counts: counts.get(drug)!, slots }] : []))
}

/** Counters of some drugs in every unit, by the units' slots. */
export async function countedStatesOfUnits(db: Database, list: ListRow, when: When & { evidence: Evidence }, drugs: readonly number[]): Promise<Counts[]> {
  const { counted } = await countedFor(db, list, when, [when.evidence], drugs.length === 1 ? drugs[0]! : null)
  const counts = await counted.byUnit(when.evidence)
  return drugs.flatMap((drug) => counts.get(drug) ?? [])
}

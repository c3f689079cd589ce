import { sql } from 'drizzle-orm'
import type { CoverageAnswer, CoverageCell, StandingsAnswer } from '@lastmile/shared/coverage'
import { anythingSaid, eligibleAt, figuresAt, shareOf, standingsAt, unitsStocked } from '../coverage/cell.js'
import type { Counted } from '../coverage/counted.js'
import { wholeSlot, type Counts } from '../coverage/counts.js'
import type { ListFacts } from '../coverage/list-facts.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import type { Lens } from '../schema/codes.js'
import { areasOfUnit, type Area } from './area.js'
import type { ListRow } from './lists.js'
import { basisOf, countedFor, type When } from './question.js'

/** What to cut coverage by, and to what it is limited. */
export interface Cut {
  by: 'province' | 'city'
  area: Area | null
  drug: number | null
}

const none: Counts = new Int32Array(0)

/** A region of a cut with the slots in which its counts stand. */
interface Cells {
  region: string
  slots: number[]
  counts: ReadonlyMap<number, Counts>
  eligible: ReadonlyMap<number, Counts>
}

/**
 * Coverage by province (all drugs, or one) or by city (within one drug or one province): a cell per drug and region
 * where anything was said or anybody is eligible, and a total per drug over the whole area.
 */
export async function coverageOf(db: Database, list: ListRow, when: When & { evidence: Lens & ('declared' | 'confirmed' | 'supplied') }, cut: Cut): Promise<CoverageAnswer> {
  const { facts, counted } = await countedFor(db, list, when, [when.evidence, 'eligible'], cut.drug)
  const loaded = await eligibilityLoaded(db, list.id)
  const drugs = [...facts.drugs].filter(([id]) => cut.drug === null || id === cut.drug)
  const cells: CoverageCell[] = []
  for (const { region, slots, counts, eligible } of await cellsOf(db, facts, counted, when.evidence, cut)) {
    for (const [id, { code }] of drugs) {
      const figures = figuresAt(counts.get(id) ?? none, slots)
      const share = loaded.has(id) ? eligibleAt(counts.get(id) ?? none, eligible.get(id) ?? none, slots) : null
      if (!anythingSaid(figures.states) && !share?.institutions) continue
      if (cut.by === 'city') figures.stocked.cities = figures.stocked.institutions > 0 ? 1 : 0
      cells.push({ drug: code, region, ...figures, eligible: share, share: shareOf(share) })
    }
  }
  return { basis: basisOf(list, when), by: cut.by, region: cut.area?.code ?? null, cells, totals: await totalsOf(facts, counted, when.evidence, cut, loaded) }
}

/** The same across kinds of evidence: pairs by standing. */
export async function standingsOf(db: Database, list: ListRow, when: When, cut: Cut): Promise<StandingsAnswer> {
  const { facts, counted } = await countedFor(db, list, when, ['standing', 'eligible'], cut.drug)
  const cells: StandingsAnswer['cells'] = []
  for (const { region, slots, counts } of await cellsOf(db, facts, counted, 'standing', cut)) {
    for (const [id, { code }] of facts.drugs) {
      if (cut.drug !== null && id !== cut.drug) continue
      const standings = standingsAt(counts.get(id) ?? none, slots)
      if (Object.values(standings).some((count) => count > 0)) cells.push({ drug: code, region, standings })
    }
  }
  return { basis: basisOf(list, { ...when, evidence: null }), by: cut.by, region: cut.area?.code ?? null, cells }
}

async function totalsOf(facts: ListFacts, counted: Counted, lens: Lens, cut: Cut, loaded: ReadonlySet<number>): Promise<CoverageAnswer['totals']> {
  const whole = cut.area === null || cut.area.level === 'unit'
  const [counts, eligible] = whole
    ? [await counted.byUnit(lens), await counted.byUnit('eligible')]
    : [await counted.byCity(lens, (cut.area as Extract<Area, { level: 'city' }>).areaId), await counted.byCity('eligible', (cut.area as Extract<Area, { level: 'city' }>).areaId)]
  const slots = cut.area === null ? [wholeSlot] : await slotsOfArea(counted, cut.area)
  const unitSlots = cut.area === null ? facts.units.map((unit) => unit.slot) : slots
  return [...facts.drugs].filter(([id]) => cut.drug === null || id === cut.drug).map(([id, { code }]) => {
    const own = counts.get(id) ?? none
    const share = loaded.has(id) ? eligibleAt(own, eligible.get(id) ?? none, slots) : null
    const figures = figuresAt(own, slots)
    if (!whole) figures.stocked.cities = figures.stocked.institutions > 0 ? 1 : 0
    return { drug: code, region: cut.area?.code ?? 'all', ...figures, eligible: share, share: shareOf(share), units: unitsStocked(own, unitSlots) }
  })
}

/** The slots in which the counts of a unit (in unit rows) or a city (in its area's city rows) stand. */
export async function slotsOfArea(counted: Counted, area: Area): Promise<number[]> {
  if (area.level === 'unit') return [area.slot]
  return (await counted.citySlots(area.areaId)).filter((one) => one.city === area.cityId).map((one) => one.slot)
}

async function cellsOf(db: Database, facts: ListFacts, counted: Counted, lens: Lens, cut: Cut): Promise<Cells[]> {
  if (cut.by === 'province') {
    const counts = await counted.byUnit(lens)
    const eligible = await counted.byUnit('eligible')
    return facts.units.filter((unit) => cut.area === null || unit.code === cut.area.code).map((unit) => ({ region: unit.code, slots: [unit.slot], counts, eligible }))
  }
  const unitId = cut.area?.level === 'unit' ? cut.area.unitId : null
  const cityId = cut.area?.level === 'city' ? cut.area.cityId : null
  const areas = cut.area === null ? await allAreas(db, facts.regionSetId) : cut.area.level === 'city' ? [cut.area.areaId] : await areasOfUnit(db, cut.area.unitId)
  const result: Cells[] = []
  for (const area of areas) {
    const counts = await counted.byCity(lens, area)
    const eligible = await counted.byCity('eligible', area)
    const slots = (await counted.citySlots(area)).filter((one) => (unitId === null || one.unit === unitId) && (cityId === null || one.city === cityId))
    const codes = await cityCodes(db, slots.map((one) => one.city))
    for (const city of new Set(slots.map((one) => one.city))) {
      result.push({ region: codes.get(city)!, slots: slots.filter((one) => one.city === city).map((one) => one.slot), counts, eligible })
    }
  }
  return result
}

async function allAreas(db: Database, regionSetId: number): Promise<number[]> {
  return (await rowsOf<{ id: number }>(db, sql`select distinct s.area_id as id from city_slot s join region r on r.id = s.area_id where r.region_set_id = ${regionSetId} order by 1`)).map((row) => row.id)
}

async function cityCodes(db: Database, cities: readonly number[]): Promise<Map<number, string>> {
  const rows = await rowsOf<{ id: number; code: string }>(db, sql`select id, code from region where id = any(${arrayOf('int', cities)})`)
  return new Map(rows.map((row) => [row.id, row.code]))
}

/** Drugs for which the edition says who is eligible. */
export async function eligibilityLoaded(db: Database, listId: number): Promise<Set<number>> {
  return new Set((await rowsOf<{ id: number }>(db, sql`select id from drug where list_id = ${listId} and eligibility_loaded`)).map((row) => row.id))
}

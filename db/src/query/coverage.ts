import { sql } from 'drizzle-orm'
import { cellColumns, type CoverageAnswer, type StandingsAnswer } from '@lastmile/shared/coverage'
import type { Evidence } from '@lastmile/shared/evidence'
import { standingsAt, stockedSlots } from '../coverage/cell.js'
import { areasWithCities } from '../coverage/city-slots.js'
import { emptySheet, type Counted } from '../coverage/counted.js'
import { countAt, unitsStocked, wholeSlot, type Counts } from '../coverage/counts.js'
import type { ListFacts } from '../coverage/list-facts.js'
import { packedCell, saysAnything } from '../coverage/packed-cell.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import type { Lens } from '../schema/codes.js'
import { areasOfUnits, type Area, type UnitArea } from './area.js'
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
export async function coverageOf(db: Database, list: ListRow, when: When & { evidence: Evidence }, cut: Cut): Promise<CoverageAnswer> {
  return coverageFrom(db, list, when, cut, await countedFor(db, list, when, [when.evidence, 'eligible'], cut.drug))
}

/** The same of counts that are at hand. */
export async function coverageFrom(db: Database, list: ListRow, when: When & { evidence: Evidence }, cut: Cut, { facts, counted }: { facts: ListFacts; counted: Counted }): Promise<CoverageAnswer> {
  const { regions, drugs } = cut.by === 'province' && cut.area?.level !== 'city' ? await byUnit(facts, counted, when.evidence, cut.area, cut.drug) : await byCells(db, facts, counted, when.evidence, cut)
  return { basis: basisOf(list, when), by: cut.by, region: cut.area?.code ?? null, columns: [...cellColumns], regions, drugs }
}

type CellsAnswered = Pick<CoverageAnswer, 'regions' | 'drugs'>

/** Coverage by unit, a unit's sheets at a time: all of them together would not stay near the processor. */
async function byUnit(facts: ListFacts, counted: Counted, evidence: Evidence, area: UnitArea | null, drug: number | null): Promise<CellsAnswered> {
  const units = facts.units.filter((unit) => area === null || unit.code === area.code)
  const whole = area ? area.slot : wholeSlot
  const asked = [...facts.drugs].filter(([id]) => drug === null || id === drug).map(([id, { code, eligibilityLoaded }]) => ({ slots: [facts.drugSlots.get(id)!], code, eligibilityLoaded }))
  const slots = [whole, ...units.map((unit) => unit.slot)]
  const [ownOf, eligibleOf] = await counted.sheets([[evidence, slots], ['eligible', asked.some((one) => one.eligibilityLoaded) ? slots : []]])
  const [own, eligible] = [emptySheet(facts), emptySheet(facts)]
  const open = (unit: number) => {
    ownOf!(unit, own.fill(0))
    eligibleOf!(unit, eligible.fill(0))
  }
  const cellOf = ({ slots: of, eligibilityLoaded }: (typeof asked)[number]) => packedCell(own, eligibilityLoaded ? eligible : null, of, false)
  open(whole)
  const drugs = asked.map((one): CoverageAnswer['drugs'][number] => ({ drug: one.code, units: area === null ? countAt(own, one.slots[0]!, unitsStocked) : stockedSlots(own, one.slots), total: cellOf(one), cells: [] }))
  for (const unit of units) {
    open(unit.slot)
    for (let at = 0; at < asked.length; at++) {
      const cell = cellOf(asked[at]!)
      drugs[at]!.cells.push(saysAnything(cell) ? cell : null)
    }
  }
  return { regions: units.map((unit) => unit.code), drugs }
}

/** Coverage by city. */
async function byCells(db: Database, facts: ListFacts, counted: Counted, evidence: Evidence, cut: Cut): Promise<CellsAnswered> {
  const [regions, whole] = await Promise.all([cellsOf(db, facts, counted, evidence, cut), wholeOf(counted, evidence, cut)])
  const drugs = [...facts.drugs].filter(([id]) => cut.drug === null || id === cut.drug).map(([id, { code, eligibilityLoaded }]) => {
    const packed = ({ counts, eligible, slots }: Omit<Cells, 'region'>, oneCity: boolean) => packedCell(counts.get(id) ?? none, eligibilityLoaded ? eligible.get(id) ?? none : null, slots, oneCity)
    return {
      drug: code, units: cut.area === null ? countAt(whole.counts.get(id) ?? none, wholeSlot, unitsStocked) : stockedSlots(whole.counts.get(id) ?? none, whole.slots), total: packed(whole, whole.oneCity),
      cells: regions.map((region) => {
        const cell = packed(region, cut.by === 'city')
        return saysAnything(cell) ? cell : null
      }),
    }
  })
  return { regions: regions.map((one) => one.region), drugs }
}

/** The same across kinds of evidence: pairs by standing, per drug and region and per drug over the whole area. */
export async function standingsOf(db: Database, list: ListRow, when: When, cut: Cut): Promise<StandingsAnswer> {
  const { facts, counted } = await countedFor(db, list, when, ['standing', 'eligible'], cut.drug)
  const codes = [...facts.drugs].filter(([id]) => cut.drug === null || id === cut.drug).map(([id, { code }]) => [id, code] as const)
  const whole = await wholeOf(counted, 'standing', cut)
  const totals = codes.map(([id, drug]) => ({ drug, standings: standingsAt(whole.counts.get(id) ?? none, whole.slots) }))
  const cells: StandingsAnswer['cells'] = []
  for (const { region, slots, counts } of await cellsOf(db, facts, counted, 'standing', cut)) {
    for (const [id, drug] of codes) {
      const standings = standingsAt(counts.get(id) ?? none, slots)
      if (Object.values(standings).some((count) => count > 0)) cells.push({ drug, region, standings })
    }
  }
  return { basis: basisOf(list, { ...when, evidence: null }), by: cut.by, region: cut.area?.code ?? null, cells, totals }
}

/** Where the counts of the whole area asked for stand: those of a city in one slot for each unit it lies in. */
async function wholeOf(counted: Counted, lens: Lens, { area }: Cut): Promise<Omit<Cells, 'region'> & { oneCity: boolean }> {
  if (area?.level === 'city') {
    const slots = await slotsOfArea(counted, area)
    return { slots, oneCity: true, counts: await counted.byCity(lens, area.areaId), eligible: await counted.byCity('eligible', area.areaId) }
  }
  return { slots: [area ? area.slot : wholeSlot], oneCity: false, counts: await counted.byUnit(lens), eligible: await counted.byUnit('eligible') }
}

/** The slots in which the counts of a unit (in unit rows) or a city (in its area's city rows) stand. */
export async function slotsOfArea(counted: Counted, area: Area): Promise<number[]> {
  if (area.level === 'unit') return [area.slot]
  return (await counted.citySlots(area.areaId)).filter((one) => one.city === area.cityId).map((one) => one.slot)
}

async function cellsOf(db: Database, facts: ListFacts, counted: Counted, lens: Lens, cut: Cut): Promise<Cells[]> {
  if (cut.by === 'province') {
    const [counts, eligible] = await Promise.all([counted.byUnit(lens), counted.byUnit('eligible')])
    return facts.units.filter((unit) => cut.area === null || unit.code === cut.area.code).map((unit) => ({ region: unit.code, slots: [unit.slot], counts, eligible }))
  }
  const unitId = cut.area?.level === 'unit' ? cut.area.unitId : null
  const cityId = cut.area?.level === 'city' ? cut.area.cityId : null
  const maintained = cut.area === null ? await areasWithCities(db, facts.regionSetId) : cut.area.level === 'city' ? [cut.area.areaId] : await areasOfUnits(db, [cut.area.unitId])
  const areas = cut.area?.level === 'city' ? maintained : [...new Set([...maintained, ...counted.areas])].sort((a, b) => a - b)
  const [counts, eligible, slotsOf] = await Promise.all([counted.byCities(lens, areas), counted.byCities('eligible', areas), counted.slotsOf(areas)])
  const codes = await cityCodes(db, [...slotsOf.values()].flat().map((one) => one.city))
  const cells = areas.flatMap((area) => {
    const slots = slotsOf.get(area)!.filter((one) => (unitId === null || one.unit === unitId) && (cityId === null || one.city === cityId))
    return [...new Set(slots.map((one) => one.city))].map((city) => ({
      region: codes.get(city)!, slots: slots.filter((one) => one.city === city).map((one) => one.slot), counts: counts.get(area)!, eligible: eligible.get(area)!,
    }))
  })
  // By code; a city's slot is given out in the order in which institutions were met, which is another one each time all are counted.
  return cells.sort((a, b) => (a.region < b.region ? -1 : 1))
}

async function cityCodes(db: Database, cities: readonly number[]): Promise<Map<number, string>> {
  const rows = await rowsOf<{ id: number; code: string }>(db, sql`select id, code from region where id = any(${arrayOf('int', cities)})`)
  return new Map(rows.map((row) => [row.id, row.code]))
}

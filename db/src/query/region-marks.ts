import { sql } from 'drizzle-orm'
import { halvesOf, type Box } from '@lastmile/shared/box'
import { mostMarks, type ClusterMark } from '@lastmile/shared/cluster'
import type { Evidence } from '@lastmile/shared/evidence'
import type { State } from '@lastmile/shared/state'
import type { Text } from '@lastmile/shared/text'
import { figuresAt } from '../coverage/cell.js'
import { anyDrug, type Counts } from '../coverage/counts.js'
import { rowsOf, type Database } from '../database.js'
import { gridded, type Spot } from './grid.js'
import type { ListRow } from './lists.js'
import { countedFor, type When } from './question.js'

/** A region with its middle, and where its counts stand. `area` null: in the rows of units. */
interface Region {
  code: string
  name: Text
  lat: number
  lng: number
  area: number | null
  slots: number[]
}

const none: Counts = new Int32Array(0)

/** The regions whose middle lies in a view as marks, counted from what is maintained; those too near to each other at its zoom are one. Null where no region's middle does. */
export async function regionMarks(
  db: Database, list: ListRow, when: When & { evidence: Evidence }, view: { box: Box; zoom: number; drug: number | null; states: readonly State[] | null }, by: 'unit' | 'city', pixels: number,
): Promise<ClusterMark[] | null> {
  const regions = (by === 'unit' ? await unitsOf(db, list) : await citiesOf(db, list)).filter((one) => holds(view.box, one))
  if (regions.length === 0) return null
  const { counted } = await countedFor(db, list, when, [when.evidence])
  const drug = view.drug ?? anyDrug
  const areas = [...new Set(regions.flatMap((one) => one.area ?? []))]
  const [units, cities] = await Promise.all([by === 'unit' ? counted.byUnit(when.evidence, drug) : null, counted.byCities(when.evidence, areas, [drug])])
  const countsOf = ({ area }: Region) => (area === null ? units?.get(drug) : cities.get(area)!.get(drug)) ?? none
  const spots = regions.flatMap((region): Spot<{ code: string; name: Text }>[] => {
    const { code, name, lat, lng, slots } = region
    const said = Object.entries(figuresAt(countsOf(region), slots).states) as [State, number][]
    const shown = said.filter(([state, n]) => n > 0 && (view.states === null || view.states.includes(state)))
    return shown.length === 0 ? [] : [{ lat, lng, count: shown.reduce((sum, [, n]) => sum + n, 0), states: Object.fromEntries(shown), item: { code, name } }]
  })
  return gridded(spots, view.zoom, pixels, mostMarks).map(({ lat, lng, count, states, items }) => ({ lat, lng, count, states, institution: null, regions: items, bbox: null }))
}

function holds(box: Box, { lat, lng }: Region): boolean {
  return lat >= box.south && lat <= box.north && halvesOf(box).some((half) => lng >= half.west && lng <= half.east)
}

/** Units with their middles: their province's, or, without one (the Corps), that of the cities in which they have institutions, put together by code. */
async function unitsOf(db: Database, list: ListRow): Promise<Region[]> {
  const rows = await rowsOf<Omit<Region, 'area' | 'slots'> & { slot: number; lat: number | null }>(db, sql`
    select u.code, u.name, u.slot, coalesce(r.latitude, c.lat) as lat, coalesce(r.longitude, c.lng) as lng from unit u
    left join region r on r.region_set_id = u.region_set_id and r.code = u.code and r.level = 'province'
    left join (select s.unit_id, avg(c.latitude order by c.code collate "C") as lat, avg(c.longitude order by c.code collate "C") as lng
      from city_slot s join region c on c.id = s.city_id group by s.unit_id) c on c.unit_id = u.id
    where u.region_set_id = ${list.regionSetId} order by u.slot`)
  return rows.flatMap(({ slot, ...row }) => (row.lat === null ? [] : [{ ...row, area: null, slots: [slot] }]))
}

/** Cities in which there are institutions, with their middles. A city may belong to two units and then has two slots. */
async function citiesOf(db: Database, list: ListRow): Promise<Region[]> {
  return rowsOf<Region>(db, sql`
    select c.code, c.name, c.latitude as lat, c.longitude as lng, s.area_id as area, array_agg(s.slot::int order by s.slot) as slots
    from city_slot s join region c on c.id = s.city_id
    where c.region_set_id = ${list.regionSetId} and c.latitude is not null group by c.id, s.area_id order by c.code collate "C"`)
}

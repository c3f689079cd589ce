import { sql } from 'drizzle-orm'
import { boxText, type Box } from '@lastmile/shared/box'
import { mostMarks, type ClusterMark, type ClustersAnswer } from '@lastmile/shared/cluster'
import type { Evidence } from '@lastmile/shared/evidence'
import type { State } from '@lastmile/shared/state'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { kindCodes } from '../schema/codes.js'
import { versionKnown } from '../version-known.js'
import { gridded, type Group } from './grid.js'
import { inBox } from './in-box.js'
import type { ListRow } from './lists.js'
import { basisOf, type When } from './question.js'
import { regionMarks } from './region-marks.js'
import { statesAt } from './states-at.js'

/** A view of the map: a part of it, at a zoom (the world is 256 × 2^zoom pixels across), and what is to be seen there. */
export interface ClusterView {
  box: Box
  zoom: number
  drug: number | null
  /** Null: all states. */
  states: readonly State[] | null
}

/** Most institutions of a view that are looked at one by one; where it holds more, its cities or units are the marks. */
const lookedAtMost = 4_000
/** From this zoom on cities are marks, below it units: cities would lie upon each other. */
const citiesFrom = 5.5
/** Pixels from mark to mark, about. */
const cellPixels = 70

/** The institutions of a view as marks, some hundreds at most. Costs the same however many institutions there are. */
export async function clustersOf(db: Database, list: ListRow, when: When & { evidence: Evidence }, view: ClusterView): Promise<ClustersAnswer> {
  const few = await holdsFew(db, list, when, view.box)
  const wanted = few ? null : view.zoom < citiesFrom ? 'unit' : 'city'
  const regions = wanted && await regionMarks(db, list, when, view, wanted, cellPixels)
  // A part of one great city, whose middle lies outside, is looked at one by one although it holds many.
  const by = wanted && regions ? wanted : 'institution'
  const marks = regions ?? await institutionMarks(db, list, when, view)
  return { basis: basisOf(list, when), by, bbox: boxText(view.box), zoom: view.zoom, institutions: marks.reduce((sum, mark) => sum + mark.count, 0), marks }
}

/** Versions with a position in a box, of a list's region set. */
function versionsIn(list: ListRow, when: When, box: Box) {
  // Where an institution has no unit its set is looked up; elsewhere the unit says it without another table. By "case",
  // so that the index on positions is not joined with that on units, which holds them all.
  return sql`from institution_version v where ${versionKnown(when.knownOn)} and ${inBox(box)} and case when v.unit_id is null
    then exists (select 1 from institution i where i.id = v.institution_id and i.region_set_id = ${list.regionSetId})
    else v.unit_id = any(array(select id from unit where region_set_id = ${list.regionSetId})) end`
}

async function holdsFew(db: Database, list: ListRow, when: When, box: Box): Promise<boolean> {
  return db.transaction(async (tx) => {
    // Planned as if a box held few, a bitmap of all in it would be made before the first is counted; an index is walked until there are enough.
    await tx.execute(sql`set local enable_bitmapscan = off`)
    // A transaction may take as long as it likes; this one is a question, and has a question's time.
    await tx.execute(sql`set local statement_timeout to default`)
    const [row] = await rowsOf<{ n: number }>(tx as Database, sql`select count(*)::int as n from (select 1 ${versionsIn(list, when, box)} limit ${lookedAtMost + 1}) one`)
    return row!.n <= lookedAtMost
  })
}

async function institutionMarks(db: Database, list: ListRow, when: When & { evidence: Evidence }, view: ClusterView): Promise<ClusterMark[]> {
  const found = await rowsOf<{ id: number; lat: number; lng: number }>(db, sql`select v.institution_id as id, v.latitude as lat, v.longitude as lng ${versionsIn(list, when, view.box)} order by v.institution_id`)
  const states = await statesAt(db, list, when, found.map((one) => one.id), view.drug)
  // By place: sums of degrees are the same then, in whichever order institutions were met.
  const spots = found.sort((a, b) => a.lat - b.lat || a.lng - b.lng).flatMap(({ id, lat, lng }) => {
    const state = states.get(id)
    return state === undefined || (view.states !== null && !view.states.includes(state)) ? [] : [{ lat, lng, count: 1, states: { [state]: 1 }, item: id }]
  })
  const groups = gridded(spots, view.zoom, cellPixels, mostMarks)
  const single = await namesOf(db, when, groups.flatMap((group) => (group.items.length === 1 ? group.items : [])))
  return groups.map((group) => ({ ...figures(group), institution: (group.items.length === 1 ? single.get(group.items[0]!) : undefined) ?? null, regions: null, bbox: boxText(group.box) }))
}

/** Place and counts of a group, as a mark carries them. */
function figures({ lat, lng, count, states }: Group<unknown>): Pick<ClusterMark, 'lat' | 'lng' | 'count' | 'states'> {
  return { lat, lng, count, states }
}

async function namesOf(db: Database, when: When, ids: readonly number[]): Promise<Map<number, NonNullable<ClusterMark['institution']>>> {
  const rows = await rowsOf<{ id: number; code: string; name: string; kind: number }>(db, sql`
    select i.id, i.code, v.name, v.kind from institution i join institution_version v on v.institution_id = i.id and ${versionKnown(when.knownOn)}
    where i.id = any(${arrayOf('int', ids)})`)
  return new Map(rows.map(({ id, code, name, kind }) => [id, { code, name, kind: kindCodes.word(kind) }]))
}

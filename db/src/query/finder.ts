import { sql } from 'drizzle-orm'
import { dayNumber, dayOfNumber, type Day } from '@lastmile/shared/day'
import { evidences, type Evidence } from '@lastmile/shared/evidence'
import type { FinderResult, FinderRow } from '@lastmile/shared/finder'
import type { FinderFile } from '@lastmile/shared/finder-words'
import { boxesAround, distanceKm, type Position } from '@lastmile/shared/position'
import { standingOf } from '@lastmile/shared/standing'
import { certaintyOf, noState, stateCode, type State } from '@lastmile/shared/state'
import type { Text } from '@lastmile/shared/text'
import { emptyHolding, holdingsOn, loadHoldingsOn, type Holding, type ShelfRow } from '../coverage/holding.js'
import type { ListFacts } from '../coverage/list-facts.js'
import { institutionOn } from '../coverage/pairs-on.js'
import { openingColumns, openingsOf } from '../coverage/places.js'
import type { Opening } from '@lastmile/shared/chain'
import { rowsOf, textArray, type Database } from '../database.js'
import { evidenceCodes, stateCodes } from '../schema/codes.js'
import type { DrugRow } from './drugs.js'
import { inBox } from './in-box.js'
import { lastSupplies } from './last-supplies.js'
import { lineKey, linesOf } from './lines-of.js'
import type { ListRow } from './lists.js'
import { nearestOf } from './nearest.js'
import { onceAList } from './once-a-list.js'
import { factsFor } from './question.js'

/** By which words people look for drugs of a list, read once for each row of it; null where its edition has none. */
export const finderWordsOf: (db: Database, list: ListRow) => Promise<FinderFile | null> = onceAList(async (db, list) => {
  const [row] = await rowsOf<{ finder: FinderFile | null }>(db, sql`select finder from list where id = ${list.id}`)
  return row!.finder
})

/** Within how many kilometres an institution is near, where the edition does not say. */
const usualNearKm = 50

/**
 * Places nearest to a position that have a drug by any kind of evidence, with what each kind says, and what lies around of which nobody speaks. Today, as known now.
 * @param countAround counts what lies around, in its turn or from what is kept: it reads the shelf of every institution that is near
 */
export async function finderOf(db: Database, list: ListRow, { drug, position, count }: { drug: DrugRow; position: Position; count: number }, countAround: (all: () => Promise<FinderResult['around']>) => Promise<FinderResult['around']>): Promise<FinderResult> {
  const nearKm = (await finderWordsOf(db, list))?.nearKm ?? usualNearKm
  const found = await Promise.all(evidences.map((evidence) => nearestOf(db, list, evidence, list.today, { drug, position, kind: null, count, within: null })))
  const byCode = new Map(found.flatMap(({ rows }) => rows.map((row) => [row.code, row] as const)))
  const nearest = [...byCode.values()].sort((a, b) => a.km - b.km || (a.code < b.code ? -1 : 1))
  const said = await wordsAt(db, list, drug, nearest.slice(0, count).map(({ code }) => code))
  return {
    list: list.code, drug: drug.data.code, today: list.today, demonstration: list.demonstration, position, nearKm,
    rows: nearest.slice(0, count).map(({ code, name, kind, unit, city, cityName, address, telephone, dualChannel, km }) => ({ code, name, kind, unit, city, cityName, address, telephone, dualChannel, km, ...said.get(code)! })),
    more: nearest.length > count || found.some(({ more }) => more),
    around: await countAround(() => aroundOf(db, list, drug, position, nearKm)), place: await placeAt(db, list, position),
  }
}

type Words = Pick<FinderRow, 'declared' | 'confirmed' | 'supplied' | 'standing'>

/** What each kind of evidence says of a drug at some institutions today, by their codes. */
async function wordsAt(db: Database, list: ListRow, drug: DrugRow, codes: readonly string[]): Promise<Map<string, Words>> {
  const rows = await rowsOf<{ id: number; code: string }>(db, sql`select id, code from institution where region_set_id = ${list.regionSetId} and code = any(${textArray(codes)})`)
  const [ids, today, facts] = [rows.map(({ id }) => id), dayNumber(list.today), await factsFor(db, list)]
  const [openings, holdings, supplies] = await Promise.all([openingsOf(db, list.regionSetId, ids), loadHoldingsOn(db, list.id, ids, today, drug.id), lastSupplies(db, list, ids, new Set([drug.id]), { from: null, to: today })])
  const pairOf = (id: number, evidence: Evidence) => institutionOn(facts, evidenceCodes.code(evidence), holdings.get(id) ?? emptyHolding(id), openings.get(id)!, today, drug.id).pairs[0]
  const pairs = ids.flatMap((institution) => evidences.flatMap((evidence) => { const pair = pairOf(institution, evidence); return pair ? [{ institution, evidence, state: stateCodes.word(pair.state), report: pair.report, line: pair.line }] : [] }))
  const lines = await linesOf(db, pairs)
  return new Map(rows.map(({ id, code }) => {
    const of = (evidence: Evidence): { state: State; day: Day | null } | null => {
      const pair = pairs.find((one) => one.institution === id && one.evidence === evidence)
      if (!pair) return null
      const line = lines.get(lineKey(pair))
      return { state: pair.state, day: line ? dayOfNumber(line.day) : null }
    }
    const [declared, confirmed, first] = [of('declared'), of('confirmed'), of('supplied')?.day ?? null]
    const last = supplies.get(id)?.get(drug.id)
    const supplied = first === null ? null : { first, last: last === undefined || dayOfNumber(last) < first ? first : dayOfNumber(last) }
    const everDeclared = (holdings.get(id)?.pairs[0]?.firstDeclared ?? Infinity) <= today
    return [code, { declared, confirmed, supplied, standing: standingOf({ declared: declared?.state ?? null, confirmed: confirmed?.state ?? null, supplied: supplied !== null, everDeclared }) }]
  }))
}

/** How many institutions around could have a drug, and of how many of them nobody says yes or no. */
async function aroundOf(db: Database, list: ListRow, drug: DrugRow, position: Position, km: number): Promise<FinderResult['around']> {
  const boxes = boxesAround(position, km).map(inBox)
  const rows = await rowsOf<Opening & { institution: number; lat: number; lng: number; pairs: Uint8Array | null; eligible: Uint8Array | null }>(db, sql`
    select v.institution_id as institution, v.latitude as lat, v.longitude as lng, ${openingColumns}, s.pairs, s.eligible from institution_version v
    join institution i on i.id = v.institution_id and i.region_set_id = ${list.regionSetId}
    left join shelf s on s.institution_id = v.institution_id and s.list_id = ${list.id}
    where v.known_to is null and v.latitude is not null and (${sql.join(boxes, sql` or `)})`)
  const [facts, today] = [await factsFor(db, list), dayNumber(list.today)]
  const near = rows.filter((row) => distanceKm(position, row) <= km && (row.opened === null || row.opened <= today) && (row.closed === null || row.closed > today))
  const holdings = await holdingsOn(db, list.id, near.filter((row): row is typeof row & ShelfRow => row.pairs !== null), today, drug.id)
  const isOf = facts.drugs.get(drug.id)?.eligibilityLoaded ? 'eligible' : 'all'
  const all = near.map((row) => spokenOf(facts, holdings.get(row.institution) ?? emptyHolding(row.institution), row, today, drug.id))
  const asked = all.filter(({ eligible }) => isOf === 'all' || eligible)
  return { institutions: asked.length, silent: asked.filter(({ spoken }) => !spoken).length, of: isOf, besides: isOf === 'all' ? 0 : all.filter(({ eligible, has }) => has && !eligible).length }
}

/** Whether an institution is eligible, and whether any kind of evidence says yes or no of the drug there, or yes (`has`). */
function spokenOf(facts: ListFacts, holding: Holding, opening: Opening, day: number, drug: number): { eligible: boolean; spoken: boolean; has: boolean } {
  const under = evidences.map((evidence) => institutionOn(facts, evidenceCodes.code(evidence), holding, opening, day, drug))
  return { eligible: under[0]!.eligible === true, spoken: under.some(({ state }) => state !== noState && certaintyOf(stateCodes.word(state)) !== 'unknown'), has: under.some(({ state }) => state === stateCode('in_stock')) }
}

/** The city whose middle is nearest, with its unit. */
async function placeAt(db: Database, list: ListRow, position: Position): Promise<FinderResult['place']> {
  const rows = await rowsOf<{ unit: string; unitName: Text; city: string; cityName: Text; lat: number; lng: number }>(db, sql`
    select u.code as unit, u.name as "unitName", c.code as city, c.name as "cityName", c.latitude as lat, c.longitude as lng from region c
    join unit u on u.region_set_id = c.region_set_id and u.code = coalesce(c.parent, c.code)
    where c.region_set_id = ${list.regionSetId} and c.level = 'city' and c.latitude is not null and c.longitude is not null`)
  let nearest: FinderResult['place'] = null
  for (const { lat, lng, ...place } of rows) {
    const km = Math.round(distanceKm(position, { lat, lng }) * 10) / 10
    if (nearest === null || km < nearest.km) nearest = { ...place, km }
  }
  return nearest
}

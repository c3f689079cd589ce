import { sql } from 'drizzle-orm'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Kind } from '@lastmile/shared/kind'
import { ordersOfAnyRows, rowsOrderedAtMost, type InstitutionOrder, type Sort, type StatementOrder } from '@lastmile/shared/sort'
import { stateCode, type State } from '@lastmile/shared/state'
import type { StatementRow, StatementsAnswer } from '@lastmile/shared/statement'
import type { ListFacts } from '../coverage/list-facts.js'
import { rowsOf, type Database } from '../database.js'
import { evidenceCodes } from '../schema/codes.js'
import type { Area, NoUnit } from './area.js'
import { countedStates, countedStatesOfUnits } from './counted-states.js'
import { institutionsSaidOf } from './institutions-in.js'
import type { ListRow } from './lists.js'
import { basisOf, factsFor, isMaintained, lookupFor, momentOf, type When } from './question.js'
import { countedRowsOf, drugsOf, seenRowsOf, sumOf, type RowsOf, type Seen } from './statement-counts.js'
import { inOrder, TooManyToOrder } from './statement-order.js'
import { described, type FoundRow, type Sight } from './statement-rows.js'
import { throughParts, type Window } from './through-parts.js'

/** Which rows are asked for. */
export interface StatementFilter {
  drug: number | null
  area: Area | NoUnit | null
  institution: string | null
  kind: Kind | null
  states: State[] | null
  report: string | null
  /** Row in the report's file. */
  line: number | null
}

/** Which rows of all are answered, and in which order; `sort` null is by unit, institution and drug. */
export interface StatementPage extends Window {
  sort: Sort<StatementOrder> | null
}

/** What is asked of which list, with what is known of it. */
interface Asked {
  db: Database
  list: ListRow
  when: When & { evidence: Evidence }
  facts: ListFacts
  filter: StatementFilter
  sees: Sight
  /** The institutions of this unit alone, or (null) of none; undefined: of all. */
  unit?: number | null
  report: number | null
  /** Takes what is found, where all is looked at. */
  seen: Seen
}

/** Where rows lie among those found, and what orders their institutions. */
interface Part extends Window {
  institutions: Sort<InstitutionOrder> | null
}

/** Institutions looked up together. */
const institutionsAtOnce = 1_000

/**
 * The rows behind a number: each pair with the state it counts as on the day, and the statement or event it rests on, by
 * unit, institution and drug or as asked. How many there are is read from the counters where they say it; else all are
 * looked up. What a row says beside is left out where `sees` does not hold it, before rows are put in order by it. Rows lie by institution: in the orders of `ordersOfAnyRows` no more are looked at than the page takes, units
 * and drugs before it are passed by their counts; for the others all rows are made.
 * @throws TooManyToOrder where these are more than `rowsOrderedAtMost`
 */
export async function statementsOf(db: Database, list: ListRow, when: When & { evidence: Evidence }, filter: StatementFilter, page: StatementPage, sees: Sight): Promise<StatementsAnswer> {
  const { offset, limit, sort } = page
  const facts = await factsFor(db, list)
  const asked: Asked = { db, list, when, facts, filter, sees, report: filter.report === null ? null : await reportId(db, list.id, filter.report), seen: { drugs: new Set(), institutions: new Set() } }
  const total = await countedTotal(asked)
  const { rows, found } = await ordered(asked, { offset, limit, sort }, total)
  return { basis: basisOf(list, when), rows, page: { offset, limit, total: total ?? found }, of: await rowsAreOf(asked, rows, total) }
}

/** How many distinct things rows are of: where the counters leave something open and one page holds all of them, by these. */
async function rowsAreOf({ db, list, when, facts, filter, seen }: Asked, rows: readonly StatementRow[], total: number | null): Promise<RowsOf> {
  if (total === null || filter.area?.level === 'none') return seenRowsOf(db, when, seen)
  const of = await countedRowsOf({ db, list, when, facts, filter }, filter.area, total)
  if (rows.length < total) return of
  const distinct = (values: readonly (string | null)[]) => new Set(values.filter((one) => one !== null)).size
  return { ...of, institutions: of.institutions ?? distinct(rows.map(({ institution }) => institution)), cities: of.cities ?? distinct(rows.map(({ city }) => city)) }
}

/** How many rows there are by the counters; null where they do not say it. */
async function countedTotal({ db, list, when, facts, filter }: Asked): Promise<number | null> {
  const { area } = filter
  if (!isMaintained(list, when) || area?.level === 'none' || filter.institution !== null || filter.report !== null || filter.line !== null) return null
  const counted = await countedStates(db, list, when, area, drugsOf(facts, filter))
  return counted.reduce((sum, { counts, slots }) => sum + sumOf(counts, slots, filter), 0)
}

/** A page of rows in an order, and how many there are. */
async function ordered(asked: Asked, { offset, limit, sort }: StatementPage, total: number | null): Promise<{ rows: StatementRow[]; found: number }> {
  const { db, when, facts, filter, sees } = asked
  const words = async ({ rows, found }: { rows: FoundRow[]; found: number }) => ({ rows: await described(db, when, facts, rows, sees), found })
  // Of one drug, that order is the usual one.
  if (sort === null || (sort.by === 'drug' && filter.drug !== null)) return words(await rowsByUnit(asked, { offset, limit }, false, total))
  if (sort.by === 'unit') return words(await rowsByUnit(asked, { offset, limit }, sort.falling, total))
  if (sort.by === 'institution') return words(await findRows(asked, { offset, limit, institutions: { by: 'name', falling: sort.falling } }, total))
  if (total !== null && total > rowsOrderedAtMost) {
    if (!ordersOfAnyRows.includes(sort.by)) throw new TooManyToOrder(total)
    return words({ rows: await rowsByDrug(asked, { offset, limit }, sort.falling), found: total })
  }
  const { rows, found } = await findRows(asked, { offset: 0, limit: rowsOrderedAtMost, institutions: null }, total)
  if (found > rowsOrderedAtMost) throw new TooManyToOrder(found)
  const all = inOrder(await described(db, when, facts, rows, sees), sort, [...facts.drugs.values()].map(({ code }) => code))
  return { rows: all.slice(offset, offset + limit), found }
}

/** A page of rows by unit, institution and drug. Where nothing narrows the question, unit by unit. */
async function rowsByUnit(asked: Asked, { offset, limit }: Window, falling: boolean, total: number | null): Promise<{ rows: FoundRow[]; found: number }> {
  const { db, list, when, facts, filter } = asked
  if (total === null || filter.area !== null) return findRows(asked, { offset, limit, institutions: { by: 'unit', falling } }, total)
  const counted = await countedStatesOfUnits(db, list, when, drugsOf(facts, filter))
  const units = facts.units.map(({ id, slot }) => ({ unit: id as number | null, total: counted.reduce((sum, counts) => sum + sumOf(counts, [slot], filter), 0) }))
  if (falling) units.reverse()
  // What lies in no unit stands last either way.
  units.push({ unit: null, total: total - units.reduce((sum, one) => sum + one.total, 0) })
  return { rows: await throughParts(units, { offset, limit }, async (part, own) => (await findRows({ ...asked, unit: part.unit }, { ...own, institutions: null }, part.total)).rows), found: total }
}

/** A page of rows drug by drug. */
async function rowsByDrug(asked: Asked, window: Window, falling: boolean): Promise<FoundRow[]> {
  const drugs: { filter: StatementFilter; total: number }[] = []
  const { area } = asked.filter
  if (area?.level === 'none') throw new Error('nobody counts what lies in no unit')
  for (const { drug, counts, slots } of await countedStates(asked.db, asked.list, asked.when, area, drugsOf(asked.facts, asked.filter))) {
    drugs.push({ filter: { ...asked.filter, drug }, total: sumOf(counts, slots, asked.filter) })
  }
  if (falling) drugs.reverse()
  return throughParts(drugs, window, async ({ filter, total }, own) => (await rowsByUnit({ ...asked, filter }, own, false, total)).rows)
}

/** Rows in the order of institutions. Where it is known how many there are, nobody looks further than the window. */
async function findRows({ db, list, when, facts, filter, unit, report, seen }: Asked, { offset, limit, institutions: sort }: Part, total: number | null): Promise<{ rows: FoundRow[]; found: number }> {
  const rows: FoundRow[] = []
  let found = 0
  if (total === 0 || report === missing) return { rows, found }
  const limits = { areas: filter.area && [filter.area], unit, kind: filter.kind, code: filter.institution }
  const institutions = await institutionsSaidOf(db, list, limits, momentOf(list, when), filter.drug, sort)
  const lookup = lookupFor(db, list, facts, when)
  const states = filter.states && new Set(filter.states.map(stateCode))
  // Where a few rows are wanted, the first institutions may have them all.
  let atOnce = total === null ? institutionsAtOnce : Math.max(50, Math.min(institutionsAtOnce, limit))
  for (let at = 0; at < institutions.length; at += atOnce, atOnce = institutionsAtOnce) {
    if (total !== null && found >= Math.min(total, offset + limit)) break
    const some = institutions.slice(at, at + atOnce)
    const on = await lookup.on(evidenceCodes.code(when.evidence), some, filter.drug)
    for (const institution of some) {
      for (const pair of on.get(institution)?.pairs ?? []) {
        if ((states && !states.has(pair.state)) || (report !== null && pair.report !== report) || (filter.line !== null && pair.line !== filter.line)) continue
        if (found >= offset && rows.length < limit) rows.push({ institution, ...pair })
        found += 1
        if (total !== null) continue
        seen.drugs.add(pair.drug)
        seen.institutions.add(institution)
      }
    }
  }
  return { rows, found }
}

const missing = -1

async function reportId(db: Database, listId: number, code: string): Promise<number> {
  const [row] = await rowsOf<{ id: number }>(db, sql`select id from report where list_id = ${listId} and code = ${code}`)
  return row?.id ?? missing
}

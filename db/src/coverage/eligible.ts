import { sql } from 'drizzle-orm'
import { earlierDay, endOfTime, laterDay, type Day, type Instant } from '@lastmile/shared/day'
import { rowsOf, type Database } from '../database.js'
import { stateCodes } from '../schema/codes.js'
import { only } from './facts.js'
import type { ListFacts } from './list-facts.js'
import { pairKey, pairOfKey } from './pair.js'
import type { Place } from './places.js'
import type { StoredSpan } from './spans.js'

const eligibleState = stateCodes.code('in_stock')

/** The pairs (some, or all for null) that eligibility files name, as this system knows them now or knew them at an instant, while the institution is open. */
export async function filedEligibility(db: Database, list: ListFacts, places: ReadonlyMap<number, Place>, knownOn: Instant | null, pairs: readonly number[] | null): Promise<Map<number, StoredSpan[]>> {
  if (pairs?.length === 0) return new Map()
  const known = knownOn === null ? sql`known_to is null` : sql`known_from <= ${knownOn} and (known_to is null or known_to > ${knownOn})`
  const rows = await rowsOf<{ institution: number; drug: number; from: Day; to: Day | null }>(db, sql`
    select institution_id as institution, drug_id as drug, from_day::text as from, to_day::text as to
    from eligibility s ${only(pairs)} where ${known} and drug_id in (select id from drug where list_id = ${list.listId})
    order by institution_id, drug_id, from_day`)
  const result = new Map<number, StoredSpan[]>()
  for (const row of rows) {
    const place = places.get(row.institution)
    if (!place) continue
    const from = place.opened ? laterDay(row.from, place.opened) : row.from
    const to = earlierDay(row.to ?? endOfTime, place.closed ?? endOfTime)
    if (from >= to) continue
    const spans = result.get(pairKey(row)) ?? []
    spans.push(eligibleSpan(from, to))
    result.set(pairKey(row), spans)
  }
  return result
}

/**
 * For a drug whose rule is "reported": eligible from the first day on which any source named the pair, while open, and
 * on the earlier days on which a file names it. Null for other drugs.
 */
export function reportedEligibility(list: ListFacts, key: number, places: ReadonlyMap<number, Place>, named: readonly (readonly StoredSpan[])[], filed: readonly StoredSpan[]): StoredSpan[] | null {
  const { institution, drug } = pairOfKey(key)
  if (!list.drugs.get(drug)?.eligibleWhenReported) return null
  const firsts = named.flatMap((spans) => (spans[0] ? [spans[0].from] : []))
  if (firsts.length === 0) return [...filed]
  const to = places.get(institution)?.closed ?? endOfTime
  const from = firsts.reduce(earlierDay)
  if (from >= to) return [...filed]
  const reaching = filed.filter((span) => span.from < from && span.to >= from)
  const before = filed.filter((span) => span.to < from)
  return [...before, eligibleSpan(reaching[0]?.from ?? from, to)]
}

/** Drugs among whose rules is "reported". */
export function isReportedDrug(list: ListFacts, key: number): boolean {
  return list.drugs.get(pairOfKey(key).drug)?.eligibleWhenReported === true
}

function eligibleSpan(from: Day, to: Day): StoredSpan {
  return { from, to, state: eligibleState, report: 0, line: null }
}

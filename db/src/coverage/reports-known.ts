import { sql } from 'drizzle-orm'
import type { Instant } from '@lastmile/shared/day'
import type { ReportMode, Scope } from '@lastmile/shared/source'
import { rowsOf, type Database } from '../database.js'
import type { Place } from './places.js'

/** A report that counts at some instant of knowledge. `order` is its place in the order of acceptance. */
export interface KnownReport {
  id: number
  source: number
  evidence: number
  mode: ReportMode
  scope: Scope
  /** Days since 1970-01-01. */
  asOf: number
  order: number
}

/** The reports of a list that count: accepted and not superseded, now or as this system knew at an instant. */
export async function reportsKnown(db: Database, listId: number, knownOn: Instant | null): Promise<KnownReport[]> {
  const known = knownOn === null
    ? sql`state = 'accepted'`
    : sql`accepted_at <= ${knownOn} and (superseded_at is null or superseded_at > ${knownOn})`
  const rows = await rowsOf<Omit<KnownReport, 'order'>>(db, sql`
    select id, source_id as source, evidence, mode, scope, as_of - date '1970-01-01' as "asOf"
    from report where list_id = ${listId} and ${known} order by accepted_at, id`)
  return rows.map((row, order) => ({ ...row, order }))
}

/** The list's last report that counts, under which past spans are written that are made anew; 0 where there is none. */
export async function lastReport(db: Database, listId: number): Promise<number> {
  const [row] = await rowsOf<{ id: number | null }>(db, sql`select max(id) as id from report where list_id = ${listId} and state = 'accepted'`)
  return row?.id ?? 0
}

/** A test whether a scope covers a pair. A region code that names a unit speaks of that unit alone: Xinjiang is not the Corps. */
export function coveringTest(scope: Scope, drugCodes: ReadonlyMap<number, string>, unitCodes: ReadonlySet<string>, kindCodes: readonly string[]): (drug: number, place: Place) => boolean {
  const drugs = scope.drugs && new Set(scope.drugs)
  const kinds = scope.kinds && new Set<string>(scope.kinds)
  const units = scope.regions && new Set(scope.regions.filter((code) => unitCodes.has(code)))
  const regions = scope.regions && new Set(scope.regions.filter((code) => !unitCodes.has(code)))
  return (drug, place) => {
    if (drugs && !drugs.has(drugCodes.get(drug) ?? '')) return false
    if (kinds && !kinds.has(kindCodes[place.kind] ?? '')) return false
    if (!units || !regions) return true
    return (place.unitCode !== null && units.has(place.unitCode)) || (place.cityCode !== null && regions.has(place.cityCode))
  }
}

import { sql, type SQL } from 'drizzle-orm'
import type { SnapshotCounts } from '@lastmile/shared/break'
import type { Day } from '@lastmile/shared/day'
import { speaksOfAll } from '@lastmile/shared/scope'
import type { Scope } from '@lastmile/shared/source'
import type { Judged } from '@lastmile/shared/suspicion'
import { arrayOf, rowsOf, textArray, type Database } from '../database.js'
import { kindCodes } from '../schema/codes.js'

/** Where the next report of a source would stand. */
export interface NextReport {
  source: number
  slot: string
  scope: Scope
  /** Of all that its source speaks. */
  whole: Scope
  asOf: Day
  correction: boolean
}

interface Found {
  id: number
  report: string
  scope: Scope
  counts: SnapshotCounts
  institutions: number
  stockedAt: number | null
  latestDay: Day | null
  content: string | null
}

/**
 * The source's last accepted snapshot up to a day: what the next is held against. Of the same scope, if there is one; else
 * one that spoke of more, as far as it spoke of that. A correction is held against what stood at its own place only where
 * there is no other: it mends what is wrong with it. Null where there is none, or nobody counted it.
 */
export async function lastSnapshot(db: Database, { source, slot, scope, whole, asOf, correction }: NextReport): Promise<(Judged & { report: string }) | null> {
  const rows = await rowsOf<Found>(db, sql`
    select id, code as report, scope, parsed as counts, institutions, stocked_at as "stockedAt", latest_day::text as "latestDay", content from report
    where source_id = ${source} and state = 'accepted' and mode = 'snapshot' and not nil and as_of <= ${asOf} and parsed is not null and institutions is not null
    order by substr(slot, strpos(slot, '|')) = ${slot.slice(slot.indexOf('|'))} desc, ${correction ? sql`slot = ${slot}, ` : sql``}as_of desc, accepted_at desc limit 100`)
  const [first] = rows
  if (first && (speaksOfAll(first.scope, scope) && speaksOfAll(scope, first.scope))) return judgedBy(first)
  // Of which of its institutions a part speaks is looked up; of which drugs, each line would have to be read.
  const wider = rows.find((one) => (speaksOfAll(one.scope, whole) || speaksOfAll(one.scope, scope)) && namesSameDrugs(one.scope, scope))
  if (!wider) return null
  return { report: wider.report, counts: null, institutions: await institutionsWithin(db, wider.id, scope), stockedAt: null, latestDay: null, content: null }
}

function namesSameDrugs(a: Scope, b: Scope): boolean {
  const drugsOf = ({ drugs }: Scope): Scope => ({ drugs, regions: null, kinds: null })
  return speaksOfAll(drugsOf(a), drugsOf(b)) && speaksOfAll(drugsOf(b), drugsOf(a))
}

function judgedBy({ report, counts, institutions, stockedAt, latestDay, content }: Found): Judged & { report: string } {
  return { report, counts, institutions, stockedAt, latestDay, content }
}

/** How many of the institutions that a report names lie in the regions, and are of the kinds, of a scope. */
async function institutionsWithin(db: Database, report: number, { regions, kinds }: Scope): Promise<number> {
  const where: SQL[] = [sql`l.report_id = ${report}`]
  if (regions) where.push(sql`(u.code = any(${textArray(regions)}) or c.code = any(${textArray(regions)}))`)
  if (kinds) where.push(sql`v.kind = any(${arrayOf('smallint', kinds.map((kind) => kindCodes.code(kind)))})`)
  const [row] = await rowsOf<{ count: number }>(db, sql`
    select count(distinct l.institution_id)::int as count from report_lines l join institution_version v on v.institution_id = l.institution_id and v.known_to is null
    left join unit u on u.id = v.unit_id left join region c on c.id = v.city_id where ${sql.join(where, sql` and `)}`)
  return row!.count
}

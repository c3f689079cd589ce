import { sql, type SQL } from 'drizzle-orm'
import { dayOfNumber, type Day } from '@lastmile/shared/day'
import type { RetailPrice } from '@lastmile/shared/price'
import { holdsSender, type Purview, type SentBy } from '@lastmile/shared/purview'
import { rowsOf, type Database } from '../database.js'
import { kindCodes } from '../schema/codes.js'
import { versionKnown } from '../version-known.js'
import type { Area } from './area.js'
import { inAreas } from './institutions-in.js'
import { lineKey, linesOf } from './lines-of.js'
import type { ListRow } from './lists.js'
import { retailWithin } from './within-purview.js'

/** Which retail prices are asked for, by whom. */
export interface RetailFilter {
  purview: Purview
  /** Of whose sender the asker may see the reports. */
  reports: Purview
  /** Narrow id. */
  drug: number | null
  institution: string | null
  area: Area | null
}

/** The last price of a pair. The day it is of stands in the line of its report ({@link toldPrices}). */
export interface LastPrice extends Omit<RetailPrice, 'day' | 'kind' | 'report' | 'line'> {
  report: string
  line: number
  sender: SentBy
  institutionId: number
  reportId: number
  asOf: Day
  kind: number
  /** The amount in hundredths. */
  hundredths: number
  /** How many pairs have a price, on this page or not. */
  total: number
}

/**
 * The last price of each pair: that of the report of the latest as-of day, of those the one accepted last, of its lines
 * the last. By unit, institution and drug. Only inside `asViewer`.
 */
export async function lastPrices(db: Database, list: ListRow, filter: RetailFilter, page: { offset: number; limit: number } | null): Promise<LastPrice[]> {
  const window = page === null ? sql`` : sql`limit ${page.limit} offset ${page.offset}`
  return rowsOf<LastPrice>(db, sql`
    with ${lastOfEach(list, filter)}, named as (
      select l.institution_id, l.drug_id, l.said, d.code as drug, d.no, i.code as institution, v.name, v.kind, u.code as unit, u.slot, c.code as city
      from last l join drug d on d.id = l.drug_id join institution i on i.id = l.institution_id
      join institution_version v on v.institution_id = i.id and ${versionKnown(null)} left join unit u on u.id = v.unit_id left join region c on c.id = v.city_id
      order by u.slot, i.code collate "C", d.no ${window}
    )
    select n.drug, n.institution, n.name as "institutionName", n.kind, n.unit, n.city, p.amount::text as amount, r.code as report, p.line,
      json_build_object('source', o.code, 'company', o.data->>'company', 'unit', o.data->>'unit', 'institution', o.data->>'institution', 'regions', r.scope->'regions') as sender, n.institution_id as "institutionId", r.id as "reportId", r.as_of::text as "asOf", (p.amount * 100)::float8 as hundredths, (select count(*)::int from last) as total
    from named n join ranked k on k.rank = n.said >> 32 join report r on r.id = k.id join source o on o.id = r.source_id
    join price p on p.institution_id = n.institution_id and p.drug_id = n.drug_id and p.report_id = r.id and p.line = (n.said & 2147483647)::int
    order by n.slot, n.institution collate "C", n.no`)
}

/** How many pairs have a price, where no page tells it. Only inside `asViewer`. */
export async function countPrices(db: Database, list: ListRow, filter: RetailFilter): Promise<number> {
  const [row] = await rowsOf<{ total: number }>(db, sql`with ${lastOfEach(list, filter)} select count(*)::int as total from last`)
  return row!.total
}

/**
 * Where the last price of each pair stands: reports in their order (`ranked`), and of each pair (`last`) the greatest of
 * rank and line, written as one number so that a million prices are gone through once and never put in order.
 */
function lastOfEach(list: ListRow, { purview, drug, institution, area }: RetailFilter): SQL {
  const limits: SQL[] = [
    ...(purview.of === 'all' ? [] : [retailWithin(purview)]), ...(institution === null ? [] : [sql`i.code = ${institution}`]), ...(area === null ? [] : [inAreas([area])]),
  ]
  const asked = limits.length === 0 ? sql`true` : sql`p.institution_id in (
    select i.id from institution i join institution_version v on v.institution_id = i.id and ${versionKnown(null)} left join unit u on u.id = v.unit_id where i.region_set_id = ${list.regionSetId} and ${sql.join(limits, sql` and `)})`
  return sql`
    ranked as materialized (select id, row_number() over (order by as_of, accepted_at, id) as rank from report where list_id = ${list.id} and state = 'accepted'),
    last as materialized (
      select p.institution_id, p.drug_id, max((k.rank << 32) | p.line) as said from price p join ranked k on k.id = p.report_id
      where ${drug === null ? sql`true` : sql`p.drug_id = ${drug}`} and ${asked} group by p.institution_id, p.drug_id)`
}

/** Prices told together: a few milliseconds of work, between which others have their turn. */
const pricesAtOnce = 2_000

/** Prices with the days they are of: the day of the line that said them, or, where that cannot be told, the as-of day of its report. */
export async function toldPrices(db: Database, prices: readonly LastPrice[], reports: Purview): Promise<RetailPrice[]> {
  const told: RetailPrice[] = []
  for (let at = 0; at < prices.length; at += pricesAtOnce) {
    const some = prices.slice(at, at + pricesAtOnce)
    const lines = await linesOf(db, some.map(placeOf))
    for (const { institutionId, reportId, asOf, hundredths: _, total: __, kind, report, line, sender, ...price } of some) {
      const said = lines.get(lineKey(placeOf({ institutionId, reportId, line })))
      told.push({ ...price, ...(holdsSender(reports, sender) ? { report, line } : {}), kind: kindCodes.word(kind), day: said ? dayOfNumber(said.day) : asOf })
    }
  }
  return told
}

function placeOf({ institutionId, reportId, line }: Pick<LastPrice, 'institutionId' | 'reportId' | 'line'>) {
  return { institution: institutionId, report: reportId, line }
}

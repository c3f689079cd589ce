import { sql } from 'drizzle-orm'
import { packLines, type ReportLine } from '@lastmile/shared/report-lines'
import { rowsOf, type Database } from './database.js'
import { storeReportLines } from './load/store-report-lines.js'

/**
 * Packs what release 0.1.0 stored a row a line, report by report. In one transaction: an interrupted one leaves
 * everything as it was.
 */
export async function packStatements(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    const inside = tx as Database
    const [old] = await rowsOf<{ there: boolean }>(inside, sql`select to_regclass('unpacked_statement') is not null as there`)
    if (!old!.there) return
    const reports = await rowsOf<{ id: number }>(inside, sql`select id from report where state <> 'draft' order by id`)
    for (const { id } of reports) {
      const lines = await rowsOf<ReportLine & { institution: number }>(inside, sql`
        select institution_id as institution, drug_id as drug, line, status::int as status, day - date '1970-01-01' as day, day_basis::int as "dayBasis", reason::int as reason, lead_days as "leadDays", quantity
        from unpacked_statement where report_id = ${id}
        union all select institution_id, drug_id, line, 0, day - date '1970-01-01', 0, null, null, quantity from unpacked_supply where report_id = ${id}`)
      if (lines.length > 0) await storeReportLines(inside, id, [packLines(lines)])
    }
    await inside.execute(sql`drop table unpacked_statement, unpacked_supply`)
  })
}

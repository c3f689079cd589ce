import { sql } from 'drizzle-orm'
import { LineReader, type ReportLine } from '@lastmile/shared/report-lines'
import { arrayOf, rowsOf, type Database } from '../database.js'

/** A line of a report about an institution; null where the report speaks by leaving out. */
export interface LineOfReport {
  institution: number
  report: number
  line: number | null
}

/** The lines that rows rest on, by {@link lineKey}. */
export async function linesOf(db: Database, rows: readonly LineOfReport[]): Promise<Map<string, ReportLine>> {
  const wanted = new Map<string, Set<number>>()
  for (const { institution, report, line } of rows) {
    if (line === null) continue
    const key = `${institution}/${report}`
    wanted.set(key, (wanted.get(key) ?? new Set()).add(line))
  }
  const packed = await rowsOf<{ institution: number; report: number; lines: Uint8Array }>(db, sql`
    select l.institution_id as institution, l.report_id as report, l.lines
    from (select distinct i, r from unnest(${arrayOf('int', rows.map((row) => row.institution))}, ${arrayOf('int', rows.map((row) => row.report))}) as p(i, r)) p
    join report_lines l on l.institution_id = p.i and l.report_id = p.r`)
  const lines = new Map<string, ReportLine>()
  const reader = new LineReader()
  for (const { institution, report, lines: bytes } of packed) {
    const own = wanted.get(`${institution}/${report}`)
    if (!own) continue
    reader.open(bytes)
    while (reader.next()) {
      if (!own.has(reader.line)) continue
      const { drug, line, status, day, dayBasis, reason, leadDays, quantity } = reader
      lines.set(lineKey({ institution, report, line }), { drug, line, status, day, dayBasis, reason, leadDays, quantity })
    }
  }
  return lines
}

/** Names a line of a report about an institution. */
export function lineKey(row: LineOfReport): string {
  return `${row.institution}/${row.report}/${row.line}`
}

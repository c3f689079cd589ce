import { sql } from 'drizzle-orm'
import type { PairLine } from '@lastmile/shared/difference'
import { LineReader } from '@lastmile/shared/report-lines'
import { arrayOf, rowsOf, type Database } from '../database.js'

/** All lines of a stored report, in no order that means anything. Empty for one whose lines are not stored. */
export async function linesOfReport(db: Database, reportId: number): Promise<PairLine[]> {
  const packed = await rowsOf<{ institution: number; lines: Uint8Array }>(db, sql`select institution_id as institution, lines from report_lines where report_id = ${reportId}`)
  const reader = new LineReader()
  return packed.flatMap(({ institution, lines }) => pairLines(reader.open(lines), institution))
}

/** The lines that a reader goes over, of one institution. */
export function pairLines(reader: LineReader, institution: number): PairLine[] {
  const lines: PairLine[] = []
  while (reader.next()) {
    const { drug, line, status, day, reason, leadDays, quantity } = reader
    lines.push({ institution, drug, line, status, day, reason, leadDays, quantity })
  }
  return lines
}

/** Codes of institutions by their narrow ids. */
export async function codesOfInstitutions(db: Database, ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await rowsOf<{ id: number; code: string }>(db, sql`select id, code from institution where id = any(${arrayOf('int', [...new Set(ids)])})`)
  return new Map(rows.map(({ id, code }) => [id, code]))
}

/** Codes and names of institutions by their narrow ids. */
export async function namesOfInstitutions(db: Database, ids: readonly number[]): Promise<Map<number, { code: string; name: string }>> {
  const rows = await rowsOf<{ id: number; code: string; name: string }>(db, sql`
    select i.id, i.code, v.name from institution i join institution_version v on v.institution_id = i.id and v.known_to is null where i.id = any(${arrayOf('int', [...new Set(ids)])})`)
  return new Map(rows.map(({ id, code, name }) => [id, { code, name }]))
}

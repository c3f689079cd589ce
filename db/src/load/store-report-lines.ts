import { sql } from 'drizzle-orm'
import { LineReader, type PackedLines } from '@lastmile/shared/report-lines'
import { arrayOf, bytesArray, textArray, type Database } from '../database.js'
import { eachInstitution, type InstitutionLines } from './each-institution.js'

const institutionsAtOnce = 5_000
const reader = new LineReader()

/** Stores the lines of a report, and what it says of each drug. */
export async function storeReportLines(db: Database, reportId: number, parts: readonly PackedLines[]): Promise<void> {
  const all = [...eachInstitution(parts)]
  for (let at = 0; at < all.length; at += institutionsAtOnce) await storeInstitutions(db, reportId, all.slice(at, at + institutionsAtOnce))
  await saveReportDrugs(db, reportId, parts)
}

/** Stores what a report says of some institutions. */
export async function storeInstitutions(db: Database, reportId: number, batch: readonly InstitutionLines[]): Promise<void> {
  await db.execute(sql`
    insert into report_lines (institution_id, report_id, lines) select i, ${reportId}::int, l
    from unnest(${arrayOf('int', batch.map((one) => one.institution))}, ${bytesArray(batch.map((one) => one.lines))}) as n(i, l)`)
}

/** Notes how many lines of a report speak of each drug, and of which days. */
export async function saveReportDrugs(db: Database, reportId: number, parts: readonly PackedLines[]): Promise<void> {
  const drugs = new Map<number, { lines: number; days: Set<number> }>()
  for (const part of parts) {
    let from = 0
    for (const end of part.ends) {
      reader.open(part.bytes, from, end)
      from = end
      while (reader.next()) {
        let own = drugs.get(reader.drug)
        if (!own) drugs.set(reader.drug, (own = { lines: 0, days: new Set() }))
        own.lines += 1
        own.days.add(reader.day)
      }
    }
  }
  const rows = [...drugs]
  if (rows.length === 0) return
  await db.execute(sql`
    insert into report_drug (drug_id, report_id, lines, days) select d, ${reportId}::int, n, string_to_array(y, ',')::int[]
    from unnest(${arrayOf('int', rows.map(([drug]) => drug))}, ${arrayOf('int', rows.map(([, own]) => own.lines))},
      ${textArray(rows.map(([, own]) => [...own.days].sort((a, b) => a - b).join(',')))}) as n(d, n, y)`)
}

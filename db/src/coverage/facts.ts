import { sql } from 'drizzle-orm'
import type { Saying } from '@lastmile/shared/chain'
import { LineReader } from '@lastmile/shared/report-lines'
import { arrayOf, rowsOf, type Database } from '../database.js'
import type { Institutions } from './institutions.js'
import { suppliedLens } from './lens.js'
import type { KnownReport } from './reports-known.js'

/** A supply seen, with the report and line that say so. */
export interface SupplyEvent {
  day: number
  report: number
  line: number
}

/** What known reports say of one institution, by kind of evidence and drug. */
export interface Facts {
  /** Statements, by lens and drug. */
  sayings: Map<number, Map<number, Saying[]>>
  /** Supplies, by drug. */
  events: Map<number, SupplyEvent[]>
}

const reader = new LineReader()

/** The facts of institutions in the reports given; those of which nothing is said are left out. */
export async function factsOf(db: Database, reports: readonly KnownReport[], institutions: Institutions): Promise<Map<number, Facts>> {
  const byId = new Map(reports.map((report) => [report.id, report]))
  const facts = new Map<number, Facts>()
  if (byId.size === 0 || ('length' in institutions && institutions.length === 0)) return facts
  const where = 'first' in institutions ? sql`institution_id between ${institutions.first} and ${institutions.last}` : sql`institution_id = any(${arrayOf('int', institutions)})`
  const rows = await rowsOf<{ institution: number; report: number; lines: Uint8Array }>(db, sql`
    select institution_id as institution, report_id as report, lines from report_lines where ${where}`)
  for (const row of rows) {
    const report = byId.get(row.report)
    if (!report) continue
    let own = facts.get(row.institution)
    if (!own) facts.set(row.institution, (own = { sayings: new Map(), events: new Map() }))
    addLines(own, report, row.lines)
  }
  return facts
}

function addLines(facts: Facts, report: KnownReport, lines: Uint8Array): void {
  reader.open(lines)
  if (report.evidence === suppliedLens) {
    while (reader.next()) push(facts.events, reader.drug, { day: reader.day, report: report.id, line: reader.line })
    return
  }
  let byDrug = facts.sayings.get(report.evidence)
  if (!byDrug) facts.sayings.set(report.evidence, (byDrug = new Map()))
  while (reader.next()) {
    push(byDrug, reader.drug, { source: report.source, report: report.id, line: reader.line, status: reader.status, day: reader.day, asOf: report.asOf, order: report.order })
  }
}

function push<Value>(map: Map<number, Value[]>, key: number, value: Value): void {
  const values = map.get(key)
  if (values) values.push(value)
  else map.set(key, [value])
}

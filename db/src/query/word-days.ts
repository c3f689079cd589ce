import { dayOfNumber, type Day } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Database } from '../database.js'
import { evidenceCodes } from '../schema/codes.js'
import { lineKey, linesOf } from './lines-of.js'
import type { ListRow } from './lists.js'
import { factsFor, lookupFor, type When } from './question.js'

/** The day of which the word speaks that holds of a drug at each of some institutions; for supplies the day of the first that was seen. */
export async function wordDays(db: Database, list: ListRow, when: When & { evidence: Evidence }, institutions: readonly number[], drug: number): Promise<Map<number, Day>> {
  if (institutions.length === 0) return new Map()
  const found = await lookupFor(db, list, await factsFor(db, list), when).on(evidenceCodes.code(when.evidence), institutions, drug)
  const rows = [...found].flatMap(([institution, { pairs }]) => pairs.map((pair) => ({ institution, report: pair.report, line: pair.line })))
  const lines = await linesOf(db, rows)
  return new Map(rows.flatMap((row) => {
    const line = lines.get(lineKey(row))
    return line ? [[row.institution, dayOfNumber(line.day)] as const] : []
  }))
}

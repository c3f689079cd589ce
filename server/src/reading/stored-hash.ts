import { createHash } from 'node:crypto'
import type { Day } from '@lastmile/shared/day'
import type { CheckedRow } from './checked-row.js'

/**
 * Fingerprint of what a report says: sha256 of the JSON of the sorted list of `[institution, drug, status, date, price|null]`.
 * The date is the row's day, or the report's as-of day where it has none; prices are text with two decimals. Two files with
 * one fingerprint say the same, however they are written.
 */
export function storedSha256(rows: readonly CheckedRow[], asOf: Day): string {
  const hash = createHash('sha256')
  const lines = rows.map((row) => JSON.stringify([row.institution, row.drug, row.status, row.day ?? asOf, row.price]))
  lines.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  hash.update('[')
  for (let at = 0; at < lines.length; at += 1000) hash.update(`${at > 0 ? ',' : ''}${lines.slice(at, at + 1000).join(',')}`)
  return hash.update(']').digest('hex')
}

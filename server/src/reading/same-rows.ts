import type { RowErrorCode } from '@lastmile/shared/reading'
import type { Profile } from '@lastmile/shared/source'
import type { CheckedRow } from './checked-row.js'

/** Rows are the same if institution and drug are; of supplies, which are events, if the day is too. */
function keyOf(row: CheckedRow, profile: Profile): string {
  return profile.statusFrom === 'event' ? `${row.institution} ${row.drug} ${row.day ?? ''}` : `${row.institution} ${row.drug}`
}

function alike(a: CheckedRow, b: CheckedRow): boolean {
  return a.status === b.status && a.day === b.day && a.dayBasis === b.dayBasis && a.price === b.price
    && a.reason === b.reason && a.leadDays === b.leadDays && a.quantity === b.quantity
}

/** The rows that share their key with another, by the place of the first of them. Most rows are alone and cost one entry of a map. */
function repeated(rows: readonly CheckedRow[], profile: Profile): Map<number, CheckedRow[]> {
  const places = new Map<string, number>()
  const groups = new Map<number, CheckedRow[]>()
  rows.forEach((row, at) => {
    const key = keyOf(row, profile)
    const place = places.get(key)
    if (place === undefined) {
      places.set(key, at)
      return
    }
    const group = groups.get(place)
    if (group) group.push(row)
    else groups.set(place, [rows[place] as CheckedRow, row])
  })
  return groups
}

/**
 * Errors of rows that are the same. Alike in every value: the first is sound, each later one is DUPLICATE_ROW. Different in
 * any: all of them are CONFLICTING_ROW, since nothing says which to believe. In order of their rows.
 */
export function sameRowErrors(rows: readonly CheckedRow[], profile: Profile): { row: number; code: RowErrorCode }[] {
  const errors: { row: number; code: RowErrorCode }[] = []
  for (const group of repeated(rows, profile).values()) {
    const [head, ...rest] = group as [CheckedRow, ...CheckedRow[]]
    if (rest.every((row) => alike(row, head))) for (const row of rest) errors.push({ row: row.line, code: 'DUPLICATE_ROW' })
    else for (const row of group) errors.push({ row: row.line, code: 'CONFLICTING_ROW' })
  }
  return errors.sort((a, b) => a.row - b.row)
}

/**
 * Collapses rows that are the same to one, and calls `collapsed` with the line of each row that went. The rule is that of the
 * profile: in stock if any row is, else zero if any row says zero, else the best of what is left; among those of that status the
 * later day wins (a row without a day is the earliest), then the later row. Supplies of one day are several sales: their
 * quantities add up, to null if one is not given.
 */
export function collapseRows(rows: readonly CheckedRow[], profile: Profile, collapsed: (line: number) => void): CheckedRow[] {
  const gone = new Set<CheckedRow>()
  const merged = new Map<CheckedRow, CheckedRow>()
  for (const group of repeated(rows, profile).values()) {
    const [head, ...rest] = group as [CheckedRow, ...CheckedRow[]]
    let kept = head
    let sum = head.quantity
    for (const row of rest) {
      sum = sum === null || row.quantity === null ? null : sum + row.quantity
      const loser = stronger(row, kept) ? kept : row
      if (loser === kept) kept = row
      gone.add(loser)
      collapsed(loser.line)
    }
    if (profile.statusFrom === 'event') merged.set(kept, { ...kept, quantity: sum })
  }
  return gone.size === 0 ? [...rows] : rows.filter((row) => !gone.has(row)).map((row) => merged.get(row) ?? row)
}

const strength = ['in_stock', 'out_of_stock', 'on_order', 'not_carried', 'discontinued', 'not_known']

function stronger(row: CheckedRow, kept: CheckedRow): boolean {
  const difference = strength.indexOf(row.status) - strength.indexOf(kept.status)
  return difference < 0 || (difference === 0 && (row.day ?? '') >= (kept.day ?? ''))
}

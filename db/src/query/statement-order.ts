import type { StatementOrder, Sort } from '@lastmile/shared/sort'
import { stateCode } from '@lastmile/shared/state'
import type { StatementRow } from '@lastmile/shared/statement'

/** More rows than are looked at to put them in an order that nothing stored has. */
export class TooManyToOrder extends Error {
  override readonly name = 'TooManyToOrder'
  constructor(readonly total: number) {
    super(`${total} rows are too many to put in order`)
  }
}

/** Puts rows that stand in the usual order into another; what is alike stays as it stands, what is not given goes last either way. `drugs` are codes in the list's order. */
export function inOrder(rows: readonly StatementRow[], { by, falling }: Sort<StatementOrder>, drugs: readonly string[]): StatementRow[] {
  const places = new Map(drugs.map((code, place) => [code, place]))
  const keys: Partial<Record<StatementOrder, (row: StatementRow) => readonly (string | number | null)[]>> = {
    drug: (row) => [places.get(row.drug) ?? null], state: (row) => [stateCode(row.state)], day: (row) => [row.day], report: (row) => [row.source ?? null, row.report ?? null, row.line ?? null],
  }
  const keyOf = keys[by]
  if (!keyOf) return [...rows]
  const way = falling ? -1 : 1
  return rows.map((row) => ({ row, key: keyOf(row) })).sort((a, b) => compared(a.key, b.key, way)).map(({ row }) => row)
}

function compared(a: readonly (string | number | null)[], b: readonly (string | number | null)[], way: 1 | -1): number {
  for (const [i, x] of a.entries()) {
    const y = b[i]!
    if (x === y) continue
    if (x === null || y === null) return x === null ? 1 : -1
    return x < y ? -way : way
  }
  return 0
}

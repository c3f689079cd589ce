import { ordersOfAnyRows, rowsOrderedAtMost, sortOf, sortText, statementOrders, type Sort, type SortText, type StatementOrder } from '@lastmile/shared/sort'

/** The order in which the server sends a table's rows: by which columns it can be had, which it is now, and what asks for another. */
export interface Sorting {
  by: readonly string[]
  sort: Sort | null
  onSort: (sort: Sort) => void
}

/** The {@link Sorting} that a page's URL says: `text` is a question's `sort`; without `onSort` the order cannot be changed. */
export function sortingOf<Field extends string>(by: readonly Field[], text: SortText<Field> | undefined, onSort: ((text: SortText<Field>) => void) | undefined): Sorting {
  return { by: onSort ? by : [], sort: sortOf(text), onSort: (sort) => onSort?.(sortText(sort as Sort<Field>)) }
}

/** By what so many rows behind a number can be ordered. */
export function ordersOfRows(total: number): readonly StatementOrder[] {
  return total <= rowsOrderedAtMost ? statementOrders : ordersOfAnyRows
}

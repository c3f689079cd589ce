import type { Column } from './data-table'

/** The figures of a frame as a table: shown instead of the picture, and saved as CSV. `note` says above it what its rows are, where that is not plain. */
export interface Twin<Row> {
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  note?: string | undefined
}

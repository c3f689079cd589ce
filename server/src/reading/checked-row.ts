import type { Day } from '@lastmile/shared/day'
import type { DayBasis, Reason, Status } from '@lastmile/shared/status'

/** A row that holds: its codes exist, its words are known. */
export interface CheckedRow {
  /** The row as a spreadsheet shows it, from 1. */
  readonly line: number
  /** Code of the institution as the master writes it, or of the provider that the row brings along. */
  readonly institution: string
  /** Code of the drug as the master writes it. */
  readonly drug: string
  /** In an event profile every row is a supply; its status is `in_stock` and means nothing more. */
  readonly status: Status
  /** Observed day, else filed day, else null: the report's as-of day. */
  readonly day: Day | null
  readonly dayBasis: DayBasis
  /** Yuan with two decimals, as text. */
  readonly price: string | null
  readonly reason: Reason | null
  readonly leadDays: number | null
  readonly quantity: number | null
}

/** Counts over the parsed rows without errors, before rows that are alike collapse. */
export interface ParsedCounts {
  readonly rows: number
  readonly inStock: number
  readonly notKnown: number
  /** Rows that say out of stock; in a quantity profile, figures of zero. */
  readonly zero: number
}

/** Counts over the parsed rows without errors, before rows that are alike collapse. */
export interface ParsedCounts {
  readonly rows: number
  readonly inStock: number
  readonly notKnown: number
  /** Rows that say out of stock; in a quantity profile, figures of zero. */
  readonly zero: number
}

import { clean, textOf, type RawCell } from './cell.js'

/**
 * A quantity (packs, courses; zero or more, at most four decimals) or null if the cell holds none (BAD_QUANTITY).
 * `22.0` is 22. No signs, separators or units; an exponent only in a number cell of a workbook.
 */
export function checkQuantity(cell: RawCell): number | null {
  const kind = typeof cell === 'string' ? 'text' : cell.kind
  const { text } = clean(textOf(cell))
  if ((kind === 'text' || kind === 'number') && /^\d{1,9}(\.\d{1,4})?$/.test(text)) return Number(text)
  if (kind !== 'number' || text.length > 40) return null
  const value = Number(text)
  const rounded = Math.round(value * 1e4) / 1e4
  return value >= 0 && value < 1e9 && Math.abs(value - rounded) <= 1e-6 ? rounded : null
}

/** Days until a drug can be had: a whole number, 0 to 9999, or null if the cell holds none (BAD_QUANTITY). */
export function checkLeadDays(cell: RawCell): number | null {
  const value = checkQuantity(cell)
  return value !== null && Number.isInteger(value) && value <= 9999 ? value : null
}

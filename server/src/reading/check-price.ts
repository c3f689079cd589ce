import { clean, textOf, type RawCell } from './cell.js'

const written = /^\d{1,8}(\.\d{1,2})?$/

/**
 * The price in a cell, in yuan with two decimals, as text (`1290000.00`), or null if it is none (BAD_PRICE): up to eight digits, at most two decimals, above zero. No
 * thousands separators, signs, currencies or exponents in a text. A number cell holds a binary float: it is rounded to
 * two decimals if it lies within 1e-6 of them (`999000.10000000009` is what Excel makes of 999000.1), else it is no price.
 */
export function checkPrice(cell: RawCell): string | null {
  const kind = typeof cell === 'string' ? 'text' : cell.kind
  if (kind !== 'text' && kind !== 'number') return null
  const { text } = clean(textOf(cell))
  if (written.test(text)) {
    const [whole, part = ''] = text.split('.') as [string, string?]
    const price = `${whole.replace(/^0+(?=\d)/, '')}.${part.padEnd(2, '0')}`
    return price === '0.00' ? null : price
  }
  if (kind !== 'number' || text.length > 40) return null
  const value = Number(text)
  const rounded = Math.round(value * 100) / 100
  if (!(Math.abs(value - rounded) <= 1e-6) || rounded <= 0 || rounded > 99_999_999.99) return null
  return rounded.toFixed(2)
}

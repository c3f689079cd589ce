import type { RowErrorCode } from '@lastmile/shared/reading'
import { clean, fold, hasControl, isBlank, textOf, type RawCell } from './cell.js'

/** What stands in a cell once its form is known to be sound: a value to interpret, or nothing. */
export type CellForm = { readonly error: RowErrorCode } | { readonly blank: boolean; readonly text: string; readonly normalised: boolean }

/** The words that Excel writes for a failed formula, in a workbook and in the CSV saved from it. */
const excelErrors = new Set(['#n/a', '#ref!', '#value!', '#div/0!', '#name?', '#null!', '#num!', '#spill!', '#calc!', '#getting_data', '#field!', '#blocked!', '#connect!', '#unknown!'])

/**
 * The form of a cell, before its meaning: CELL_ERROR (a failed formula), FORMULA_NO_VALUE (never computed here),
 * CELL_TOO_LONG, CONTROL_CHARS inside the value. White space alone is blank. `prose` may hold control characters;
 * they count as white space.
 */
export function checkForm(cell: RawCell | undefined, maxChars: number, prose: boolean): CellForm {
  if (cell === undefined || cell === '') return { blank: true, text: '', normalised: false }
  if (typeof cell !== 'string') {
    if (cell.kind === 'error') return { error: 'CELL_ERROR' }
    if (cell.formula === 'no_value') return { error: 'FORMULA_NO_VALUE' }
  }
  const raw = textOf(cell)
  if (raw.length > maxChars) return { error: 'CELL_TOO_LONG' }
  if (isBlank(cell)) return { blank: true, text: '', normalised: false }
  if (prose) return { blank: false, text: raw, normalised: false }
  const { text, changed } = clean(raw)
  if (text === '') return { blank: true, text: '', normalised: false }
  if (hasControl(text)) return { error: 'CONTROL_CHARS' }
  if (text.charCodeAt(0) === 0x23 && excelErrors.has(fold(text))) return { error: 'CELL_ERROR' }
  return { blank: false, text, normalised: changed }
}

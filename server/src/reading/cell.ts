/** How a spreadsheet holds a value. A CSV has only texts. */
export type CellKind = 'text' | 'number' | 'date' | 'boolean' | 'error'

/** A cell that is more than a text: typed, or computed by a formula (never by us: the cached value, or none). */
export interface TypedCell {
  /** A number as the file writes it, a date as `2026-02-05` or `2026-02-05T10:30:00`, else the text. */
  readonly text: string
  readonly kind: CellKind
  readonly formula: 'none' | 'cached' | 'no_value'
}

/** A cell as read. Almost all are plain texts, so those are plain strings. */
export type RawCell = string | TypedCell

/** A row as read. `row` is the number a spreadsheet shows, from 1. */
export interface RawRow {
  readonly row: number
  readonly cells: readonly RawCell[]
}

/** Told how many rows have been dealt with; called every few thousand. */
export type Progress = (rows: number) => void

export function textOf(cell: RawCell | undefined): string {
  return cell === undefined ? '' : typeof cell === 'string' ? cell : cell.text
}

/** True if nothing but white space (also U+3000, U+00A0) stands in the cell. A formula without a value is something. */
export function isBlank(cell: RawCell | undefined): boolean {
  if (cell === undefined || cell === '') return true
  if (typeof cell === 'string') return cell.trim() === ''
  return cell.formula !== 'no_value' && cell.text.trim() === ''
}

const printableAscii = /^[!-&(-<>-~][!-~]*$/
const excelText = /^="([^"]*)"$/

export interface CleanText {
  readonly text: string
  /** True if more was done than cutting plain spaces off the ends. */
  readonly changed: boolean
}

/**
 * A code, word, date or price as it is compared: trimmed, NFKC, and freed of the two tricks by which
 * systems keep Excel from eating a code, exactly `="literal"` and one leading apostrophe. Nothing inside
 * the value is removed: a zero-width space stays and makes the value wrong.
 */
export function clean(raw: string): CleanText {
  if (printableAscii.test(raw)) return { text: raw, changed: false }
  const bare = raw.replace(/^ +| +$/g, '')
  let text = bare.trim()
  const wrapped = excelText.exec(text)
  if (wrapped) text = wrapped[1] as string
  else if (text.startsWith("'")) text = text.slice(1)
  text = text.normalize('NFKC').trim()
  return { text, changed: text !== bare }
}

/** Free text (a name, an address): NFKC, runs of white space and control characters become one space. */
export function cleanProse(raw: string): string {
  return raw.normalize('NFKC').replace(/[\s\p{Cc}]+/gu, ' ').trim()
}

/** Free text that is kept and shown as it was written: runs of white space and control characters become one space, and the apostrophe goes that an export puts before what a spreadsheet would take for a formula. */
export function asWritten(raw: string): string {
  return raw.replace(/[\s\p{Cc}]+/gu, ' ').trim().replace(/^'(?=\s*[=+\-@＝＋－＠])/u, '')
}

/** Folds ASCII case and nothing else: Turkish dotless i, for one, stays what it is. */
export function fold(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

/** True if a control character (C0, DEL, C1) stands inside the value. */
export function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return true
  }
  return false
}

/** A value as it may be echoed: at most 80 characters, no half of a surrogate pair, and a NUL (which no database keeps) by its picture. */
export function echo(text: string): string {
  const cut = text.slice(0, 80).replaceAll('\0', '␀')
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut
}

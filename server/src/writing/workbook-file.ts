import { stylesPart, styleNumber, type StyleName } from './cell-styles.js'
import { xmlText } from './xml-text.js'
import { zipArchive, type ArchiveOptions, type ArchivePart } from './zip-archive.js'

/** A cell: a text (never a formula), a number or a day as a spreadsheet counts it, or nothing with looks alone. */
export interface BookCell {
  readonly value: string | number | null
  readonly style: StyleName
}

/** A row at its number, from 1. Its cells stand one after the other from the first column on; null is none. */
export interface BookRow {
  readonly at: number
  readonly cells: readonly (BookCell | null)[]
  /** In points; left out, as high as a line of text. */
  readonly height?: number
}

/** What may be typed into the cells of a column. */
export interface Validation {
  /** Cells, as in `H4:H99`. */
  readonly cells: string
  readonly rule:
    | { readonly type: 'list'; readonly words: readonly string[] }
    | { readonly type: 'day' | 'whole' | 'decimal'; readonly least: number; readonly most: number }
  readonly title: string
  /** Shown beside the cell, and where something else is typed. */
  readonly message: string
}

/** A sheet of a workbook. Rows come in the order of their numbers. */
export interface BookSheet {
  readonly name: string
  /** Width in letters, and how cells look that no row names. */
  readonly columns: readonly { readonly width: number; readonly style?: StyleName }[]
  readonly rows: Iterable<BookRow>
  /** Rows that stay where they are when one scrolls. */
  readonly frozenRows?: number
  /** Cells that can be filtered by, as in `A3:M99`. */
  readonly filter?: string
  /** Only cells whose style is unlocked can be typed into; there is no password. */
  readonly isProtected?: boolean
  readonly validations?: readonly Validation[]
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
/** A list of words stands in the rule itself; a longer one Excel calls damaged. */
const listAtMost = 255
/** Rows written until others have their turn: a few milliseconds. */
const portion = 1_000

/**
 * A workbook of some sheets, as ECMA-376 has it: its elements in the order of the schema, texts in their cells. What is
 * here that the writer of exports lacks: locked cells, rules of what may be typed, rows at their numbers. Written a portion
 * at a time, between which others have their turn.
 */
export async function workbookFile(sheets: readonly BookSheet[], { isPacked = true }: ArchiveOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const parts: ArchivePart[] = [
    part('[Content_Types].xml', `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${sheets.map((_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join('')}<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`),
    part('_rels/.rels', `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
    part('xl/workbook.xml', workbookXml(sheets)),
    part('xl/_rels/workbook.xml.rels', `<Relationships xmlns="${packages}/relationships">${sheets.map((_, i) => `<Relationship Id="rId${i + 1}" Type="${office}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}<Relationship Id="rId${sheets.length + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`),
    { name: 'xl/styles.xml', bytes: Buffer.from(stylesPart) },
  ]
  for (const [i, sheet] of sheets.entries()) parts.push({ name: `xl/worksheets/sheet${i + 1}.xml`, bytes: await sheetXml(sheet, i === 0) })
  return zipArchive(parts, { isPacked })
}

/** A day (days since 1970-01-01) as a spreadsheet counts it. */
export function serialOfDay(day: number): number {
  return day + 25_569
}

/** The letters of a column, from 0: A, …, Z, AA. */
export function columnLetters(column: number): string {
  return (column >= 26 ? columnLetters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26))
}

function part(name: string, xml: string): ArchivePart {
  return { name, bytes: Buffer.from(declaration + xml) }
}

function workbookXml(sheets: readonly BookSheet[]): string {
  const filters = sheets.flatMap(({ name, filter }, i) => (filter === undefined ? [] : [`<definedName name="_xlnm._FilterDatabase" localSheetId="${i}" hidden="1">${xmlText(`'${name.replaceAll("'", "''")}'!${filter.replace(/[A-Z]+|\d+/g, (step) => `$${step}`)}`)}</definedName>`]))
  return `<workbook xmlns="${main}" xmlns:r="${office}"><bookViews><workbookView activeTab="0"/></bookViews><sheets>${sheets.map(({ name }, i) => `<sheet name="${xmlText(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets>${filters.length === 0 ? '' : `<definedNames>${filters.join('')}</definedNames>`}</workbook>`
}

async function sheetXml({ columns, rows, frozenRows = 0, filter, isProtected = false, validations = [] }: BookSheet, isFirst: boolean): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  const pane = frozenRows === 0 ? '' : `<pane ySplit="${frozenRows}" topLeftCell="A${frozenRows + 1}" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>`
  let xml = `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView${isFirst ? ' tabSelected="1"' : ''} workbookViewId="0">${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>`
    + `<cols>${columns.map(({ width, style }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}"${style === undefined ? '' : ` style="${styleNumber(style)}"`} customWidth="1"/>`).join('')}</cols><sheetData>`
  let count = 0
  for (const row of rows) {
    xml += rowXml(row)
    if (++count % portion !== 0) continue
    pieces.push(Buffer.from(xml))
    xml = ''
    await new Promise((resolve) => setImmediate(resolve))
  }
  xml += '</sheetData>'
  if (isProtected) xml += '<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0" formatColumns="0" formatRows="0" autoFilter="0"/>'
  if (filter !== undefined) xml += `<autoFilter ref="${filter}"/>`
  const rules = validations.map(validationXml).filter((one) => one !== '')
  if (rules.length > 0) xml += `<dataValidations count="${rules.length}">${rules.join('')}</dataValidations>`
  xml += '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
  pieces.push(Buffer.from(xml))
  return Buffer.concat(pieces)
}

function rowXml({ at, cells, height }: BookRow): string {
  const tall = height === undefined ? '' : ` ht="${height}" customHeight="1"`
  return `<row r="${at}"${tall}>${cells.map((cell, column) => (cell === null ? '' : cellXml(cell, `${columnLetters(column)}${at}`))).join('')}</row>`
}

function cellXml({ value, style }: BookCell, reference: string): string {
  const head = `<c r="${reference}" s="${styleNumber(style)}"`
  if (value === null || value === '') return `${head}/>`
  if (typeof value === 'number') return `${head}><v>${value}</v></c>`
  return `${head} t="inlineStr"><is><t xml:space="preserve">${xmlText(value)}</t></is></c>`
}

function validationXml({ cells, rule, title, message }: Validation): string {
  const words = `showInputMessage="1" showErrorMessage="1" errorTitle="${xmlText(title.slice(0, 32))}" error="${xmlText(message.slice(0, 224))}" promptTitle="${xmlText(title.slice(0, 32))}" prompt="${xmlText(message.slice(0, 254))}" sqref="${cells}"`
  if (rule.type !== 'list') return `<dataValidation type="${rule.type === 'day' ? 'date' : rule.type}" operator="between" allowBlank="1" ${words}><formula1>${rule.least}</formula1><formula2>${rule.most}</formula2></dataValidation>`
  const list = rule.words.join(',')
  if (list.length > listAtMost || rule.words.some((word) => word.includes(','))) return ''
  return `<dataValidation type="list" allowBlank="1" ${words}><formula1>${xmlText(`"${list.replaceAll('"', '""')}"`)}</formula1></dataValidation>`
}

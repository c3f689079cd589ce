import { inflateRawSync } from 'node:zlib'
import { readZip } from '@lastmile/server/reading/zip'
import { uploadLimits } from '@lastmile/shared/source'
import { zip } from '../trials/book.js'

/** The parts of a workbook as text, by name. */
export function partsOf(workbook: Uint8Array): Map<string, string> {
  return new Map([...readZip(workbook, uploadLimits).values()].map(({ name, data, deflated }) => [name, (deflated ? inflateRawSync(data) : Buffer.from(data)).toString()]))
}

/** A workbook as a person saves it who has typed texts into cells of its first sheet; an empty one clears the cell. Everything else stays as it is. */
export function filledIn(workbook: Uint8Array, typed: Readonly<Record<string, string>>): Uint8Array {
  const parts = partsOf(workbook)
  const first = 'xl/worksheets/sheet1.xml'
  const rows = new Map<number, [column: string, text: string][]>()
  for (const [reference, text] of Object.entries(typed)) {
    const [, column, row] = /^([A-Z]+)(\d+)$/.exec(reference)!
    rows.set(Number(row), [...(rows.get(Number(row)) ?? []), [column!, text]])
  }
  let sheet = parts.get(first)!
  for (const [at, cells] of rows) {
    if (!sheet.includes(`<row r="${at}"`)) sheet = sheet.replace('</sheetData>', `<row r="${at}"></row></sheetData>`)
    sheet = sheet.replace(new RegExp(`(<row r="${at}"[^>]*>)(.*?)</row>`, 's'), (_, head: string, own: string) => {
      const byColumn = new Map([...own.matchAll(/<c r="([A-Z]+)\d+"(?:[^>]*\/>|.*?<\/c>)/gs)].map(([cell, column]) => [column!, cell]))
      for (const [column, text] of cells) byColumn.set(column, text === '' ? '' : `<c r="${column}${at}" t="inlineStr"><is><t>${text}</t></is></c>`)
      const order = (column: string) => column.padStart(3)
      return `${head}${[...byColumn].sort(([a], [b]) => (order(a) < order(b) ? -1 : 1)).map(([, cell]) => cell).join('')}</row>`
    })
  }
  parts.set(first, sheet)
  return zip([...parts].map(([name, content]) => ({ name, content })))
}

import type { TypedCell } from '@lastmile/server/reading/cell'
import { openWorkbook } from '@lastmile/server/reading/workbook'
import { readDateStyles } from '@lastmile/server/reading/styles'
import { readSharedStrings } from '@lastmile/server/reading/shared-strings'
import { readSheet } from '@lastmile/server/reading/read-sheet'
import { readZip } from '@lastmile/server/reading/zip'
import { uploadLimits } from '@lastmile/shared/source'

/** The worksheets of a workbook through the project's own strict reader. */
export async function sheets(bytes: Uint8Array): Promise<{ name: string; rows: { text: string; kind: string; formula: string }[][] }[]> {
  const book = await openWorkbook(readZip(bytes, uploadLimits))
  const strings = book.sharedStrings ? await readSharedStrings(book.sharedStrings, uploadLimits.maxCellChars) : []
  const dateStyles = await readDateStyles(book.styles)
  return Promise.all(book.visible.map(async ({ name, part }) => {
    const { rows } = await readSheet(part, { strings, dateStyles, epoch1904: book.epoch1904, limits: uploadLimits, progress: () => {} })
    return { name, rows: rows.map(({ cells }) => cells.map((cell) => (typeof cell === 'string' ? { text: cell, kind: 'text', formula: 'none' } : cell satisfies TypedCell))) }
  }))
}

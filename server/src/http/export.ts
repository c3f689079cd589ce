import type { Context, TypedResponse } from 'hono'
import type { Format } from '@lastmile/shared/basis'
import { demonstrationNote } from './basis-notes.js'
import { csvPieces, type ExportTable } from './table-file.js'
import { xlsxInWorker } from './table-in-worker.js'

/**
 * Sends an answer as JSON, CSV or XLSX: the same question in another format. However long the table is, others are
 * answered meanwhile: CSV is made in pieces, and a workbook is made in a thread. What comes from the demonstration says so.
 */
export async function sendAnswer<Answer extends object>(c: Context, format: Format, answer: Answer, table: (answer: Answer) => ExportTable, demonstration = false): Promise<Response & TypedResponse<Answer, 200, 'json'>> {
  if (format === 'json') return c.json(answer, 200) as unknown as Response & TypedResponse<Answer, 200, 'json'>
  const made = table(answer)
  if (demonstration) made.notes.push(demonstrationNote)
  const body = format === 'csv' ? inPieces(csvPieces(made)) : await xlsxInWorker(made)
  c.header('Content-Type', format === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  c.header('Content-Disposition', attachment(`${made.name}.${format}`))
  return c.body(body, 200) as unknown as Response & TypedResponse<Answer, 200, 'json'>
}

/** The header under which a file is saved: its name in ASCII, and as it is for browsers that read more. */
export function attachment(name: string): string {
  const encoded = encodeURIComponent(Buffer.from(name).toString()).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${name.replace(/[^A-Za-z0-9._-]+/g, '_')}"; filename*=UTF-8''${encoded}`
}

/** Sends pieces as they are asked for, and between two of them lets others have their turn. */
function inPieces(pieces: Iterator<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    async pull(stream) {
      await new Promise((resolve) => setImmediate(resolve))
      const { value, done } = pieces.next()
      if (done) stream.close()
      else stream.enqueue(value)
    },
  })
}

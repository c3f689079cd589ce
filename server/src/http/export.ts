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
  return sendFile(c, `${made.name}.${format}`, format === 'csv' ? csvPieces(made) : await xlsxInWorker(made)) as unknown as Response & TypedResponse<Answer, 200, 'json'>
}

/** Sends a file under its name, which ends with `.csv` or `.xlsx`: its bytes, or its pieces as they are made. */
export function sendFile(c: Context, name: string, file: Uint8Array<ArrayBuffer> | Iterator<Uint8Array<ArrayBuffer>>): Response {
  c.header('Content-Type', name.endsWith('.csv') ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  c.header('Content-Disposition', attachment(name))
  return c.body(file instanceof Uint8Array ? file : inPieces(file), 200)
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

import { parentPort } from 'node:worker_threads'
import { xlsxOf, type ExportTable, type TableRow } from './table-file.js'

/** A table as it crosses the threads, in portions, in this order. */
export type TableMessage = { begin: Pick<ExportTable, 'columns' | 'notes'> } | { rows: TableRow[] } | { end: true }

const port = parentPort
if (port) {
  let table: Omit<ExportTable, 'name'> = { columns: [], rows: [], notes: [] }
  port.on('message', async (message: TableMessage) => {
    if ('begin' in message) table = { ...message.begin, rows: [] }
    else if ('rows' in message) for (const row of message.rows) table.rows.push(row)
    else {
      const whole = table
      table = { columns: [], rows: [], notes: [] }
      const bytes = await xlsxOf(whole)
      port.postMessage(bytes, [bytes.buffer])
    }
  })
}

import { Worker } from 'node:worker_threads'
import { newQueue } from '@lastmile/db/queue'
import { exchange } from '../lib/exchange.js'
import { portionsOf, type ExportTable } from './table-file.js'
import type { TableMessage } from './table-worker.js'

/** Workbooks made at once: a large one takes hundreds of megabytes. Who comes next waits. */
const queue = newQueue(2)

/** A thread that made a workbook of so many rows is let go with all it has in memory; one that made a smaller one makes the next. */
const manyRows = 10_000

/** Threads that wait for the next table. */
const idle: Worker[] = []

/** A table as a workbook ({@link xlsxOf}), made in a thread of its own. @throws Error if the thread ends before it is made */
export function xlsxInWorker(table: ExportTable): Promise<Uint8Array<ArrayBuffer>> {
  return queue.run(async () => {
    const worker = idle.pop() ?? newWorker()
    let sound = false
    try {
      const bytes = await exchange<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>(worker, {
        tell: () => handOver(worker, table),
        hear: (made, answer) => answer(made),
        failed: (cause) => new Error('the thread that makes a workbook ended before it had', { cause }),
      })
      sound = table.rows.length < manyRows
      return bytes
    } finally {
      if (sound) idle.push(worker)
      else void worker.terminate()
    }
  })
}

/** Hands a table to a thread in portions, between which others have their turn: it is copied on the way. */
async function handOver(worker: Worker, { columns, notes, rows }: ExportTable): Promise<void> {
  const tell = (message: TableMessage) => worker.postMessage(message, [])
  tell({ begin: { columns, notes } })
  for (const some of portionsOf(rows)) {
    tell({ rows: some })
    await new Promise((resolve) => setImmediate(resolve))
  }
  tell({ end: true })
}

function newWorker(): Worker {
  const worker = new Worker(new URL('./table-worker.js', import.meta.url), { execArgv: [] })
  // An error is told to whoever has given a table; while nobody has, it must not end the process.
  worker.on('error', () => {})
  worker.on('exit', () => {
    const at = idle.indexOf(worker)
    if (at >= 0) idle.splice(at, 1)
  })
  return worker
}

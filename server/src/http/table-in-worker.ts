import { Worker } from 'node:worker_threads'
import { newTurns } from '../lib/turns.js'
import { portionsOf, type ExportTable } from './table-file.js'
import type { TableMessage } from './table-worker.js'

/** Workbooks made at once: a large one takes hundreds of megabytes. Who comes next waits. */
const turns = newTurns(2)

/** A thread that made a workbook of so many rows is let go with all it has in memory; one that made a smaller one makes the next. */
const manyRows = 10_000

/** Threads that wait for the next table. */
const idle: Worker[] = []

/** A table as a workbook ({@link xlsxOf}), made in a thread of its own. @throws Error if the thread ends before it is made */
export function xlsxInWorker(table: ExportTable): Promise<Uint8Array<ArrayBuffer>> {
  return turns.take(async () => {
    const worker = idle.pop() ?? newWorker()
    worker.ref()
    let stopListening = () => {}
    let sound = false
    try {
      const made = new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
        const onError = (cause: Error) => reject(new Error('a workbook could not be made', { cause }))
        const onExit = () => reject(new Error('the thread that makes a workbook ended'))
        worker.on('message', resolve).on('error', onError).on('exit', onExit)
        stopListening = () => worker.off('message', resolve).off('error', onError).off('exit', onExit)
      })
      made.catch(() => {})
      await handOver(worker, table)
      const bytes = await made
      sound = table.rows.length < manyRows
      return bytes
    } finally {
      stopListening()
      worker.unref()
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

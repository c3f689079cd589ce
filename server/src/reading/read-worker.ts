import { parentPort } from 'node:worker_threads'
import { buffersOf, toColumns, type RowColumns } from './columns.js'
import { readReport, type ReadOutcome, type ReadProgress, type ReadRequest } from './read-report.js'

/** An accepted report as it crosses the threads: rows as columns, providers as JSON lists of a thousand. */
export type PackedOutcome =
  | Exclude<ReadOutcome, { outcome: 'accept' }>
  | (Omit<Extract<ReadOutcome, { outcome: 'accept' }>, 'rows' | 'providers'> & { rows: RowColumns; providers: string[] })

export type WorkerMessage = { progress: ReadProgress } | { result: PackedOutcome }

const port = parentPort
if (port) {
  // One report after the other: the thread is used again, because starting one costs more than reading most reports.
  port.on('message', async (request: ReadRequest) => {
    const outcome = await readReport(request, (progress) => port.postMessage({ progress } satisfies WorkerMessage))
    if (outcome.outcome !== 'accept') {
      port.postMessage({ result: outcome } satisfies WorkerMessage)
      return
    }
    const rows = toColumns(outcome.rows)
    const providers: string[] = []
    for (let at = 0; at < outcome.providers.length; at += 1000) providers.push(JSON.stringify(outcome.providers.slice(at, at + 1000)))
    port.postMessage({ result: { ...outcome, rows, providers } } satisfies WorkerMessage, buffersOf(rows))
  })
}

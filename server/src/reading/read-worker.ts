import { parentPort } from 'node:worker_threads'
import { buffersOf } from './buffers-of.js'
import { readReport, type AcceptedReading, type ReadOutcome, type ReadRequest } from './read-report.js'

/** An accepted report as it crosses the threads: lines are moved, providers are JSON lists of a thousand. */
export type PackedOutcome =
  | Exclude<ReadOutcome, { outcome: 'accept' }>
  | (Omit<AcceptedReading, 'providers'> & { providers: string[] })

export type WorkerMessage = { rows: number } | { result: PackedOutcome }

const port = parentPort
if (port) {
  // One report after the other: the thread is used again, because starting one costs more than reading most reports.
  port.on('message', async (request: ReadRequest) => {
    const outcome = await readReport(request, (rows) => port.postMessage({ rows } satisfies WorkerMessage))
    if (outcome.outcome !== 'accept') {
      port.postMessage({ result: outcome } satisfies WorkerMessage)
      return
    }
    const providers: string[] = []
    for (let at = 0; at < outcome.providers.length; at += 1000) providers.push(JSON.stringify(outcome.providers.slice(at, at + 1000)))
    port.postMessage({ result: { ...outcome, providers } } satisfies WorkerMessage, buffersOf(outcome))
  })
}

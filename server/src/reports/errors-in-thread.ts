import { Worker } from 'node:worker_threads'
import { newQueue } from '@lastmile/db/queue'
import { exchange } from '../lib/exchange.js'
import { Refusal } from '../lib/refusal.js'
import type { ErrorsRequest } from './errors-book.js'
import type { ErrorsMessage } from './errors-thread.js'

/** Workbooks of errors made at once: who comes next waits. */
const makings = newQueue(1)

/** How long one takes at most, in milliseconds, and how many megabytes of heap. */
const atMost = { ms: 60_000, mb: 512 }

/** `errorsBook` in a thread of its own, so that a large file stalls nobody. @throws Refusal 413 where it takes too much, 409 where the file cannot be read any more */
export function errorsInThread(request: ErrorsRequest, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  return makings.run(async () => {
    const worker = new Worker(new URL('./errors-thread.js', import.meta.url), { workerData: request, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: atMost.mb, maxYoungGenerationSizeMb: 32 } })
    let timer: NodeJS.Timeout | undefined
    const tooLarge = () => new Refusal(413, 'report.errors_too_large', 'The file is too large to come back with its errors. Take the list of errors, and mend the file that you sent.')
    const tooLong = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(tooLarge()), atMost.ms)))
    try {
      return await Promise.race([tooLong, exchange<ErrorsMessage, Uint8Array<ArrayBuffer>>(worker, {
        tell: () => {},
        hear: (message, answer, refuse) => ('book' in message ? answer(message.book) : refuse(new Refusal(409, 'report.not_readable', `The file cannot be read any more: ${message.refused}.`))),
        failed: (cause?: Error & { code?: string }) => (cause?.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge() : new Error('the thread that makes a workbook of errors ended before it had', { cause })),
      })])
    } finally {
      clearTimeout(timer)
      await worker.terminate()
    }
  }, signal)
}

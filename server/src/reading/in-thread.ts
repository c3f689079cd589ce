import { Worker } from 'node:worker_threads'
import { exchange } from '../lib/exchange.js'

/** How long a small file is read at most, in milliseconds, and how many megabytes of heap it may take. */
const atMost = { ms: 30_000, mb: 256 }

/** Has a small file read by a thread of its own, so that a large or hostile one neither stalls nor ends the process. `tooLarge`: what is answered of one that takes too much. */
export async function readInThread<File, Reading>(thread: URL, file: File, tooLarge: Reading): Promise<Reading> {
  const worker = new Worker(thread, { workerData: file, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: atMost.mb, maxYoungGenerationSizeMb: 32 } })
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<Reading>((resolve) => (timer = setTimeout(() => resolve(tooLarge), atMost.ms)))
  try {
    return await Promise.race([tooLong, exchange<Reading, Reading>(worker, {
      tell: () => {},
      hear: (reading, answer) => answer(reading),
      failed: (cause?: Error & { code?: string }) => Object.assign(new Error('the thread that reads a file ended before it had', { cause }), { code: cause?.code }),
    })])
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_WORKER_OUT_OF_MEMORY') return tooLarge
    throw error
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

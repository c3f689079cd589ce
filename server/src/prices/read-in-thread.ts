import { Worker } from 'node:worker_threads'
import { newQueue } from '@lastmile/db/queue'
import { exchange } from '../lib/exchange.js'
import type { SettlementFile, SettlementReading } from './settlement-file.js'

/** Files read at once: who comes next waits. */
const readings = newQueue(1)

/** How long a file is read at most, in milliseconds, and how many megabytes of heap it may take. */
const atMost = { ms: 30_000, mb: 256 }

/** `readSettlements` in a thread of its own, so that a large or hostile file neither stalls nor ends the process. A file that takes too much is TOO_LARGE. */
export function readSettlementsInThread(file: SettlementFile): Promise<SettlementReading> {
  return readings.run(async () => {
    const worker = new Worker(new URL('./settlement-thread.js', import.meta.url), { workerData: file, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: atMost.mb, maxYoungGenerationSizeMb: 32 } })
    let timer: NodeJS.Timeout | undefined
    const tooLong = new Promise<SettlementReading>((resolve) => (timer = setTimeout(() => resolve(tooLarge), atMost.ms)))
    try {
      return await Promise.race([tooLong, exchange<SettlementReading, SettlementReading>(worker, {
        tell: () => {},
        hear: (reading, answer) => answer(reading),
        failed: (cause?: Error & { code?: string }) => Object.assign(new Error('the thread that reads settlement prices ended before it had', { cause }), { code: cause?.code }),
      })])
    } catch (error) {
      if ((error as { code?: unknown }).code === 'ERR_WORKER_OUT_OF_MEMORY') return tooLarge
      throw error
    } finally {
      clearTimeout(timer)
      await worker.terminate()
    }
  })
}

const tooLarge: SettlementReading = { outcome: 'rejected', reason: 'TOO_LARGE', detail: 'the file takes more memory or time to read than a list of prices may' }

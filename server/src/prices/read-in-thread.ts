import { newQueue } from '@lastmile/db/queue'
import { readInThread } from '../reading/in-thread.js'
import type { SettlementFile, SettlementReading } from './settlement-file.js'

/** Files read at once: who comes next waits. */
const readings = newQueue(1)

/** `readSettlements` in a thread of its own. A file that takes too much is TOO_LARGE. */
export function readSettlementsInThread(file: SettlementFile): Promise<SettlementReading> {
  return readings.run(() => readInThread(new URL('./settlement-thread.js', import.meta.url), file, tooLarge))
}

const tooLarge: SettlementReading = { outcome: 'rejected', reason: 'TOO_LARGE', detail: 'the file takes more memory or time to read than a list of prices may' }

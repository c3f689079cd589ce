import { parentPort, workerData } from 'node:worker_threads'
import { readSettlements, type SettlementFile } from './settlement-file.js'

const port = parentPort
if (port) {
  // One file a thread: they are small, and come a few times a year.
  port.postMessage(await readSettlements(workerData as SettlementFile), [])
}

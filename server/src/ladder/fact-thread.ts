import { parentPort, workerData } from 'node:worker_threads'
import { readFacts, type FactFile } from './fact-file.js'

const port = parentPort
if (port) {
  // One file a thread: they are small, and come a few times a year.
  port.postMessage(await readFacts(workerData as FactFile), [])
}

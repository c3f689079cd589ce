import { parentPort, workerData } from 'node:worker_threads'
import { FileRefused } from '../reading/refusal.js'
import { errorsBook, type ErrorsRequest } from './errors-book.js'

/** What the thread answers: the workbook, or why the file cannot be read any more. */
export type ErrorsMessage = { book: Uint8Array<ArrayBuffer> } | { refused: string }

const port = parentPort
if (port) {
  try {
    const book = await errorsBook(workerData as ErrorsRequest)
    port.postMessage({ book } satisfies ErrorsMessage, [book.buffer])
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    port.postMessage({ refused: error.detail } satisfies ErrorsMessage, [])
  }
}

import { parentPort, workerData } from 'node:worker_threads'
import { connectServer } from '@lastmile/db/open'
import { Refusal } from '../lib/refusal.js'
import { storeDraft, type DraftOrder, type StoredDraft } from './store-draft.js'
import { storeReport, type Stored, type StoreOrder } from './store-report.js'

/** What the thread is told to store. */
export type Order = { kind: 'report'; order: StoreOrder } | { kind: 'draft'; order: DraftOrder }

/** What the thread tells of the order it has: lines done, then one of the others. */
export type StoringMessage = { lines: number } | { stored: Stored | StoredDraft } | { refused: ConstructorParameters<typeof Refusal> } | { failed: { message: string; code?: unknown; stack?: string } }

const port = parentPort
if (port) {
  const { db } = connectServer((workerData as { url: string }).url)
  const tell = (message: StoringMessage) => port.postMessage(message)
  port.on('message', async ({ kind, order }: Order) => {
    try {
      tell({ stored: kind === 'draft' ? await storeDraft(db, order) : await storeReport(db, order, (lines) => tell({ lines })) })
    } catch (error) {
      if (error instanceof Refusal) tell({ refused: [error.status, error.code, error.message, error.details, error.reason] })
      else tell({ failed: plain(error) })
    }
  })
}

/** What can be told of an error: what it was, without what it was about. A failed statement holds megabytes of parameters. */
function plain(error: unknown): { message: string; code?: unknown; stack?: string } {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return { message: String(cause) }
  return { message: cause.message, ...('code' in cause ? { code: cause.code } : {}), ...(cause.stack === undefined ? {} : { stack: cause.stack }) }
}

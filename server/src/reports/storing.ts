import { Worker } from 'node:worker_threads'
import type { Database } from '@lastmile/db/database'
import type { OpenDatabase } from '@lastmile/db/open'
import { Refusal } from '../lib/refusal.js'
import { newTurns } from '../lib/turns.js'
import { buffersOf } from '../reading/buffers-of.js'
import { storeDraft, type DraftOrder, type StoredDraft } from './store-draft.js'
import { storeReport, type Stored, type StoreOrder } from './store-report.js'
import type { Order, StoringMessage } from './storing-thread.js'

/** Stores reports, one after the other. */
export interface Storing {
  /** See {@link storeReport}. The lines and prices of the order are handed over. */
  store(order: StoreOrder, onLines: (lines: number) => void): Promise<Stored>
  /** See {@link storeDraft}. */
  keepDraft(order: DraftOrder): Promise<StoredDraft>
  /** Waits for what is being stored, and takes nothing else. */
  close(): Promise<void>
}

/**
 * Storing as the data's home wants it. On a PostgreSQL server a thread carries reports on a connection of its own: who
 * asks meanwhile waits neither for its work nor for its garbage, nor for connections that wait for their turn to write. The
 * embedded database has such a thread for itself, and only one connection.
 */
export function newStoring({ db, url }: Pick<OpenDatabase, 'db' | 'url'>): Storing {
  return url === null ? storingHere(db) : new StoringThread(url)
}

function storingHere(db: Database): Storing {
  const turns = newTurns(1)
  return {
    store: (order, onLines) => turns.take(() => storeReport(db, order, onLines)),
    keepDraft: (order) => turns.take(() => storeDraft(db, order)),
    close: () => turns.take(async () => {}),
  }
}

class StoringThread implements Storing {
  readonly #turns = newTurns(1)
  #worker: Worker | null = null
  #isClosed = false

  constructor(readonly url: string) {}

  store(order: StoreOrder, onLines: (lines: number) => void): Promise<Stored> {
    return this.#turns.take(() => this.#ask({ kind: 'report', order }, buffersOf(order.reading), onLines)) as Promise<Stored>
  }

  keepDraft(order: DraftOrder): Promise<StoredDraft> {
    return this.#turns.take(() => this.#ask({ kind: 'draft', order }, [], () => {})) as Promise<StoredDraft>
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#turns.take(async () => {
      await this.#worker?.terminate()
    })
  }

  /** One order, which nobody else's answer can come between. A thread that ends in the middle has stored nothing, and the next order has another. */
  async #ask(order: Order, moved: ArrayBuffer[], onLines: (lines: number) => void): Promise<unknown> {
    if (this.#isClosed) throw new Error('the server stops, and stores nothing more')
    const worker = (this.#worker ??= this.#start())
    worker.ref()
    let stopListening = () => {}
    try {
      return await new Promise<unknown>((resolve, reject) => {
        const onMessage = (message: StoringMessage) => {
          if ('lines' in message) onLines(message.lines)
          else if ('stored' in message) resolve(message.stored)
          else if ('refused' in message) reject(new Refusal(...message.refused))
          else reject(Object.assign(new Error(message.failed.message), message.failed))
        }
        const onError = (cause: Error) => reject(new Error('the thread that stores reports failed', { cause }))
        const onExit = () => reject(new Error('the thread that stores reports ended'))
        worker.on('message', onMessage).on('messageerror', onError).on('error', onError).on('exit', onExit)
        stopListening = () => worker.off('message', onMessage).off('messageerror', onError).off('error', onError).off('exit', onExit)
        worker.postMessage(order, moved)
      })
    } finally {
      stopListening()
      worker.unref()
    }
  }

  #start(): Worker {
    const worker = new Worker(new URL('./storing-thread.js', import.meta.url), { workerData: { url: this.url }, execArgv: [], resourceLimits: { maxYoungGenerationSizeMb: youngMb } })
    const gone = () => {
      if (this.#worker === worker) this.#worker = null
    }
    // An error is told to whoever has given an order; while nobody has, it must not end the process.
    worker.on('error', gone).on('exit', gone)
    return worker
  }
}

/** Megabytes of heap for what a batch of institutions holds: it dies before it is moved to where it would have to be looked for. */
const youngMb = 96

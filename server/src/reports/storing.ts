import { Worker } from 'node:worker_threads'
import type { Database } from '@lastmile/db/database'
import type { OpenDatabase } from '@lastmile/db/open'
import { newQueue } from '@lastmile/db/queue'
import { exchange } from '../lib/exchange.js'
import { Refusal } from '../lib/refusal.js'
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
  const queue = newQueue(1)
  return {
    store: (order, onLines) => queue.run(() => storeReport(db, order, onLines)),
    keepDraft: (order) => queue.run(() => storeDraft(db, order)),
    close: () => queue.run(async () => {}),
  }
}

class StoringThread implements Storing {
  readonly #queue = newQueue(1)
  #worker: Worker | null = null
  #isClosed = false

  constructor(readonly url: string) {}

  store(order: StoreOrder, onLines: (lines: number) => void): Promise<Stored> {
    return this.#queue.run(() => this.#ask({ kind: 'report', order }, buffersOf(order.reading), onLines)) as Promise<Stored>
  }

  keepDraft(order: DraftOrder): Promise<StoredDraft> {
    return this.#queue.run(() => this.#ask({ kind: 'draft', order }, [], () => {})) as Promise<StoredDraft>
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#queue.run(async () => {
      await this.#worker?.terminate()
    })
  }

  /** One order, which nobody else's answer can come between. What a thread that ends in the middle had not committed is not stored, and the next order has another thread. */
  async #ask(order: Order, moved: ArrayBuffer[], onLines: (lines: number) => void): Promise<unknown> {
    if (this.#isClosed) throw new Error('the server stops, and stores nothing more')
    return exchange<StoringMessage, unknown>(this.#worker ??= this.#start(), {
      tell: () => this.#worker!.postMessage(order, moved),
      hear: (message, answer, refuse) => {
        if ('lines' in message) onLines(message.lines)
        else if ('stored' in message) answer(message.stored)
        else if ('refused' in message) refuse(new Refusal(...message.refused))
        else refuse(Object.assign(new Error(message.failed.message), message.failed))
      },
      failed: (cause) => new Error('the thread that stores reports ended before it had', { cause }),
    })
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

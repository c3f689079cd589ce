import { Worker } from 'node:worker_threads'
import { checkRoom } from '../disk-room.js'
import type { Answer, Failure, Reply, Request } from './wire.js'

/** How a statement is asked. `parsers` names the types that stay text; the functions in it are never called. */
export interface AskOptions {
  rowMode?: 'array' | 'object'
  parsers?: Record<number, unknown>
  /** What `COPY … FROM '/dev/blob'` reads. */
  blob?: Uint8Array
}

/** One who may ask: the database, or a transaction of it. */
export interface Asker {
  query(statement: string, params?: unknown[], options?: AskOptions): Promise<Answer>
  exec(statement: string): Promise<void>
}

/** The embedded database has ended by itself. Everything that is asked of it fails with this until the process starts anew. */
export class DatabaseLost extends Error {
  override readonly name = 'DatabaseLost'
}

const writing = /^[\s(]*(?:insert|update|delete|merge|copy|create|alter|do|vacuum)\b|^[\s(]*with\b[^]*\b(?:insert\s+into|update|delete\s+from)\s/i

/** Whether a statement puts anything on the disk. */
function writes(statement: string): boolean {
  return writing.test(statement)
}

/** What PostgreSQL answered with: `code` is its SQLSTATE. */
export class StatementFailed extends Error {
  override readonly name = 'StatementFailed'
  constructor({ message, fields }: Failure) {
    super(message)
    Object.assign(this, fields)
  }
}

/**
 * The embedded database in a thread of its own, so that a long statement holds up other statements and nothing else.
 * It offers what drizzle's PGlite driver calls. One transaction at a time, as in PGlite: what is asked outside waits
 * until it has ended. An idle database does not keep the process alive.
 */
export class EmbeddedClient implements Asker {
  private readonly worker: Worker
  private readonly waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>()
  private lastId = 0
  private lost: DatabaseLost | null = null
  private transactionsOpen = 0
  private lastReplyAt = 0
  /** The last transaction that was begun: what is asked outside waits for it, and statements outside for nobody else. */
  private lastTransaction: Promise<unknown> = Promise.resolve()
  /** Hears what is told on the channel of changes. */
  onTold: (told: string) => void = () => {}
  /** Resolves when the database is open; rejects if it does not open. */
  readonly waitReady: Promise<void>

  /**
   * @param folder null keeps the database in memory
   * @param pattern what a new one begins with, if there is such a file
   * @param onLost told if the database ends by itself
   */
  constructor(private readonly folder: string | null, pattern: string | null, onLost: (error: DatabaseLost) => void = () => {}) {
    this.worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: { folder, pattern }, execArgv: [] })
    this.waitReady = new Promise<void>((resolve, reject) => this.waiting.set(0, { resolve: () => resolve(), reject }))
    this.worker.on('message', (reply: Reply) => this.settle(reply))
    this.worker.on('error', (cause) => {
      this.lose(new DatabaseLost(`The embedded database ended: ${cause.message}`, { cause }))
      onLost(this.lost!)
    })
    this.worker.on('exit', () => this.lose(new DatabaseLost('The embedded database is closed.')))
  }

  /** Whether a transaction is being carried, and the database has answered a statement within some milliseconds: what waits waits for work that gets on. */
  isAtWork(withinMs: number): boolean {
    return this.lost === null && this.transactionsOpen > 0 && performance.now() - this.lastReplyAt < withinMs
  }

  query(statement: string, params: unknown[] = [], options: AskOptions = {}): Promise<Answer> {
    return this.lastTransaction.then(() => this.ask({ kind: 'query', statement, params }, options))
  }

  exec(statement: string): Promise<void> {
    return this.lastTransaction.then(async () => void (await this.ask({ kind: 'exec', statement })))
  }

  /** Runs work in a transaction: committed when it ends, rolled back when it throws. Inside, only `tx` may be asked. */
  transaction<Result>(work: (tx: Asker) => Promise<Result>): Promise<Result> {
    const own = this.lastTransaction.then(async () => {
      let ended = false
      const during = async (request: Pick<Request, 'kind' | 'statement'> & Partial<Request>, options?: AskOptions) => {
        if (ended) throw new Error('The transaction has ended.')
        return this.ask(request, options)
      }
      const tx: Asker = {
        query: (statement, params = [], options = {}) => during({ kind: 'query', statement, params }, options),
        exec: async (statement) => void (await during({ kind: 'exec', statement })),
      }
      this.transactionsOpen += 1
      try {
        await this.ask({ kind: 'exec', statement: 'begin' })
        const result = await work(tx)
        ended = true
        await this.ask({ kind: 'exec', statement: 'commit' })
        return result
      } catch (error) {
        ended = true
        // A database that is lost has rolled back; what went wrong is told, and not that.
        await this.ask({ kind: 'exec', statement: 'rollback' }).catch(() => {})
        throw error
      } finally {
        this.transactionsOpen -= 1
      }
    })
    this.lastTransaction = own.catch(() => {})
    return own
  }

  /** What is in the database now, nothing but its tables, becomes what new ones begin with, if it can be written there. */
  async keepAsPattern(): Promise<void> {
    await this.lastTransaction
    await this.ask({ kind: 'keep', statement: '' })
  }

  /** Ends the database once what was asked before is answered. */
  async close(): Promise<void> {
    await this.lastTransaction
    try {
      await this.ask({ kind: 'close', statement: '' })
    } finally {
      await this.worker.terminate()
    }
  }

  private ask(request: Pick<Request, 'kind' | 'statement'> & Partial<Request>, { rowMode = 'object', parsers = {}, blob }: AskOptions = {}): Promise<Answer> {
    if (this.lost) return Promise.reject(this.lost)
    try {
      if (this.folder !== null && writes(request.statement)) checkRoom(this.folder)
    } catch (error) {
      return Promise.reject(error as Error)
    }
    this.lastId += 1
    const id = this.lastId
    const whole: Request = { params: [], ...request, id, rowMode, asText: Object.keys(parsers).map(Number), blob: blob ?? null }
    return new Promise<Answer>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
      this.worker.ref()
      this.worker.postMessage(whole, [])
    })
  }

  private settle(reply: Reply): void {
    if ('told' in reply) return this.onTold(reply.told)
    this.lastReplyAt = performance.now()
    const one = this.waiting.get(reply.id)
    this.waiting.delete(reply.id)
    if (this.waiting.size === 0) this.worker.unref()
    if ('failure' in reply) one?.reject(new StatementFailed(reply.failure))
    else one?.resolve(reply.answer)
  }

  private lose(error: DatabaseLost): void {
    this.lost ??= error
    for (const { reject } of this.waiting.values()) reject(this.lost)
    this.waiting.clear()
  }
}

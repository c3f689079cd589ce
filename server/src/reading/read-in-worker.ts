import { rm, stat } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { exchange } from '../lib/exchange.js'
import type { Content } from './content.js'
import type { Provider } from './provider.js'
import type { ReadOutcome, ReadProgress, ReadRequest } from './read-report.js'
import type { PackedOutcome, WorkerMessage } from './read-worker.js'

/** Why a file could not be read at all: the worker ran out of memory or time, or died of a defect. */
export type ReadingFailure = 'memory' | 'time' | 'crash'

/**
 * The reading ended without an outcome. `memory` and `time` are the file's doing (answer 413, TOO_LARGE); `crash` is a
 * defect of the reader on this file (answer 400 and log the cause). The process itself is unharmed in each case.
 */
export class ReadingFailed extends Error {
  override readonly name = 'ReadingFailed'
  constructor(readonly reason: ReadingFailure, options?: ErrorOptions) {
    super(`reading the file failed: ${reason}`, options)
  }
}

export interface ReadInWorkerOptions {
  /** Ends the reading; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Called every 10,000 rows. */
  readonly onProgress?: ReadProgress
  /** Milliseconds of wall time until the reading is given up. Default 60,000, and half a second more for each megabyte of a file on the disk: the machine may have other work. */
  readonly timeoutMs?: number
  /** Megabytes of heap for the worker. Default 512: a workbook of 200,000 rows takes about 150, a text of any length some 40 beside the heap. */
  readonly memoryMb?: number
}

/**
 * readReport in a thread of its own, so that a large or hostile file neither stalls nor ends the process. A file on the
 * disk is read there; bytes are copied once and the copy is handed over, so that the caller's stay usable.
 */
export async function readInWorker(request: ReadRequest, options: ReadInWorkerOptions = {}): Promise<ReadOutcome> {
  const { signal, onProgress, timeoutMs = 60_000 + (await megabytesOf(request.content)) * 500, memoryMb = 512 } = options
  signal?.throwIfAborted()
  const content = request.content instanceof Uint8Array ? new Uint8Array(request.content) : request.content
  const worker = takeWorker(memoryMb)
  let timer: NodeJS.Timeout | undefined
  let onAbort = () => {}
  let sound = false
  try {
    const givenUp = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new ReadingFailed('time')), timeoutMs)
      onAbort = () => reject(signal?.reason as Error)
      signal?.addEventListener('abort', onAbort, { once: true })
    })
    const packed = await Promise.race([givenUp, exchange<WorkerMessage, PackedOutcome>(worker, {
      tell: () => worker.postMessage({ ...request, content }, content instanceof Uint8Array ? [content.buffer] : []),
      hear: (message, answer) => {
        if ('result' in message) answer(message.result)
        else onProgress?.(message.rows)
      },
      failed: (cause?: Error & { code?: string }) => new ReadingFailed(cause?.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'crash', { cause }),
    })])
    sound = true
    return await unpack(packed)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
    if (sound) giveBack(worker, memoryMb)
    else await worker.terminate()
    if (request.spoolPath) await rm(request.spoolPath, { force: true })
  }
}

async function megabytesOf(content: Content): Promise<number> {
  return (content instanceof Uint8Array ? 0 : (await stat(content.path)).size) / (1024 * 1024)
}

/** Workers that wait for the next file, with the memory cap they were started with. One that failed in any way is not among them. */
const idle: { worker: Worker; memoryMb: number }[] = []
const idleAtMost = 2

function takeWorker(memoryMb: number): Worker {
  const at = idle.findIndex((one) => one.memoryMb === memoryMb)
  if (at >= 0) {
    const { worker } = idle.splice(at, 1)[0]!
    worker.off('exit', forgetExited)
    return worker
  }
  const worker = new Worker(new URL('./read-worker.js', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32 },
    stdin: false,
  })
  // An error is reported to whoever uses the worker; while nobody does, it must not end the process.
  worker.on('error', () => {})
  return worker
}

function giveBack(worker: Worker, memoryMb: number): void {
  if (idle.length >= idleAtMost) {
    void worker.terminate()
    return
  }
  worker.on('exit', forgetExited)
  idle.push({ worker, memoryMb })
}

function forgetExited(this: Worker): void {
  const at = idle.findIndex((one) => one.worker === this)
  if (at >= 0) idle.splice(at, 1)
}

async function unpack(packed: PackedOutcome): Promise<ReadOutcome> {
  if (packed.outcome !== 'accept') return packed
  const providers: Provider[] = []
  for (const part of packed.providers) {
    providers.push(...(JSON.parse(part) as Provider[]))
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { ...packed, providers }
}

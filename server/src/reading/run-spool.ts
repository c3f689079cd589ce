import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import type { PackedLines } from '@lastmile/shared/report-lines'

/** Packed bytes held in memory before they are written to a file. */
const inMemoryAtMost = 64 * 1024 * 1024
const windowBytes = 256 * 1024

/** Packed lines whose bytes lie in memory or in the spool. */
export interface SpooledRun {
  readonly institutions: Int32Array
  readonly ends: Uint32Array
  /** The bytes, or the part of the file that was read last. */
  bytes: Uint8Array
  /** Where the bytes begin in the file; −1 for bytes in memory. */
  readonly offset: number
  /** Where `bytes` begin among the run's own. */
  start: number
}

/** Keeps packed lines for a while: in memory, and what is too much for it in a file. Read forward, a window at a time. */
export class RunSpool {
  readonly #path: string | null
  #file: number | null = null
  #held = 0
  #length = 0

  constructor(path: string | null) {
    this.#path = path
  }

  keep({ institutions, ends, bytes }: PackedLines): SpooledRun {
    if (this.#path === null || this.#held + bytes.length <= inMemoryAtMost) {
      this.#held += bytes.length
      return { institutions, ends, bytes, offset: -1, start: 0 }
    }
    this.#file ??= openSync(this.#path, 'w+', 0o600)
    const offset = this.#length
    for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at, bytes.length - at, offset + at)
    this.#length += bytes.length
    return { institutions, ends, bytes: new Uint8Array(0), offset, start: 0 }
  }

  /** The bytes of one institution of a run, by its place. They hold until the next of the run is asked for. */
  segment(run: SpooledRun, place: number): { bytes: Uint8Array; from: number; to: number } {
    const from = place === 0 ? 0 : run.ends[place - 1]!
    const to = run.ends[place]!
    if (run.offset >= 0 && (from < run.start || to > run.start + run.bytes.length)) {
      const window = new Uint8Array(Math.min(Math.max(windowBytes, to - from), run.ends.at(-1)! - from))
      for (let at = 0; at < window.length;) {
        const count = readSync(this.#file!, window, at, window.length - at, run.offset + from + at)
        if (count === 0) throw new Error('the spool of a report ends too early')
        at += count
      }
      run.bytes = window
      run.start = from
    }
    return { bytes: run.bytes, from: from - run.start, to: to - run.start }
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file)
    this.#file = null
  }
}

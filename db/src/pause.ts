import { setImmediate } from 'node:timers/promises'

/** Milliseconds that long work may hold others up. */
const turnMs = 10

/** Lets others have their turn, where work has gone on for a while since the last time. Awaited between pieces of long work. */
export class Pauses {
  #since = performance.now()

  async take(): Promise<void> {
    if (performance.now() - this.#since < turnMs) return
    await setImmediate()
    this.#since = performance.now()
  }
}

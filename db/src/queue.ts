/** Lets only so many pieces of work run at once; the rest wait their turn, first come, first served. */
export interface Queue {
  /** Who waits and is aborted loses his place: then the signal's reason is thrown, and the work not begun. */
  run<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result>
}

export function newQueue(atOnce: number): Queue {
  let running = 0
  const waiting: (() => void)[] = []
  const begin = (signal: AbortSignal | undefined) => new Promise<void>((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error)
    if (running < atOnce) {
      running += 1
      return resolve()
    }
    const turn = () => {
      signal?.removeEventListener('abort', leave)
      resolve()
    }
    const leave = () => {
      waiting.splice(waiting.indexOf(turn), 1)
      reject(signal!.reason as Error)
    }
    waiting.push(turn)
    signal?.addEventListener('abort', leave, { once: true })
  })
  const end = () => {
    // A turn that ends is handed on; nobody who comes in between can take it.
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
  return {
    async run(work, signal) {
      await begin(signal)
      try {
        return await work()
      } finally {
        end()
      }
    },
  }
}

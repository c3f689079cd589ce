/** Lets only so many pieces of work run at once; the rest wait their turn, first come, first served. */
export interface Turns {
  take<Result>(work: () => Promise<Result>): Promise<Result>
}

export function newTurns(atOnce: number): Turns {
  let running = 0
  const waiting: (() => void)[] = []
  const begin = () => new Promise<void>((resolve) => {
    if (running >= atOnce) waiting.push(resolve)
    else {
      running += 1
      resolve()
    }
  })
  const end = () => {
    // A turn that ends is handed on; nobody who comes in between can take it.
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
  return {
    async take(work) {
      await begin()
      try {
        return await work()
      } finally {
        end()
      }
    },
  }
}

import { useCallback, useRef, useState } from 'react'

let running = 0
const waiting: (() => void)[] = []

/** Resolves when nothing is being done: what one does oneself is answered before anybody asks what came of it. */
export function whenNothingRuns(): Promise<void> {
  return running === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))
}

function count(more: 1 | -1): void {
  running += more
  if (running > 0) return
  for (const resolve of waiting.splice(0)) resolve()
}

/**
 * Does something once at a time and keeps what went wrong with it. Nothing of what it was given is kept: it may be a password.
 * `did` gets what came of it.
 */
export function useDoing<Given extends unknown[], Result>(what: (...given: Given) => Promise<Result>, did?: (result: Result, ...given: Given) => unknown): { run: (...given: Given) => Promise<void>; busy: boolean; error: unknown; clear: () => void } {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const isRunning = useRef(false)
  const run = async (...given: Given) => {
    if (isRunning.current) return
    isRunning.current = true
    count(1)
    setBusy(true)
    setError(null)
    try {
      const result = await what(...given)
      await did?.(result, ...given)
    } catch (failed) {
      setError(failed)
    } finally {
      isRunning.current = false
      count(-1)
      setBusy(false)
    }
  }
  return { run, busy, error, clear: useCallback(() => setError(null), []) }
}

import { useCallback, useRef, useState } from 'react'

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
    setBusy(true)
    setError(null)
    try {
      const result = await what(...given)
      await did?.(result, ...given)
    } catch (failed) {
      setError(failed)
    } finally {
      isRunning.current = false
      setBusy(false)
    }
  }
  return { run, busy, error, clear: useCallback(() => setError(null), []) }
}

import { useSyncExternalStore } from 'react'

let ended = false
const listeners = new Set<() => void>()

/** Notes that a session has ended by itself in the middle of work, or (false) that this is no news any more. */
export function noteEnd(isSo: boolean): void {
  if (ended === isSo) return
  ended = isSo
  for (const listener of listeners) listener()
}

/** Whether whoever was signed in here has been signed out without asking for it. */
export function useEnded(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, () => ended)
}

let shutOut = (): void => undefined

/** Names what is done when the server says that one must sign in first. Once, at the root. */
export function onShutOut(then: () => void): void {
  shutOut = then
}

/** The server says of a request that one must sign in first. */
export function noteShutOut(): void {
  shutOut()
}

import { useSyncExternalStore } from 'react'

let ended = false
let leaving: string | null = null
const listeners = new Set<() => void>()
const tell = () => { for (const listener of listeners) listener() }
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Notes that a session has ended by itself in the middle of work, or (false) that this is no news any more. To who ends it by choice it never was. */
export function noteEnd(isSo: boolean): void {
  const next = isSo && leaving === null
  if (ended === next) return
  ended = next
  tell()
}

/** Whether whoever was signed in here has been signed out without asking for it. */
export function useEnded(): boolean {
  return useSyncExternalStore(subscribe, () => ended)
}

/** Does what makes another of `reader`, by his choice: until it is done, and the page for the other has come, nothing is told of an end. */
export async function leaveBy(reader: string, change: () => Promise<void>): Promise<void> {
  leaving = reader
  tell()
  try {
    await change()
  } finally {
    leaving = null
    tell()
  }
}

/** Whether a reader is being left by choice: nothing is asked for him any more. */
export function isLeaving(): boolean {
  return leaving !== null
}

/** The reader that is being left by choice; null while nobody is. */
export function useLeaving(): string | null {
  return useSyncExternalStore(subscribe, () => leaving)
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

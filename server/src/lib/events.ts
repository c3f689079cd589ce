import type { ReportProgress } from '@lastmile/shared/report'

/** What the server tells open windows. */
export type LiveEvent =
  | { event: 'report'; data: { list: string; version: number; report: string } }
  | { event: 'progress'; data: ReportProgress }

/** Passes events to whoever listens now. Nothing is kept: a window that was away asks again. */
export interface Events {
  publish(event: LiveEvent): void
  subscribe(listener: (event: LiveEvent) => void): () => void
  /** How many listen now. */
  listening(): number
}

export function newEvents(): Events {
  const listeners = new Set<(event: LiveEvent) => void>()
  return {
    publish: (event) => {
      for (const listener of listeners) listener(event)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    listening: () => listeners.size,
  }
}

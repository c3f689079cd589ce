import type { PlannerProgress } from '@lastmile/shared/planner'
import type { ReportProgress } from '@lastmile/shared/report'

/** What the server tells open windows. */
export type LiveEvent =
  | { event: 'report'; data: { list: string; version: number; report: string } }
  /** `to`: the actor who sends the report; nobody else hears of it. */
  | { event: 'progress'; data: ReportProgress; to: string }
  /** `to`: the actor who asked for a plan; nobody else hears of it. */
  | { event: 'planner'; data: PlannerProgress; to: string }
  /** There are new messages. `to`: where those whom they are for are found (`addressesOf`); nobody else hears of it. */
  | { event: 'message'; to: readonly string[] }
  /** `to`: the account or key of which something changed; null: any. Its windows end. */
  | { event: 'session'; to: string | null }

/**
 * Passes events to whoever listens now. Nothing is kept: a window that was away asks again. That a list has reached a
 * version is passed on once: who makes a change tells it, and so does the database.
 */
export interface Events {
  publish(event: LiveEvent): void
  subscribe(listener: (event: LiveEvent) => void): () => void
  /** How many listen now. */
  listening(): number
}

/** Versions told last that are remembered: those that two may tell lie milliseconds apart. */
const rememberedAtMost = 1_000

export function newEvents(): Events {
  const listeners = new Set<(event: LiveEvent) => void>()
  const told = new Set<string>()
  const isNews = ({ list, version }: { list: string; version: number }) => {
    const one = `${list} ${version}`
    if (told.has(one)) return false
    told.add(one)
    for (const oldest of told) {
      if (told.size <= rememberedAtMost) break
      told.delete(oldest)
    }
    return true
  }
  return {
    publish: (event) => {
      if (event.event === 'report' && !isNews(event.data)) return
      for (const listener of listeners) listener(event)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    listening: () => listeners.size,
  }
}

import { ReportProgress } from '@lastmile/shared/report'
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { isNotNoted } from './queries/noted'
import { isLeaving } from './session-end'
import { whenNothingRuns } from './use-doing'

/** Which answers an event makes old. The one table; what is not named here is asked again by who changes it, when its time is over, or when the line was lost. */
const invalidates = {
  report: ['headline', 'coverage', 'standings', 'trend', 'changes', 'gaps', 'contradictions', 'inspection', 'scorecard', 'statements', 'institutions', 'clusters', 'institution', 'nearest', 'finder', 'cases', 'case', 'company-requests', 'company-request', 'demand', 'reports', 'report', 'report-errors', 'report-difference', 'sources', 'entry-sources', 'entry-form', 'unconfirmed', 'reporting', 'drug', 'company', 'plans', 'ladders', 'standards', 'standard-preview', 'duties', 'editions', 'candidacies', 'life', 'bulletins', 'progress', 'planner-candidates', 'lists'],
} as const

/** What moves without everybody hearing of it: steps of cases and of companies' requests, and bulletins before they are public. Whoever they concern is told by a message. */
const toldAsMessages = ['cases', 'case', 'company-requests', 'company-request', 'demand', 'bulletins', 'progress']

/** State of the line to the server's events. */
export type Line = 'connecting' | 'live' | 'lost'

let line: Line = 'connecting'
let progress: ReadonlyMap<string, ReportProgress> = new Map()
let plans: ReadonlyMap<string, number> = new Map()
const listeners = new Set<() => void>()
const tell = () => { for (const listener of listeners) listener() }
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Marks as old what an event of this list touches; what is on screen is asked again. */
export function invalidate(client: QueryClient, event: keyof typeof invalidates, list: string): Promise<void> {
  // A plan takes seconds of a processor: it is marked, and made anew by a hand alone.
  void client.invalidateQueries({ queryKey: [list, 'planner'], refetchType: 'none' })
  const nouns: readonly string[] = invalidates[event]
  return client.invalidateQueries({ predicate: ({ queryKey }) => nouns.includes(String(queryKey[1])) && (queryKey[0] === list || queryKey[0] === '*') })
}

/** Listens to `/api/events` while mounted. Once, at the root. `reader`: who listens; another listens on a line of his own. */
export function useLiveEvents(reader: string): void {
  const client = useQueryClient()
  useEffect(() => {
    let events: EventSource
    let wasLost = false
    const askWhoIsHere = () => void client.invalidateQueries({ queryKey: ['*', 'session'] })
    const open = () => {
      events = new EventSource('/api/events')
      events.onopen = () => {
        line = 'live'
        tell()
        // Nobody knows what was missed. What is noted is asked again by a hand alone.
        if (wasLost && !isLeaving()) void client.invalidateQueries({ predicate: isNotNoted })
        wasLost = false
      }
      events.onerror = () => {
        line = 'lost'
        wasLost = true
        tell()
        // Refused, and not tried again: perhaps the session is over.
        if (events.readyState === EventSource.CLOSED) askWhoIsHere()
      }
      events.addEventListener('report', (event: MessageEvent<string>) => {
        const list: unknown = (JSON.parse(event.data) as { list?: unknown }).list
        if (typeof list === 'string' && !isLeaving()) void invalidate(client, 'report', list)
      })
      events.addEventListener('message', () => {
        if (isLeaving()) return
        void client.invalidateQueries({ queryKey: ['*', 'messages'] })
        void client.invalidateQueries({ predicate: ({ queryKey }) => toldAsMessages.includes(String(queryKey[1])) })
      })
      events.addEventListener('progress', (event: MessageEvent<string>) => {
        const parsed = ReportProgress.safeParse(JSON.parse(event.data))
        if (!parsed.success) return
        progress = new Map([...progress, [parsed.data.upload, parsed.data]].slice(-50) as [string, ReportProgress][])
        tell()
      })
      events.addEventListener('planner', (event: MessageEvent<string>) => {
        const { progress: name, share } = JSON.parse(event.data) as { progress?: unknown; share?: unknown }
        if (typeof name !== 'string' || typeof share !== 'number') return
        plans = new Map([...plans, [name, share] as const].slice(-20))
        tell()
      })
      events.addEventListener('session', () => {
        events.close()
        open()
        // If it is another, all that was answered is dropped. Else what was said between the two lines is found when it is next looked at: whoever may be shut out by now asks nothing more.
        void client.invalidateQueries({ predicate: isNotNoted, refetchType: 'none' })
        // What was done here itself (a second factor switched on) brings its new cookie with its answer.
        void whenNothingRuns().then(askWhoIsHere)
      })
    }
    line = 'connecting'
    progress = new Map()
    plans = new Map()
    tell()
    open()
    return () => events.close()
  }, [client, reader])
}

/** Whether the line to the server's events stands. */
export function useLine(): Line {
  return useSyncExternalStore(subscribe, () => line)
}

/** How far the reading of an upload has come; undefined before the first word of it. */
export function useProgress(upload: string | null): ReportProgress | undefined {
  return useSyncExternalStore(subscribe, () => (upload === null ? undefined : progress.get(upload)))
}

/** How far a plan has come, as a share of the work; undefined before the first word of it. */
export function usePlanning(name: string): number | undefined {
  return useSyncExternalStore(subscribe, () => plans.get(name))
}

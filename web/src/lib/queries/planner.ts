import type { PlannerQuestion } from '@lastmile/shared/planner'
import { queryOptions } from '@tanstack/react-query'
import { answerTo, fileAt, lists } from '../api'
import type { Asked } from './coverage'

/** What is planned, as the page asks it. */
export type PlannerAsked = Omit<Asked<PlannerQuestion>, 'progress'> & { drug: string }

/** A plan. It takes seconds: who leaves stops it, and what was planned is kept while the page stands; it is made anew by a hand or after the line was lost, and is stale once data came. `progress`: the name under which it is told how far it has come. */
export const plannerQuery = (list: string, question: PlannerAsked, progress: string) => queryOptions({
  queryKey: [list, 'planner', question] as const, staleTime: Infinity, retry: false, refetchOnMount: false, refetchOnWindowFocus: false, refetchOnReconnect: false,
  queryFn: ({ signal }) => answerTo(lists[':list'].planner.$post({ param: { list }, json: { ...question, progress } }, { init: { signal } })),
})

/** The same plan as a file. */
export function plannerFile(list: string, question: PlannerAsked, format: 'csv' | 'xlsx'): Promise<Blob> {
  return fileAt(`/api/lists/${encodeURIComponent(list)}/planner`, { ...question, format })
}

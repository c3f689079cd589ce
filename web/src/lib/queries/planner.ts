import type { CandidatesQuestion, PlannerQuestion } from '@lastmile/shared/planner'
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

/** Among whom a plan chooses: what is asked of them, of a plan, with the page of them. */
export type CandidatesAsked = Asked<CandidatesQuestion> & { drug: string }

/** The candidates of what is planned. */
export function candidatesAsked({ goal, count, ...asked }: PlannerAsked, own: Pick<CandidatesAsked, 'spot' | 'alikeTo'>): CandidatesAsked {
  return { ...asked, ...own }
}

/** A page of candidates, as they are now. Each asks for a look through all institutions: it is asked again where data came, and where the line was lost. */
export const candidatesQuery = (list: string, question: CandidatesAsked) => queryOptions({
  queryKey: [list, 'planner-candidates', question] as const, staleTime: Infinity, retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false,
  queryFn: ({ signal }) => answerTo(lists[':list'].planner.candidates.$post({ param: { list }, json: question }, { init: { signal } })),
})

/** The same as a file: a plan, or among whom it chooses. */
export function plannerFile(list: string, asked: { of: 'planner'; question: PlannerAsked } | { of: 'planner/candidates'; question: CandidatesAsked }, format: 'csv' | 'xlsx'): Promise<Blob> {
  return fileAt(`/api/lists/${encodeURIComponent(list)}/${asked.of}`, { ...asked.question, format })
}

import type { MovesQuestion } from '@lastmile/shared/company-moves'
import type { DropOffQuestion } from '@lastmile/shared/drop-off'
import type { LaddersQuestion } from '@lastmile/shared/ladder-answer'
import type { CurvesQuestion } from '@lastmile/shared/listing-curve'
import type { NextStepsQuestion } from '@lastmile/shared/next-step'
import { queryOptions } from '@tanstack/react-query'
import { answerTo, asQuery, lists } from '../api'
import type { Asked } from './coverage'

const api = lists[':list'].progress

/** How fast each drug of a company reached its n-th unit or institution, beside its class. */
export const curvesQuery = (list: string, params: Asked<CurvesQuestion>) =>
  queryOptions({ queryKey: [list, 'progress', { curves: params }] as const, queryFn: ({ signal }) => answerTo(api.curves.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** Where a company's pairs drop off, and the pairs of one set. */
export const dropOffQuery = (list: string, params: Asked<DropOffQuestion>) =>
  queryOptions({ queryKey: [list, 'progress', { dropOff: params }] as const, queryFn: ({ signal }) => answerTo(api['drop-off'].$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** What moved of a company's drugs since an instant, and the pairs of one set. */
export const movesQuery = (list: string, params: Asked<MovesQuestion>) =>
  queryOptions({ queryKey: [list, 'progress', { moves: params }] as const, queryFn: ({ signal }) => answerTo(api.moves.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** What a company does best next. */
export const nextStepsQuery = (list: string, params: Asked<NextStepsQuestion>) =>
  queryOptions({ queryKey: [list, 'progress', { nextSteps: params }] as const, queryFn: ({ signal }) => answerTo(api['next-steps'].$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** How far each drug of a company has come in each unit. */
export const boardQuery = (list: string, params: Asked<LaddersQuestion>) =>
  queryOptions({ queryKey: [list, 'ladders', { board: params }] as const, queryFn: ({ signal }) => answerTo(lists[':list'].ladders.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** Has it remembered that one looks at a company's drugs; asked once by who opens the page, and since when what moved is told. */
export const visitQuery = (list: string, company: string) =>
  queryOptions({ queryKey: [list, 'visit', company] as const, queryFn: () => noteVisit(list, company, null), staleTime: Infinity, gcTime: 0, retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false })

/** Notes a look, or that what an answer told (its `at`) was seen. */
export const noteVisit = (list: string, company: string, seen: string | null) => answerTo(api.visits.$post({ param: { list }, json: { company, seen } }))

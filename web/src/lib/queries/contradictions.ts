import type { ContradictionsQuestion, NewRequests } from '@lastmile/shared/contradiction'
import { queryOptions } from '@tanstack/react-query'
import { answerTo, asQuery, lists } from '../api'
import type { Asked } from './coverage'

const api = lists[':list'].contradictions

/** A page of the pairs of one set, and how many there are in each. */
export const contradictionsQuery = (list: string, params: Asked<ContradictionsQuestion> = {}) =>
  queryOptions({ queryKey: [list, 'contradictions', params] as const, queryFn: ({ signal }) => answerTo(api.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** Asks the sources of pairs to confirm them. */
export const askSources = (list: string, json: NewRequests) => answerTo(api.requests.$post({ param: { list }, json }))

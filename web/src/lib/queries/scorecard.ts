import type { ScorecardQuestion } from '@lastmile/shared/scorecard'
import { queryOptions } from '@tanstack/react-query'
import { answerTo, asQuery, lists } from '../api'
import type { Asked } from './coverage'

const api = lists[':list'].scorecard

/** The scores of units that one may see. */
export const scorecardsQuery = (list: string, question: Asked<ScorecardQuestion>) =>
  queryOptions({ queryKey: [list, 'scorecard', question] as const, queryFn: ({ signal }) => answerTo(api.$get({ param: { list }, query: asQuery(question) }, { init: { signal } })) })

/** The scorecard of a unit. */
export const scorecardQuery = (list: string, unit: string, question: Asked<ScorecardQuestion>) =>
  queryOptions({ queryKey: [list, 'scorecard', unit, question] as const, queryFn: ({ signal }) => answerTo(api[':unit'].$get({ param: { list, unit }, query: asQuery(question) }, { init: { signal } })) })

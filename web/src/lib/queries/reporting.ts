import type { ReportingQuestion } from '@lastmile/shared/reporting'
import { queryOptions } from '@tanstack/react-query'
import { answerTo, asQuery, lists } from '../api'
import type { Asked } from './coverage'

/** Who has reported which periods, and who has not; a page of sources, totals of all. */
export const reportingQuery = (list: string, params: Asked<ReportingQuestion> = {}) =>
  queryOptions({ queryKey: [list, 'reporting', params] as const, queryFn: ({ signal }) => answerTo(lists[':list'].reporting.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

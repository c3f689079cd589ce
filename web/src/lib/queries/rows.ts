import type { InstitutionsQuestion, ReportsQuestion, StatementsQuestion } from '@lastmile/shared/basis'
import { queryOptions } from '@tanstack/react-query'
import { answerTo, asQuery, lists } from '../api'
import type { Asked } from './coverage'

const api = lists[':list']

/** The rows behind a number, one page of them. */
export const statementsQuery = (list: string, params: Asked<StatementsQuestion> = {}) =>
  queryOptions({ queryKey: [list, 'statements', params] as const, queryFn: ({ signal }) => answerTo(api.statements.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** Institutions, searched and filtered, one page of them. */
export const institutionsQuery = (list: string, params: Asked<InstitutionsQuestion> = {}) =>
  queryOptions({ queryKey: [list, 'institutions', params] as const, queryFn: ({ signal }) => answerTo(api.institutions.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** One institution and what each kind of evidence says of each drug there. */
export const institutionQuery = (list: string, code: string, { asOf }: { asOf?: string | undefined } = {}) =>
  queryOptions({ queryKey: [list, 'institution', { code, asOf }] as const, queryFn: ({ signal }) => answerTo(api.institutions[':code'].$get({ param: { list, code }, query: asQuery({ asOf }) }, { init: { signal } })) })

/** Reports, latest first, one page of them. */
export const reportsQuery = (list: string, params: Asked<ReportsQuestion> = {}) =>
  queryOptions({ queryKey: [list, 'reports', params] as const, queryFn: ({ signal }) => answerTo(api.reports.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** One report and its warnings. */
export const reportQuery = (list: string, id: string) =>
  queryOptions({ queryKey: [list, 'report', { id }] as const, queryFn: ({ signal }) => answerTo(api.reports[':id'].$get({ param: { list, id }, query: {} }, { init: { signal } })) })

/** The receipt of a report. */
export const receiptQuery = (list: string, id: string) =>
  queryOptions({ queryKey: [list, 'receipt', { id }] as const, queryFn: ({ signal }) => answerTo(api.reports[':id'].receipt.$get({ param: { list, id }, query: {} }, { init: { signal } })) })

/** The errors of a report by row and column, one page of them. */
export const reportErrorsQuery = (list: string, id: string, params: { offset?: number; limit?: number } = {}) =>
  queryOptions({ queryKey: [list, 'report-errors', { id, ...params }] as const, queryFn: ({ signal }) => answerTo(api.reports[':id'].errors.$get({ param: { list, id }, query: asQuery(params) }, { init: { signal } })) })

/** What a report says otherwise than the version it corrects, or than the one before it, one page of it. */
export const reportDifferenceQuery = (list: string, id: string, params: { offset?: number; limit?: number } = {}) =>
  queryOptions({ queryKey: [list, 'report-difference', { id, ...params }] as const, queryFn: ({ signal }) => answerTo(api.reports[':id'].difference.$get({ param: { list, id }, query: asQuery(params) }, { init: { signal } })) })

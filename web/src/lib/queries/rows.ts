import type { InstitutionsQuestion, ReportsQuestion, StatementsQuestion } from '@lastmile/shared/basis'
import type { InstitutionAnswer, InstitutionsAnswer } from '@lastmile/shared/institution'
import { ReportReceipt, type ReportAnswer, type ReportErrorsAnswer, type ReportsAnswer } from '@lastmile/shared/report'
import type { StatementsAnswer } from '@lastmile/shared/statement'
import { queryOptions } from '@tanstack/react-query'
import { getAnswer, sendForm, type Params } from './answer'
import type { Asked } from './coverage'

/** The rows behind a number, one page of them. */
export const statementsQuery = (list: string, params: Asked<StatementsQuestion> = {}) =>
  queryOptions({ queryKey: [list, 'statements', params] as const, queryFn: ({ signal }) => getAnswer<StatementsAnswer>(`/api/lists/${list}/statements`, params as Params, { signal }) })

/** Institutions, searched and filtered, one page of them. */
export const institutionsQuery = (list: string, params: Asked<InstitutionsQuestion> = {}) =>
  queryOptions({ queryKey: [list, 'institutions', params] as const, queryFn: ({ signal }) => getAnswer<InstitutionsAnswer>(`/api/lists/${list}/institutions`, params as Params, { signal }) })

/** One institution and what each kind of evidence says of each drug there. */
export const institutionQuery = (list: string, code: string, params: { asOf?: string | undefined; knownOn?: string | undefined } = {}) =>
  queryOptions({ queryKey: [list, 'institution', { code, ...params }] as const, queryFn: ({ signal }) => getAnswer<InstitutionAnswer>(`/api/lists/${list}/institutions/${encodeURIComponent(code)}`, params, { signal }) })

/** Reports, latest first, one page of them. */
export const reportsQuery = (list: string, params: Asked<ReportsQuestion> = {}) =>
  queryOptions({ queryKey: [list, 'reports', params] as const, queryFn: ({ signal }) => getAnswer<ReportsAnswer>(`/api/lists/${list}/reports`, params as Params, { signal }) })

/** One report and its warnings. */
export const reportQuery = (list: string, id: string) =>
  queryOptions({ queryKey: [list, 'report', { id }] as const, queryFn: ({ signal }) => getAnswer<ReportAnswer>(`/api/lists/${list}/reports/${encodeURIComponent(id)}`, {}, { signal }) })

/** The errors of a report by row and column, one page of them. */
export const reportErrorsQuery = (list: string, id: string, params: { offset?: number; limit?: number } = {}) =>
  queryOptions({ queryKey: [list, 'report-errors', { id, ...params }] as const, queryFn: ({ signal }) => getAnswer<ReportErrorsAnswer>(`/api/lists/${list}/reports/${encodeURIComponent(id)}/errors`, params, { signal }) })

/** Sends a report (fields of the form as `POST …/reports` reads them) and answers its receipt; `ifMatch` names the version that it corrects. */
export function sendReport(list: string, form: FormData, ifMatch?: number): Promise<ReportReceipt> {
  return sendForm(`/api/lists/${list}/reports`, form, ReportReceipt, ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` })
}

import type { DutyRowsQuestion, DutySaid } from '@lastmile/shared/duty'
import { queryOptions } from '@tanstack/react-query'
import { answerTo, asQuery, lists } from '../api'
import type { Asked } from './coverage'

const api = lists[':list'].duties

/** Dated duties, and how each stands. */
export const dutiesQuery = (list: string, params: { knownOn?: string | undefined } = {}) =>
  queryOptions({ queryKey: [list, 'duties', params] as const, queryFn: ({ signal }) => answerTo(api.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** One duty by unit and by drug. */
export const dutyQuery = (list: string, duty: string, params: { knownOn?: string | undefined } = {}) =>
  queryOptions({ queryKey: [list, 'duties', { duty, ...params }] as const, queryFn: ({ signal }) => answerTo(api[':duty'].$get({ param: { list, duty }, query: asQuery(params) }, { init: { signal } })) })

/** The institutions that have a duty, a page of them. */
export const dutyRowsQuery = (list: string, duty: string, params: Asked<DutyRowsQuestion> = {}) =>
  queryOptions({ queryKey: [list, 'duties', { duty, rows: params }] as const, queryFn: ({ signal }) => answerTo(api[':duty'].institutions.$get({ param: { list, duty }, query: asQuery(params) }, { init: { signal } })) })

/** One duty at one institution, with what was said before. */
export const dutyRowQuery = (list: string, duty: string, institution: string) =>
  queryOptions({ queryKey: [list, 'duties', { duty, institution }] as const, queryFn: ({ signal }) => answerTo(api[':duty'].institutions[':institution'].$get({ param: { list, duty, institution } }, { init: { signal } })) })

/** `version`: the one that was seen, 0 where nothing was said; if another is known by now, it is refused. */
export const answerDuty = (list: string, duty: string, institution: string, version: number, json: DutySaid) => answerTo(api[':duty'].institutions[':institution'].$put({ param: { list, duty, institution }, header: { 'If-Match': `"${version}"` }, json }))
export const withdrawDuty = (list: string, duty: string, institution: string, version: number) => answerTo(api[':duty'].institutions[':institution'].$delete({ param: { list, duty, institution }, header: { 'If-Match': `"${version}"` } }))

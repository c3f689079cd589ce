import type { NewPlan, PlanChange, PlansQuestion } from '@lastmile/shared/plan'
import { queryOptions } from '@tanstack/react-query'
import { answerTo, asQuery, lists } from '../api'
import type { Asked } from './coverage'

const api = lists[':list'].plans

/** Customised insurance plans with the drugs that they name, one page of them. */
export const plansQuery = (list: string, params: Asked<PlansQuestion> = {}) =>
  queryOptions({ queryKey: [list, 'plans', params] as const, queryFn: ({ signal }) => answerTo(api.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** One plan, with what was said of it before. */
export const planQuery = (list: string, code: string) =>
  queryOptions({ queryKey: [list, 'plans', { code }] as const, queryFn: ({ signal }) => answerTo(api[':code'].$get({ param: { list, code }, query: {} }, { init: { signal } })) })

export const beginPlan = (list: string, json: NewPlan) => answerTo(api.$post({ param: { list }, json }))
/** `version`: the one that was changed; if another is known by now, it is refused. */
export const changePlan = (list: string, code: string, version: number, json: PlanChange) => answerTo(api[':code'].$put({ param: { list, code }, header: { 'If-Match': `"${version}"` }, json }))
export const endPlan = (list: string, code: string, version: number) => answerTo(api[':code'].$delete({ param: { list, code }, header: { 'If-Match': `"${version}"` } }))

import type { DemandQuestion, NewDemand } from '@lastmile/shared/demand'
import { Position } from '@lastmile/shared/position'
import type { PlansAnswer } from '@lastmile/shared/plan'
import { queryOptions } from '@tanstack/react-query'
import { answerTo, asQuery, lists } from '../api'
import type { Asked } from './coverage'

const api = lists[':list']

/** The words by which people look for drugs of a list. */
export const finderWordsQuery = (list: string) =>
  queryOptions({ queryKey: [list, 'finder-words', {}] as const, queryFn: ({ signal }) => answerTo(api.finder.$get({ param: { list }, query: {} }, { init: { signal } })) })

/**
 * Where a drug is near a place. The position is rounded before it becomes part of anything: the key lives in this page's memory
 * alone, the question travels in a body, and the URL has nothing of it. Forgotten as soon as nobody looks.
 */
export const finderQuery = (list: string, drug: string, position: Position, count: number) => {
  const asked = { drug, position: Position.parse(position), count }
  return queryOptions({ queryKey: [list, 'finder', asked] as const, gcTime: 0, queryFn: ({ signal }) => answerTo(api.finder.$post({ param: { list }, json: asked }, { init: { signal } })) })
}

/** All plans that name a drug today, wherever they are sold: what is asked for a device's place must not name that place. */
export const plansNamingQuery = (list: string, drug: string) =>
  queryOptions({
    queryKey: [list, 'plans', { naming: drug }] as const, queryFn: async ({ signal }) => {
      const plans: PlansAnswer['plans'] = []
      for (;;) {
        const answer: PlansAnswer = await answerTo(api.plans.$get({ param: { list }, query: asQuery({ drug, offset: plans.length, limit: 500 }) }, { init: { signal } }))
        plans.push(...answer.plans)
        if (answer.plans.length === 0 || plans.length >= answer.page.total) return plans
      }
    },
  })

/** Demand and supply by drug and unit. */
export const demandQuery = (list: string, params: Asked<DemandQuestion> = {}) =>
  queryOptions({ queryKey: [list, 'demand', params] as const, queryFn: ({ signal }) => answerTo(api.demand.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** Registers a demand. `key` makes that it is registered once, however often it is sent. */
export const registerDemand = (list: string, json: NewDemand, key: string) => answerTo(api.demand.$post({ param: { list }, header: { 'Idempotency-Key': key }, json }))
/** Withdraws the demand with a code. */
export const withdrawDemand = (list: string, code: string) => answerTo(api.demand.withdrawal.$post({ param: { list }, json: { code } }))

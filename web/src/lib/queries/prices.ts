import { SettlementFileAnswer, type NewSettlementPrice, type RetailPricesQuestion, type SettlementPricesQuestion } from '@lastmile/shared/price'
import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { answerOf, answerTo, asQuery, lists, reach } from '../api'
import type { Asked } from './coverage'
import { noted } from './noted'

const api = lists[':list'].prices

/** The last retail price of each pair, one page of them. */
export const retailPricesQuery = (list: string, params: Asked<RetailPricesQuestion> = {}) =>
  queryOptions({ ...noted, queryKey: [list, 'prices-retail', params] as const, queryFn: ({ signal }) => answerTo(api.retail.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** Settlement prices; with `history` those too that others took the place of. */
export const settlementPricesQuery = (list: string, params: Asked<SettlementPricesQuestion> = {}) =>
  queryOptions({ ...noted, queryKey: [list, 'prices-settlement', params] as const, queryFn: ({ signal }) => answerTo(api.settlement.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** Prices of each drug compared between kinds of institutions, and those that stand out. */
export const priceMonitoringQuery = (list: string) =>
  queryOptions({ ...noted, queryKey: [list, 'prices-monitoring'] as const, queryFn: ({ signal }) => answerTo(api.monitoring.$get({ param: { list }, query: {} }, { init: { signal } })) })

/** After a settlement price was entered: what is on screen of them is asked again. That is a look like any other. */
export function askPricesAgain(client: QueryClient, list: string): Promise<void> {
  return client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === list && (queryKey[1] === 'prices-settlement' || queryKey[1] === 'prices-monitoring') })
}

/** Enters one settlement price. The amount travels in the body. */
export const enterPrice = (list: string, json: NewSettlementPrice) => answerTo(api.settlement.$post({ param: { list }, json }))

/** Enters settlement prices from a file: all of them, or, with what is wrong by row, none. @throws ProblemError for a file that cannot be read */
export async function enterPricesFile(list: string, file: File): Promise<SettlementFileAnswer> {
  const form = new FormData()
  form.set('file', file, file.name)
  const response = await reach(`/api/lists/${encodeURIComponent(list)}/prices/settlement/file`, { method: 'POST', body: form })
  const read = SettlementFileAnswer.safeParse(await response.clone().json().catch(() => null))
  return read.success ? read.data : answerOf(SettlementFileAnswer, response)
}

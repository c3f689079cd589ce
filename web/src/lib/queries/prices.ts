import { SettlementFileAnswer, type NewSettlementPrice, type RetailPricesQuestion, type SettlementPricesQuestion } from '@lastmile/shared/price'
import { queryOptions } from '@tanstack/react-query'
import { answerOf, answerTo, asQuery, lists, reach } from '../api'
import type { Asked } from './coverage'

const api = lists[':list'].prices

/** Every look at a price is noted: it is asked for when the page is opened, not by itself, and forgotten as soon as nobody looks. */
const noted = { staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false } as const

/** The last retail price of each pair, one page of them. */
export const retailPricesQuery = (list: string, params: Asked<RetailPricesQuestion> = {}) =>
  queryOptions({ ...noted, queryKey: [list, 'prices-retail', params] as const, queryFn: ({ signal }) => answerTo(api.retail.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** Settlement prices; with `history` those too that others took the place of. */
export const settlementPricesQuery = (list: string, params: Asked<SettlementPricesQuestion> = {}) =>
  queryOptions({ ...noted, queryKey: [list, 'prices-settlement', params] as const, queryFn: ({ signal }) => answerTo(api.settlement.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** Prices of each drug compared between kinds of institutions, and those that stand out. */
export const priceMonitoringQuery = (list: string) =>
  queryOptions({ ...noted, queryKey: [list, 'prices-monitoring'] as const, queryFn: ({ signal }) => answerTo(api.monitoring.$get({ param: { list }, query: {} }, { init: { signal } })) })

/** The address of one of these questions as a file. */
export function pricesDownload(list: string, what: 'retail' | 'settlement' | 'monitoring', params: object, format: 'csv' | 'xlsx'): string {
  return `/api/lists/${encodeURIComponent(list)}/prices/${what}?${new URLSearchParams(asQuery({ ...params, format }) as Record<string, string>).toString()}`
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

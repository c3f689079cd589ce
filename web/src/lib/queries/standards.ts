import type { StandardChange, StandardRule } from '@lastmile/shared/standard'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answerTo, asQuery, lists } from '../api'

const api = lists[':list'].standards

/** What counts as covered, for each drug. */
export const standardsQuery = (list: string, params: { asOf?: string | undefined; knownOn?: string | undefined } = {}) =>
  queryOptions({ queryKey: [list, 'standards', params] as const, queryFn: ({ signal }) => answerTo(api.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** The standard of a drug, and what it was before. */
export const standardQuery = (list: string, drug: string, params: { knownOn?: string | undefined } = {}) =>
  queryOptions({ queryKey: [list, 'standards', { drug, ...params }] as const, queryFn: ({ signal }) => answerTo(api[':drug'].$get({ param: { list, drug }, query: asQuery(params) }, { init: { signal } })) })

/** What the gaps of a drug would become under other rules. The last answer stays while the next is awaited. */
export const standardPreviewQuery = (list: string, drug: string, rules: StandardRule[]) =>
  queryOptions({ queryKey: [list, 'standard-preview', { drug, rules }] as const, queryFn: ({ signal }) => answerTo(api[':drug'].preview.$post({ param: { list, drug }, json: { rules } }, { init: { signal } })), placeholderData: keepPreviousData, retry: false })

/** `version`: the one that was seen, 0 where there was none; if another is known by now, it is refused. */
export const decideStandard = (list: string, drug: string, version: number, json: StandardChange) => answerTo(api[':drug'].$put({ param: { list, drug }, header: { 'If-Match': `"${version}"` }, json }))
export const releaseStandard = (list: string, drug: string, version: number, why: string) => answerTo(api[':drug'].$delete({ param: { list, drug }, header: { 'If-Match': `"${version}"` }, json: { why } }))

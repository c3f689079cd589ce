import type { CandidaciesQuestion, CandidacyChange, EditionsQuestion, LifeQuestion, NewCandidacy } from '@lastmile/shared/candidacy'
import type { StageSaid } from '@lastmile/shared/drug-stage'
import { queryOptions } from '@tanstack/react-query'
import { answerTo, asQuery, lists } from '../api'
import type { Asked } from './coverage'

const api = lists[':list'].candidacies
const at = (version: number) => ({ 'If-Match': `"${version}"` })

/** Editions side by side. */
export const editionsQuery = (list: string, params: Asked<EditionsQuestion> = {}) =>
  queryOptions({ queryKey: [list, 'editions', params] as const, queryFn: ({ signal }) => answerTo(lists[':list'].editions.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** Drugs in the course of editions, a page of them. */
export const candidaciesQuery = (list: string, params: Asked<CandidaciesQuestion> = {}) =>
  queryOptions({ queryKey: [list, 'candidacies', params] as const, queryFn: ({ signal }) => answerTo(api.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** A drug's life across editions. */
export const lifeQuery = (list: string, drug: string, params: Asked<LifeQuestion> = {}) =>
  queryOptions({ queryKey: [list, 'life', { drug, ...params }] as const, queryFn: ({ signal }) => answerTo(lists[':list'].drugs[':drug'].life.$get({ param: { list, drug }, query: asQuery(params) }, { init: { signal } })) })

export const beginCandidacy = (list: string, json: NewCandidacy) => answerTo(api.$post({ param: { list }, json }))
/** `version`: the one that was seen; if another is known by now, it is refused. So of all that follow. */
export const changeCandidacy = (list: string, code: string, version: number, json: CandidacyChange) => answerTo(api[':code'].$put({ param: { list, code }, header: at(version), json }))
export const stateStage = (list: string, code: string, version: number, json: StageSaid) => answerTo(api[':code'].stages.$post({ param: { list, code }, header: at(version), json }))
export const restateStage = (list: string, code: string, no: number, version: number, json: StageSaid) => answerTo(api[':code'].stages[':no'].$put({ param: { list, code, no: String(no) }, header: at(version), json }))
export const withdrawStage = (list: string, code: string, no: number, version: number) => answerTo(api[':code'].stages[':no'].$delete({ param: { list, code, no: String(no) }, header: at(version) }))

import type { ChangesQuestion, CoverageQuestion, GapHistoryQuestion, GapsQuestion, HeadlineQuestion, StandingsQuestion, TrendQuestion } from '@lastmile/shared/basis'
import { unpackCoverage } from '@lastmile/shared/coverage'
import { queryOptions } from '@tanstack/react-query'
import { answerTo, asQuery, lists } from '../api'

/** A question as a page asks it: what has a default may be left out, the format is not asked here. */
export type Asked<Q> = { [K in keyof Omit<Q, 'format'>]?: Q[K] | undefined }

const api = lists[':list']

/** The counts of the headline under one kind of evidence. */
export const headlineQuery = (list: string, params: Asked<HeadlineQuestion> = {}) =>
  queryOptions({ queryKey: [list, 'headline', params] as const, queryFn: ({ signal }) => answerTo(api.headline.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** A cell per drug and region under one kind of evidence. A missing cell is unknown, never zero. */
export const coverageQuery = (list: string, params: Asked<CoverageQuestion> = {}) =>
  queryOptions({
    queryKey: [list, 'coverage', params] as const, queryFn: async ({ signal }) => unpackCoverage(await answerTo(api.coverage.$get({ param: { list }, query: asQuery(params) }, { init: { signal } }))),
    // Tens of thousands of cells are not compared one by one with the former ones.
    structuralSharing: false,
  })

/** What all kinds of evidence together say, per drug and region. */
export const standingsQuery = (list: string, params: Asked<StandingsQuestion> = {}) =>
  queryOptions({ queryKey: [list, 'standings', params] as const, queryFn: ({ signal }) => answerTo(api.standings.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** A step series under one kind of evidence. */
export const trendQuery = (list: string, params: Asked<TrendQuestion> = {}) =>
  queryOptions({ queryKey: [list, 'trend', params] as const, queryFn: ({ signal }) => answerTo(api.trend.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** What entered and left between two days, by cause. */
export const changesQuery = (list: string, params: Asked<ChangesQuestion> & { from: string }) =>
  queryOptions({ queryKey: [list, 'changes', params] as const, queryFn: ({ signal }) => answerTo(api.changes.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** Drugs in units below their standard. */
export const gapsQuery = (list: string, params: Asked<GapsQuestion> = {}) =>
  queryOptions({ queryKey: [list, 'gaps', params] as const, queryFn: ({ signal }) => answerTo(api.gaps.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** The gaps of a drug over time, in a unit or in all. */
export const gapHistoryQuery = (list: string, params: Asked<GapHistoryQuestion> & { drug: string }) =>
  queryOptions({ queryKey: [list, 'gaps', 'history', params] as const, queryFn: ({ signal }) => answerTo(api.gaps.history.$get({ param: { list }, query: { ...asQuery(params), drug: params.drug } }, { init: { signal } })) })

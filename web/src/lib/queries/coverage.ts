import type { ChangesQuestion, CoverageQuestion, GapsQuestion, HeadlineQuestion, StandingsQuestion, TrendQuestion } from '@lastmile/shared/basis'
import type { ChangesAnswer } from '@lastmile/shared/changes'
import type { CoverageAnswer, HeadlineAnswer, StandingsAnswer, TrendAnswer } from '@lastmile/shared/coverage'
import type { GapsAnswer } from '@lastmile/shared/gap'
import { queryOptions } from '@tanstack/react-query'
import { downloadAddress, getAnswer, type Params } from './answer'

/** A question as a page asks it: what has a default may be left out, the format is not asked here. */
export type Asked<Q> = { [K in keyof Omit<Q, 'format'>]?: Q[K] | undefined }

const noun = <Q, A>(name: string) => (list: string, params: Asked<Q> = {}) =>
  queryOptions({
    queryKey: [list, name, params] as const,
    queryFn: ({ signal }) => getAnswer<A>(`/api/lists/${list}/${name}`, params as Params, { signal }),
  })

/** The counts of the headline under one kind of evidence. */
export const headlineQuery = noun<HeadlineQuestion, HeadlineAnswer>('headline')

/** A cell per drug and region under one kind of evidence. A missing cell is unknown, never zero. */
export const coverageQuery = noun<CoverageQuestion, CoverageAnswer>('coverage')

/** What all kinds of evidence together say, per drug and region. */
export const standingsQuery = noun<StandingsQuestion, StandingsAnswer>('standings')

/** A step series under one kind of evidence. */
export const trendQuery = noun<TrendQuestion, TrendAnswer>('trend')

/** What entered and left between two days, by cause. */
export const changesQuery = (list: string, params: Asked<ChangesQuestion> & { from: string }) => noun<ChangesQuestion, ChangesAnswer>('changes')(list, params)

/** Drugs in units below their standard. */
export const gapsQuery = noun<GapsQuestion, GapsAnswer>('gaps')

/** The download address of one of these questions. */
export function coverageDownload(list: string, name: 'headline' | 'coverage' | 'standings' | 'trend' | 'changes' | 'gaps' | 'statements' | 'institutions' | 'reports', params: Params, format: 'csv' | 'xlsx'): string {
  return downloadAddress(`/api/lists/${list}/${name}`, params, format)
}

import type { TrendAnswer } from '@lastmile/shared/coverage'

/** What a course over time counts. */
export type Measure = 'institutions' | 'units' | 'cities' | 'share'

/** A point's value under a measure, of a share its lower end; null where there is none (too few are eligible). */
export function valueOf(point: TrendAnswer['points'][number], measure: Measure): number | null {
  if (measure === 'share') return point.share?.low ?? null
  return measure === 'units' ? point.units : point.stocked[measure]
}

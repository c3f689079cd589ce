import type { TrendAnswer } from '@lastmile/shared/coverage'

/** The institutions that stock something, day by day, as the time bar draws them; nothing where nobody ever said anything: a flat line would read as zero. */
export function stockedSeries(trend: TrendAnswer | undefined): { day: string; value: number }[] | undefined {
  const said = trend?.points.some((point) => Object.values(point.states).some((count) => count > 0))
  return said ? trend?.points.map((point) => ({ day: point.day, value: point.stocked.institutions })) : undefined
}

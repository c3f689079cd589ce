import type { PeriodSet, ReportingQuestion } from '@lastmile/shared/reporting'
import { Link } from '@tanstack/react-router'
import type { Asked } from '../lib/queries/coverage'
import { asKnownNow, type ListSearch } from '../lib/search'
import type { ReportingSearch } from '../lib/searches'
import { useWorld } from '../lib/world'
import { Figure } from './figure'

/** Whose periods are counted, and how many of each: what a number of a calendar says besides its set. */
export type PeriodsOf = Asked<Pick<ReportingQuestion, 'evidence' | 'region' | 'source' | 'periods' | 'sort'>>

/** How many periods are in a set, as the way to them, a row each; without a set, to the calendar of all of them. `strip`: what the page on which it stands does not follow. */
export function PeriodsFigure({ value, set, label, of, strip = asKnownNow }: { value: number; set?: PeriodSet | undefined; label: string; of: PeriodsOf; strip?: Partial<ListSearch> }) {
  const { list } = useWorld()
  return <Figure value={value} label={label} way={(about) => <Link to="/$list/reporting" params={{ list: list.code }} search={{ ...strip, ...searchOf(of), state: set }} {...about} />} />
}

/** The address of a calendar; what the page takes for granted is left out. */
export function searchOf({ evidence, region, source, periods, sort }: PeriodsOf): ReportingSearch {
  return { word: evidence, region, source, periods: periods === 6 ? '6' : periods === 24 ? '24' : undefined, sort: sort === 'silent-down' ? undefined : sort }
}

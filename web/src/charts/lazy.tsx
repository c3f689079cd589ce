import { lazy, Suspense, type ComponentType } from 'react'
import { Loading } from '../ui/empty'
import type { BandCurveChartProps } from './band-curve-chart'
import type { BridgeChartProps } from './bridge-chart'
import type { MilestonesChartProps } from './milestones-chart'
import type { RankBarsProps } from './rank-bars'
import type { SpreadChartProps } from './spread-chart'
import type { TrendChartProps } from './trend-chart'

/**
 * The charts as pages use them: recharts is loaded when the first chart is drawn, not before. Each takes props and
 * draws, fetches nothing, and stands in a `Frame` (title, evidence, as-of, table twin, download).
 *
 *   TrendChart   a step series under one kind of evidence, breaks marked, shares as a band
 *   BridgeChart  before + entered − left = after, by cause
 *   MilestonesChart  units reached against days since the listing
 *   BandCurveChart  what one drug reached against days since its listing, over the band of its class
 *   RankBars     one bar a row, from "at least" to "at most"
 *   SpreadChart  lowest, median and highest of two kinds a row, as shares of one base
 */
function later<P extends object>(load: () => Promise<{ default: ComponentType<P> }>, heightOf: (props: P) => number) {
  const Later = lazy(load) as unknown as ComponentType<P>
  return function Chart(props: P) {
    return <Suspense fallback={<Loading height={heightOf(props)} />}><Later {...props} /></Suspense>
  }
}

export const TrendChart = later<TrendChartProps>(async () => ({ default: (await import('./trend-chart')).TrendChart }), (props) => props.height ?? 260)
export const BridgeChart = later<BridgeChartProps>(async () => ({ default: (await import('./bridge-chart')).BridgeChart }), (props) => (props.steps.length + 2) * 40)
export const RankBars = later<RankBarsProps>(async () => ({ default: (await import('./rank-bars')).RankBars }), (props) => props.rows.length * 28)
export const MilestonesChart = later<MilestonesChartProps>(async () => ({ default: (await import('./milestones-chart')).MilestonesChart }), (props) => props.height ?? 230)
export const SpreadChart = later<SpreadChartProps>(async () => ({ default: (await import('./spread-chart')).SpreadChart }), (props) => props.rows.length * 58 + 32)
export const BandCurveChart = later<BandCurveChartProps>(async () => ({ default: (await import('./band-curve-chart')).BandCurveChart }), (props) => (props.height ?? 240) + 28)

import type { Evidence } from '@lastmile/shared/evidence'
import { useId, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Area, CartesianGrid, ComposedChart, Line, Tooltip, XAxis, YAxis } from 'recharts'
import { useFormat } from '../lib/format'
import { evidenceLooks } from '../ui/marks'
import { Pattern } from '../ui/pattern'
import css from './charts.module.css'
import { Tick } from './tick'
import { TipBox } from './tooltip'

/**
 * What one drug reached against days since its listing, as a step curve, over the band of others: between the quartiles hatched,
 * between the outer percentiles plain where they are told, the median a thin line. One kind of evidence; colour and dash are its own.
 */
export interface BandCurveChartProps {
  evidence: Evidence
  /** Null where nobody has said: then no curve is drawn, and never one of zero. */
  reached: readonly { n: number; days: number }[] | null
  band: readonly { days: number; low: number | null; lower: number; median: number; upper: number; high: number | null }[]
  /** Right end of the axis: days from the listing to the day shown. */
  days: number
  /** Upper end, where there is one; the highest value without it. */
  most: number | null
  label: string
  words: { own: string; median: string; quartiles: string; ends: string; days: string }
  height?: number | undefined
}

interface Row { x: number; own: number | null; median: number | null; quartiles: [number, number] | null; ends: [number, number] | null }

export function BandCurveChart({ evidence, reached, band, days, most, label, words, height = 240 }: BandCurveChartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const id = useId().replace(/\W/g, '')
  const look = evidenceLooks[evidence]
  const rows = useMemo(() => rowsOf(reached, band, days), [reached, band, days])
  const hasEnds = band.some(({ low }) => low !== null)
  const range = ([from, to]: [number, number]) => `${format.number(from)}–${format.number(to)}`
  return (
    <div className={css.chart}>
      <ul className={css.legend}>
        {reached !== null && <li><svg width={24} height={12} aria-hidden="true"><line x1={1} x2={23} y1={6} y2={6} stroke={look.color} strokeWidth={2.5} strokeDasharray={look.dash} /></svg>{words.own}</li>}
        {band.length > 0 && <li><svg width={24} height={12} aria-hidden="true"><line x1={1} x2={23} y1={6} y2={6} stroke="var(--ink-2)" strokeWidth={1.4} /></svg>{words.median}</li>}
        {band.length > 0 && <li><svg width={24} height={12} aria-hidden="true"><defs><Pattern id={`${id}l`} name="diagonal" color="var(--ink-2)" /></defs><rect x={0.5} y={0.5} width={23} height={11} fill={`url(#${id}l)`} stroke="var(--line-2)" /></svg>{words.quartiles}</li>}
        {hasEnds && <li><svg width={24} height={12} aria-hidden="true"><rect x={0.5} y={0.5} width={23} height={11} fill="var(--line)" stroke="var(--line-2)" /></svg>{words.ends}</li>}
      </ul>
      <ComposedChart responsive data={rows} style={{ width: '100%', height }} margin={{ top: 12, right: 16, bottom: 18, left: 0 }} title={label} role="img" aria-label={label}>
        <defs><Pattern id={id} name="diagonal" color="var(--ink-2)" /></defs>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="x" type="number" domain={[rows[0]!.x, Math.max(days, 1)]} stroke="var(--line-2)" tickCount={6} allowDecimals={false}
          tick={({ x, y, payload }: { x: number | string; y: number | string; payload: { value: number } }) => <Tick x={Number(x)} y={Number(y) + 8} text={format.number(payload.value)} />}
          label={{ value: words.days, position: 'insideBottom', offset: -12, fill: 'var(--ink-2)', fontSize: 12 }}
        />
        <YAxis
          width={44} domain={[0, most ?? 'auto']} allowDecimals={false} stroke="var(--line-2)" tickLine={false} axisLine={false}
          tick={({ x, y, payload }: { x: number | string; y: number | string; payload: { value: number } }) => <Tick x={Number(x)} y={Number(y)} anchor="end" text={format.number(payload.value)} />}
        />
        {hasEnds && <Area dataKey="ends" type="stepAfter" stroke="none" fill="var(--line)" fillOpacity={0.75} isAnimationActive={false} connectNulls={false} />}
        {band.length > 0 && <Area dataKey="quartiles" type="stepAfter" stroke="var(--line-2)" strokeWidth={0.8} fill={`url(#${id})`} fillOpacity={0.7} isAnimationActive={false} connectNulls={false} />}
        {band.length > 0 && <Line dataKey="median" type="stepAfter" stroke="var(--ink-2)" strokeWidth={1.4} dot={false} isAnimationActive={false} />}
        {reached !== null && <Line dataKey="own" type="stepAfter" stroke={look.color} strokeWidth={2.8} strokeDasharray={look.dash} dot={false} isAnimationActive={false} />}
        <Tooltip
          isAnimationActive={false} cursor={{ stroke: 'var(--line-2)' }}
          content={({ active, payload }) => {
            const row = (payload as readonly { payload?: Row }[] | undefined)?.[0]?.payload
            if (!active || !row) return null
            const lines: [string, string][] = [...(row.own === null ? [] : [[words.own, format.number(row.own)] as [string, string]]), ...(row.median === null ? [] : [[words.median, format.number(row.median)] as [string, string]]), ...(row.quartiles ? [[words.quartiles, range(row.quartiles)] as [string, string]] : []), ...(row.ends ? [[words.ends, range(row.ends)] as [string, string]] : [])]
            return <TipBox title={t('progress.curves.afterDays', { days: format.number(row.x) })} lines={lines} />
          }}
        />
      </ComposedChart>
    </div>
  )
}

function rowsOf(said: BandCurveChartProps['reached'], band: BandCurveChartProps['band'], days: number): Row[] {
  const reached = said ?? []
  const all = [...new Set([Math.min(0, ...reached.map((one) => one.days)), ...reached.map((one) => one.days), ...band.map((one) => one.days), Math.max(days, 0)])].sort((a, b) => a - b)
  return all.map((x) => {
    const point = band.filter((one) => one.days <= x).at(-1)
    return {
      x, own: said === null ? null : reached.filter((one) => one.days <= x).at(-1)?.n ?? 0, median: point?.median ?? null, quartiles: point ? [point.lower, point.upper] : null,
      ends: point && point.low !== null && point.high !== null ? [point.low, point.high] : null,
    }
  })
}

import type { TrendAnswer } from '@lastmile/shared/coverage'
import { dayNumber, dayOfNumber, type Day } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { useId, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts'
import { useFormat } from '../lib/format'
import { valueOf, type Measure } from '../lib/measure'
import { evidenceLooks } from '../ui/marks'
import { Pattern } from '../ui/pattern'
import css from './charts.module.css'
import { monthTicks } from './month-ticks'
import { Tick } from './tick'
import { TipBox } from './tooltip'

type Point = TrendAnswer['points'][number]

/**
 * A step series under one kind of evidence: a value holds until the next point. `share` draws the range from "unknown
 * counted as no" to "unknown counted as yes" as a band. Breaks (the source changed what it reports) are dashed upright
 * lines with their reasons below. Two kinds of evidence are two charts; `top` gives them the same scale. Colour and dash
 * are the kind's own. Points outside of `from … to` are left out, except that the last one before `from` gives the start.
 */
export interface TrendChartProps {
  evidence: Evidence
  points: readonly Point[]
  breaks: readonly { day: Day; reason: string }[]
  from: Day
  to: Day
  measure: Measure
  /** Says what the chart shows, for those who do not see it. */
  label: string
  /** Upper end of the scale; the highest value without it. Shares are 0 to 1. */
  top?: number | undefined
  /** An upright line on this day: the page's as-of. */
  mark?: Day | undefined
  height?: number | undefined
}

interface Row { x: number; value: number | null; range: [number, number] | null }

export function TrendChart({ evidence, points, breaks, from, to, measure, label, top, mark, height = 260 }: TrendChartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const id = useId().replace(/\W/g, '')
  const look = evidenceLooks[evidence]
  const rows = useMemo(() => rowsOf(points, from, to, measure), [points, from, to, measure])
  const write = (value: number) => (measure === 'share' ? format.percent(value) : format.number(value))
  const shown = breaks.filter((one) => one.day >= from && one.day <= to)
  return (
    <div className={css.chart}>
      <ComposedChart responsive data={rows} style={{ width: '100%', height }} margin={{ top: 12, right: 16, bottom: 4, left: 0 }} title={label} role="img" aria-label={label}>
        <defs><Pattern id={id} name="diagonal" color={look.color} /></defs>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="x" type="number" domain={[dayNumber(from), dayNumber(to)]} ticks={monthTicks(from, to)} stroke="var(--line-2)" tickLine interval="equidistantPreserveStart"
          tick={({ x, y, payload }: { x: number | string; y: number | string; payload: { value: number } }) => <Tick x={Number(x)} y={Number(y) + 8} text={format.shortDay(dayOfNumber(payload.value))} />}
        />
        <YAxis
          width={52} domain={[0, top ?? 'auto']} allowDecimals={measure === 'share'} stroke="var(--line-2)" tickLine={false} axisLine={false}
          tick={({ x, y, payload }: { x: number | string; y: number | string; payload: { value: number } }) => <Tick x={Number(x)} y={Number(y)} anchor="end" text={write(payload.value)} />}
        />
        {shown.map((one) => <ReferenceLine key={`${one.day} ${one.reason}`} x={dayNumber(one.day)} stroke="var(--warn)" strokeDasharray="4 3" strokeWidth={1.5} />)}
        {mark !== undefined && <ReferenceLine x={dayNumber(mark)} stroke="var(--ink)" strokeWidth={1} />}
        {measure === 'share' && <Area dataKey="range" type="stepAfter" stroke="none" fill={`url(#${id})`} isAnimationActive={false} connectNulls={false} />}
        <Line dataKey="value" type="stepAfter" stroke={look.color} strokeWidth={2.5} strokeDasharray={look.dash} dot={false} isAnimationActive={false} connectNulls={false} />
        <Tooltip
          isAnimationActive={false} cursor={{ stroke: 'var(--line-2)' }}
          content={({ active, payload }) => {
            const row = (payload as readonly { payload?: Row }[] | undefined)?.[0]?.payload
            if (!active || !row) return null
            const lines: [string, string][] = row.range ? [[t('charts.trend.low'), write(row.range[0])], [t('charts.trend.high'), write(row.range[1])]] : row.value === null ? [] : [[t('charts.trend.known'), write(row.value)]]
            return <TipBox title={format.day(dayOfNumber(row.x))} lines={lines} />
          }}
        />
      </ComposedChart>
      {shown.length > 0 && (
        <ul className={css.breaks} aria-label={t('charts.trend.breaks')}>
          {shown.map((one) => <li key={`${one.day} ${one.reason}`}>┆ {format.shortDay(one.day, true)} · {t('charts.trend.break', { reason: one.reason })}</li>)}
        </ul>
      )}
    </div>
  )
}

function rowsOf(points: readonly Point[], from: Day, to: Day, measure: Measure): Row[] {
  const row = (day: Day, point: Point): Row => ({ x: dayNumber(day), value: valueOf(point, measure), range: measure === 'share' && point.share ? [point.share.low, point.share.high] : null })
  const before = points.filter((point) => point.day <= from).at(-1)
  const inside = points.filter((point) => point.day > from && point.day <= to)
  const rows = [...(before ? [row(from, before)] : []), ...inside.map((point) => row(point.day, point))]
  const last = inside.at(-1) ?? before
  if (last && last.day < to) rows.push(row(to, last))
  return rows
}

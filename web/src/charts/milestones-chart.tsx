import type { Evidence } from '@lastmile/shared/evidence'
import { useTranslation } from 'react-i18next'
import { CartesianGrid, ComposedChart, Line, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts'
import { useFormat } from '../lib/format'
import { evidenceLooks } from '../ui/marks'
import css from './charts.module.css'
import { Tick } from './tick'
import { TipBox } from './tooltip'

/** Units reached against days since the listing, under one kind of evidence: the curve steps up on the day on which the n-th unit first stocked it. */
export interface MilestonesChartProps {
  evidence: Evidence
  reached: readonly { n: number; daysSinceListing: number; day: string }[]
  /** Right end of the axis: days from the listing to the day shown. */
  days: number
  /** How many units there are: the upper end. */
  units: number
  /** Numbers of units with a line of their own. */
  thresholds: readonly number[]
  label: string
  height?: number | undefined
}

interface Row { x: number; n: number; day: string | null }

export function MilestonesChart({ evidence, reached, days, units, thresholds, label, height = 230 }: MilestonesChartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const look = evidenceLooks[evidence]
  const first = Math.min(0, ...reached.map((one) => one.daysSinceListing))
  const rows: Row[] = [{ x: first, n: 0, day: null }, ...reached.map((one) => ({ x: one.daysSinceListing, n: one.n, day: one.day })), { x: Math.max(days, first), n: reached.length, day: null }]
  const tick = (x: number | string, y: number | string, value: number, side: 'x' | 'y') => (side === 'x'
    ? <Tick x={Number(x)} y={Number(y) + 8} text={format.number(value)} /> : <Tick x={Number(x)} y={Number(y)} anchor="end" text={format.number(value)} />)
  return (
    <div className={css.chart}>
      <ComposedChart responsive data={rows} style={{ width: '100%', height }} margin={{ top: 12, right: 16, bottom: 18, left: 0 }} title={label} role="img" aria-label={label}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="x" type="number" domain={[first, Math.max(days, 1)]} stroke="var(--line-2)" tickCount={6} allowDecimals={false}
          tick={({ x, y, payload }: { x: number | string; y: number | string; payload: { value: number } }) => tick(x, y, payload.value, 'x')}
          label={{ value: t('drug.daysAxis'), position: 'insideBottom', offset: -12, fill: 'var(--ink-2)', fontSize: 12 }}
        />
        <YAxis
          width={36} domain={[0, units]} allowDecimals={false} stroke="var(--line-2)" tickLine={false} axisLine={false}
          tick={({ x, y, payload }: { x: number | string; y: number | string; payload: { value: number } }) => tick(x, y, payload.value, 'y')}
        />
        {thresholds.map((one) => <ReferenceLine key={one} y={one} stroke="var(--line-2)" strokeDasharray="3 3" label={{ value: `> ${one}`, position: 'insideTopRight', fill: 'var(--ink-2)', fontSize: 11 }} />)}
        <Line dataKey="n" type="stepAfter" stroke={look.color} strokeWidth={2.5} strokeDasharray={look.dash} dot={false} isAnimationActive={false} />
        <Tooltip
          isAnimationActive={false} cursor={{ stroke: 'var(--line-2)' }}
          content={({ active, payload }) => {
            const row = (payload as readonly { payload?: Row }[] | undefined)?.[0]?.payload
            return active && row?.day ? <TipBox title={format.day(row.day)} lines={[[t('drug.nth'), format.number(row.n)], [t('drug.days'), format.number(row.x)]]} /> : null
          }}
        />
      </ComposedChart>
    </div>
  )
}

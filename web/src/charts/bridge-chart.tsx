import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Bar, BarChart, Tooltip, XAxis, YAxis } from 'recharts'
import { useElementSize } from '@mantine/hooks'
import { useFormat } from '../lib/format'
import { Pattern } from '../ui/pattern'
import css from './charts.module.css'
import { cut, Tick } from './tick'
import { TipBox } from './tooltip'

/**
 * A bridge: the figure before, what entered and what left by cause, the figure after. `steps` are in the order in which
 * they are drawn; `change` is signed. Before + all changes must be after: where it is not, the rest is shown as it is
 * and the bars do not meet, so that nobody is deceived.
 */
export interface BridgeChartProps {
  before: { label: string; value: number }
  after: { label: string; value: number }
  steps: readonly { key: string; label: string; change: number }[]
  /** Says what the chart shows, for those who do not see it. */
  label: string
}

interface Row { key: string; label: string; range: [number, number]; change: number | null; level: number }

export function BridgeChart({ before, after, steps, label }: BridgeChartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const id = useId().replace(/\W/g, '')
  const { ref, width } = useElementSize()
  const names = 13
  const rows = rowsOf(before, after, steps)
  const labels = Math.min(190, Math.max(96, width * 0.3))
  const top = Math.max(...rows.map((row) => row.range[1]), 1)
  const write = (row: Row) => (row.change === null ? format.number(row.level) : format.signed(row.change))
  return (
    <div className={css.chart} ref={ref}>
      <BarChart responsive layout="vertical" data={rows} style={{ width: '100%', height: rows.length * 38 + 8 }} margin={{ top: 4, right: 64, bottom: 4, left: 0 }} title={label} role="img" aria-label={label} barCategoryGap={7}>
        <defs>
          <Pattern id={`${id}-in`} name="diagonal" color="var(--s-in-stock)" />
          <Pattern id={`${id}-out`} name="cross" color="var(--alarm)" />
        </defs>
        <XAxis type="number" domain={[0, top]} hide />
        <YAxis
          type="category" dataKey="key" width={labels} axisLine={false} tickLine={false} interval={0}
          tick={({ x, y, index }: { x: number | string; y: number | string; index: number }) => {
            const row = rows[index]
            return row ? <Tick x={Number(x) - 2} y={Number(y)} anchor="end" size={names} weight={row.change === null ? 700 : 400} color="var(--ink)" text={cut(row.label, labels - 10, names)} /> : <g />
          }}
        />
        <Bar
          dataKey="range" isAnimationActive={false}
          shape={({ x, y, width: wide, height, index }: { x?: number | string; y?: number | string; width?: number | string; height?: number | string; index?: number }) => {
            const row = rows[index ?? -1]
            if (!row) return <g />
            const box = { x: Number(x), y: Number(y), width: Math.max(1.5, Number(wide)), height: Number(height) }
            const kind = row.change === null ? 'level' : row.change < 0 ? 'out' : 'in'
            const color = kind === 'level' ? 'var(--accent)' : kind === 'in' ? 'var(--s-in-stock)' : 'var(--alarm)'
            return (
              <g>
                <rect {...box} fill={kind === 'level' ? color : `url(#${id}-${kind})`} stroke={color} strokeWidth={1.5} />
                <Tick x={box.x + box.width + 8} y={box.y + box.height / 2} anchor="start" size={14} weight={700} color={kind === 'level' ? 'var(--ink)' : color} text={write(row)} />
              </g>
            )
          }}
        />
        <Tooltip
          isAnimationActive={false} cursor={{ fill: 'var(--sunken)', opacity: 0.6 }}
          content={({ active, payload }) => {
            const row = (payload as readonly { payload?: Row }[] | undefined)?.[0]?.payload
            return active && row ? <TipBox title={row.label} lines={row.change === null ? [[t('charts.trend.value'), format.number(row.level)]] : [[t('charts.bridge.change'), format.signed(row.change)], [t('charts.bridge.level'), format.number(row.level)]]} /> : null
          }}
        />
      </BarChart>
    </div>
  )
}

function rowsOf(before: BridgeChartProps['before'], after: BridgeChartProps['after'], steps: BridgeChartProps['steps']): Row[] {
  let level = before.value
  const rows: Row[] = [{ key: 'before', label: before.label, range: [0, before.value], change: null, level }]
  for (const step of steps) {
    const next = level + step.change
    rows.push({ key: step.key, label: step.label, range: [Math.min(level, next), Math.max(level, next)], change: step.change, level: next })
    level = next
  }
  return [...rows, { key: 'after', label: after.label, range: [0, after.value], change: null, level: after.value }]
}

import { useElementSize } from '@mantine/hooks'
import { useId, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Bar, BarChart, Tooltip, XAxis, YAxis } from 'recharts'
import { useFormat } from '../lib/format'
import { Pattern } from '../ui/pattern'
import css from './charts.module.css'
import { linesOf, Tick } from './tick'
import { TipBox } from './tooltip'

/**
 * Rows ranked by a figure that may be an interval: a full bar to `low` (known), a hatched one on to `high` (possible,
 * were all that is unknown a yes). `high` null: there is no such end. `alarm` rows (nothing at all) are set apart by
 * colour and a ring. Names are links where `href` is given.
 */
export interface RankBarsProps {
  rows: readonly { key: string; label: string; low: number; high: number | null; note?: string | undefined; alarm?: boolean | undefined; href?: string | undefined }[]
  /** The whole: end of the scale, and what "all" is. */
  max: number
  /** Says what the chart shows, for those who do not see it. */
  label: string
  /** Called instead of following `href`, so that the page need not be loaded anew. */
  onOpen?: ((key: string) => void) | undefined
}

export function RankBars({ rows, max, label, onOpen }: RankBarsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const id = useId().replace(/\W/g, '')
  const { ref, width } = useElementSize()
  const size = 13
  const labels = Math.min(260, Math.max(120, width * 0.4))
  const names = rows.map((row) => {
    const one = linesOf(row.label, labels - 12, size, 1)
    return one[0] === row.label ? { lines: one, size } : { lines: linesOf(row.label, labels - 12, size - 1.5, 3), size: size - 1.5 }
  })
  const tall = names.some(({ lines }) => lines.length > 2) ? 40 : 27
  const data = rows.map((row) => ({ ...row, end: Math.max(row.low, row.high ?? 0, max * 0.0001) }))
  const ranged = rows.some((row) => row.high !== null && row.high > row.low)
  const value = (row: RankBarsProps['rows'][number]) => (row.high === null || row.high <= row.low ? format.number(row.low) : `${format.number(row.low)}–${format.number(row.high)}`)
  const open = (key: string) => (event: MouseEvent) => {
    if (!onOpen || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    onOpen(key)
  }
  return (
    <div className={css.chart} ref={ref}>
      {ranged && (
        <ul className={css.legend}>
          <li><Swatch fill="var(--accent)" />{t('charts.rank.sure')}</li>
          <li><Swatch fill={`url(#${id})`} />{t('charts.rank.possible')}</li>
        </ul>
      )}
      <BarChart responsive layout="vertical" data={data} style={{ width: '100%', height: rows.length * tall + 8 }} margin={{ top: 4, right: 58, bottom: 4, left: 0 }} accessibilityLayer={false} role="group" aria-label={label}>
        <defs><Pattern id={id} name="diagonal" color="var(--line)" size={5} /></defs>
        <XAxis type="number" domain={[0, max]} hide />
        <YAxis
          type="category" dataKey="key" width={labels} axisLine={false} tickLine={false} interval={0}
          tick={({ x, y, index }: { x: number | string; y: number | string; index: number }) => {
            const row = rows[index]
            if (!row) return <g />
            const { lines, size: small } = names[index]!
            const text = lines.map((line, i) => (
              <Tick key={line} x={Number(x) - 4} y={Number(y) + (i - (lines.length - 1) / 2) * 12.5} anchor="end" size={small} weight={row.alarm ? 700 : 400} color={row.alarm ? 'var(--alarm)' : row.href ? 'var(--accent)' : 'var(--ink)'} text={line} />
            ))
            return row.href ? <a className={css.link} href={row.href} onClick={open(row.key)}><title>{row.label}</title>{text}</a> : <g><title>{row.label}</title>{text}</g>
          }}
        />
        {/* Of a size of its own: while the chart still has its former height, what a gap would leave of a row can be less than nothing. */}
        <Bar
          dataKey="end" isAnimationActive={false} barSize={17}
          shape={({ x, y, width: wide, height, index }: { x?: number | string; y?: number | string; width?: number | string; height?: number | string; index?: number }) => {
            const row = data[index ?? -1]
            if (!row) return <g />
            const [left, up, high] = [Number(x), Number(y), Number(height)]
            const unit = row.end > 0 ? Number(wide) / row.end : 0
            const [sure, possible] = [row.low * unit, Math.max(0, (row.high ?? row.low) - row.low) * unit]
            return (
              <g>
                {possible > 0 && <rect x={left + sure} y={up} width={possible} height={high} fill={`url(#${id})`} stroke="var(--line)" strokeWidth={1} />}
                {sure > 0 && <rect x={left} y={up} width={sure} height={high} fill="var(--accent)" />}
                {row.alarm && <circle cx={left + 7} cy={up + high / 2} r={5} fill="var(--surface)" stroke="var(--alarm)" strokeWidth={2.5} />}
                <Tick x={left + Math.max(sure + possible, row.alarm ? 14 : 0) + 7} y={up + high / 2} anchor="start" size={size} weight={700} color={row.alarm ? 'var(--alarm)' : 'var(--ink)'} text={value(row)} />
              </g>
            )
          }}
        />
        <Tooltip
          isAnimationActive={false} cursor={{ fill: 'var(--sunken)', opacity: 0.6 }}
          content={({ active, payload }) => {
            const row = (payload as readonly { payload?: RankBarsProps['rows'][number] }[] | undefined)?.[0]?.payload
            if (!active || !row) return null
            const lines: [string, string][] = [[t('charts.rank.low'), format.number(row.low)], ...(row.high === null ? [] : [[t('charts.rank.high'), format.number(row.high)] as [string, string]])]
            return <TipBox title={row.label} lines={row.note === undefined ? lines : [...lines, [row.note, '']]} />
          }}
        />
      </BarChart>
    </div>
  )
}

function Swatch({ fill }: { fill: string }) {
  return <svg width={22} height={12} aria-hidden="true"><rect x={0.5} y={0.5} width={21} height={11} fill={fill} stroke="var(--line-2)" /></svg>
}

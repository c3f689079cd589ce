import { dayNumber, dayOfNumber, type Day } from '@lastmile/shared/day'
import { useFormat } from '../lib/format'
import { monthTicks } from './month-ticks'
import { Tick } from './tick'

const [width, left, right, top, bottom] = [380, 34, 30, 12, 16]

/**
 * A step line as it is printed, in ink alone: a figure holds until the next point, and where it is null nothing was said
 * and no line is drawn. Upright dashes are breaks: the source changed what it reports. The last figure stands at its end.
 * No library draws it: there are dozens on one page.
 */
export function PrintedSteps({ points, breaks, from, to, label, height = 96 }: { points: readonly { day: Day; value: number | null }[]; breaks: readonly Day[]; from: Day; to: Day; label: string; height?: number }) {
  const format = useFormat()
  const highest = Math.max(1, ...points.map(({ value }) => value ?? 0))
  const span = Math.max(1, dayNumber(to) - dayNumber(from))
  const x = (day: number) => left + ((day - dayNumber(from)) / span) * (width - left - right)
  const y = (value: number) => height - bottom - (value / highest) * (height - top - bottom)
  const last = points.at(-1)?.value ?? null
  const path = points.map(({ day, value }, i) => (value === null ? '' : `${i === 0 || points[i - 1]!.value === null ? `M${x(dayNumber(day))} ` : `H${x(dayNumber(day))}V`}${y(value)}`)).join('')
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} style={{ display: 'block', width: '100%' }}>
      {[0, highest].map((value) => <g key={value}><path d={`M${left} ${y(value)}H${width - right}`} stroke="var(--line-2)" strokeWidth={0.6} /><Tick x={left - 5} y={y(value)} anchor="end" size={10} text={format.number(value)} /></g>)}
      {monthTicks(from, to).map((day) => <g key={day}><path d={`M${x(day)} ${height - bottom}v3`} stroke="var(--line-2)" strokeWidth={0.6} /><Tick x={x(day)} y={height - 6} size={10} text={format.shortDay(dayOfNumber(day))} /></g>)}
      {breaks.map((day) => <path key={day} d={`M${x(dayNumber(day))} ${top - 4}V${height - bottom}`} stroke="var(--ink-2)" strokeWidth={0.8} strokeDasharray="3 2" />)}
      <path d={last === null ? path : `${path}H${x(dayNumber(to))}`} fill="none" stroke="var(--ink)" strokeWidth={1.6} />
      {last !== null && <Tick x={x(dayNumber(to)) + 4} y={y(last)} anchor="start" size={11} weight={700} color="var(--ink)" text={format.number(last)} />}
    </svg>
  )
}

import { dayNumber, type Day } from '@lastmile/shared/day'
import css from './day-slider.module.css'

/** A small step line without axes: the course of one figure between two days. Decoration. */
export function StepLine({ from, to, series, at }: { from: Day; to: Day; series: readonly { day: Day; value: number }[]; at: Day }) {
  const span = Math.max(1, dayNumber(to) - dayNumber(from))
  const top = Math.max(1, ...series.map((point) => point.value))
  const x = (day: Day) => ((Math.min(dayNumber(to), Math.max(dayNumber(from), dayNumber(day))) - dayNumber(from)) / span) * 1000
  const y = (value: number) => 38 - (value / top) * 34
  const steps = series.map((point, i) => (i === 0 ? `M${x(point.day)} ${y(point.value)}` : `H${x(point.day)}V${y(point.value)}`)).join('')
  return (
    <svg className={css.line} viewBox="0 0 1000 40" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <path d={`${steps}H1000V40H${x(series[0]?.day ?? from)}Z`} fill="var(--accent-soft)" />
      <path d={`${steps}H1000`} fill="none" stroke="var(--accent)" strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
      <path d={`M${x(at)} 0V40`} stroke="var(--ink)" strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}

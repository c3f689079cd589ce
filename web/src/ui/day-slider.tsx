import { addDays, dayNumber, dayOfNumber, type Day } from '@lastmile/shared/day'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../lib/format'
import css from './day-slider.module.css'
import { Icon } from './icons'
import { StepLine } from './step-line'

/**
 * A day chosen by slider, date field or step, from `from` to `to`. `onChange` is called when the hand rests for a
 * moment. `series` (one value a day on which it changed) is drawn behind the slider, so that one sees where to look.
 */
export function DaySlider({ from, to, value, onChange, series, label }: {
  from: Day
  to: Day
  value: Day
  onChange: (day: Day) => void
  series?: readonly { day: Day; value: number }[] | undefined
  label: string
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const [shown, setShown] = useState(value)
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => setShown(value), [value])
  useEffect(() => () => clearTimeout(waiting.current), [])
  const choose = (day: Day, wait: number) => {
    if (day < from || day > to) return
    setShown(day)
    clearTimeout(waiting.current)
    waiting.current = setTimeout(() => onChange(day), wait)
  }
  const [low, high] = [dayNumber(from), dayNumber(to)]
  return (
    <div className={css.slider} role="group" aria-label={label}>
      <div className={css.field}>
        <button type="button" aria-disabled={shown <= from} onClick={() => choose(addDays(shown, -1), 120)} aria-label={t('day.previous')}><Icon name="left" size={14} /></button>
        <input type="date" aria-label={t('day.label')} value={shown} min={from} max={to} onChange={(event) => { if (event.target.value !== '') choose(event.target.value, 400) }} />
        <button type="button" aria-disabled={shown >= to} onClick={() => choose(addDays(shown, 1), 120)} aria-label={t('day.next')}><Icon name="right" size={14} /></button>
      </div>
      <div className={css.track}>
        {series && series.length > 1 && <StepLine from={from} to={to} series={series} at={shown} />}
        <input
          type="range" min={low} max={high} step={1} value={Math.min(high, Math.max(low, dayNumber(shown)))} aria-label={t('day.slider')} aria-valuetext={format.day(shown)}
          onChange={(event) => choose(dayOfNumber(Number(event.target.value)), 180)}
        />
        <p className={css.ends} aria-hidden="true"><span>{format.shortDay(from, true)}</span><span>{format.shortDay(to, true)}</span></p>
      </div>
      <button type="button" className={css.today} aria-disabled={shown === to} onClick={() => { if (shown !== to) choose(to, 0) }}>{t('day.today')}</button>
    </div>
  )
}

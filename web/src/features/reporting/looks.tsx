import type { PeriodState } from '@lastmile/shared/owed-period'
import type { ReportingCell } from '@lastmile/shared/reporting'
import { useTranslation } from 'react-i18next'
import { stateLooks, type Look } from '../../ui/marks'
import { LookMark, LookShape } from '../../ui/state-mark'
import css from './reporting.module.css'

/** What a cell shows: what became of its period, or that there was nothing to report. */
export type Shown = PeriodState | 'nil'

/** How periods are told apart. */
export const periodLooks: Record<Shown, Look> = {
  on_time: stateLooks.in_stock,
  late: { ...stateLooks.on_order, color: 'var(--warn)' },
  held: { ...stateLooks.stale, color: 'var(--s-on-order)' },
  missing: { ...stateLooks.not_carried, color: 'var(--alarm)' },
  expected: { ...stateLooks.not_reported, color: 'var(--s-not-known)', pattern: 'outline' },
  nil: { ...stateLooks.discontinued, color: 'var(--s-in-stock)', pattern: 'solid' },
  sent: { ...stateLooks.in_stock, color: 'var(--s-not-known)', pattern: 'outline' },
  none: { ...stateLooks.discontinued, color: 'var(--s-not-known)', pattern: 'outline' },
}
const all = Object.keys(periodLooks) as Shown[]

export function shownOf(cell: Pick<ReportingCell, 'state' | 'isNil'>): Shown {
  return cell.isNil ? 'nil' : cell.state
}

/** Days late from which the ground is at its darkest. */
const darkest = 90

/** How dark the ground of a cell is, from 0 to 1: a late report less than a missing one. */
export function heatOf({ state, daysLate }: Pick<ReportingCell, 'state' | 'daysLate'>): number {
  if (state === 'on_time') return 0.1
  if (state !== 'late' && state !== 'missing') return 0
  return 0.12 + 0.26 * Math.min(1, daysLate / darkest)
}

/** The marks of periods, drawn once for all cells that use them. */
export function PeriodMarks({ id }: { id: string }) {
  return (
    <svg width={0} height={0} style={{ position: 'absolute' }} aria-hidden="true">
      {all.map((one) => <symbol key={one} id={`${id}-${one}`} viewBox="0 0 16 16"><LookShape look={periodLooks[one]} id={`${id}-${one}-fill`} /></symbol>)}
    </svg>
  )
}

/** A state by mark and word. */
export function PeriodMark({ shown }: { shown: Shown }) {
  const { t } = useTranslation()
  return <span className={css.mark}><LookMark look={periodLooks[shown]} />{t(`reporting.states.${shown}`)}</span>
}

/** What the marks, lines and grounds of a calendar mean; of what it does not show, nothing. */
export function CalendarLegend({ shown, hasParts }: { shown: ReadonlySet<Shown>; hasParts: boolean }) {
  const { t } = useTranslation()
  return (
    <ul className={css.legend} aria-label={t('words.legend')}>
      {all.filter((one) => shown.has(one)).map((one) => <li key={one} title={t(`reporting.means.${one}`)}><PeriodMark shown={one} /></li>)}
      {hasParts && <li><i className={css.partSample} aria-hidden="true" />{t('reporting.states.part')}</li>}
      <li><i className={css.lineSample} aria-hidden="true" />{t('reporting.line')}</li>
      {(shown.has('late') || shown.has('missing')) && <li><i className={css.tintSample} aria-hidden="true" />{t('reporting.tint')}</li>}
    </ul>
  )
}

import type { CaseAnswer, CaseEvent } from '@lastmile/shared/case-answer'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { useWorld } from '../../lib/world'
import { ReportLink } from '../../ui/names'
import { Panel } from '../../ui/panel'
import css from './cases.module.css'

/** The steps of a case, the last first: what, by whom, on which day; and by which reports, where the statements did it. */
export function CaseTimeline({ answer: { case: { evidence }, events, notices, ladder } }: { answer: CaseAnswer }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { list, drugName, unitName } = useWorld()
  const stepName = (code: string | undefined) => {
    const step = ladder.find((one) => one.code === code)
    return step ? text(step.name) : code ?? ''
  }
  const pairs = (some: NonNullable<CaseEvent['detail']['met']>) => format.join(some.map(({ drug, unit }) => `${drugName(drug)} · ${unitName(unit)}`))
  const letter = (code: string | null) => {
    const number = notices.find((one) => one.code === code)?.number
    return number ? text(number) : null
  }
  return (
    <Panel title={t('cases.timeline')}>
      <ol className={css.steps} reversed>
        {[...events].reverse().map((event, i) => {
          const { detail: { reason, channel, dueOn, onBehalf, met, again, reports, standards, step } } = event
          return (
            <li key={events.length - i} data-by={event.by}>
              <span className="number">{format.shortDay(event.on, true)}</span>
              <div>
                <strong>{t(`cases.events.${event.kind}`, { step: stepName(step) })}</strong>
                {letter(event.notice) !== null && <> {letter(event.notice)}</>}
                {channel !== undefined && channel !== 'system' && <> · {t(`cases.channels.${channel}`)}</>}
                {dueOn !== undefined && <> · {t('cases.dueWas', { day: format.day(dueOn) })}</>}
                <div className="quiet">{event.byName ?? t(`cases.by.${event.by}`)}{onBehalf === true && <> · {t('cases.enteredFor')}</>}</div>
                {reason !== undefined && <div>{reason}</div>}
                {met !== undefined && <div>{t('cases.metNow', { pairs: pairs(met) })}</div>}
                {again !== undefined && <div>{t('cases.againNow', { pairs: pairs(again) })}</div>}
                {standards?.map(({ drug, version, why }) => <div key={drug} className="quiet">{t('cases.byStandard', { drug: drugName(drug), version, formatted: format.number(version) })}{why !== null && <>{t('cases.because', { why })}</>}</div>)}
                {reports !== undefined && !(reports.length === 0 && standards !== undefined) && <div className="quiet">{reports.length === 0 ? t('cases.noReport') : <>{t('cases.byReports')} ({t(`words.evidence.${evidence}.short`)}): {reports.map((id, at) => <span key={id}>{at > 0 && ', '}<ReportLink id={id} /></span>)}</>}</div>}
                <div className="quiet">{t('cases.enteredAt', { at: format.instant(event.at, list.timeZone) })}</div>
              </div>
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}

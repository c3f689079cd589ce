import type { CasesAnswer } from '@lastmile/shared/case-answer'
import { useTranslation } from 'react-i18next'
import { useText } from '../../lib/i18n'
import { Panel } from '../../ui/panel'
import css from './cases.module.css'

/** By what cases are followed up: the steps when overdue, and the procedure by which a drug may be removed, or that none is published. */
export function Rules({ rules: { reason, ladder, removal, removalNote } }: { rules: NonNullable<CasesAnswer['rules']> }) {
  const { t } = useTranslation()
  const text = useText()
  return (
    <Panel title={t('cases.rules')} lead={text(reason)}>
      <ol className={css.facts}>{ladder.map((step) => <li key={step.code}><strong>{text(step.name)}</strong> <span className="quiet">{text(step.means)}</span></li>)}</ol>
      <p><strong>{t('cases.removal')}</strong> <span className="quiet">{removal === null ? text(removalNote) : `${text(removal.procedure)} ${text(removal.trigger)} ${text(removal.source)}`}</span></p>
    </Panel>
  )
}

import { holdsBack, type Suspicion } from '@lastmile/shared/suspicion'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { ReportLink } from '../../ui/names'
import { useFieldWord } from './field-word'
import css from './reports.module.css'

/** Why a report does not look right, in plain words: what held it back, and what is only told. */
export function Suspicions({ suspicions }: { suspicions: readonly Suspicion[] }) {
  const { t } = useTranslation()
  if (suspicions.length === 0) return null
  const held = suspicions.filter(holdsBack)
  const told = suspicions.filter((one) => !holdsBack(one))
  return (
    <div className={css.warnings} data-held={held.length > 0}>
      <h3>{t('reports.suspicions')}</h3>
      {held.length > 0 && <><p className="quiet">{t('reports.suspicionsHeld')}</p><Reasons of={held} /></>}
      {told.length > 0 && <><p className="quiet">{t('reports.suspicionsTold')}</p><Reasons of={told} /></>}
    </div>
  )
}

function Reasons({ of }: { of: readonly Suspicion[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const fieldWord = useFieldWord()
  const sentence = ({ code, before, after, detail }: Suspicion) => {
    const figure = (value: number | null) => (value === null ? '' : format.number(value))
    const change = before === null || after === null || before === 0 ? null : code === 'new_institutions' ? after / before : (after - before) / before
    const columns = detail.map((one) => one.split('>')).map(([column = '', looksLike = '']) => t('codes.looksLike', { column: fieldWord(column), looksLike: fieldWord(looksLike) }))
    return t(`codes.suspicion.${code}`, {
      before: figure(before), after: figure(after), share: change === null ? '' : format.percent(change), from: detail[0] ?? '', to: detail[1] ?? '',
      detail: code === 'shifted_columns' ? format.join(columns) : '',
    })
  }
  return (
    <ul>
      {of.map((one) => (
        <li key={one.code}>
          <strong>{sentence(one)}</strong>
          {one.report !== null && <span className="quiet"> {t('reports.against')} <ReportLink id={one.report} /></span>}
        </li>
      ))}
    </ul>
  )
}

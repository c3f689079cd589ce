import type { NearestAnswer, NearestRow } from '@lastmile/shared/nearest'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { useWorld } from '../../lib/world'
import { InstitutionName } from '../../ui/institution-name'
import { StateMark } from '../../ui/state-mark'
import css from './nearest.module.css'
import { useStockWords } from './stock-words'

/** The nearest first: how far, which, where, how to ring, and of which day the word is. */
export function NearestList({ answer, label }: { answer: NearestAnswer; label: string }) {
  return <ol className={css.list} aria-label={label}>{answer.rows.map((row) => <li key={row.code}><One row={row} answer={answer} /></li>)}</ol>
}

function One({ row, answer }: { row: NearestRow; answer: NearestAnswer }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { unitName } = useWorld()
  const words = useStockWords(answer.drug, answer.basis.evidence ?? 'declared')
  const where = [t(`words.kind.${row.kind}`), row.unit === null ? t('institution.noUnit') : unitName(row.unit), row.cityName && text(row.cityName), row.dualChannel ? t('institution.dualChannel') : null].filter(Boolean)
  return (
    <>
      <span className={css.km}>{t('nearest.km', { km: format.number(row.km) })}</span>
      <div className={css.one}>
        <InstitutionName institution={row} />
        <span className="quiet">{where.join(' · ')}</span>
        <span>{row.address ?? <span className="quiet">{t('nearest.noAddress')}</span>}{row.telephone !== null && <> · <a href={`tel:${row.telephone.replace(/[^+\d]/g, '')}`}>{row.telephone}</a></>}</span>
        <span className={css.word}>{words.plain ? <StateMark state={row.state} /> : <strong>{words.state}</strong>} <span className="quiet">{t(answer.basis.evidence === 'supplied' ? 'nearest.firstSeen' : 'nearest.saidOn', { day: format.shortDay(row.day, true) })}</span></span>
      </div>
    </>
  )
}

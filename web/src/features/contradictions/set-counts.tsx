import { contradictionSets, type ContradictionsAnswer, type ContradictionSet } from '@lastmile/shared/contradiction'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import css from './contradictions.module.css'

/** The three sets, each with its pairs and institutions and what it means; pressing one shows its pairs. */
export function SetCounts({ set, totals, onSet }: { set: ContradictionSet; totals: ContradictionsAnswer['totals'] | undefined; onSet: (set: ContradictionSet) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className={css.sets} role="group" aria-label={t('contradictions.sets')}>
      {contradictionSets.map((one) => (
        <button key={one} type="button" aria-pressed={set === one} onClick={() => onSet(one)}>
          <span className={css.name}>{t(`contradictions.set.${one}`)}</span>
          <strong>{totals ? format.number(totals[one].pairs) : '…'}</strong>
          <small>{totals && t('contradictions.atInstitutions', { formatted: format.number(totals[one].institutions) })}</small>
          <small>{t(`contradictions.means.${one}`)}</small>
        </button>
      ))}
    </div>
  )
}

import type { Gap } from '@lastmile/shared/gap'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useWorld } from '../../lib/world'
import css from './gaps.module.css'

/** How long a gap has lasted, since when, and how often there was one before; it opens how that was. */
export function GapAge({ gap, onHistory }: { gap: Gap; onHistory?: ((gap: Gap) => void) | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { drugName, unitName } = useWorld()
  const days = t('gaps.ageDays', { count: gap.age, formatted: format.number(gap.age) })
  return (
    <>
      {onHistory === undefined ? <strong>{days}</strong> : <button type="button" className={css.age} aria-label={`${drugName(gap.drug)}, ${unitName(gap.region)}: ${days}. ${t('gaps.showHistory')}`} onClick={() => onHistory(gap)}>{days}</button>}
      <div className="quiet">{t('gaps.since', { day: format.shortDay(gap.since, true) })}{gap.former > 0 && <><br />{t('gaps.former', { count: gap.former, formatted: format.number(gap.former) })}</>}</div>
    </>
  )
}

import { useTranslation } from 'react-i18next'
import { ConfirmButton } from '../../ui/confirm-button'
import css from './entries.module.css'

/** Says that there is nothing to report: an act of its own, with what it does not say. */
export function NilButton({ when, busy, onNil }: { when: string; busy: boolean; onNil: () => void }) {
  const { t } = useTranslation()
  return (
    <div className={css.act}>
      <ConfirmButton question={t('entries.nil.sure', { when })} confirm={t('entries.nil.yes')} disabled={busy} onConfirm={onNil}>{t('entries.nil.act')}</ConfirmButton>
      <p>{t('entries.nil.lead')}</p>
    </div>
  )
}

import { expectable, reasoned } from '@lastmile/shared/entry'
import { reasons, type Reason } from '@lastmile/shared/status'
import { useTranslation } from 'react-i18next'
import { SelectField } from '../../ui/field'
import { TextField } from '../../ui/text-field'
import css from './entries.module.css'
import type { Saying } from './saying'

/** What goes with a status: the reason why not, and by when it is expected. Nothing where neither does. */
export function SaidFields({ saying, onChange, today }: { saying: Saying; onChange: (saying: Saying) => void; today: string }) {
  const { t } = useTranslation()
  const [asksWhen, asksWhy] = [expectable.includes(saying.status), reasoned.includes(saying.status) && saying.status !== 'on_order']
  if (!asksWhen && !asksWhy) return null
  return (
    <div className={css.more}>
      {asksWhen && <TextField type="date" label={t('entries.expectedOn')} hint={t('entries.expectedHelp')} required={false} value={saying.expectedOn ?? ''} onChange={(day) => onChange({ ...saying, expectedOn: day === '' ? null : day })} min={today} />}
      {asksWhy && <SelectField label={t('entries.reason')} value={saying.reason ?? undefined} all={t('entries.noReason')} options={reasons.map((one) => ({ value: one, label: t(`words.reason.${one}`) }))} onChange={(next) => onChange({ ...saying, reason: (next as Reason | undefined) ?? null })} />}
    </div>
  )
}

import { expectable } from '@lastmile/shared/entry'
import { reasons, type Reason } from '@lastmile/shared/status'
import { useTranslation } from 'react-i18next'
import { SelectField } from '../../ui/field'
import { TextField } from '../../ui/text-field'
import css from './entries.module.css'
import { asksWhy, type Saying } from './saying'

/** What goes with a status: the reason why not, and by when it is expected. Nothing where neither does. */
export function SaidFields({ saying, onChange, today }: { saying: Saying; onChange: (saying: Saying) => void; today: string }) {
  const { t } = useTranslation()
  const [when, why] = [expectable.includes(saying.status), asksWhy(saying.status)]
  if (!when && !why) return null
  return (
    <div className={css.more}>
      {when && <TextField type="date" label={t('entries.expectedOn')} hint={t('entries.expectedHelp')} required={false} value={saying.expectedOn ?? ''} onChange={(day) => onChange({ ...saying, expectedOn: day === '' ? null : day })} min={today} />}
      {why && <SelectField label={t('entries.reason')} value={saying.reason ?? undefined} all={t('entries.noReason')} options={reasons.map((one) => ({ value: one, label: t(`words.reason.${one}`) }))} onChange={(next) => onChange({ ...saying, reason: (next as Reason | undefined) ?? null })} />}
    </div>
  )
}

import { alertEvents, paces, type SubscriptionChange } from '@lastmile/shared/subscription'
import { useTranslation } from 'react-i18next'
import { Choices } from '../../ui/choices'
import css from './subscriptions.module.css'

/** Of what one hears, and when mail tells of it. */
export function ToldFields({ value, onChange }: { value: SubscriptionChange; onChange: (next: SubscriptionChange) => void }) {
  const { t } = useTranslation()
  const { events, pace } = value
  return (
    <>
      <fieldset className={css.events}>
        <legend>{t('subscriptions.events')}</legend>
        {alertEvents.map((one) => <label key={one}><input type="checkbox" checked={events.includes(one)} onChange={(change) => onChange({ pace, events: change.target.checked ? alertEvents.filter((other) => other === one || events.includes(other)) : events.filter((other) => other !== one) })} />{t(`subscriptions.event.${one}`)}</label>)}
      </fieldset>
      <Choices label={t('subscriptions.pace')} labelled value={pace} options={paces.map((one) => ({ value: one, label: t(`subscriptions.paces.${one}`) }))} onChange={(next) => onChange({ events, pace: next })} />
    </>
  )
}

import { alertEvents, paces, type SubscriptionChange } from '@lastmile/shared/subscription'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/actor'
import { Choices } from '../../ui/choices'
import css from './subscriptions.module.css'

/** Of what one hears, and when mail tells of it. */
export function ToldFields({ value, onChange }: { value: SubscriptionChange; onChange: (next: SubscriptionChange) => void }) {
  const { t } = useTranslation()
  const { events, pace } = value
  const cases = useCan('case.read')
  const offered = alertEvents.filter((one) => one !== 'case_overdue' || cases !== null)
  return (
    <>
      <fieldset className={css.events}>
        <legend>{t('subscriptions.events')}</legend>
        {offered.map((one) => <label key={one}><input type="checkbox" checked={events.includes(one)} onChange={(change) => onChange({ pace, events: change.target.checked ? alertEvents.filter((other) => other === one || events.includes(other)) : events.filter((other) => other !== one) })} />{t(`subscriptions.event.${one}`)}</label>)}
      </fieldset>
      {cases === 'own' && events.includes('case_overdue') && <p className="quiet">{t('subscriptions.ownLetters')}</p>}
      <Choices label={t('subscriptions.pace')} labelled value={pace} options={paces.map((one) => ({ value: one, label: t(`subscriptions.paces.${one}`) }))} onChange={(next) => onChange({ events, pace: next })} />
    </>
  )
}

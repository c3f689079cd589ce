import type { Subscription } from '@lastmile/shared/subscription'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'

/** What a subscription is of, in words, and of what it tells. */
export function useSubscriptionWords(): { of: (one: Subscription) => string; events: (one: Pick<Subscription, 'events'>) => string } {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  return {
    of: ({ drug, region, company }) => [drug, region, company].filter((one) => one !== null).map((one) => text(one.name)).join(' · ') || t('subscriptions.all'),
    events: ({ events }) => format.join(events.map((one) => t(`subscriptions.event.${one}`))),
  }
}

import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { OwnSubscriptions } from '../features/subscriptions/own-subscriptions'
import { SubscribeForm } from '../features/subscriptions/subscribe-form'
import { Subscribers } from '../features/subscriptions/subscribers'
import { useCan } from '../lib/actor'
import { OfficePage } from '../ui/office-page'

const route = getRouteApi('/subscriptions')

/** Of which changes one wants to hear without looking; and, for who operates, who wants to hear of what. */
export function SubscriptionsPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const seesAll = useCan('subscription.read') !== null
  return (
    <OfficePage action="subscription.own" title={t('subscriptions.page')} lead={<><p>{t('subscriptions.lead')}</p><p><Link to="/inbox">{t('subscriptions.toInbox')}</Link> · <Link to="/account" hash="mail">{t('messages.toMail')}</Link></p></>} narrow={!seesAll}>
      <SubscribeForm search={search} onSearch={(next) => void navigate({ search: next, replace: true, resetScroll: false })} />
      <OwnSubscriptions />
      {seesAll && <Subscribers />}
    </OfficePage>
  )
}

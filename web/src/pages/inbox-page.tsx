import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCan } from '../lib/actor'
import { MessageFilters } from '../features/messages/message-filters'
import { MessageList } from '../features/messages/message-list'
import { Mutes } from '../features/messages/mutes'
import type { InboxSearch } from '../lib/searches'
import { OfficePage } from '../ui/office-page'

const route = getRouteApi('/inbox')

/** One's inbox: what one is told, and of what one does not want to hear. */
export function InboxPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const maySubscribe = useCan('subscription.own') !== null
  const navigate = route.useNavigate()
  const show = (next: InboxSearch) => void navigate({ search: next, replace: true, resetScroll: false })
  return (
    <OfficePage action="message.own" title={t('account.inbox')} lead={<><p>{t('messages.lead')}</p><p><Link to="/account" hash="mail">{t('messages.toMail')}</Link>{maySubscribe && <> · <Link to="/subscriptions">{t('messages.toSubscriptions')}</Link></>}</p></>} narrow>
      <MessageFilters search={search} onSearch={show} />
      <MessageList search={search} onOffset={(offset) => show({ ...search, offset: offset || undefined })} />
      <Mutes />
    </OfficePage>
  )
}

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../lib/format'
import { openMessagesQuery } from '../lib/queries/messages'
import css from './bell.module.css'
import { Icon } from './icons'

/** The way to one's inbox, with how many messages are open there. That it has become another number is told to screen readers. */
export default function Bell() {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useQuery(openMessagesQuery())
  const words = data === undefined ? t('account.inbox') : t('account.openMessages', { count: data.open, formatted: format.number(data.open) })
  return (
    <>
      <Link to="/inbox" className={css.bell} aria-label={words} title={words} activeProps={{ 'aria-current': 'page' }} activeOptions={{ includeSearch: false }}>
        <Icon name="bell" size={18} />
        {data !== undefined && data.open > 0 && <span className={css.count} data-urgent={data.urgent > 0} aria-hidden="true">{data.open > 99 ? '99+' : format.number(data.open)}</span>}
      </Link>
      <span className="sr-only" role="status">{data === undefined || data.open === 0 ? '' : words}</span>
    </>
  )
}

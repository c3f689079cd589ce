import type { Subscriber } from '@lastmile/shared/subscription'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useHomeInstant } from '../../lib/home-zone'
import { subscribersQuery } from '../../lib/queries/subscriptions'
import { Answered } from '../../ui/answered'
import { DataTable, type Column } from '../../ui/data-table'
import { Tag } from '../../ui/page-head'
import { Panel } from '../../ui/panel'
import { useSubscriptionWords } from './subscription-words'

/** Who subscribes to what, for who operates. */
export function Subscribers() {
  const { t } = useTranslation()
  const instant = useHomeInstant()
  const words = useSubscriptionWords()
  const answer = useQuery(subscribersQuery())
  const columns: Column<Subscriber>[] = [
    { id: 'account', header: t('subscriptions.account'), heading: true, value: (one) => one.name, cell: (one) => <>{one.name}{!one.isHeard && <div><Tag tone="warn">{t('subscriptions.silent')}</Tag></div>}</> },
    { id: 'role', header: t('subscriptions.role'), value: (one) => t(`account.roles.${one.role}`) },
    { id: 'what', header: t('subscriptions.what'), value: words.of },
    { id: 'evidence', header: t('subscriptions.evidence'), value: (one) => t(`words.evidence.${one.evidence}.short`) },
    { id: 'events', header: t('subscriptions.events'), sortable: false, value: words.events, cell: (one) => <span style={{ display: 'inline-block', minWidth: 180, whiteSpace: 'normal' }}>{words.events(one)}</span> },
    { id: 'pace', header: t('subscriptions.pace'), value: (one) => t(`subscriptions.paces.${one.pace}`) },
    { id: 'since', header: t('subscriptions.since'), value: (one) => one.createdAt, cell: (one) => <span className="number">{instant(one.createdAt)}</span> },
  ]
  return (
    <Panel title={t('subscriptions.everybody')} lead={t('subscriptions.everybodyLead')}>
      <Answered query={answer} height={80}>{({ subscriptions }) => <DataTable columns={columns} rows={subscriptions} rowKey={(one) => one.id} caption={t('subscriptions.everybody')} empty={t('subscriptions.nobody')} />}</Answered>
    </Panel>
  )
}

import type { Account } from '@lastmile/shared/account'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useHomeInstant } from '../../lib/home-zone'
import { useScopeName } from '../../lib/scope-name'
import { DataTable, type Column } from '../../ui/data-table'
import { Tag } from '../../ui/page-head'

const tones = { active: 'good', invited: 'plain', locked: 'warn', disabled: 'alarm' } as const

/** All accounts, each a link that opens it. */
export function AccountsTable({ accounts }: { accounts: readonly Account[] }) {
  const { t } = useTranslation()
  const instant = useHomeInstant()
  const columns: Column<Account>[] = [
    { id: 'name', header: t('accounts.name'), heading: true, value: (one) => one.name, cell: (one) => <><Link to="/accounts" search={{ account: one.id }}>{one.name}</Link><div className="quiet" style={{ overflowWrap: 'anywhere' }}>{one.email}</div></> },
    { id: 'role', header: t('accounts.role'), value: (one) => t(`account.roles.${one.role}`) },
    { id: 'of', header: t('accounts.of'), sortable: false, value: (one) => one.unit ?? one.company ?? one.institution ?? one.insurer, cell: (one) => <><Of account={one} />{one.agent !== null && <div className="quiet">{t('accounts.agentIs', { agent: one.agent })}</div>}</> },
    { id: 'state', header: t('accounts.state'), value: (one) => t(`accounts.states.${one.state}`), cell: (one) => <><Tag tone={tones[one.state]}>{t(`accounts.states.${one.state}`)}</Tag>{one.demonstration && <div className="quiet">{t('accounts.demonstration')}</div>}</> },
    { id: 'factor', header: t('accounts.factor'), value: (one) => t(`accounts.factors.${one.secondFactor}`) },
    { id: 'seen', header: t('accounts.seen'), value: (one) => one.lastSeenAt, cell: (one) => <span className="number">{instant(one.lastSeenAt, t('accounts.never'))}</span> },
  ]
  return <DataTable columns={columns} rows={accounts} rowKey={(one) => one.id} caption={t('accounts.all')} empty={t('accounts.none')} />
}

function Of({ account }: { account: Account }) {
  return useScopeName(account)
}

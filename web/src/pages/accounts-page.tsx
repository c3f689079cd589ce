import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { AccountsTable } from '../features/accounts/accounts-table'
import { NewAccount } from '../features/accounts/new-account'
import { OneAccount } from '../features/accounts/one-account'
import { accountsQuery } from '../lib/queries/accounts'
import { Loading } from '../ui/empty'
import { Button } from '../ui/field'
import { OfficePage } from '../ui/office-page'
import { Panel } from '../ui/panel'
import { Problem } from '../ui/problem'

const route = getRouteApi('/accounts')

/** Everybody's accounts, for the security administrator. */
export function AccountsPage() {
  const { t } = useTranslation()
  return <OfficePage action="account.manage" title={t('accounts.page')} lead={<p>{t('accounts.lead')}</p>}><All /></OfficePage>
}

function All() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const answer = useQuery(accountsQuery())
  const { account: open } = route.useSearch()
  const navigate = route.useNavigate()
  const put = (account: string | undefined) => void navigate({ search: { account }, resetScroll: false })
  if (answer.error) return <Problem error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Loading height={320} />
  const { accounts } = answer.data
  const one = accounts.find(({ id }) => id === open)
  const again = () => client.invalidateQueries({ queryKey: accountsQuery().queryKey })
  return (
    <>
      {open === 'new' && <NewAccount onMade={again} onClose={() => put(undefined)} />}
      {one && <OneAccount key={one.id} account={one} onChanged={again} onClose={() => put(undefined)} />}
      <Panel title={t('accounts.all')} tools={open !== 'new' && <Button primary onClick={() => put('new')}>{t('accounts.new')}</Button>}><AccountsTable accounts={accounts} /></Panel>
    </>
  )
}

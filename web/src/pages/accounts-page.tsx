import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { AccountsTable } from '../features/accounts/accounts-table'
import { NewAccount } from '../features/accounts/new-account'
import { OneAccount } from '../features/accounts/one-account'
import { accountsQuery } from '../lib/queries/accounts'
import { Answered } from '../ui/answered'
import { Button } from '../ui/field'
import { OfficePage } from '../ui/office-page'
import { Panel } from '../ui/panel'

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
  const all = useRef<HTMLHeadingElement>(null)
  const put = (account: string | undefined) => void navigate({ search: { account }, resetScroll: false })
  const close = () => {
    all.current?.focus()
    put(undefined)
  }
  const again = () => client.invalidateQueries({ queryKey: accountsQuery().queryKey })
  return (
    <Answered query={answer} height={320}>
      {({ accounts }) => {
        const one = accounts.find(({ id }) => id === open)
        return (
          <>
            {open === 'new' && <NewAccount onMade={again} onClose={close} />}
            {one && <OneAccount key={one.id} account={one} onChanged={again} onClose={close} />}
            <Panel title={t('accounts.all')} place={all} tools={open !== 'new' && <Button primary onClick={() => put('new')}>{t('accounts.new')}</Button>}><AccountsTable accounts={accounts} /></Panel>
          </>
        )
      }}
    </Answered>
  )
}

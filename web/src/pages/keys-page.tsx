import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { KeysTable } from '../features/keys/keys-table'
import { NewKey } from '../features/keys/new-key'
import { keysQuery } from '../lib/queries/accounts'
import { Answered } from '../ui/answered'
import { OfficePage } from '../ui/office-page'
import { Panel } from '../ui/panel'

/** Machines' keys, for the security administrator. */
export function KeysPage() {
  const { t } = useTranslation()
  return <OfficePage action="key.manage" title={t('accounts.keys.page')} lead={<p>{t('accounts.keys.lead')}</p>}><All /></OfficePage>
}

function All() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const answer = useQuery(keysQuery())
  const again = () => client.invalidateQueries({ queryKey: keysQuery().queryKey })
  return (
    <Answered query={answer} height={320}>
      {({ keys }) => (
        <>
          <NewKey onMade={again} />
          <Panel title={t('accounts.keys.all')}><KeysTable keys={keys} onChanged={again} /></Panel>
        </>
      )}
    </Answered>
  )
}

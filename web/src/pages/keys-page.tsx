import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { KeysTable } from '../features/keys/keys-table'
import { NewKey } from '../features/keys/new-key'
import { useCan } from '../lib/actor'
import { keysQuery } from '../lib/queries/accounts'
import { Loading } from '../ui/empty'
import { NotYours } from '../ui/not-yours'
import { Outside } from '../ui/outside'
import { PageHead, Stack } from '../ui/page-head'
import { Panel } from '../ui/panel'
import { Problem } from '../ui/problem'

/** Machines' keys, for the security administrator. */
export function KeysPage() {
  const { t } = useTranslation()
  const may = useCan('key.manage')
  return (
    <Outside>
      <Stack>
        <PageHead title={t('accounts.keys.page')} lead={<p>{t('accounts.keys.lead')}</p>} />
        {may === null ? <NotYours /> : <All />}
      </Stack>
    </Outside>
  )
}

function All() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const answer = useQuery(keysQuery())
  if (answer.error) return <Problem error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Loading height={320} />
  const again = () => client.invalidateQueries({ queryKey: keysQuery().queryKey })
  return (
    <>
      <NewKey onMade={again} />
      <Panel title={t('accounts.keys.all')}><KeysTable keys={answer.data.keys} onChanged={again} /></Panel>
    </>
  )
}

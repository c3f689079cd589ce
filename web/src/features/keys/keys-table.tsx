import type { ApiKey } from '@lastmile/shared/account'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHomeInstant } from '../../lib/home-zone'
import { revokeKey } from '../../lib/queries/accounts'
import { useDoing } from '../../lib/use-doing'
import { ConfirmButton } from '../../ui/confirm-button'
import { DataTable, type Column } from '../../ui/data-table'
import { Done, FormProblem } from '../../ui/form-problem'
import { Tag } from '../../ui/page-head'

const tones = { active: 'good', expired: 'warn', revoked: 'alarm' } as const

/** All keys, none of them the key itself, with the way to revoke each that holds. */
export function KeysTable({ keys, onChanged }: { keys: readonly ApiKey[]; onChanged: () => unknown }) {
  const { t } = useTranslation()
  const instant = useHomeInstant()
  const [done, setDone] = useState(false)
  const revoke = useDoing(revokeKey, () => { setDone(true); return onChanged() })
  const columns: Column<ApiKey>[] = [
    { id: 'name', header: t('accounts.keys.name'), heading: true, value: (key) => key.name, cell: (key) => <>{key.name}<div className="quiet"><code>{key.code}</code></div></> },
    { id: 'source', header: t('accounts.keys.source'), value: (key) => key.source, cell: (key) => <><code>{key.source}</code><div className="quiet">{key.list}</div></> },
    { id: 'state', header: t('accounts.keys.state'), value: (key) => t(`accounts.keys.states.${stateOf(key)}`), cell: (key) => <Tag tone={tones[stateOf(key)]}>{t(`accounts.keys.states.${stateOf(key)}`)}</Tag> },
    { id: 'expires', header: t('accounts.keys.expires'), value: (key) => key.expiresAt, cell: (key) => <span className="number">{instant(key.expiresAt)}</span> },
    { id: 'used', header: t('accounts.keys.used'), value: (key) => key.lastUsedAt, cell: (key) => <span className="number">{instant(key.lastUsedAt, t('accounts.keys.never'))}</span> },
    { id: 'made', header: t('accounts.keys.made'), value: (key) => key.createdAt, cell: (key) => <span className="number">{instant(key.createdAt)}</span> },
    { id: 'revoke', header: t('accounts.keys.revoke'), sortable: false, value: () => null, cell: (key) => stateOf(key) === 'active' && <ConfirmButton question={t('accounts.keys.revokeSure', { name: key.name })} confirm={t('accounts.keys.revokeYes')} onConfirm={() => { setDone(false); void revoke.run(key.code) }} disabled={revoke.busy}>{t('accounts.keys.revoke')}</ConfirmButton> },
  ]
  return (
    <>
      <FormProblem error={revoke.error} />
      {done && <Done>{t('accounts.keys.revoked')}</Done>}
      <DataTable columns={columns} rows={keys} rowKey={(key) => key.code} caption={t('accounts.keys.all')} empty={t('accounts.keys.none')} />
    </>
  )
}

function stateOf({ revokedAt, expiresAt }: ApiKey): 'active' | 'expired' | 'revoked' {
  if (revokedAt !== null) return 'revoked'
  return Date.parse(expiresAt) <= Date.now() ? 'expired' : 'active'
}

import type { Account } from '@lastmile/shared/account'
import { useTranslation } from 'react-i18next'
import { useScopeName } from '../../lib/scope-name'
import { Facts } from '../../ui/page-head'
import { Panel } from '../../ui/panel'

/** What an account is. */
export function OwnFacts({ account }: { account: Account }) {
  const { t } = useTranslation()
  const scope = useScopeName(account)
  const factor = { on: 'on', missing: 'missing', not_needed: 'notNeeded' } as const
  return (
    <Panel title={t('account.page.who')} lead={t(`account.means.${account.role}`)}>
      <Facts facts={[
        [t('account.page.name'), account.name],
        [t('account.page.email'), account.email],
        [t('account.page.role'), t(`account.roles.${account.role}`)],
        [t('account.page.of'), scope],
        account.agent === null ? null : [t('accounts.agent'), account.agent],
        [t('account.page.secondFactor'), account.demonstration ? t('account.page.notNeeded') : t(`account.page.${factor[account.secondFactor]}`)],
      ]} />
    </Panel>
  )
}

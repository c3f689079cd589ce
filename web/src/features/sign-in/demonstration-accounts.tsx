import type { SessionAnswer } from '@lastmile/shared/account'
import { useTranslation } from 'react-i18next'
import { signInDemonstration } from '../../lib/queries/session'
import { useScopeWords } from '../../lib/scope-name'
import { useDoing } from '../../lib/use-doing'
import { FormProblem } from '../../ui/form-problem'
import { Panel } from '../../ui/panel'
import css from './demonstration-accounts.module.css'

type Offered = SessionAnswer['demonstrationAccounts'][number]

/** The accounts of the demonstration, by role, with what each is for: one press signs in. */
export function DemonstrationAccounts({ accounts, onDone }: { accounts: readonly Offered[]; onDone: () => unknown }) {
  const { t } = useTranslation()
  const enter = useDoing(signInDemonstration, onDone)
  return (
    <Panel title={t('account.door.demonstration')} lead={t('account.door.demonstrationLead')}>
      <FormProblem error={enter.error} />
      <ul className={css.accounts}>
        {accounts.map((account) => <li key={account.id}><One account={account} busy={enter.busy} onEnter={() => void enter.run(account.id)} /></li>)}
      </ul>
    </Panel>
  )
}

function One({ account, busy, onEnter }: { account: Offered; busy: boolean; onEnter: () => void }) {
  const { t } = useTranslation()
  const words = useScopeWords({ list: null, insurer: null, ...account })
  return (
    <button type="button" className={css.account} aria-disabled={busy} onClick={onEnter}>
      <strong>{words}</strong>
      <span>{t(`account.means.${account.role}`)}</span>
    </button>
  )
}

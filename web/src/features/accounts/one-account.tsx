import type { Account, InvitationAnswer, SeenAs } from '@lastmile/shared/account'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../lib/actor'
import { ProblemError } from '../../lib/problem'
import { changeAccount, inviteAnew, signOutEverywhere, takeSecondFactor } from '../../lib/queries/accounts'
import { useDoing } from '../../lib/use-doing'
import { ConfirmButton } from '../../ui/confirm-button'
import { Button } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { Buttons, Fields, Form, Panel } from '../../ui/panel'
import { TextField } from '../../ui/text-field'
import { BelongingFields } from './belonging-fields'
import { Invitation } from './invitation'

/** One account: what it is, changed; and what its administrator does where its owner cannot. */
export function OneAccount({ account, onChanged, onClose }: { account: Account; onChanged: () => unknown; onClose: () => void }) {
  const { t } = useTranslation()
  const { account: looks } = useSession()
  const [name, setName] = useState(account.name)
  const { role, list, unit, city, company, insurer, institution, agent } = account
  const [own, setOwn] = useState<SeenAs>({ role, list, unit, city, company, insurer, institution, agent })
  // What is filled in is of this version, whatever comes meanwhile.
  const [version, setVersion] = useState(account.version)
  const [done, setDone] = useState<'changed' | 'enabled' | 'disabled' | 'factorDone' | 'outDone' | null>(null)
  const [invited, setInvited] = useState<InvitationAnswer | null>(null)
  const then = (what: typeof done) => () => { setDone(what); return onChanged() }
  const isDisabled = account.state === 'disabled'
  const change = useDoing(() => changeAccount(account.id, version, { name: name.trim(), ...own, disabled: isDisabled }), ({ account: now }) => { setVersion(now.version); return then('changed')() })
  const turn = useDoing(() => changeAccount(account.id, version, { name: account.name, role, list, unit, city, company, insurer, institution, agent, disabled: !isDisabled }), ({ account: now }) => { setVersion(now.version); return then(isDisabled ? 'enabled' : 'disabled')() })
  const invite = useDoing(() => inviteAnew(account.id), (answer) => { setDone(null); setInvited(answer); return onChanged() })
  const factor = useDoing(() => takeSecondFactor(account.id), then('factorDone'))
  const out = useDoing(() => signOutEverywhere(account.id), then('outDone'))
  const all = [change, turn, invite, factor, out]
  const [busy, error] = [all.some((one) => one.busy), all.find((one) => one.error !== null)?.error ?? null]
  const begin = (one: { run: () => Promise<void> }) => () => {
    for (const other of all) other.clear()
    setDone(null)
    setInvited(null)
    void one.run()
  }
  const wrong = error instanceof ProblemError ? error.field : null
  const close = <Button onClick={onClose}>{t('accounts.close')}</Button>
  // Nobody changes his own, and whoever came in by one of the demonstration none of those.
  const fixed = account.id === looks?.id ? 'account_own' : account.demonstration && looks?.demonstration ? 'account_demonstration' : null
  if (fixed !== null) return <Panel title={account.name} lead={account.email} tools={close}><p>{t(`account.problems.${fixed}`)}</p></Panel>
  return (
    <Panel title={account.name} lead={account.email} tools={close}>
      <FormProblem error={error} />
      {done !== null && <Done>{t(`accounts.${done}`)}</Done>}
      {invited !== null && <Invitation answer={invited} />}
      <Form label={t('accounts.change')} onSubmit={begin(change)}>
        <Fields><TextField label={t('accounts.name')} value={name} onChange={setName} maxLength={200} invalid={wrong === 'name'} /></Fields>
        <BelongingFields value={own} onChange={setOwn} wrong={wrong} agent />
        <Buttons><Button type="submit" primary disabled={busy}>{t('accounts.change')}</Button></Buttons>
      </Form>
      <Buttons>
        {!account.demonstration && !isDisabled && <ConfirmButton question={t('accounts.inviteSure', { name: account.name })} confirm={t('accounts.inviteYes')} onConfirm={begin(invite)} disabled={busy}>{t('accounts.invite')}</ConfirmButton>}
        {account.secondFactor === 'on' && <ConfirmButton question={t('accounts.factorSure', { name: account.name })} confirm={t('accounts.factorYes')} onConfirm={begin(factor)} disabled={busy}>{t('accounts.factorReset')}</ConfirmButton>}
        <ConfirmButton question={t('accounts.outSure', { name: account.name })} confirm={t('accounts.outYes')} onConfirm={begin(out)} disabled={busy}>{t('accounts.out')}</ConfirmButton>
        {isDisabled ? <Button onClick={begin(turn)} disabled={busy}>{t('accounts.enable')}</Button>
          : <ConfirmButton question={t('accounts.disableSure', { name: account.name })} confirm={t('accounts.disableYes')} onConfirm={begin(turn)} disabled={busy}>{t('accounts.disable')}</ConfirmButton>}
      </Buttons>
    </Panel>
  )
}

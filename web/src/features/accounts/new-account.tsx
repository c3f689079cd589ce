import type { InvitationAnswer, SeenAs } from '@lastmile/shared/account'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useActor } from '../../lib/actor'
import { ProblemError } from '../../lib/problem'
import { makeAccount } from '../../lib/queries/accounts'
import { useDoing } from '../../lib/use-doing'
import { Button } from '../../ui/field'
import { FormProblem } from '../../ui/form-problem'
import { Buttons, Fields, Form, Panel } from '../../ui/panel'
import { TextField } from '../../ui/text-field'
import { BelongingFields, noBelonging } from './belonging-fields'
import { Invitation } from './invitation'

/** Makes an account and shows the code that its owner needs. */
export function NewAccount({ onMade, onClose }: { onMade: () => unknown; onClose: () => void }) {
  const { t } = useTranslation()
  const actor = useActor()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [own, setOwn] = useState<SeenAs>({ ...noBelonging, role: 'province_officer', list: actor.list })
  const [made, setMade] = useState<InvitationAnswer | null>(null)
  const make = useDoing(makeAccount, (answer) => { setMade(answer); return onMade() })
  const wrong = make.error instanceof ProblemError ? make.error.field : null
  if (made !== null) return <Panel title={t('accounts.new')}><Invitation answer={made} /><Buttons><Button onClick={onClose}>{t('accounts.close')}</Button></Buttons></Panel>
  return (
    <Panel title={t('accounts.new')} lead={t('accounts.newLead')}>
      <Form label={t('accounts.new')} onSubmit={() => void make.run({ name: name.trim(), email: email.trim(), ...own })}>
        <FormProblem error={make.error} />
        <Fields>
          <TextField label={t('accounts.name')} value={name} onChange={setName} takesFocus maxLength={200} invalid={wrong === 'name'} />
          <TextField label={t('accounts.email')} type="email" value={email} onChange={setEmail} maxLength={254} invalid={wrong === 'email'} />
        </Fields>
        <BelongingFields value={own} onChange={setOwn} wrong={wrong} agent />
        <Buttons><Button type="submit" primary disabled={make.busy}>{t('accounts.make')}</Button><Button onClick={onClose}>{t('account.cancel')}</Button></Buttons>
      </Form>
    </Panel>
  )
}

import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../../lib/problem'
import { takeUp } from '../../lib/queries/session'
import { useDoing } from '../../lib/use-doing'
import { Button } from '../../ui/field'
import { FormProblem } from '../../ui/form-problem'
import { Buttons, Form, Panel } from '../../ui/panel'
import { TextField } from '../../ui/text-field'

/** Sets the password of an invited account. `onDone` gets its address: it signs in next. */
export function InvitationForm({ onDone }: { onDone: (email: string) => void }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  const take = useDoing(takeUp, ({ email }) => onDone(email))
  const wrong = take.error instanceof ProblemError ? take.error.field : null
  return (
    <Panel title={t('account.invitation.title')} lead={t('account.invitation.lead')}>
      <Form narrow label={t('account.invitation.title')} onSubmit={() => void take.run({ code: code.trim(), password })}>
        <FormProblem error={take.error} />
        <TextField label={t('account.invitation.code')} value={code} onChange={setCode} maxLength={200} invalid={wrong === 'code'} />
        <TextField label={t('account.invitation.password')} type="password" name="password" complete="new-password" value={password} onChange={setPassword} minLength={12} maxLength={128} hint={t('account.door.passwordHint')} invalid={wrong === 'password'} />
        <Buttons><Button type="submit" primary disabled={take.busy}>{t('account.invitation.set')}</Button></Buttons>
      </Form>
    </Panel>
  )
}

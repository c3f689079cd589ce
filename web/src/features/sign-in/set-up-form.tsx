import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../../lib/problem'
import { setUp } from '../../lib/queries/session'
import { useDoing } from '../../lib/use-doing'
import { Button } from '../../ui/field'
import { FormProblem } from '../../ui/form-problem'
import { Buttons, Form, Panel } from '../../ui/panel'
import { TextField } from '../../ui/text-field'

/** Makes the first account, with the code that the server printed. `onDone` gets its address: it signs in next. */
export function SetUpForm({ onDone }: { onDone: (email: string) => void }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const make = useDoing(setUp, (_, { email }) => onDone(email))
  const wrong = make.error instanceof ProblemError ? make.error.field : null
  return (
    <Panel title={t('account.door.setUp')} lead={t('account.door.setUpLead')}>
      <Form narrow label={t('account.door.setUp')} onSubmit={() => void make.run({ code: code.trim(), name: name.trim(), email: email.trim(), password })}>
        <FormProblem error={make.error} />
        <TextField label={t('account.door.setUpCode')} value={code} onChange={setCode} maxLength={200} invalid={wrong === 'code'} />
        <TextField label={t('account.door.name')} complete="name" value={name} onChange={setName} maxLength={200} invalid={wrong === 'name'} />
        <TextField label={t('account.door.email')} type="email" name="username" complete="username" value={email} onChange={setEmail} maxLength={254} invalid={wrong === 'email'} />
        <TextField label={t('account.door.password')} type="password" name="password" complete="new-password" value={password} onChange={setPassword} minLength={12} maxLength={128} hint={t('account.door.passwordHint')} invalid={wrong === 'password'} />
        <Buttons><Button type="submit" primary disabled={make.busy}>{t('account.door.make')}</Button></Buttons>
      </Form>
    </Panel>
  )
}

import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../../lib/problem'
import { changePassword } from '../../lib/queries/session'
import { useDoing } from '../../lib/use-doing'
import { Button } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { Buttons, Form, Panel } from '../../ui/panel'
import { TextField } from '../../ui/text-field'

/** Changes one's password; everywhere else the account is signed out. `email` tells password keepers whose it is. */
export function PasswordChange({ email, onDone }: { email: string; onDone: () => unknown }) {
  const { t } = useTranslation()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [done, setDone] = useState(false)
  const change = useDoing(changePassword, () => {
    setCurrent('')
    setNext('')
    setDone(true)
    return onDone()
  })
  const wrong = change.error instanceof ProblemError ? change.error.field : null
  return (
    <Panel title={t('account.page.password')}>
      <Form narrow label={t('account.page.password')} onSubmit={() => { setDone(false); void change.run({ current, next }) }}>
        <FormProblem error={change.error} />
        {done && <Done>{t('account.page.changed')}</Done>}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <TextField label={t('account.page.current')} type="password" complete="current-password" value={current} onChange={setCurrent} maxLength={128} invalid={wrong === 'current'} />
        <TextField label={t('account.page.next')} type="password" complete="new-password" value={next} onChange={setNext} minLength={12} maxLength={128} hint={t('account.door.passwordHint')} invalid={wrong === 'next'} />
        <Buttons><Button type="submit" primary disabled={change.busy}>{t('account.page.change')}</Button></Buttons>
      </Form>
    </Panel>
  )
}

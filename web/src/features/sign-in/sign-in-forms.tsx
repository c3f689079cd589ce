import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../../lib/problem'
import { giveSecondFactor, signIn, startSingleSignOn } from '../../lib/queries/session'
import { useDoing } from '../../lib/use-doing'
import { Button } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { Buttons, Form, Panel } from '../../ui/panel'
import { TextField } from '../../ui/text-field'

/** Signs in by e-mail and password and, where it is asked for, by the second factor. `onDone`: somebody is signed in now. */
export function SignInForms({ email, welcome, singleSignOn, onDone }: { email: string; welcome: string | null; singleSignOn: string | null; onDone: () => unknown }) {
  const { t } = useTranslation()
  const [step, setStep] = useState<'password' | 'second' | 'again'>('password')
  if (step === 'second') return <SecondFactor onDone={onDone} onAgain={() => setStep('again')} />
  return (
    <Panel title={t('account.door.title')}>
      {welcome !== null && step === 'password' && <Done takesFocus={false}>{welcome}</Done>}
      <PasswordForm email={email} isAgain={step === 'again'} onNext={(next) => (next === 'second_factor' ? setStep('second') : onDone())} />
      {singleSignOn !== null && <SingleSignOn name={singleSignOn} />}
      <p><Link to="/invitation">{t('account.door.invited')}</Link></p>
    </Panel>
  )
}

/** `isAgain`: it comes after a sign-in that was given up. */
function PasswordForm({ email: first, isAgain, onNext }: { email: string; isAgain: boolean; onNext: (next: 'second_factor' | 'set_up_second_factor' | null) => unknown }) {
  const { t } = useTranslation()
  const [email, setEmail] = useState(first)
  const [password, setPassword] = useState('')
  const enter = useDoing(signIn, ({ next }) => onNext(next))
  return (
    <Form narrow label={t('account.door.title')} onSubmit={() => void enter.run({ email: email.trim(), password })}>
      <FormProblem error={enter.error} />
      <TextField label={t('account.door.email')} type="email" name="username" complete="username" value={email} onChange={setEmail} takesFocus={isAgain && first === ''} maxLength={254} />
      <TextField label={t('account.door.password')} type="password" name="password" complete="current-password" value={password} onChange={setPassword} takesFocus={first !== ''} maxLength={128} />
      <Buttons><Button type="submit" primary disabled={enter.busy}>{t('account.door.enter')}</Button></Buttons>
    </Form>
  )
}

/** The code of the application, or one of the codes for the day it is lost. */
function SecondFactor({ onDone, onAgain }: { onDone: () => unknown; onAgain: () => void }) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<'application' | 'backup'>('application')
  const [code, setCode] = useState('')
  const give = useDoing(giveSecondFactor, onDone)
  if (give.error instanceof ProblemError && give.error.code === 'session.begin_again') {
    return <Panel title={t('account.door.second')}><FormProblem error={give.error} /><Buttons><Button primary onClick={onAgain}>{t('account.door.again')}</Button></Buttons></Panel>
  }
  const turn = () => {
    setKind(kind === 'application' ? 'backup' : 'application')
    setCode('')
    give.clear()
  }
  return (
    <Panel title={t('account.door.second')} lead={t('account.door.secondLead')}>
      <Form narrow label={t('account.door.second')} onSubmit={() => void give.run({ code: code.trim(), kind })}>
        <FormProblem error={give.error} />
        {kind === 'application'
          ? <TextField key="application" label={t('account.door.code')} complete="one-time-code" inputMode="numeric" value={code} onChange={(text) => setCode(text.replace(/\s/g, ''))} pattern="\d{6}" takesFocus maxLength={6} />
          : <TextField key="backup" label={t('account.door.backupCode')} value={code} onChange={setCode} takesFocus minLength={6} maxLength={40} />}
        <Buttons>
          <Button type="submit" primary disabled={give.busy}>{t('account.door.confirm')}</Button>
          <Button onClick={turn}>{t(kind === 'application' ? 'account.door.useBackup' : 'account.door.useApplication')}</Button>
          <Button onClick={onAgain}>{t('account.door.again')}</Button>
        </Buttons>
      </Form>
    </Panel>
  )
}

function SingleSignOn({ name }: { name: string }) {
  const { t } = useTranslation()
  // The page of the provider: the one address elsewhere that this product ever opens, because it was pressed.
  const go = useDoing(startSingleSignOn, ({ address }) => location.assign(address))
  return (
    <>
      <FormProblem error={go.error} />
      <Buttons><span className="quiet">{t('account.door.or')}</span><Button onClick={() => void go.run()} disabled={go.busy}>{t('account.door.sso', { name })}</Button></Buttons>
    </>
  )
}

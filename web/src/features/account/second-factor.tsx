import type { Account, SecondFactorAnswer } from '@lastmile/shared/account'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { beginSecondFactor, confirmSecondFactor, endSecondFactor } from '../../lib/queries/session'
import { saveFile } from '../../lib/save'
import { useDoing } from '../../lib/use-doing'
import { ConfirmButton } from '../../ui/confirm-button'
import { Button } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { Buttons, Form, Panel } from '../../ui/panel'
import { Secret } from '../../ui/secret'
import { TextField } from '../../ui/text-field'
import css from './account.module.css'
import { QrCode } from '../../ui/qr-code'

/** The second factor of one's account: set up, and taken away. `first`: nothing else can be done before it is there. `onDone`: it changed. */
export function SecondFactor({ account, first = false, onDone }: { account: Account; first?: boolean; onDone: () => unknown }) {
  const { t } = useTranslation()
  const [begun, setBegun] = useState<SecondFactorAnswer | null>(null)
  const [done, setDone] = useState<'factorDone' | 'factorOffDone' | null>(null)
  const place = useRef<HTMLHeadingElement>(null)
  const begin = (next: SecondFactorAnswer) => {
    setDone(null)
    setBegun(next)
    place.current?.focus()
  }
  return (
    <Panel title={t('account.page.factor')} place={place} lead={t(first ? 'account.page.factorFirst' : 'account.page.factorLead')}>
      {done !== null && <Done key={done}>{t(`account.page.${done}`)}</Done>}
      {begun !== null
        ? <Confirm begun={begun} onDone={() => { setBegun(null); setDone('factorDone'); return onDone() }} />
        : account.secondFactor === 'on' ? <TakeAway onDone={() => { setDone('factorOffDone'); return onDone() }} /> : <Begin email={account.email} onBegun={begin} />}
    </Panel>
  )
}

function Begin({ email, onBegun }: { email: string; onBegun: (begun: SecondFactorAnswer) => void }) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  const begin = useDoing(beginSecondFactor, onBegun)
  return (
    <Form narrow label={t('account.page.factorBegin')} onSubmit={() => void begin.run(password)}>
      <FormProblem error={begin.error} />
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <TextField label={t('account.page.yourPassword')} type="password" complete="current-password" value={password} onChange={setPassword} maxLength={128} />
      <Buttons><Button type="submit" primary disabled={begin.busy}>{t('account.page.factorBegin')}</Button></Buttons>
    </Form>
  )
}

/** The secret and the backup codes, shown this once, and the first code that proves that they were taken along. */
function Confirm({ begun, onDone }: { begun: SecondFactorAnswer; onDone: () => unknown }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const confirm = useDoing(confirmSecondFactor, onDone)
  return (
    <div className={css.steps}>
      <p>{t('account.page.factorScan')}</p>
      <div className={css.secret}>
        <QrCode text={begun.uri} label={t('account.page.factorPicture')} />
        <Secret label={t('account.page.factorSecret')} value={begun.secret} shown={begun.secret.replace(/(.{4})(?=.)/g, '$1 ')} />
      </div>
      <p>{t('account.page.factorCodes')}</p>
      <Secret label={t('account.page.factorBackup')} value={begun.backupCodes.join('\n')} file={{ name: 'lastmile-backup-codes.txt', save: saveFile }} />
      <Form narrow label={t('account.page.factorConfirm')} onSubmit={() => void confirm.run(code)}>
        <FormProblem error={confirm.error} />
        <TextField label={t('account.page.factorCode')} complete="one-time-code" inputMode="numeric" pattern="\d{6}" maxLength={6} value={code} onChange={(text) => setCode(text.replace(/\s/g, ''))} />
        <Buttons><Button type="submit" primary disabled={confirm.busy}>{t('account.page.factorConfirm')}</Button></Buttons>
      </Form>
    </div>
  )
}

function TakeAway({ onDone }: { onDone: () => unknown }) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  const end = useDoing(endSecondFactor, onDone)
  return (
    <div className={css.steps}>
      <p>{t('account.page.factorOn')}</p>
      <FormProblem error={end.error} />
      <div className={css.short}><TextField label={t('account.page.yourPassword')} type="password" complete="current-password" value={password} onChange={setPassword} maxLength={128} required={false} /></div>
      <Buttons><ConfirmButton question={t('account.page.factorOffSure')} confirm={t('account.page.factorOffYes')} onConfirm={() => void end.run(password)} disabled={password === '' || end.busy}>{t('account.page.factorOff')}</ConfirmButton></Buttons>
    </div>
  )
}

import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { withdrawDemand } from '../../lib/queries/finder'
import { useDoing } from '../../lib/use-doing'
import { useWorld } from '../../lib/world'
import { Field } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import css from './finder.module.css'

/** Withdrawing a demand by the code that was given when it was registered. */
export function WithdrawForm() {
  const { t } = useTranslation()
  const { list } = useWorld()
  const [code, setCode] = useState('')
  const [done, setDone] = useState(false)
  const withdraw = useDoing((which: string) => withdrawDemand(list.code, which), () => setDone(true))
  if (done) return <Done>{t('finder.withdrawn')}</Done>
  return (
    <form aria-label={t('finder.withdrawTitle')} onSubmit={(event) => { event.preventDefault(); void withdraw.run(code.trim().toLowerCase()) }}>
      <Field label={t('finder.code')}>{(id) => <input id={id} required autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={40} value={code} onChange={(event) => setCode(event.target.value)} />}</Field>
      <FormProblem error={withdraw.error} />
      <p><button type="submit" className={css.large} aria-disabled={withdraw.busy || undefined}>{t('finder.withdraw')}</button></p>
    </form>
  )
}

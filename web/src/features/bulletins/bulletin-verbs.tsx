import type { Bulletin } from '@lastmile/shared/bulletin'
import { nextBulletinState } from '@lastmile/shared/bulletin-state'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { invalidate } from '../../lib/live'
import { embargoBulletin, holdBulletin, remakeBulletin, withdrawBulletin } from '../../lib/queries/bulletins'
import { useDoing } from '../../lib/use-doing'
import { useWorld } from '../../lib/world'
import { instantOf, wallClock } from '../../lib/zoned-time'
import { ConfirmButton } from '../../ui/confirm-button'
import { Button } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { Buttons, Form, Panel } from '../../ui/panel'
import { TextField } from '../../ui/text-field'
import { useBulletinProblem } from './bulletin-words'
import css from './bulletins.module.css'

/** What its keeper may do with a bulletin as it stands: say when it is published, hold it back, withdraw it, and make it again. */
export function BulletinVerbs({ bulletin }: { bulletin: Bulletin }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { list } = useWorld()
  const format = useFormat()
  const problem = useBulletinProblem()
  const [done, setDone] = useState<'embargo' | 'hold' | 'withdraw' | null>(null)
  const [publishAt, setPublishAt] = useState('')
  const [opened] = useState(() => wallClock(new Date().toISOString(), list.timeZone))
  const [reason, setReason] = useState('')
  const { code, state } = bulletin
  const then = (what: typeof done) => () => {
    setDone(what)
    return invalidate(client, 'report', list.code)
  }
  const embargo = useDoing(() => embargoBulletin(list.code, code, instantOf(publishAt, list.timeZone)), then('embargo'))
  const hold = useDoing(() => holdBulletin(list.code, code), then('hold'))
  const withdraw = useDoing(() => withdrawBulletin(list.code, code, reason.trim()), then('withdraw'))
  const can = (verb: Parameters<typeof nextBulletinState>[1]) => nextBulletinState(state, verb) !== null
  return (
    <div className={css.noPrint}>
      <Panel title={t('bulletins.keeping')} lead={t(`bulletins.stateMeans.${state}`)}>
        <FormProblem error={problem(embargo.error ?? hold.error ?? withdraw.error)} />
        {done !== null && <Done key={`${done} ${state}`}>{t(`bulletins.done.${done}`)}</Done>}
        <div className={css.verbs}>
          {can('embargo') && (
            <Form label={t('bulletins.embargo')} onSubmit={() => void embargo.run()} narrow>
              <TextField type="datetime-local" label={t('bulletins.publishAt', { zone: format.zone(list.timeZone) })} value={publishAt} onChange={setPublishAt} hint={t('bulletins.publishHint')} min={opened} />
              <Buttons><Button type="submit" primary disabled={embargo.busy}>{t('bulletins.embargo')}</Button></Buttons>
            </Form>
          )}
          {can('hold') && <Buttons><ConfirmButton question={t('bulletins.holdQuestion')} confirm={t('bulletins.hold')} onConfirm={() => void hold.run()} disabled={hold.busy}>{t('bulletins.hold')}</ConfirmButton></Buttons>}
          {can('withdraw') && (
            <Form label={t('bulletins.withdraw')} onSubmit={() => void withdraw.run()}>
              <TextField label={t('bulletins.reason')} value={reason} onChange={setReason} minLength={3} maxLength={500} hint={t('bulletins.withdrawHint')} />
              <Buttons><Button type="submit" disabled={withdraw.busy}>{t('bulletins.withdraw')}</Button></Buttons>
            </Form>
          )}
          <Remade code={code} />
        </div>
      </Panel>
    </div>
  )
}

/** The bulletin made again from the data as they were known then, held against what was kept. */
function Remade({ code }: { code: string }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const problem = useBulletinProblem()
  const [made, setMade] = useState<Awaited<ReturnType<typeof remakeBulletin>> | null>(null)
  const remake = useDoing(() => remakeBulletin(list.code, code), setMade)
  return (
    <div>
      <Buttons><Button onClick={() => void remake.run()} disabled={remake.busy}>{remake.busy ? t('bulletins.remaking') : t('bulletins.remake')}</Button></Buttons>
      <FormProblem error={problem(remake.error)} />
      {made && (
        <>
          <Done>{t(made.sameBytes ? 'bulletins.sameBytes' : made.sameFigures ? 'bulletins.sameFigures' : 'bulletins.otherFigures', { made: made.madeWith, now: made.remadeWith })}</Done>
          <div className={css.scroll} tabIndex={0} role="group" aria-label={t('bulletins.digests')}>
            <table className={css.digests}>
              <thead><tr><th scope="col">{t('bulletins.form')}</th><th scope="col">SHA-256</th><th scope="col">{t('bulletins.again')}</th></tr></thead>
              <tbody>{made.forms.map(({ form, kept, same }) => <tr key={form}><th scope="row">{form}</th><td><code>{kept}</code></td><td>{t(same ? 'bulletins.same' : 'bulletins.differs')}</td></tr>)}</tbody>
            </table>
          </div>
        </>
      )}
    </div>
  )
}

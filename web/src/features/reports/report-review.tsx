import { waitingStates, type ReportAnswer } from '@lastmile/shared/report'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/actor'
import { useFormat } from '../../lib/format'
import { invalidate } from '../../lib/live'
import { releaseReport, returnReport, takeReportBack } from '../../lib/queries/approval'
import { useDoing } from '../../lib/use-doing'
import { useWorld } from '../../lib/world'
import { ConfirmButton } from '../../ui/confirm-button'
import { Button } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { Buttons, Form, Panel } from '../../ui/panel'
import { TextField } from '../../ui/text-field'

/** What whoever looks may decide of a report that waits: release or return it, for a reason, or take back what is his. Nothing where he may do none of it. */
export function ReportReview({ report, reviewing }: Pick<ReportAnswer, 'report' | 'reviewing'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  const { list } = useWorld()
  const sends = useCan('report.send') !== null
  const [reason, setReason] = useState('')
  const [done, setDone] = useState<'released' | 'returned' | 'takenBack' | null>(null)
  const then = (what: typeof done) => () => {
    setDone(what)
    setReason('')
    return invalidate(client, 'report', list.code)
  }
  const release = useDoing(() => releaseReport(list.code, report.id, reason.trim()), then('released'))
  const giveBack = useDoing(() => returnReport(list.code, report.id, reason.trim()), then('returned'))
  const takeBack = useDoing(() => takeReportBack(list.code, report.id), then('takenBack'))
  const waits = (waitingStates as readonly string[]).includes(report.state)
  const decides = waits && (reviewing === 'release_or_return' || reviewing === 'return')
  if (!decides && !(waits && sends) && done === null) return null
  const busy = release.busy || giveBack.busy
  const lead = !waits ? undefined : decides ? t(report.state === 'submitted' ? 'reports.reviewSubmitted' : reviewing === 'return' ? 'reports.reviewReturn' : 'reports.reviewLead')
    : report.state === 'embargoed' ? t('reports.waits', { at: format.zoned(report.publishAt ?? report.receivedAt, list.timeZone) }) : t(reviewing === 'own' ? 'reports.reviewOwn' : 'reports.waitsHere')
  return (
    <Panel title={t(report.state === 'embargoed' || done === 'takenBack' || !decides ? 'reports.waitsTitle' : 'reports.review')} lead={lead}>
      <FormProblem error={release.error ?? giveBack.error ?? takeBack.error} />
      {done !== null && <Done key={done}>{t(`reports.${done}`)}</Done>}
      {decides && (
        <Form label={t('reports.review')} onSubmit={() => void (reviewing === 'release_or_return' ? release.run() : giveBack.run())}>
          <TextField label={t('reports.reviewReason')} value={reason} onChange={setReason} minLength={3} maxLength={500} />
          <Buttons>
            {reviewing === 'release_or_return' && <Button type="submit" primary disabled={busy}>{t('reports.release')}</Button>}
            {reviewing === 'release_or_return'
              ? <ConfirmButton question={t('reports.returnSure')} confirm={t('reports.return')} onConfirm={() => void giveBack.run()} disabled={busy || reason.trim().length < 3}>{t('reports.return')}</ConfirmButton>
              : <Button type="submit" disabled={busy}>{t('reports.return')}</Button>}
          </Buttons>
        </Form>
      )}
      {waits && sends && !decides && <Buttons><ConfirmButton question={t('reports.takeBackSure')} confirm={t('reports.takeBack')} onConfirm={() => void takeBack.run()} disabled={takeBack.busy}>{t('reports.takeBack')}</ConfirmButton></Buttons>}
    </Panel>
  )
}

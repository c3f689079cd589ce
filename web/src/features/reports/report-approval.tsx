import type { ReportAnswer } from '@lastmile/shared/report'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/actor'
import { useFormat } from '../../lib/format'
import { invalidate } from '../../lib/live'
import { approveReport, reopenReport, takeReportBack } from '../../lib/queries/approval'
import { useDoing } from '../../lib/use-doing'
import { useWorld } from '../../lib/world'
import { ConfirmButton } from '../../ui/confirm-button'
import { Button } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { Buttons, Form, Panel } from '../../ui/panel'
import { TextField } from '../../ui/text-field'

/** What whoever looks may do with a report as it stands: approve it, open it again, or take it back before its time. Nothing where he may do none of it. */
export function ReportApproval({ report, approving }: Pick<ReportAnswer, 'report' | 'approving'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  const { list } = useWorld()
  const [reopens, sends] = [useCan('report.reopen') !== null, useCan('report.send') !== null]
  const [reason, setReason] = useState('')
  const [done, setDone] = useState<'approved' | 'reopened' | 'takenBack' | null>(null)
  const then = (what: typeof done) => () => {
    setDone(what)
    setReason('')
    return invalidate(client, 'report', list.code)
  }
  const approve = useDoing(() => approveReport(list.code, report.id), then('approved'))
  const reopen = useDoing(() => reopenReport(list.code, report.id, reason.trim()), then('reopened'))
  const takeBack = useDoing(() => takeReportBack(list.code, report.id), then('takenBack'))
  const offered = report.state === 'embargoed' && sends ? 'takeBack' : report.state !== 'accepted' ? null : report.approval === null ? (approving === null ? null : 'approve') : reopens ? 'reopen' : null
  if (offered === null && done === null) return null
  const title = t(offered === 'takeBack' || done === 'takenBack' ? 'reports.embargo' : 'reports.approval')
  return (
    <Panel title={title} lead={offered === 'approve' ? (approving === 'own' || approving === 'office_approves' || approving === 'correction_waits' ? t(`account.problems.report_${approving}`) : t('reports.approveLead')) : offered === 'reopen' ? t('reports.reopenLead') : offered === 'takeBack' ? t('reports.waits', { at: format.zoned(report.publishAt ?? report.receivedAt, list.timeZone) }) : undefined}>
      <FormProblem error={approve.error ?? reopen.error ?? takeBack.error} />
      {done !== null && <Done key={done}>{t(`reports.${done}`)}</Done>}
      {offered === 'approve' && approving === 'yes' && <Buttons><Button primary onClick={() => void approve.run()} disabled={approve.busy}>{t('reports.approve')}</Button></Buttons>}
      {offered === 'takeBack' && <Buttons><ConfirmButton question={t('reports.takeBackSure')} confirm={t('reports.takeBack')} onConfirm={() => void takeBack.run()} disabled={takeBack.busy}>{t('reports.takeBack')}</ConfirmButton></Buttons>}
      {offered === 'reopen' && (
        <Form label={t('reports.reopen')} onSubmit={() => void reopen.run()}>
          <TextField label={t('reports.reopenReason')} value={reason} onChange={setReason} minLength={3} maxLength={500} />
          <Buttons><Button type="submit" disabled={reopen.busy}>{t('reports.reopen')}</Button></Buttons>
        </Form>
      )}
    </Panel>
  )
}

import type { ReportAnswer } from '@lastmile/shared/report'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/actor'
import { invalidate } from '../../lib/live'
import { approveReport, reopenReport } from '../../lib/queries/approval'
import { useDoing } from '../../lib/use-doing'
import { useWorld } from '../../lib/world'
import { Button } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { Buttons, Form, Panel } from '../../ui/panel'
import { TextField } from '../../ui/text-field'

/** What whoever looks may do with a report that counts, or waits for its approval: approve it, or open it again. Nothing where he may do neither. */
export function ReportApproval({ report, approving }: Pick<ReportAnswer, 'report' | 'approving'>) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { list } = useWorld()
  const reopens = useCan('report.reopen') !== null
  const [reason, setReason] = useState('')
  const [done, setDone] = useState<'approved' | 'approvedCounts' | 'reopened' | null>(null)
  const then = (what: typeof done) => () => {
    setDone(what)
    setReason('')
    return invalidate(client, 'report', list.code)
  }
  const isFirst = report.state === 'submitted'
  const approve = useDoing(() => approveReport(list.code, report.id), then(isFirst ? 'approvedCounts' : 'approved'))
  const reopen = useDoing(() => reopenReport(list.code, report.id, reason.trim()), then('reopened'))
  const offered = report.state !== 'accepted' && !isFirst ? null : report.approval === null ? (approving === null ? null : 'approve') : reopens ? 'reopen' : null
  if (offered === null && done === null) return null
  const hindered = approving === 'own' || approving === 'office_approves' || approving === 'correction_waits' ? approving : null
  return (
    <Panel title={t('reports.approval')} lead={offered === 'approve' ? (hindered ? t(`account.problems.report_${hindered}`) : t(isFirst ? 'reports.approveFirstLead' : 'reports.approveLead')) : offered === 'reopen' ? t('reports.reopenLead') : undefined}>
      <FormProblem error={approve.error ?? reopen.error} />
      {done !== null && <Done key={done}>{t(`reports.${done}`)}</Done>}
      {offered === 'approve' && approving === 'yes' && <Buttons><Button primary onClick={() => void approve.run()} disabled={approve.busy}>{t('reports.approve')}</Button></Buttons>}
      {offered === 'reopen' && (
        <Form label={t('reports.reopen')} onSubmit={() => void reopen.run()}>
          <TextField label={t('reports.reopenReason')} value={reason} onChange={setReason} minLength={3} maxLength={500} />
          <Buttons><Button type="submit" disabled={reopen.busy}>{t('reports.reopen')}</Button></Buttons>
        </Form>
      )}
    </Panel>
  )
}

import type { CompanyRequestAnswer } from '@lastmile/shared/company-request-answer'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { acknowledgeRequest, answerRequest, closeRequest, deferRequest, forwardRequest, objectToAnswer, withdrawRequest } from '../../lib/queries/company-requests'
import { useWorld } from '../../lib/world'
import { Button } from '../../ui/field'
import { ForReason } from '../../ui/for-reason'
import { Done, FormProblem } from '../../ui/form-problem'
import { Buttons, Fields, Panel } from '../../ui/panel'
import { AnswerRequestForm } from './answer-request-form'
import { DeferForm, ForwardForm, ObjectForm } from './request-forms'
import { useRequestMoving } from './use-request-moving'

/** What may be done with a request now by whoever looks: the office acknowledges, answers, hands on or puts off; the company closes, objects or withdraws. */
export function RequestActions({ answer }: { answer: CompanyRequestAnswer }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const { run, busy, error, did } = useRequestMoving(answer)
  const { may, request, deferUntil } = answer
  if (may.length === 0 && did === null) return null
  return (
    <Panel title={t('cases.actions')} lead={may.includes('close') ? t(may.includes('object') ? 'companyRequests.closeOrObject' : 'companyRequests.closeOnly') : undefined}>
      <FormProblem error={error} />
      {did !== null && <Done>{t(`companyRequests.done.${did}`)}</Done>}
      {may.includes('acknowledge') && <Buttons><Button disabled={busy} onClick={() => void run('acknowledge', acknowledgeRequest)}>{t('companyRequests.acknowledge')}</Button><span className="quiet">{t('companyRequests.acknowledgeMeans')}</span></Buttons>}
      {may.includes('answer') && <AnswerRequestForm code={answer.request.code} busy={busy} onAnswer={(said, sent) => void run('answer', (at) => answerRequest(at, said), sent)} />}
      {may.includes('close') && <Buttons><Button primary disabled={busy} onClick={() => void run('close', closeRequest)}>{t('companyRequests.close')}</Button></Buttons>}
      {may.includes('object') && <ObjectForm busy={busy} onObject={(reason, files) => void run('object', (at) => objectToAnswer(at, reason, files))} />}
      <Fields>
        {may.includes('forward') && <ForwardForm office={request.office} busy={busy} onForward={(office, reason) => void run('forward', (at) => forwardRequest(at, office, reason))} />}
        {may.includes('defer') && deferUntil !== null && <DeferForm after={request.dueOn ?? list.today} until={deferUntil} hint={t('companyRequests.deferHint', { day: format.day(deferUntil) })} busy={busy} onDefer={(dueOn, reason) => void run('defer', (at) => deferRequest(at, dueOn, reason))} />}
        {may.includes('withdraw') && <ForReason label={t('cases.withdrawReason')} button={t('companyRequests.withdraw')} busy={busy} onSubmit={(reason) => void run('withdraw', (at) => withdrawRequest(at, reason))} />}
      </Fields>
    </Panel>
  )
}

import type { Attachment } from '@lastmile/shared/attachment'
import type { CaseAnswer, Notice } from '@lastmile/shared/case-answer'
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { acknowledgeNotice, answerNotice, attachmentAddress, changeNotice, sendNotice, withdrawNotice } from '../../lib/queries/cases'
import { useWorld } from '../../lib/world'
import { Button } from '../../ui/field'
import { FileFields } from '../../ui/file-fields'
import { ForReason } from '../../ui/for-reason'
import { Done, FormProblem } from '../../ui/form-problem'
import { Tag } from '../../ui/page-head'
import { Buttons, Fields, Form, Panel } from '../../ui/panel'
import { AnswerForm } from './answer-form'
import { noticeTones, useCaseWords } from './case-words'
import css from './cases.module.css'
import { OutsideFields } from './outside-fields'
import { Sending } from './sending'
import { outsideOf, useComing } from './use-coming'
import { useMoving } from './use-moving'

/** The letters of a case, the last first, each with what became of it and what may be done with it. */
export function CaseNotices({ answer }: { answer: CaseAnswer }) {
  const { t } = useTranslation()
  if (answer.notices.length === 0) return null
  return <Panel title={t('cases.letters')}>{[...answer.notices].reverse().map((notice) => <OneNotice key={notice.code} answer={answer} notice={notice} />)}</Panel>
}

function OneNotice({ answer, notice }: { answer: CaseAnswer; notice: Notice }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { list } = useWorld()
  const words = useCaseWords()
  const heading = useId()
  const moving = useMoving(answer)
  const { case: { code, seenAs } } = answer
  const { may, sent, acknowledged, answer: answered, withdrawn } = notice
  const isOutside = seenAs === 'office'
  const channel = (came: { channel: Notice['sent'] extends infer S ? NonNullable<S>['channel' & keyof NonNullable<S>] : never; onBehalf?: boolean }) => `${t(`cases.channels.${came.channel}`)}${came.onBehalf === true ? ` · ${t('cases.enteredFor')}` : ''}`
  return (
    <section className={css.notice} aria-labelledby={heading}>
      <h3 id={heading}><Link to="/$list/cases/$code/notices/$notice" params={{ list: list.code, code, notice: notice.code }}>{notice.number === null ? t('cases.draftLetter') : text(notice.number)}</Link> <span>{words.nameOf(notice.to)}</span> <Tag tone={noticeTones[notice.state]}>{t(`cases.noticeStates.${notice.state}`)}</Tag></h3>
      <FormProblem error={moving.error} />
      {moving.did !== null && <Done>{t(`cases.done.${moving.did}`)}</Done>}
      <ul className={css.facts}>
        {sent === null ? <li>{t('cases.draftedOn', { day: format.day(notice.draftedOn) })}</li> : <li>{t('cases.sentBy', { day: format.day(sent.on), channel: t(`cases.channels.${sent.channel}`) })} · {t('cases.dueWas', { day: format.day(notice.dueOn!) })}<Files code={code} files={sent.attachments} /></li>}
        {acknowledged !== null && <li>{t('cases.acknowledgedOn', { day: format.day(acknowledged.on), channel: channel(acknowledged) })}<Files code={code} files={acknowledged.attachments} /></li>}
        {answered !== null && <li>{t('cases.answeredOn', { day: format.day(answered.on), channel: channel(answered) })}</li>}
        {withdrawn !== null && <li>{t('cases.withdrawnOn', { day: format.day(withdrawn.on), reason: withdrawn.reason })}</li>}
      </ul>
      {notice.weekdaysAlone && <p className="quiet">{t('cases.weekdaysAlone')}</p>}
      {answered !== null && (
        <div>
          <p><strong>{t('cases.reasons')}</strong> {format.join(answered.reasons.map((one) => t(`words.reason.${one}`)))}</p>
          <p className={css.plan}><strong>{t('cases.plan')}</strong> {answered.plan}</p>
          <p><strong>{t('cases.doneBy')}</strong> {format.day(answered.doneBy)}</p>
          <Files code={code} files={answered.attachments} />
        </div>
      )}
      <p>{notice.letters === null ? t('cases.noLetter') : <Link to="/$list/cases/$code/notices/$notice" params={{ list: list.code, code, notice: notice.code }}>{t('cases.preview')}</Link>}</p>
      {may.includes('send') && <Sending answer={answer} notice={notice} busy={moving.busy} onSend={(version, came) => void moving.run('send', (at) => sendNotice({ ...at, version }, notice.code, came))} onChange={(version, change) => void moving.run('change', (at) => changeNotice({ ...at, version }, notice.code, change))} />}
      {may.includes('acknowledge') && <Acknowledging code={code} notice={notice.code} isOutside={isOutside} busy={moving.busy} onAcknowledge={(came) => void moving.run('acknowledge', (at) => acknowledgeNotice(at, notice.code, came))} />}
      {may.includes('answer') && (isOutside
        ? <details><summary>{t('cases.enterAnswer')}</summary><AnswerForm code={code} notice={notice.code} isOutside busy={moving.busy} onAnswer={(said, sent) => void moving.run('answer', (at) => answerNotice(at, notice.code, said), sent)} /></details>
        : <AnswerForm code={code} notice={notice.code} isOutside={false} busy={moving.busy} onAnswer={(said, sent) => void moving.run('answer', (at) => answerNotice(at, notice.code, said), sent)} />)}
      {may.includes('withdraw') && <details><summary>{t('cases.withdraw')}</summary><ForReason label={t('cases.withdrawReason')} button={t('cases.withdraw')} busy={moving.busy} onSubmit={(reason, clear) => void moving.run('withdraw', (at) => withdrawNotice(at, notice.code, reason), clear)} /></details>}
    </section>
  )
}

function Files({ code, files }: { code: string; files: readonly Attachment[] }) {
  const { list } = useWorld()
  if (files.length === 0) return null
  return <ul className={css.files}>{files.map((file) => <li key={file.code}><a href={attachmentAddress(list.code, code, file.code)} download>{file.name}</a></li>)}</ul>
}

/** That a letter was received: said by whom it is for, or entered for him. */
function Acknowledging({ code, notice, isOutside, busy, onAcknowledge }: { code: string; notice: string; isOutside: boolean; busy: boolean; onAcknowledge: (came: ReturnType<typeof outsideOf>) => void }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const coming = useComing(code, notice, { channel: 'post', on: list.today })
  if (!isOutside) return <Buttons><Button primary disabled={busy} onClick={() => onAcknowledge({ attachments: [] })}>{t('cases.acknowledge')}</Button></Buttons>
  return (
    <details>
      <summary>{t('cases.enterAcknowledge')}</summary>
      <Form label={t('cases.enterAcknowledge')} onSubmit={() => onAcknowledge(outsideOf(coming, true))}>
        <Fields><OutsideFields coming={coming} channels={['post', 'fax', 'email', 'meeting']} /></Fields>
        <FileFields files={coming.files} />
        <Buttons><Button type="submit" disabled={busy || coming.waits}>{t('cases.enterAcknowledge')}</Button></Buttons>
      </Form>
    </details>
  )
}

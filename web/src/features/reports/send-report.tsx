import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useProgress } from '../../lib/live'
import { Button } from '../../ui/field'
import { ReportLink } from '../../ui/names'
import { Problem } from '../../ui/problem'
import { Receipt } from './receipt'
import css from './reports.module.css'
import { SendForm } from './send-form'
import { useSending, type Sending } from './use-sending'

/** Sends a report: the form, its progress, and what became of it. */
export function SendReport({ source, onSource }: { source: string | undefined; onSource: (source: string | undefined) => void }) {
  const { t } = useTranslation()
  const { sending, send, reset } = useSending()
  const result = useRef<HTMLDivElement>(null)
  const title = useRef<HTMLHeadingElement>(null)
  const answered = sending.at === 'answered' || sending.at === 'failed'
  useEffect(() => { if (answered) result.current?.focus() }, [answered, sending])
  const close = () => {
    title.current?.focus()
    reset()
  }
  return (
    <section className={css.send} aria-labelledby="send-title">
      <h2 id="send-title" ref={title} tabIndex={-1}>{t('upload.title')}</h2>
      <p className="quiet">{t('upload.lead')}</p>
      <SendForm source={source} onSource={onSource} busy={sending.at === 'sending'} onSend={(letter, dryRun) => void send(letter, { dryRun })} />
      <div ref={result} tabIndex={-1} className={css.result}>
        {sending.at === 'sending' && <Progress sending={sending} />}
        {sending.at === 'failed' && <Problem error={sending.error} onRetry={() => void send(sending.letter)} />}
        {sending.at === 'answered' && sending.result.kind === 'conflict' && (
          <Conflict result={sending.result} onCorrect={(version) => void send(sending.letter, { ifMatch: version })} onClose={close} />
        )}
        {sending.at === 'answered' && sending.result.kind === 'receipt' && (
          <Receipt receipt={sending.result.receipt} filename={sending.letter.file.name} onSend={() => void send(sending.letter)} onClose={close} />
        )}
      </div>
    </section>
  )
}

function Progress({ sending }: { sending: Extract<Sending, { at: 'sending' }> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const progress = useProgress(sending.upload)
  const stage = progress?.stage ?? 'sending'
  const words = stage === 'sending' ? t('upload.sending', { share: format.percent(sending.sent) })
    : stage === 'reading' ? t('upload.reading', { rows: format.number(progress?.rows ?? 0) })
    : stage === 'storing' ? t('upload.storing', { rows: format.number(progress?.rows ?? 0) }) : t('upload.finishing')
  return (
    <div className={css.progress} role="status">
      <p><strong>{sending.letter.file.name}</strong> · {words}</p>
      <ol>
        {(['sending', 'reading', 'storing'] as const).map((one, index) => <li key={one} data-on={['sending', 'reading', 'storing'].indexOf(stage) >= index || stage === 'done'}>{t(`upload.stages.${one}`)}</li>)}
      </ol>
      <progress aria-label={words} {...(stage === 'sending' ? { value: sending.sent, max: 1 } : {})} />
    </div>
  )
}

/** Another version stands where this file wants to go: which one, and the way to correct it. */
function Conflict({ result, onCorrect, onClose }: { result: { code: string; message: string; report: string | null; version: number | null }; onCorrect: (version: number) => void; onClose: () => void }) {
  const { t } = useTranslation()
  const same = /duplicate/i.test(result.code)
  return (
    <div className={css.conflict} role="alert">
      <h3>{t(same ? 'upload.sameTitle' : 'upload.conflictTitle')}</h3>
      <p>{t(same ? 'upload.sameText' : 'upload.conflictText', { version: result.version ?? '?' })} {result.report !== null && <ReportLink id={result.report} />}</p>
      <p className="quiet"><code>{result.code}</code></p>
      <div className={css.buttons}>
        <Button onClick={onClose}>{t('upload.close')}</Button>
        {!same && result.version !== null && <Button primary onClick={() => onCorrect(result.version ?? 0)}>{t('upload.correct', { version: result.version })}</Button>}
      </div>
    </div>
  )
}

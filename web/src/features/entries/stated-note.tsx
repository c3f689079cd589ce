import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import type { Letter } from '../../lib/queries/entries'
import { useWorld } from '../../lib/world'
import { Button } from '../../ui/field'
import { ReportLink } from '../../ui/names'
import css from './entries.module.css'
import type { Pair } from './saying'
import type { Stated } from './use-stating'

const conflicts = ['entry.changed', 'entry.never_said', 'entry.later', 'report.exists', 'report.nil_after', 'report.duplicate', 'report.approved'] as const
type Key<Code extends string> = Code extends `${infer A}.${infer B}` ? `${A}_${B}` : Code

/** What became of what was stated: taken, with the way to its receipt; read well, for a dry run; or what is wrong with which line. It has the focus next. */
export function StatedNote({ stated, nameOf, onCorrect }: { stated: Stated; nameOf: (institution: string) => string; onCorrect?: ((version: number) => void) | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { drugName } = useWorld()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [stated])
  const { letter, result } = stated
  const pairAt = (at: number) => {
    const line = linesOf(letter)[at]
    return line ? `${nameOf(line.institution)} · ${drugName(line.drug)}` : ''
  }
  if (result.kind === 'conflict') {
    const code = conflicts.find((one) => one === result.code)
    const at = Number(/^lines\.(\d+)/.exec(result.field ?? '')?.[1] ?? -1)
    return (
      <div ref={box} tabIndex={-1} className={css.note} data-tone="warn" role="alert">
        <p>{code ? t(`entries.conflicts.${code.replace('.', '_') as Key<typeof code>}`, { pair: pairAt(at), version: result.version ?? '' }) : result.message} {result.report !== null && <ReportLink id={result.report}>{t('entries.receipt')}</ReportLink>}</p>
        {code === 'report.exists' && result.version !== null && onCorrect && <Button primary onClick={() => onCorrect(result.version!)}>{t('entries.correct', { version: result.version })}</Button>}
      </div>
    )
  }
  const { outcome, id, dryRun, rowsTotal, errors, errorsTotal, detail } = result.receipt
  const count = { count: rowsTotal, formatted: format.number(rowsTotal) }
  if (outcome === 'row_errors' || outcome === 'rejected') {
    return (
      <div ref={box} tabIndex={-1} className={css.note} data-tone="alarm" role="alert">
        <p>{outcome === 'rejected' ? detail : t('entries.wrong', { count: errorsTotal, formatted: format.number(errorsTotal) })}</p>
        <ul>{errors.map((error, i) => <li key={i}><strong>{pairAt(error.row - 2)}</strong> · {t(`codes.row.${error.code}.word`)} · {t(`codes.row.${error.code}.mend`)}</li>)}</ul>
        {id !== null && <p className="quiet"><ReportLink id={id}>{t('entries.draft')}</ReportLink></p>}
      </div>
    )
  }
  return (
    <div ref={box} tabIndex={-1} className={css.note} data-tone={dryRun ? 'plain' : 'good'} role="status">
      <p>
        {dryRun ? t('entries.checked', count) : letter.kind === 'nil' ? t('entries.acceptedNil') : t('entries.accepted', count)}
        {!dryRun && outcome !== 'accepted' && <> {t('entries.waits')}</>}
        {id !== null && <> <ReportLink id={id}>{t('entries.receipt')}</ReportLink></>}
      </p>
    </div>
  )
}

function linesOf(letter: Letter): readonly Pair[] {
  return letter.kind === 'nil' ? [] : letter.lines
}

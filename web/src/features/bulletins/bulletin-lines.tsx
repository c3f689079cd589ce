import type { BulletinComment, BulletinLinesAnswer, BulletinTable, NewComment } from '@lastmile/shared/bulletin'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useLanguage } from '../../lib/i18n'
import { bulletinLinesQuery, commentBulletin } from '../../lib/queries/bulletins'
import { useDoing } from '../../lib/use-doing'
import { useKept } from '../../lib/use-kept'
import { useWorld } from '../../lib/world'
import { Answered } from '../../ui/answered'
import { Empty } from '../../ui/empty'
import { Button, SelectField } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { Buttons, Form, Panel } from '../../ui/panel'
import { TextField } from '../../ui/text-field'
import { SheetTable } from './bulletin-sheet'
import { useBulletinProblem } from './bulletin-words'
import css from './bulletins.module.css'

/** One's own lines of a bulletin with what was said of them, to comment on before it is published; of its keeper, those that wait for his answer. */
export function BulletinLines({ code, isKeeper }: { code: string; isKeeper: boolean }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const answer = useQuery(bulletinLinesQuery(list.code, code, useLanguage()))
  return (
    <div className={css.noPrint}>
      <Panel title={t(isKeeper ? 'bulletins.comments' : 'bulletins.ownLines')} lead={t(isKeeper ? 'bulletins.commentsLead' : 'bulletins.ownLinesLead')}>
        <Answered query={answer} height={120}>{(lines) => <Lines code={code} lines={lines} isKeeper={isKeeper} />}</Answered>
      </Panel>
    </div>
  )
}

function Lines({ code, lines, isKeeper }: { code: string; lines: BulletinLinesAnswer; isKeeper: boolean }) {
  const { t } = useTranslation()
  const { tables, comments, basis } = lines
  if (tables.length === 0) return <Empty>{t(isKeeper ? 'bulletins.noComments' : 'bulletins.noLines')}</Empty>
  return tables.flatMap((table) => table.rows.map((row) => (
    <Line key={`${code} ${row.line}`} code={code} table={{ ...table, rows: [row], note: null }} basis={basis} thread={comments.filter(({ line }) => line === row.line)} may={isKeeper ? (lines.mayAnswer ? 'answer' : null) : lines.mayComment ? 'comment' : null} />
  )))
}

function Line({ code, table, basis, thread, may }: { code: string; table: BulletinTable; basis: BulletinLinesAnswer['basis']; thread: readonly BulletinComment[]; may: 'comment' | 'answer' | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const { line, cells } = table.rows[0]!
  const name = cells[table.id === 'drugs' ? 1 : 0]
  return (
    <section className={css.line} aria-label={typeof name === 'string' ? name : line}>
      <div className={css.paper}><SheetTable table={table} basis={basis} /></div>
      {thread.length > 0 && (
        <ol className={css.thread}>
          {thread.map(({ kind, text, byName, at }, i) => <li key={i} data-kind={kind}><p className={css.small}>{t(`bulletins.kinds.${kind}`)} · {byName} · {format.instant(at, list.timeZone)}</p><p>{text}</p></li>)}
        </ol>
      )}
      {may !== null && <Say code={code} line={line} may={may} />}
    </section>
  )
}

function Say({ code, line, may }: { code: string; line: string; may: 'comment' | 'answer' }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const language = useLanguage()
  const { list } = useWorld()
  const problem = useBulletinProblem()
  const [draft, setDraft, kept] = useKept<Pick<NewComment, 'kind' | 'text'>>(`bulletin ${list.code} ${code} ${line}`, { kind: may === 'answer' ? 'answer' : 'correction', text: '' })
  const { kind, text } = draft
  const [said, setSaid] = useState(0)
  const say = useDoing(() => commentBulletin(list.code, code, language, { line, kind, text: text.trim() }), () => {
    kept.restart({ kind, text: '' })
    setSaid((before) => before + 1)
    return client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === list.code && queryKey[1] === 'bulletins' })
  })
  return (
    <Form label={t(`bulletins.say.${may}`)} onSubmit={() => void say.run()}>
      <FormProblem error={problem(say.error)} />
      {said > 0 && <Done key={said}>{t('bulletins.said')}</Done>}
      {may === 'comment' && <SelectField label={t('bulletins.kind')} value={kind} required options={(['correction', 'comment'] as const).map((one) => ({ value: one, label: t(`bulletins.kinds.${one}`) }))} onChange={(next) => setDraft({ ...draft, kind: next === 'comment' ? 'comment' : 'correction' })} />}
      <TextField label={t(`bulletins.say.${may}`)} value={text} onChange={(next) => setDraft({ ...draft, text: next })} maxLength={2_000} hint={may === 'comment' && kind === 'correction' ? t('bulletins.correctionHint') : undefined} />
      <Buttons><Button type="submit" disabled={say.busy}>{t('bulletins.send')}</Button></Buttons>
    </Form>
  )
}

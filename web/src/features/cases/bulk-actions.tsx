import type { CaseRow } from '@lastmile/shared/case-answer'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { caseQuery, draftNotice, escalateCase, sendNotice } from '../../lib/queries/cases'
import { useProblemWords } from '../../lib/problem-words'
import { useDoing } from '../../lib/use-doing'
import { useWorld } from '../../lib/world'
import { Button } from '../../ui/field'
import { Done } from '../../ui/form-problem'
import { TextField } from '../../ui/text-field'
import { useCaseWords } from './case-words'
import css from './cases.module.css'

/** What became of several: how many were done, and of each other why not. */
interface Outcome { what: 'sent' | 'escalated'; done: number; failed: { code: string; why: string }[] }

/** Sends letters of several cases, or takes the steps of several that are due. Each is done by itself: what one refuses, the others do all the same. */
export function BulkActions({ picked, onDone }: { picked: readonly CaseRow[]; onDone: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const words = useCaseWords()
  const problem = useProblemWords()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const due = picked.filter(({ stepDue }) => stepDue !== null)
  const each = async (what: Outcome['what'], rows: readonly CaseRow[], act: (row: CaseRow) => Promise<unknown>) => {
    const failed: Outcome['failed'] = []
    for (const row of rows) await act(row).catch((error: unknown) => void failed.push({ code: row.code, why: problem(error) }))
    setOutcome({ what, done: rows.length - failed.length, failed })
    setReason('')
    onDone()
    await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === list.code && (queryKey[1] === 'cases' || queryKey[1] === 'case') })
  }
  const send = async ({ code }: CaseRow) => {
    const { case: { version }, notices, drafts } = await client.fetchQuery({ ...caseQuery(list.code, code), staleTime: 0 })
    const at = { list: list.code, code, version }
    const waiting = notices.filter(({ state }) => state === 'draft').map((one) => one.code)
    const company = drafts.find(({ office }) => office === 'company')
    if (waiting.length === 0 && company === undefined) throw new Error(t('cases.bulk.nobody'))
    let now = version
    if (waiting.length === 0) {
      const drafted = await draftNotice(at, { to: company!, dueOn: null, note: null })
      waiting.push(drafted.notice!)
      now = drafted.version
    }
    for (const notice of waiting) now = (await sendNotice({ ...at, version: now }, notice, { attachments: [] })).version
  }
  const doing = useDoing(each)
  return (
    <div className={css.bulk}>
      <div className={css.buttons}>
        <Button primary disabled={doing.busy || picked.length === 0} onClick={() => void doing.run('sent', picked, send)}>{t('cases.bulk.send', { formatted: format.number(picked.length) })}</Button>
        <span className="quiet">{t('cases.bulk.sendMeans')}</span>
      </div>
      {due.length > 0 && (
        <div className={css.buttons}>
          <TextField label={t('cases.bulk.reason')} value={reason} onChange={setReason} maxLength={500} />
          <Button disabled={doing.busy || reason.trim() === ''} onClick={() => void doing.run('escalated', due, ({ code, version, stepDue }) => escalateCase({ list: list.code, code, version }, stepDue!, reason))}>{t('cases.bulk.escalate', { formatted: format.number(due.length) })}</Button>
        </div>
      )}
      {outcome !== null && <Done>{[t(`cases.bulk.${outcome.what}`, { formatted: format.number(outcome.done) }), ...outcome.failed.map(({ code, why }) => t('cases.bulk.failed', { code: words.number(code), why }))].join(' ')}</Done>}
    </div>
  )
}

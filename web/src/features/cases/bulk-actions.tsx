import type { CaseRow } from '@lastmile/shared/case-answer'
import type { Addressee } from '@lastmile/shared/notice'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { RefusedError } from '../../lib/problem'
import { caseQuery, draftNotice, escalateCase, sendNotice } from '../../lib/queries/cases'
import { useDoing } from '../../lib/use-doing'
import { useWorld } from '../../lib/world'
import { Button } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { TextField } from '../../ui/text-field'
import { useCaseWords } from './case-words'
import css from './cases.module.css'

/** What became of several: how much was done. */
interface Outcome { what: 'sent' | 'escalated'; done: number }
/** What was refused, and why. */
type Refused = RefusedError['refused'][number][]

/** Sends letters of several cases, or takes the steps of several that are due. Each is done by itself: what one refuses, the others do all the same. */
export function BulkActions({ picked, onDone }: { picked: readonly CaseRow[]; onDone: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const words = useCaseWords()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const due = picked.filter(({ stepDue }) => stepDue !== null)
  const failed = (code: string, error: unknown) => ({ what: t('cases.bulk.failed', { code: words.number(code) }), error })
  /** Goes through cases. `act` says how much of one was done, and what of it was refused. */
  const each = async (what: Outcome['what'], rows: readonly CaseRow[], act: (row: CaseRow) => Promise<{ done: number; refused: Refused }>) => {
    setOutcome(null)
    let done = 0
    const refused: Refused = []
    for (const row of rows) {
      const one = await act(row).catch((error: unknown) => ({ done: 0, refused: [failed(row.code, error)] }))
      done += one.done
      refused.push(...one.refused)
    }
    if (done > 0) setOutcome({ what, done })
    setReason('')
    onDone()
    await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === list.code && (queryKey[1] === 'cases' || queryKey[1] === 'case') })
    if (refused.length > 0) throw new RefusedError(refused)
  }
  /** Sends every draft of a case; and to each company that can mend something, and neither has a letter to answer nor a draft, one that is drafted here. */
  const send = async ({ code }: CaseRow) => {
    const { case: { version }, notices, drafts } = await client.fetchQuery({ ...caseQuery(list.code, code), staleTime: 0 })
    const waiting = notices.filter(({ state }) => state === 'draft').map(({ code: draft, to }) => ({ to, draft }))
    const asked = new Set(notices.filter(({ to, state }) => to.office === 'company' && (state === 'draft' || state === 'sent' || state === 'acknowledged')).map(({ to }) => to.code))
    const letters: { to: Addressee; draft: string | null }[] = [...waiting, ...drafts.filter((to) => to.office === 'company' && !asked.has(to.code)).map((to) => ({ to, draft: null }))]
    if (letters.length === 0) throw new Error(t('cases.bulk.nobody'))
    let [now, done] = [version, 0]
    const refused: Refused = []
    for (const { to, draft } of letters) {
      try {
        let letter = draft
        if (letter === null) {
          const drafted = await draftNotice({ list: list.code, code, version: now }, { to, dueOn: null, note: null })
          letter = drafted.notice!
          now = drafted.version
        }
        now = (await sendNotice({ list: list.code, code, version: now }, letter, { attachments: [] })).version
        done += 1
      } catch (error) {
        refused.push({ what: t('cases.bulk.notSent', { code: words.number(code), name: words.nameOf(to) }), error })
      }
    }
    return { done, refused }
  }
  const escalate = async ({ code, version, stepDue }: CaseRow) => {
    await escalateCase({ list: list.code, code, version }, stepDue!, reason)
    return { done: 1, refused: [] }
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
          <Button disabled={doing.busy || reason.trim() === ''} onClick={() => void doing.run('escalated', due, escalate)}>{t('cases.bulk.escalate', { formatted: format.number(due.length) })}</Button>
        </div>
      )}
      {outcome !== null && <Done takesFocus={doing.error === null}>{t(`cases.bulk.${outcome.what}`, { formatted: format.number(outcome.done) })}</Done>}
      <FormProblem error={doing.error} />
    </div>
  )
}

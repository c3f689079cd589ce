import { caseStates, type CaseState } from '@lastmile/shared/case'
import type { CasesAnswer } from '@lastmile/shared/case-answer'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import css from './cases.module.css'

/** How many cases stand in which state, and are overdue, soon due, or wait for a decision; pressing one shows those alone, pressing it again shows all. */
export function CaseCounts({ counts, state, due, onChange, isOwn }: { counts: CasesAnswer['counts'] | undefined; state: CaseState | undefined; due: 'overdue' | 'soon' | 'step' | undefined; onChange: (next: { state: CaseState | undefined; due: 'overdue' | 'soon' | 'step' | undefined }) => void; isOwn: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const shown = (count: number | undefined) => (count === undefined ? '…' : format.number(count))
  return (
    <div className={css.counts} role="group" aria-label={t('cases.state')}>
      {caseStates.filter((one) => !isOwn || one !== 'open').map((one) => <button key={one} type="button" aria-pressed={state === one} onClick={() => onChange({ state: state === one ? undefined : one, due: undefined })}><span>{t(`cases.states.${one}`)}</span><strong>{shown(counts?.[one])}</strong><small>{t(`cases.stateMeans.${one}`)}</small></button>)}
      {(isOwn ? ['overdue', 'soon'] as const : ['overdue', 'soon', 'step'] as const).map((one) => <button key={one} type="button" aria-pressed={due === one} onClick={() => onChange({ due: due === one ? undefined : one, state: undefined })}><span>{t(`cases.dues.${one}`)}</span><strong>{shown(counts?.[one])}</strong></button>)}
    </div>
  )
}

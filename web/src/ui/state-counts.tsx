import type { StateCounts } from '@lastmile/shared/coverage'
import { states } from '@lastmile/shared/state'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../lib/format'
import type { RowsQuestion } from '../lib/search'
import { stateLooks } from './marks'
import { NumberLink } from './number-link'
import css from './state-counts.module.css'
import { LookMark, StateMark } from './state-mark'

/** The states that occur, each with its mark (`words`: and its word) and its count, which opens its rows. Nothing at all: not reported. */
export function StateCountsList({ counts, rows, label, words = false }: { counts: StateCounts | null; rows: RowsQuestion; label: string; words?: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const shown = states.filter((state) => (counts?.[state] ?? 0) > 0)
  if (!counts || shown.length === 0) return <StateMark state="not_reported" />
  return (
    <ul className={css.counts}>
      {shown.map((state) => (
        <li key={state} title={t('parts.labelled', { label: t(`words.state.${state}`), value: format.number(counts[state]) })}>
          {words ? <StateMark state={state} /> : <LookMark look={stateLooks[state]} />}
          <NumberLink value={counts[state]} rows={{ ...rows, state }} label={`${label}, ${t(`words.state.${state}`)}`} />
        </li>
      ))}
    </ul>
  )
}

import type { Side } from '@lastmile/shared/contradiction'
import type { Evidence } from '@lastmile/shared/evidence'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { encodeRows } from '../../lib/search'
import { useSourceName } from '../../lib/source-name'
import { useWorld } from '../../lib/world'
import { StateMark } from '../../ui/state-mark'
import css from './contradictions.module.css'

/** What one kind of evidence says of a pair: its state, since which day, why, and on whose word; the state opens the row behind it. Nothing said is said. */
export function SideCell({ side, evidence, drug, institution }: { side: Side | null; evidence: Evidence; drug: string; institution: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, drugName } = useWorld()
  const sourceName = useSourceName()
  if (side === null) return <span className="quiet">{t(`contradictions.silent.${evidence}`)}</span>
  const { state, day, reason, source, report, line } = side
  const word = evidence === 'supplied' ? t('contradictions.seen') : t(`words.state.${state}`)
  return (
    <div className={css.side}>
      <Link to="." search={(previous) => ({ ...previous, rows: encodeRows({ drug, institution, evidence }) })} state={{ rowsOpened: true }} resetScroll={false} title={t('rows.open')} aria-label={t('rows.numberOf', { label: `${drugName(drug)} · ${t(`words.evidence.${evidence}.short`)}`, number: word })}>
        {evidence === 'supplied' ? word : <StateMark state={state} />}
      </Link>
      <span className="quiet number">{format.shortDay(day, true)}</span>
      {reason != null && <span className="quiet">{t(`words.reason.${reason}`)}</span>}
      {source !== undefined && report !== undefined && <Link className={css.from} to="/$list/reports/$id" params={{ list: list.code, id: report }} search={line == null ? {} : { line: String(line) }}>{sourceName(source)}</Link>}
    </div>
  )
}

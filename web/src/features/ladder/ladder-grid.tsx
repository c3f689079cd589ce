import type { LadderRow } from '@lastmile/shared/ladder-answer'
import { climbRungs, rungs } from '@lastmile/shared/rung'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { capital } from '../../lib/format'
import { useWorld } from '../../lib/world'
import { LookMark } from '../../ui/state-mark'
import { useLadderWords } from './ladder-words'
import css from './ladder.module.css'
import { rungLook } from './rung-looks'

/** Ladders as rows of marks, a rung a column; on a phone a card each. `by`: what tells the rows apart. Each leads to its ladder. */
export function LadderGrid({ rows, by, caption }: { rows: readonly LadderRow[]; by: 'unit' | 'drug'; caption: string }) {
  const { t } = useTranslation()
  const words = useLadderWords()
  const { list, drugName, unitName, places } = useWorld()
  return (
    <div className={css.scroll} tabIndex={0} role="region" aria-label={caption}>
      <table className={css.grid}>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>{by === 'unit' ? capital(places.unit) : t('ladder.drug')}</th>
            <th scope="colgroup" colSpan={climbRungs.length}>{t('ladder.climb')}</th>
            <th scope="colgroup" colSpan={rungs.length - climbRungs.length} className={css.aside}>{t('ladder.measures')}</th>
            <th scope="col" rowSpan={2}>{t('ladder.howFar')}</th>
          </tr>
          <tr>{rungs.map((rung, i) => <th key={rung} scope="col" title={t(`ladder.words.rungs.${rung}`)} className={i === climbRungs.length ? css.aside : undefined}>{t(`ladder.words.shorts.${rung}`)}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.drug} ${row.unit}`}>
              <th scope="row"><Link to="/$list/ladder/$drug/$unit" params={{ list: list.code, drug: row.drug, unit: row.unit }}>{by === 'unit' ? unitName(row.unit) : drugName(row.drug)}</Link></th>
              {row.rungs.map((one, i) => (
                <td key={one.rung} data-rung={t(`ladder.words.shorts.${one.rung}`)} title={t('parts.labelled', { label: t(`ladder.words.rungs.${one.rung}`), value: words.line(one) })} className={i === climbRungs.length ? css.aside : undefined}>
                  <LookMark look={rungLook(one)} size={18} /><span className="sr-only">{words.line(one)}</span>
                </td>
              ))}
              <td className={css.far}>
                {words.reach(row.reach).map((line) => <div key={line}>{line}</div>)}
                {row.contradictions.length > 0 && <div className={css.alarm}>{t('ladder.contradictionCount', { count: row.contradictions.length })}</div>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

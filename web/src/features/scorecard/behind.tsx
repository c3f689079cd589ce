import type { DutySet } from '@lastmile/shared/duty'
import type { PeriodSet } from '@lastmile/shared/reporting'
import type { Score, ScorecardAnswer, ScoreMeasure } from '@lastmile/shared/scorecard'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { asKnownNow } from '../../lib/search'
import { useWorld } from '../../lib/world'
import figures from '../../ui/figure.module.css'

type Part = keyof Score

/** Which periods a score of reporting counts. */
const periodsCounted: Record<'completeness' | 'timeliness', Record<Part, PeriodSet>> = { completeness: { count: 'came', of: 'owed', unknown: 'owed' }, timeliness: { count: 'onTime', of: 'owed', unknown: 'owed' } }

/** Which institutions a score of duties counts. */
const dutiesBehind: Record<Part, DutySet> = { count: 'in_time', of: 'reported', unknown: 'not_reported' }

/** As what the unknown of a score is told: of duties nobody has reported, which is plainer than that they cannot be judged. */
export function unknownAs(measure: ScoreMeasure): 'notReported' | 'notKnown' {
  return measure === 'duties' ? 'notReported' : 'notKnown'
}

/** A part of a score as the way to the rows that it counts. `duties`: where they are known and one alone is over, its institutions; else the duties of the sheet, each with its own. */
export function Behind({ measure, part, value, unit, duties }: { measure: ScoreMeasure; part: Part; value: number; unit: string; duties?: ScorecardAnswer['duties'] | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, unitName } = useWorld()
  const written = format.number(value)
  // Nothing is behind a zero.
  if (value === 0) return <>{written}</>
  const about = { className: figures.figure, 'aria-label': t('scorecard.opens', { unit: unitName(unit), measure: t(`scorecard.measures.${measure}`), part: part === 'unknown' ? t(`scorecard.unknown.${unknownAs(measure)}.part`) : t(`scorecard.parts.${part}`), n: written }) }
  if (measure === 'standards') return <Link to="/$list/scorecard/$unit" params={{ list: list.code, unit }} search={{ ...asKnownNow, stand: part === 'count' ? 'met' as const : part === 'of' ? 'judged' as const : 'not_known' as const }} hash="standards" {...about}>{written}</Link>
  if (measure !== 'duties') return <Link to="/$list/reporting" params={{ list: list.code }} search={{ ...asKnownNow, region: unit, state: periodsCounted[measure][part] }} {...about}>{written}</Link>
  const over = (duties ?? []).filter(({ isOver }) => isOver)
  if (over.length !== 1) return <Link to="/$list/scorecard/$unit" params={{ list: list.code, unit }} search={asKnownNow} hash="duties" {...about}>{written}</Link>
  return <Link to="/$list/duties" params={{ list: list.code }} search={{ ...asKnownNow, duty: over[0]!.duty.code, region: unit, state: dutiesBehind[part] }} {...about}>{written}</Link>
}

/** A score: so many of so many, and how many more there are of which nobody knows; each opens what it counts. */
export function ScoreValue({ score, ...of }: { measure: ScoreMeasure; score: Score | null; unit: string; duties?: ScorecardAnswer['duties'] | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (score === null) return <span className="quiet">{t('scorecard.none')}</span>
  const { count, of: all, unknown } = score
  if (all === 0) return <span className="quiet">{t(`scorecard.unknown.${unknownAs(of.measure)}.all`)} <Behind part="unknown" value={unknown} {...of} /></span>
  return (
    <>
      <Behind part="count" value={count} {...of} /> / <Behind part="of" value={all} {...of} /> · {format.percent(count / all)}
      {unknown > 0 && <><span className="quiet">{t(`scorecard.unknown.${unknownAs(of.measure)}.and`)} <Behind part="unknown" value={unknown} {...of} /></span></>}
    </>
  )
}

import type { PlannerAnswer } from '@lastmile/shared/planner'
import { Trans, useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { useWorld } from '../../lib/world'
import { NumberLink } from '../../ui/number-link'
import { CandidatesFigure } from './candidates-figure'
import css from './planner.module.css'
import { useHowGood } from './use-how-good'

/** What the plan changes in three figures, how good it is, and what it rests on. */
export function PlannerFigures({ answer }: { answer: PlannerAnswer }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { places: words, regions, unitName } = useWorld()
  const { before, after, places, candidates, stocked, residents, km, by, chosen, count } = answer
  const howGood = useHowGood()(answer)
  const distance = (value: number | null) => (value === null ? t('planner.nowhere') : t('planner.kilometres', { km: format.number(value) }))
  const total = places.total - places.unplaced
  const isWithoutArea = regions.units.some(({ code, polygon }) => code === answer.region && !polygon)
  const only = format.join([...(answer.kinds ?? []).map((one) => t(`words.kinds.${one}`)), ...(answer.levels ?? [])])
  // Without a place or a candidate nothing was chosen, so nothing is best.
  const isPlanned = total > 0 && candidates.total > candidates.unplaced
  const within = (value: number) => `${format.number(value)} / ${format.number(total)}`
  return (
    <>
      <dl className={css.figures}>
        <div>
          <dt>{t('planner.within', { km: format.number(km), what: t(`planner.placesBy.${by}`) })}</dt>
          <dd><span>{within(before.places)}</span><span aria-hidden="true">→</span><span className="sr-only">{t('planner.becomes')}</span><strong>{within(after.places)}</strong></dd>
        </div>
        <div>
          <dt>{t('planner.residentsWithin', { km: format.number(km) })}</dt>
          {residents && before.residents !== null && after.residents !== null
            ? <dd><span>{format.number(before.residents)}</span><span aria-hidden="true">→</span><span className="sr-only">{t('planner.becomes')}</span><strong>{format.number(after.residents)}</strong></dd>
            : <dd><em>{t('planner.noResidents')}</em></dd>}
        </div>
        <div>
          <dt>{t('planner.farthestIs')}</dt>
          <dd><span>{distance(before.farthestKm)}</span><span aria-hidden="true">→</span><span className="sr-only">{t('planner.becomes')}</span><strong>{distance(after.farthestKm)}</strong></dd>
        </div>
      </dl>
      <p className={css.good} data-best={isPlanned && answer.isBest}><span aria-hidden="true">{!isPlanned ? '!' : answer.isBest ? '✓' : '≈'}</span> {howGood}{chosen.length > 0 && chosen.length < count && ` ${t(answer.isBest ? 'planner.fewerBest' : 'planner.fewer', { count: chosen.length, formatted: format.number(chosen.length), asked: format.number(count) })}`}</p>
      <ul className={css.notes}>
        <li>{t('planner.askedFor', { goal: t(`planner.goals.${answer.goal}`), count, formatted: format.number(count) })}</li>
        <li>
          <Trans
            i18nKey={candidates.byEligibility ? 'planner.eligible' : 'planner.anybody'} values={{ cityWord: words.city }}
            components={{
              all: <CandidatesFigure value={candidates.total} label={t('planner.candidates')} of={{ candidates: 'all' }} />,
              middle: <CandidatesFigure value={candidates.atMiddle} label={t('planner.spots.city', { cityWord: words.city })} of={{ candidates: 'city' }} />,
              none: <CandidatesFigure value={candidates.unplaced} label={t('planner.spots.none')} of={{ candidates: 'none' }} />,
            }}
          />
        </li>
        <li>{t('planner.stocked', { formatted: format.number(stocked.total), unplaced: format.number(stocked.unplaced) })} <NumberLink value={t('planner.stockedRows')} rows={{ drug: answer.drug, evidence: answer.basis.evidence!, state: 'in_stock', asOf: answer.basis.asOf }} label={t('planner.hasToday')} /></li>
        {only !== '' && <li>{t('planner.only', { only })}</li>}
        <li>{residents ? t('planner.residentsFrom', { source: text(answer.populationSource!) }) : places.peopled === 0 ? t('planner.equal') : t('planner.equalSome', { formatted: format.number(places.peopled), total: format.number(places.total) })}</li>
        {isWithoutArea && <li>{t('planner.noArea', { unit: unitName(answer.region!) })}</li>}
        {places.unplaced > 0 && <li>{t('planner.unplaced', { formatted: format.number(places.unplaced) })}</li>}
        <li>{t('planner.straight')}</li>
      </ul>
    </>
  )
}

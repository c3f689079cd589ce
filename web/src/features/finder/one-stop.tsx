import { factsHolding } from '@lastmile/shared/ladder'
import { standingOfFact, type LadderFact } from '@lastmile/shared/ladder-fact'
import type { RungState } from '@lastmile/shared/rung'
import { rungStandingWords } from '@lastmile/shared/rung-words'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { ladderQuery, laddersQuery } from '../../lib/queries/ladder'
import { useWorld } from '../../lib/world'
import { Loading } from '../../ui/empty'
import css from './finder.module.css'
import type { PaidAt } from './paid-at'

const rung = 'one_stop_settlement'

/**
 * Whether the drug is settled at the counter where a person is, as the ladder of the last mile has it: on whose word, with its
 * source. For a device's place the ladders of all units are asked, and of its own the state alone is told: the facts behind it
 * would have to be asked for by the place.
 */
export function OneStop({ code, place }: { code: string; place: PaidAt | null }) {
  const { t } = useTranslation()
  const { list, unitName } = useWorld()
  const one = useQuery({ ...ladderQuery(list.code, code, place?.unit ?? '', {}), enabled: place?.isChosen === true })
  const all = useQuery({ ...laddersQuery(list.code, { drug: code }), enabled: place?.isChosen === false })
  const rungs = place?.isChosen ? one.data?.rungs : all.data?.ladders.find(({ unit }) => unit === place?.unit)?.rungs
  const isThere = place?.isChosen ? one.data !== undefined : all.data !== undefined
  const facts = place?.isChosen && one.data ? factsHolding(one.data.facts, one.data.basis.asOf).filter((fact) => fact.rung === rung && fact.says !== 'required') : []
  // What no ladder has is not known.
  const state: RungState = rungs?.find((each) => each.rung === rung)?.state ?? 'not_known'
  return (
    <>
      <h3 className={css.sub}>{t('finder.oneStop')}</h3>
      {place === null ? <p className="quiet">{t('finder.oneStopWhere')}</p> : one.error ?? all.error ? <p role="alert">{t('finder.oneStopFailed')}</p> : !isThere ? <Loading height={40} /> : (
        <>
          <p>{t(`finder.oneStopState.${state}`, { place: unitName(place.unit) })}</p>
          {facts.length > 0 && <ul className={css.plans}>{facts.map((fact) => <Fact key={fact.code} fact={fact} unit={place.unit} />)}</ul>}
          <p>{place.isChosen
            ? <Link to="/$list/ladder/$drug/$unit" params={{ list: list.code, drug: code, unit: place.unit }} hash={rung}>{t('finder.oneStopMore')}</Link>
            : <Link to="/$list/ladder" params={{ list: list.code }} search={{ drug: code }}>{t('finder.oneStopAll')}</Link>}</p>
        </>
      )}
      <p className="quiet">{t('finder.oneStopAsk')}</p>
    </>
  )
}

function Fact({ fact, unit }: { fact: LadderFact; unit: string }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const { unitName } = useWorld()
  const { scheme, institutions } = fact.detail
  const where = fact.cityName ? text(fact.cityName) : fact.unit === null ? t('finder.planWhole') : unitName(unit)
  return (
    <li>
      <span>{[where, fact.says === 'no' ? t('finder.oneStopNot') : null, scheme && text(scheme), institutions !== null ? t('finder.oneStopCount', { count: institutions, formatted: format.number(institutions) }) : null].filter(Boolean).join(' · ')}</span>
      <span className="quiet">{[text(rungStandingWords[standingOfFact(fact)]), t(fact.exact ? 'finder.oneStopSince' : 'finder.oneStopBy', { day: format.shortDay(fact.validFrom, true) }), t('finder.planSource', { source: text(fact.source.text) })].join(' · ')}</span>
    </li>
  )
}

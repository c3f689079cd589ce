import type { Gap, GapsAnswer } from '@lastmile/shared/gap'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useWorld } from '../../lib/world'
import css from './gaps.module.css'

/** What a gap has beside its counts: how many residents are within reach, and which centre should serve it and does not stock the drug. */
export function BesideCounts({ gap: { reach, servedBy } }: { gap: Gap }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <>
      {reach !== null && <small className={css.beside}>{reach.reached === null ? t('gaps.reachNotLoaded') : t('gaps.reached', { reached: format.number(reach.reached), km: format.number(reach.km) })}</small>}
      {servedBy !== null && <small className={css.beside}>{t('gaps.centre', { name: servedBy.name, state: servedBy.state === null ? t('gaps.centreSilent') : t(`words.state.${servedBy.state}`) })}</small>}
    </>
  )
}

/** What is no gap, and why that is not simply so: pairs whose reach nobody can judge, and those served from elsewhere. */
export function NoGaps({ reachNotLoaded, served }: Pick<GapsAnswer, 'reachNotLoaded' | 'served'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, drugName, unitName } = useWorld()
  if (reachNotLoaded === 0 && served.length === 0) return null
  return (
    <div className={css.notes}>
      {reachNotLoaded > 0 && <p>{t('gaps.notJudged', { formatted: format.number(reachNotLoaded) })}</p>}
      {served.length > 0 && <h3>{t('gaps.served')}</h3>}
      {served.length > 0 && (
        <ul>
          {served.map(({ drug, region, institution, name, unit }) => (
            <li key={`${drug} ${region}`}>{t('gaps.servedLine', { drug: drugName(drug), region: unitName(region) })}<Link to="/$list/institutions/$code" params={{ list: list.code, code: institution }}>{name}</Link>{unit !== null && <span className="quiet"> · {unitName(unit)}</span>}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

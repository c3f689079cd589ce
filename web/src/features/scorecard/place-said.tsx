import type { FunnelPlace } from '@lastmile/shared/funnel'
import { fewestForBand } from '@lastmile/shared/peers'
import { useTranslation } from 'react-i18next'
import css from './scorecard.module.css'

const signs: Record<FunnelPlace, string> = { within: '○', below_95: '▽', above_95: '△', below_998: '▼', above_998: '▲' }

/** Where a share lies, in words: within the limits or beyond them; or why nothing is said of that: there is none, too few are compared with, or what is not known could put it elsewhere. */
export function PlaceSaid({ has, place, members }: { has: boolean; place: FunnelPlace | null; members: number }) {
  const { t } = useTranslation()
  if (place === null) return <span className="quiet">{t(!has ? 'scorecard.nothingOwed' : members < fewestForBand ? 'scorecard.tooFew' : 'scorecard.openPlace')}</span>
  return <span className={css.place} data-place={place}><span aria-hidden="true">{signs[place]}</span>{t(`scorecard.place.${place}`)}</span>
}

import type { FunnelPlace } from '@lastmile/shared/funnel'
import { useTranslation } from 'react-i18next'
import css from './scorecard.module.css'

const signs: Record<FunnelPlace, string> = { within: '○', below_95: '▽', above_95: '△', below_998: '▼', above_998: '▲' }

/** Where a share lies, in words: within or beyond what chance would give; or that it is held against nobody. */
export function PlaceSaid({ place, members }: { place: FunnelPlace | null; members: number }) {
  const { t } = useTranslation()
  if (place === null) return <span className="quiet">{t(members < 5 ? 'scorecard.tooFew' : 'scorecard.nothingOwed')}</span>
  return <span className={css.place} data-place={place}><span aria-hidden="true">{signs[place]}</span>{t(`scorecard.place.${place}`)}</span>
}

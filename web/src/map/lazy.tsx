import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage, useText } from '../lib/i18n'
import { useWorld } from '../lib/world'
import { Empty, Loading } from '../ui/empty'
import type { PointMapProps } from './point-map'
import type { RegionMapProps } from './region-map'
import type { MapLabels, PointLabels, RegionSet } from './types'

const LaterRegionMap = lazy(async () => ({ default: (await import('./region-map')).RegionMap }))
const LaterPointMap = lazy(async () => ({ default: (await import('./point-map')).PointMap }))

/** The region set of the list on screen, or null where the product has no map of it. */
function useRegionSet(): RegionSet | null {
  const { regionSet } = useWorld().list
  return regionSet === 'cn' || regionSet === 'us' ? regionSet : null
}

/** The words around a map; `legend` heads its scale. */
function useWords(legend: string): MapLabels {
  const { t } = useTranslation()
  return useMemo(() => ({
    unknown: t('map.unknown'), notReported: t('map.notReported'), outOfScope: t('map.outOfScope'), withoutPolygon: t('map.withoutPolygon'), legend,
    southChinaSea: t('map.southChinaSea'), keys: t('map.keys'), zoomIn: t('map.zoomIn'), zoomOut: t('map.zoomOut'), wholeMap: t('map.wholeMap'), loading: t('map.loading'), failed: t('map.failed'),
  }), [t, legend])
}

/** A choropleth of the list's regions in the language on screen; Leaflet is loaded when the first map is drawn. */
export function WorldRegionMap({ legend, ...props }: Omit<RegionMapProps, 'regionSet' | 'lang' | 'labels' | 'credit'> & { legend: string }) {
  const { t } = useTranslation()
  const { regions } = useWorld()
  const [regionSet, lang, text, labels] = [useRegionSet(), useLanguage(), useText(), useWords(legend)]
  if (!regionSet) return <Empty>{t('parts.noMap')}</Empty>
  return <Suspense fallback={<Loading height={props.height} />}><LaterRegionMap {...props} regionSet={regionSet} lang={lang} labels={labels} credit={text(regions.geometrySource)} /></Suspense>
}

/** Institutions on the map of the list's regions, in the language on screen. `states`: what marks say, where that is no state of a pair. */
export function WorldPointMap({ legend, states, ...props }: Omit<PointMapProps, 'regionSet' | 'labels' | 'credit'> & { legend: string; states?: PointLabels['states'] }) {
  const { t } = useTranslation()
  const { regions } = useWorld()
  const [regionSet, text, words] = [useRegionSet(), useText(), useWords(legend)]
  const labels = useMemo(() => ({
    ...words,
    kinds: { hospital: t('words.kind.hospital'), pharmacy: t('words.kind.pharmacy'), other: t('words.kind.other'), place: t('map.place') },
    states: states ?? {
      in_stock: t('words.state.in_stock'), on_order: t('words.state.on_order'), out_of_stock: t('words.state.out_of_stock'), not_carried: t('words.state.not_carried'),
      discontinued: t('words.state.discontinued'), not_known: t('words.state.not_known'), stale: t('words.state.stale'), not_reported: t('words.state.not_reported'),
    },
  }), [words, states, t])
  if (!regionSet) return <Empty>{t('parts.noMap')}</Empty>
  return <Suspense fallback={<Loading height={props.height} />}><LaterPointMap {...props} regionSet={regionSet} labels={labels} credit={text(regions.geometrySource)} /></Suspense>
}

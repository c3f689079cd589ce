import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../lib/format'
import { useText } from '../lib/i18n'
import type { Reading } from '../lib/reading'
import { useWorld } from '../lib/world'
import type { MapBand, RegionValue } from './types'
import { bandOf, countBands } from './values'

/** A place on the map and what is said of it; `label` is its short name. */
export interface Place { code: string; name: string; label: string; reading: Reading }

/**
 * What a map of places draws: its bands and, by code, the value of each place, with the divisions out of scope beside
 * them unless the map is of one unit (`within`). `say` puts a figure into a sentence. `limit`: no figure can be higher (the number of listed drugs).
 */
export function useValues(places: readonly Place[], say: (place: string, count: number) => string, { limit, within = false }: { limit?: number | undefined; within?: boolean } = {}): { values: ReadonlyMap<string, RegionValue>; bands: readonly MapBand[] } {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { outOfScope } = useWorld().regions
  const top = limit ?? Math.max(0, ...places.map(({ reading }) => reading.count))
  const bands = useMemo(() => countBands(top, {
    zero: t('map.bandZero'), open: (from) => t('map.bandOpen', { from: format.number(from) }),
    range: (from, to) => (from === to ? format.number(from) : t('map.band', { from: format.number(from), to: format.number(to) })),
  }, limit !== undefined), [top, limit, t, format])
  const values = new Map<string, RegionValue>(places.map(({ code, name, label, reading }) => [code, {
    state: reading.state, band: reading.state === 'value' ? bandOf(bands, reading.count) : null, label,
    title: reading.state === 'value' ? say(name, reading.count) : t(reading.state === 'unknown' ? 'map.placeUnknown' : 'map.placeNotReported', { place: name }),
  }]))
  if (!within) for (const place of outOfScope) values.set(place.code, { band: null, state: 'out-of-scope', label: text(place.name), title: t('map.placeOutOfScope', { place: text(place.name) }) })
  return { values, bands }
}

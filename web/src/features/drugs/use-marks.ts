import type { ClusterMark, ClustersAnswer } from '@lastmile/shared/cluster'
import { states } from '@lastmile/shared/state'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import type { MapMark } from '../../map/types'

/** A mark with its words: for the map, and as a row of the map's table. */
export interface MarkRow extends MapMark {
  /** What it stands for: an institution, regions, or the surroundings of a place. */
  place: string
  mark: ClusterMark
}

/** The marks of a view in words. */
export function useMarks(answer: ClustersAnswer | undefined): readonly MarkRow[] {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  return useMemo(() => (answer?.marks ?? []).map((mark): MarkRow => {
    const { lat, lng, count, institution, regions, bbox } = mark
    const names = regions?.map((region) => text(region.name)) ?? []
    const place = institution?.name
      ?? (names.length > 3 ? t('drug.andMore', { first: names[0], more: format.number(names.length - 1) }) : names.length > 0 ? format.join(names) : t('drug.around', { north: degrees(lat, 'N', 'S'), east: degrees(lng, 'E', 'W') }))
    const said = states.filter((state) => mark.states[state] > 0).map((state) => [state, mark.states[state]] as const)
    const counts = format.join(said.map(([state, n]) => (institution ? t(`words.state.${state}`) : `${t(`words.state.${state}`)} ${format.number(n)}`)))
    const apart = institution === null && (bbox === null || !isSpot(bbox))
    return {
      id: institution?.code ?? regions?.map((region) => region.code).join() ?? bbox ?? `${lat},${lng}`, lat, lng, count, states: said, kind: institution?.kind ?? null, short: format.short(count), apart, place, mark,
      label: institution ? `${place}, ${counts}` : t('drug.mark', { place, formatted: format.number(count), states: counts, press: t(apart ? 'drug.pressNearer' : 'drug.pressOpen') }),
    }
  }), [answer, t, format, text])
}

/** The parameters of `/institutions` that open what a mark counts. */
export function openedBy({ regions, bbox }: ClusterMark): { region: string } | { bbox: string } {
  return regions ? { region: regions.map((one) => one.code).join() } : { bbox: bbox ?? '' }
}

/** The same for all marks of a view. */
export function openedByView({ by, bbox, marks }: ClustersAnswer): { region: string } | { bbox: string } {
  return by === 'institution' ? { bbox } : { region: marks.flatMap((mark) => mark.regions ?? []).map((one) => one.code).join() }
}

/** True where all that lies in a box lies on one spot, give or take some ten metres. */
function isSpot(bbox: string): boolean {
  const [west, south, east, north] = bbox.split(',').map(Number) as [number, number, number, number]
  return east - west < 1e-4 && north - south < 1e-4
}

/** 39.92°N */
function degrees(value: number, positive: string, negative: string): string {
  return `${Math.abs(value).toFixed(2)}°${value < 0 ? negative : positive}`
}

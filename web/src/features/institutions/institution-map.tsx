import type { Institution } from '@lastmile/shared/institution'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorld } from '../../lib/world'
import { WorldPointMap } from '../../map/lazy'
import type { MapMark } from '../../map/types'
import { Empty } from '../../ui/empty'
import { Frame } from '../../ui/frame'

const nothing = () => undefined
const ready = { isPending: false, isPlaceholderData: false, error: null, refetch: nothing }

/** Where the institution lies, in its province. */
export function InstitutionMap({ institution, state }: { institution: Institution; state: string }) {
  const { t } = useTranslation()
  const { list, unitName, regions } = useWorld()
  const { position, place, unit } = institution
  const polygon = regions.units.find((one) => one.code === unit)?.polygon ?? false
  // What has no polygon of its own (the Corps) lies in the province that the place's code names.
  const within = polygon && unit !== null ? unit : place !== null && regions.regionSet === 'cn' ? `${place.slice(0, 2)}0000` : undefined
  const marks = useMemo<MapMark[]>(() => (position === null ? [] : [{
    id: institution.code, lat: position.lat, lng: position.lng, count: 1, states: [[state, 1]], kind: institution.kind, label: institution.name, short: '1', apart: false,
  }]), [institution, position, state])
  return (
    <Frame
      id="where" title={t('institution.where', { unit: unit === null ? t('institution.noUnit') : unitName(unit) })} basis={null} query={ready} height={300} empty={position === null ? t('institution.noPosition') : undefined}
      twin={{ columns: [{ id: 'lat', header: t('institution.latitude'), numeric: true, value: () => position?.lat ?? null }, { id: 'lng', header: t('institution.longitude'), numeric: true, value: () => position?.lng ?? null }, { id: 'datum', header: t('institution.datum'), value: () => position?.datum ?? null }], rows: position === null ? [] : [institution], rowKey: (row) => row.code }}
    >
      {position === null ? <Empty /> : (
        <WorldPointMap
          within={within} marks={marks} whole={marks} onOpen={nothing} height={340} legend={t('words.legend')} ariaLabel={t('institution.whereLabel', { name: institution.name, list: list.code })}
        />
      )}
    </Frame>
  )
}

import { noUnit } from '@lastmile/shared/region'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { readCell } from '../../lib/reading'
import { useWorld } from '../../lib/world'
import { WorldRegionMap } from '../../map/lazy'
import { shortLabel } from '../../map/short-label'
import { useValues } from '../../map/use-values'
import type { LookProps } from '../../map/use-look'
import type { CellRow } from '../../ui/cell-columns'
import { Choices } from '../../ui/choices'
import { Frame } from '../../ui/frame'
import { useByProvince } from './by-province'
import type { MapChoice } from './map-choice'

/** The same drug by unit: how many institutions stock it there, in bands; silence is never zero. */
export function DrugRegionMap({ code, choice, at, onAt }: LookProps & { code: string; choice: MapChoice }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { list, regions, drugName, unitName, places } = useWorld()
  const navigate = useNavigate()
  const { answer, rows, columns, rowKey, downloads } = useByProvince(code)
  const shown = rows.filter(({ region }) => region !== noUnit).map(({ region, cell }) => ({ code: region, name: unitName(region), label: shortLabel(unitName(region)), reading: readCell(cell) }))
  const { values, bands } = useValues(shown, (place, count) => t('map.placeInstitutions', { place, n: format.number(count) }))
  const title = t('drug.mapRegions', { drug: drugName(code), unit: places.unit })
  return (
    <Frame<CellRow>
      id="map" title={title} unit={t('parts.institutions')} basis={answer.data?.basis ?? null} query={answer} height={560} credit={text(regions.geometrySource)}
      twin={{ columns, rows, rowKey }} actions={<Choices {...choice} />} downloads={downloads}
    >
      <WorldRegionMap
        at={at} onAt={onAt}
        values={values} bands={bands} height={560} legend={t('drug.legend')} ariaLabel={title}
        onSelect={(region) => void navigate({ to: '/$list/regions/$code', params: { list: list.code, code: region }, search: { drug: code } })}
      />
    </Frame>
  )
}

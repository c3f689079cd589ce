import type { Coverage, CoverageCell } from '@lastmile/shared/coverage'
import { useMediaQuery } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { downloadOf } from '../../lib/queries/download'
import { readCell, readCells } from '../../lib/reading'
import { useAsking, useWorld } from '../../lib/world'
import { WorldRegionMap } from '../../map/lazy'
import { shortLabel } from '../../map/short-label'
import { useValues } from '../../map/use-values'
import type { LookProps } from '../../map/use-look'
import { Frame, type FrameQuery } from '../../ui/frame'
import { ReadingWord } from '../../ui/reading-word'
import css from './coverage.module.css'

/** The units by number of drugs stocked or, with `drug`, by institutions that stock it. A unit without a cell is "not reported", never zero. */
export function CoverageMap({ coverage, query, drug, onDrug, at, onAt }: LookProps & {
  coverage: Coverage | undefined
  query: FrameQuery | readonly FrameQuery[]
  drug: string | undefined
  onDrug: (drug: string | undefined) => void
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const navigate = useNavigate()
  const { list, drugs, regions, drugName } = useWorld()
  const { params } = useAsking()
  const height = useMediaQuery('(min-width: 1800px)') ? 660 : 500
  const all = format.number(drugs.length)
  const places = useMemo(() => {
    const byRegion = new Map<string, CoverageCell[]>()
    for (const cell of coverage?.cells ?? []) if (drug === undefined || cell.drug === drug) byRegion.set(cell.region, [...(byRegion.get(cell.region) ?? []), cell])
    return regions.units.map(({ code, name }) => {
      const cells = byRegion.get(code) ?? []
      return { code, name: text(name), label: shortLabel(text(name)), reading: drug === undefined ? readCells(cells) : readCell(cells[0]) }
    })
  }, [coverage, drug, regions.units, text])
  const { values, bands } = useValues(places, (place, count) => t(drug === undefined ? 'map.placeDrugs' : 'map.placeInstitutions', { place, n: format.number(count), all }), { limit: drug === undefined ? drugs.length : undefined })
  const unit = drug === undefined ? t('overview.map.unitDrugs', { all }) : t('overview.map.unitInstitutions')
  const title = drug === undefined ? t('overview.map.titleAll') : t('overview.map.titleDrug', { drug: drugName(drug) })
  const question = { ...params, by: 'province', drug }
  return (
    <Frame
      id="map" title={title} unit={unit} basis={coverage?.basis ?? null} query={query} height={height} credit={text(regions.geometrySource)}
      downloads={{ csv: downloadOf(list.code, 'coverage', question, 'csv'), xlsx: downloadOf(list.code, 'coverage', question, 'xlsx') }}
      actions={
        <label className={css.choose}>
          <span className="sr-only">{t('overview.map.choose')}</span>
          <select value={drug ?? ''} onChange={(event) => onDrug(event.target.value === '' ? undefined : event.target.value)}>
            <option value="">{t('overview.map.all')}</option>
            {drugs.map((one) => <option key={one.code} value={one.code}>{one.no}. {text(one.name)}</option>)}
          </select>
        </label>
      }
      twin={{
        rows: places, rowKey: (place) => place.code,
        columns: [
          { id: 'place', header: t('overview.map.place'), heading: true, value: (place) => place.name },
          { id: 'count', header: unit, numeric: true, value: ({ reading }) => (reading.state === 'value' ? reading.count : null), cell: ({ reading }) => <ReadingWord reading={reading}>{format.number(reading.count)}</ReadingWord> },
        ],
      }}
    >
      <WorldRegionMap
        at={at} onAt={onAt}
        values={values} bands={bands} height={height} ariaLabel={title} legend={unit}
        onSelect={(code) => void navigate({ to: '/$list/regions/$code', params: { list: list.code, code } })}
      />
    </Frame>
  )
}

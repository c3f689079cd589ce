import type { CoverageCell } from '@lastmile/shared/coverage'
import type { RegionAnswer } from '@lastmile/shared/region'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { capital, useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { coverageQuery } from '../../lib/queries/coverage'
import { downloadOf } from '../../lib/queries/download'
import { readCell, readCells, type Reading } from '../../lib/reading'
import { useAsking, useWorld } from '../../lib/world'
import { WorldRegionMap } from '../../map/lazy'
import { shortLabel } from '../../map/short-label'
import { useValues, type Place } from '../../map/use-values'
import type { LookProps } from '../../map/use-look'
import { useCellColumns, type CellRow } from '../../ui/cell-columns'
import { DataTable, type Column } from '../../ui/data-table'
import { SelectField } from '../../ui/field'
import { Frame } from '../../ui/frame'
import { RegionLink } from '../../ui/names'
import { NumberLink } from '../../ui/number-link'
import { ReadingWord } from '../../ui/reading-word'

/** A city: what is said of all drugs there or, of one drug, its cell. */
interface CityRow extends CellRow, Place { reading: Reading; cell: CoverageCell | null }

const rowKey = (row: CityRow) => row.code

/** The cities of a unit: how many listed drugs are stocked in each, or at how many institutions one drug is. A unit without a map gives the list alone and says why. */
export function RegionCities({ region, drug, onDrug, at, onAt }: LookProps & { region: RegionAnswer; drug: string | undefined; onDrug: (drug: string | undefined) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { list, drugs, drugName, places } = useWorld()
  const { params, evidence } = useAsking()
  const navigate = useNavigate()
  const question = { ...params, by: 'city' as const, region: region.code, drug }
  const answer = useQuery({ ...coverageQuery(list.code, question), placeholderData: keepPreviousData })
  const rows = useMemo(() => region.cities.map((city): CityRow => {
    const own = (answer.data?.cells ?? []).filter((cell) => cell.region === city.code && (drug === undefined || cell.drug === drug))
    const cell = drug === undefined ? null : own[0] ?? null
    return { code: city.code, region: city.code, drug: drug ?? '', name: text(city.name), label: shortLabel(text(city.name)), cell, reading: drug === undefined ? readCells(own) : readCell(cell) }
  }), [region.cities, answer.data, drug, text])
  const { values, bands } = useValues(rows, (place, n) => t(drug === undefined ? 'map.placeDrugs' : 'map.placeInstitutions', { place, n: format.number(n), all: format.number(drugs.length) }), { limit: drug === undefined ? drugs.length : undefined, within: true })
  const name = useCallback((row: CellRow) => text(region.cities.find((city) => city.code === row.region)?.name ?? { zh: row.region, en: row.region }), [region.cities, text])
  const counts = useCellColumns({ rows, basis: answer.data?.basis ?? null, name, cities: false })
  const columns = useMemo<Column<CityRow>[]>(() => [
    { id: 'city', header: capital(places.city), heading: true, value: (row) => row.name, cell: (row) => <RegionLink code={row.code} name={row.name} /> },
    ...(drug !== undefined ? counts : [{
      id: 'drugs', header: t('region.drugsStocked'), numeric: true, value: (row: CityRow) => (row.reading.state === 'value' ? row.reading.count : null),
      cell: (row: CityRow) => <ReadingWord reading={row.reading}><NumberLink value={row.reading.count} rows={{ region: row.code, evidence, state: 'in_stock' }} label={row.name} /></ReadingWord>,
    }]),
  ], [t, places, drug, counts, evidence])
  const hasMap = region.polygon && list.regionSet === 'cn'
  const title = drug === undefined ? t('region.citiesAll', { city: places.city }) : t('region.citiesOf', { city: places.city, drug: drugName(drug) })
  return (
    <Frame<CityRow>
      id="cities" title={title} unit={drug === undefined ? t('region.unitDrugs') : t('parts.institutions')} basis={answer.data?.basis ?? null} query={answer} height={460} picture={hasMap} twin={{ columns, rows, rowKey }}
      downloads={{ csv: downloadOf(list.code, 'coverage', question, 'csv'), xlsx: downloadOf(list.code, 'coverage', question, 'xlsx') }}
      empty={answer.data && rows.length === 0 ? t('region.noCities', { city: places.city }) : undefined}
      actions={<SelectField label={t('region.shownDrug')} value={drug} all={t('region.allDrugs')} options={drugs.map((one) => ({ value: one.code, label: text(one.name) }))} onChange={onDrug} />}
    >
      {hasMap
        ? <WorldRegionMap within={region.code} at={at} onAt={onAt} values={values} bands={bands} height={500} legend={drug === undefined ? t('region.legendDrugs') : t('drug.legend')} ariaLabel={title} onSelect={(code) => void navigate({ to: '/$list/regions/$code', params: { list: list.code, code } })} />
        : (
          <>
            {region.polygon && <p className="quiet" style={{ paddingBottom: 8 }}>{t('region.noCityMap')}</p>}
            <DataTable columns={columns} rows={rows} rowKey={rowKey} caption={title} maxHeight={560} />
          </>
        )}
    </Frame>
  )
}

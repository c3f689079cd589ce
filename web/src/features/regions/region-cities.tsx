import type { RegionAnswer } from '@lastmile/shared/region'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { coverageDownload, coverageQuery } from '../../lib/queries/coverage'
import { kindsTold } from '../../lib/kinds-told'
import { useAsking, useWorld } from '../../lib/world'
import { WorldRegionMap } from '../../map/lazy'
import { bandOf, countBands } from '../../map/values'
import { DataTable } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { SelectField } from '../../ui/field'
import { cityColumns, cityRows, type CityRow } from './city-rows'

/** The cities of a unit: how many listed drugs are stocked in each, or at how many institutions one drug is. A unit without a polygon gives the list alone and says why. */
export function RegionCities({ region, drug, onDrug }: { region: RegionAnswer; drug: string | undefined; onDrug: (drug: string | undefined) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const world = useWorld()
  const { list, drugs, drugName } = world
  const { params, evidence } = useAsking()
  const navigate = useNavigate()
  const question = { ...params, by: 'city' as const, region: region.code, drug }
  const answer = useQuery({ ...coverageQuery(list.code, question), placeholderData: keepPreviousData })
  const rows = useMemo(() => cityRows(region.cities, answer.data?.cells ?? [], drug), [region.cities, answer.data, drug])
  const bands = useMemo(() => countBands(drug === undefined ? drugs.length : Math.max(0, ...rows.map((row) => row.count)), format.number), [rows, drug, drugs.length, format])
  const told = kindsTold(rows.map((row) => row.cell?.stocked))
  const columns = useMemo(() => cityColumns({ t, text, drug, evidence, told }), [t, text, drug, evidence, told])
  const values = useMemo(() => new Map(rows.map((row) => {
    const said = row.state === 'value' ? t(drug === undefined ? 'region.countDrugs' : 'parts.countInstitutions', { count: row.count, formatted: format.number(row.count) }) : t(row.state === 'unknown' ? 'map.unknown' : 'map.notReported')
    return [row.code, { band: row.state === 'value' ? bandOf(bands, row.count) : null, state: row.state, label: shortName(text(row.name)), title: `${text(row.name)}: ${said}` }] as const
  })), [rows, bands, drug, t, text, format])
  const hasMap = region.polygon && list.regionSet === 'cn'
  const title = drug === undefined ? t('region.citiesAll') : t('region.citiesOf', { drug: drugName(drug) })
  const rowKey = (row: CityRow) => row.code
  const table = <DataTable columns={columns} rows={rows} rowKey={rowKey} caption={title} maxHeight={560} />
  return (
    <Frame<CityRow>
      id="cities" title={title} unit={drug === undefined ? t('region.unitDrugs') : t('parts.institutions')} basis={answer.data?.basis ?? null} query={answer} height={460} picture={hasMap} twin={{ columns, rows, rowKey }}
      downloads={{ csv: coverageDownload(list.code, 'coverage', question, 'csv'), xlsx: coverageDownload(list.code, 'coverage', question, 'xlsx') }}
      empty={answer.data && rows.length === 0 ? t('region.noCities') : undefined}
      actions={<SelectField label={t('region.shownDrug')} value={drug} all={t('region.allDrugs')} options={drugs.map((one) => ({ value: one.code, label: text(one.name) }))} onChange={onDrug} />}
    >
      {!hasMap && <p className="quiet" style={{ paddingBottom: 8 }}>{region.polygon ? t('region.noCityMap') : t('region.noPolygon', { name: text(region.name) })}</p>}
      {hasMap
        ? <WorldRegionMap within={region.code} values={values} bands={bands} height={500} legend={drug === undefined ? t('region.legendDrugs') : t('drug.legend')} ariaLabel={title} onSelect={(code) => void navigate({ to: '/$list/regions/$code', params: { list: list.code, code } })} />
        : table}
    </Frame>
  )
}

/** A city's name without the word for what it is, where the map needs the room. */
function shortName(name: string): string {
  return name.length > 2 ? name.replace(/(?:市|地区|盟|特别行政区)$/, '') : name
}

import type { CoverageCell } from '@lastmile/shared/coverage'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { coverageDownload, coverageQuery } from '../../lib/queries/coverage'
import { useAsking, useWorld } from '../../lib/world'
import { WorldRegionMap } from '../../map/lazy'
import type { RegionValue } from '../../map/types'
import { bandOf, countBands, readingOf } from '../../map/values'
import { Choice } from '../../ui/field'
import { Frame } from '../../ui/frame'
import { useProvinceColumns, type ProvinceRow } from './province-columns'
import type { MapChoice } from './map-choice'

/** The same drug by unit: how many institutions stock it there, in bands; silence is never zero. */
export function DrugRegionMap({ code, choice }: { code: string; choice: MapChoice }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { list, regions, drugName } = useWorld()
  const { params } = useAsking()
  const navigate = useNavigate()
  const question = { ...params, drug: code, by: 'province' as const }
  const answer = useQuery({ ...coverageQuery(list.code, question), placeholderData: keepPreviousData })
  const rows = useMemo<ProvinceRow[]>(() => rowsOf(regions.units.map((unit) => unit.code), answer.data?.cells ?? []), [regions, answer.data])
  const columns = useProvinceColumns(code, answer.data?.basis ?? null, rows)
  const bands = useMemo(() => countBands(Math.max(0, ...rows.map((row) => row.cell?.stocked.institutions ?? 0)), format.number), [rows, format])
  const values = useMemo(() => {
    const result = new Map<string, RegionValue>()
    for (const unit of regions.units) {
      const cell = answer.data?.cells.find((one) => one.region === unit.code)
      const state = readingOf(cell)
      const count = cell?.stocked.institutions ?? 0
      const said = state === 'value' ? t('parts.countInstitutions', { count, formatted: format.number(count) }) : t(state === 'unknown' ? 'map.unknown' : 'map.notReported')
      result.set(unit.code, { band: state === 'value' ? bandOf(bands, count) : null, state, label: text(unit.name), title: `${text(unit.fullName)}: ${said}` })
    }
    for (const outside of regions.outOfScope) result.set(outside.code, { band: null, state: 'out-of-scope', label: text(outside.name), title: `${text(outside.name)}: ${t('map.outOfScope')}` })
    return result
  }, [regions, answer.data, bands, t, text, format])
  return (
    <Frame<ProvinceRow>
      id="map" title={t('drug.mapRegions', { drug: drugName(code) })} unit={t('parts.institutions')} basis={answer.data?.basis ?? null} query={answer} height={560}
      twin={{ columns, rows, rowKey: (row) => row.region }} actions={<Choice {...choice} />}
      downloads={{ csv: coverageDownload(list.code, 'coverage', question, 'csv'), xlsx: coverageDownload(list.code, 'coverage', question, 'xlsx') }}
    >
      <WorldRegionMap
        values={values} bands={bands} height={560} legend={t('drug.legend')} ariaLabel={t('drug.mapRegions', { drug: drugName(code) })}
        onSelect={(region) => { if (regions.units.some((unit) => unit.code === region)) void navigate({ to: '/$list/regions/$code', params: { list: list.code, code: region }, search: (previous) => ({ ...previous, drug: code }) }) }}
      />
    </Frame>
  )
}

/** A row for every unit, with its cell where anything was said. */
export function rowsOf(units: readonly string[], cells: readonly CoverageCell[]): ProvinceRow[] {
  const cellOf = new Map(cells.map((cell) => [cell.region, cell]))
  return units.map((region) => ({ region, cell: cellOf.get(region) ?? null }))
}

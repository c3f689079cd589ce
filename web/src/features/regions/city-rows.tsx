import type { CoverageCell } from '@lastmile/shared/coverage'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Text } from '@lastmile/shared/text'
import type { TFunction } from 'i18next'
import { readingOf } from '../../map/values'
import type { RegionState } from '../../map/types'
import type { Column } from '../../ui/data-table'
import { EligibleLink } from '../../ui/eligible-link'
import { RegionLink } from '../../ui/names'
import { NumberLink } from '../../ui/number-link'

/** A city: `count` drugs stocked there or, of one drug, institutions; `state` tells a figure from silence. */
export interface CityRow { code: string; name: Text; count: number; state: RegionState; cell: CoverageCell | null }

/** A row for every city of the unit; without a drug its cells are counted, with one its own cell is read. */
export function cityRows(cities: readonly { code: string; name: Text }[], cells: readonly CoverageCell[], drug: string | undefined): CityRow[] {
  return cities.map(({ code, name }) => {
    const own = cells.filter((cell) => cell.region === code)
    if (drug !== undefined) {
      const cell = own.find((one) => one.drug === drug)
      return { code, name, count: cell?.stocked.institutions ?? 0, state: readingOf(cell), cell: cell ?? null }
    }
    const readings = own.map(readingOf)
    const count = own.filter((cell) => cell.stocked.institutions > 0).length
    return { code, name, count, state: readings.includes('value') ? 'value' : readings.includes('unknown') ? 'unknown' : 'not-reported', cell: null }
  })
}

/** The columns of the cities' table; `told`: hospitals and pharmacies are told apart. */
export function cityColumns({ t, text, drug, evidence, told }: { t: TFunction; text: (text: Text) => string; drug: string | undefined; evidence: Evidence; told: boolean }): Column<CityRow>[] {
  const silent = (row: CityRow) => <em className="quiet">{t(row.state === 'unknown' ? 'map.unknown' : 'map.notReported')}</em>
  const figure = (row: CityRow, value: number, kind?: 'hospital' | 'pharmacy') => (row.state !== 'value' ? silent(row) : (
    <NumberLink value={value} rows={{ region: row.code, evidence, state: 'in_stock', ...(drug === undefined ? {} : { drug }), ...(kind ? { kind } : {}) }} label={text(row.name)} />
  ))
  const name: Column<CityRow> = { id: 'city', header: t('parts.city'), heading: true, value: (row) => text(row.name), cell: (row) => <RegionLink code={row.code} name={text(row.name)} /> }
  if (drug === undefined) return [name, { id: 'drugs', header: t('region.drugsStocked'), numeric: true, value: (row) => (row.state === 'value' ? row.count : null), cell: (row) => figure(row, row.count) }]
  return [
    name,
    { id: 'institutions', header: t('parts.institutions'), numeric: true, value: (row) => (row.state === 'value' ? row.count : null), cell: (row) => figure(row, row.count) },
    ...(told ? [{ id: 'hospitals', header: t('words.kinds.hospital'), numeric: true, value: (row: CityRow) => row.cell?.stocked.hospitals ?? null, cell: (row: CityRow) => (row.cell && row.state === 'value' ? figure(row, row.cell.stocked.hospitals, 'hospital') : '–') } satisfies Column<CityRow>,
    { id: 'pharmacies', header: t('words.kinds.pharmacy'), numeric: true, value: (row: CityRow) => row.cell?.stocked.pharmacies ?? null, cell: (row: CityRow) => (row.cell && row.state === 'value' ? figure(row, row.cell.stocked.pharmacies, 'pharmacy') : '–') } satisfies Column<CityRow>] : []),
    { id: 'eligible', header: t('parts.eligible'), numeric: true, value: (row) => row.cell?.eligible?.institutions ?? null, cell: (row) => (row.cell?.eligible ? <EligibleLink count={row.cell.eligible.institutions} drug={drug} region={row.code} /> : '–') },
  ]
}

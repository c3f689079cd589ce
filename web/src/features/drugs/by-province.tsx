import { inNoUnit } from '@lastmile/shared/coverage'
import { noUnit } from '@lastmile/shared/region'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { capital } from '../../lib/format'
import { coverageQuery } from '../../lib/queries/coverage'
import { downloadOf } from '../../lib/queries/download'
import { useAsking, useWorld } from '../../lib/world'
import { useCellColumns, type CellRow } from '../../ui/cell-columns'
import type { Column } from '../../ui/data-table'
import { RegionLink } from '../../ui/names'

const rowKey = (row: CellRow) => row.region

/** The drug in every unit of the region set and, where some of it lies in none, there: a row each, its columns, and where the same is downloaded. Map and table share it. */
export function useByProvince(code: string) {
  const { list, regions, unitName, places } = useWorld()
  const { params } = useAsking()
  const question = { ...params, drug: code, by: 'province' as const }
  const answer = useQuery({ ...coverageQuery(list.code, question), placeholderData: keepPreviousData })
  const rows = useMemo(() => {
    const cellOf = new Map((answer.data?.cells ?? []).map((cell) => [cell.region, cell]))
    const rest = answer.data && inNoUnit(answer.data).get(code)
    return [...regions.units.map((unit): CellRow => ({ drug: code, region: unit.code, cell: cellOf.get(unit.code) ?? null })), ...(rest ? [{ drug: code, region: noUnit, cell: rest }] : [])]
  }, [regions.units, answer.data, code])
  const name = useCallback((row: CellRow) => unitName(row.region), [unitName])
  const counts = useCellColumns({ rows, basis: answer.data?.basis ?? null, name, cities: true })
  const columns = useMemo<Column<CellRow>[]>(() => [{ id: 'region', header: capital(places.unit), heading: true, value: name, cell: (row) => <RegionLink code={row.region} /> }, ...counts], [places, name, counts])
  const downloads = { csv: downloadOf(list.code, 'coverage', question, 'csv'), xlsx: downloadOf(list.code, 'coverage', question, 'xlsx') }
  return { answer, rows, columns, rowKey, downloads }
}

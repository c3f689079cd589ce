import type { RegionAnswer } from '@lastmile/shared/region'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { coverageQuery } from '../../lib/queries/coverage'
import { downloadOf } from '../../lib/queries/download'
import { useAsking, useWorld } from '../../lib/world'
import { useCellColumns, type CellRow } from '../../ui/cell-columns'
import { DataTable, type Column } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { DrugLink } from '../../ui/names'

const rowKey = (row: CellRow) => row.drug

/** Every listed drug in one region: what is not stocked there first, silence told apart from "no". */
export function RegionDrugs({ region }: { region: RegionAnswer }) {
  const { t } = useTranslation()
  const { list, drugs, drugName } = useWorld()
  const { params } = useAsking()
  const question = { ...params, by: region.level === 'unit' ? 'province' as const : 'city' as const, region: region.code }
  const answer = useQuery({ ...coverageQuery(list.code, question), placeholderData: keepPreviousData })
  const rows = useMemo(() => {
    const cellOf = new Map((answer.data?.cells ?? []).map((cell) => [cell.drug, cell]))
    const all = drugs.map((drug): CellRow => ({ drug: drug.code, region: region.code, cell: cellOf.get(drug.code) ?? null }))
    return all.sort((a, b) => (a.cell?.stocked.institutions ?? 0) - (b.cell?.stocked.institutions ?? 0))
  }, [answer.data, drugs, region.code])
  const name = useCallback((row: CellRow) => drugName(row.drug), [drugName])
  const counts = useCellColumns({ rows, basis: answer.data?.basis ?? null, name, cities: region.level === 'unit' })
  const columns = useMemo<Column<CellRow>[]>(() => [{ id: 'drug', header: t('rows.drug'), heading: true, value: name, cell: (row) => <DrugLink code={row.drug} /> }, ...counts], [t, name, counts])
  return (
    <Frame<CellRow>
      id="drugs" title={t('region.drugs')} unit={t('parts.institutions')} basis={answer.data?.basis ?? null} query={answer} picture={false} twin={{ columns, rows, rowKey }}
      downloads={{ csv: downloadOf(list.code, 'coverage', question, 'csv'), xlsx: downloadOf(list.code, 'coverage', question, 'xlsx') }}
    >
      <DataTable columns={columns} rows={rows} rowKey={rowKey} caption={t('region.drugs')} maxHeight={680} />
    </Frame>
  )
}

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { coverageDownload, coverageQuery } from '../../lib/queries/coverage'
import { useAsking, useWorld } from '../../lib/world'
import { DataTable } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { StateLegend } from '../../ui/state-mark'
import { rowsOf } from './drug-region-map'
import { useProvinceColumns, type ProvinceRow } from './province-columns'

/** The drug in every unit: who stocks it, what else is said, who is eligible, the share as a range. */
export function ProvincesTable({ code }: { code: string }) {
  const { t } = useTranslation()
  const { list, regions } = useWorld()
  const { params } = useAsking()
  const question = { ...params, drug: code, by: 'province' as const }
  const answer = useQuery({ ...coverageQuery(list.code, question), placeholderData: keepPreviousData })
  const rows = useMemo(() => rowsOf(regions.units.map((unit) => unit.code), answer.data?.cells ?? []), [regions, answer.data])
  const columns = useProvinceColumns(code, answer.data?.basis ?? null, rows)
  const rowKey = (row: ProvinceRow) => row.region
  return (
    <Frame<ProvinceRow>
      id="provinces" title={t('drug.provinces')} unit={t('parts.institutions')} basis={answer.data?.basis ?? null} query={answer} picture={false} twin={{ columns, rows, rowKey }}
      downloads={{ csv: coverageDownload(list.code, 'coverage', question, 'csv'), xlsx: coverageDownload(list.code, 'coverage', question, 'xlsx') }}
    >
      <DataTable columns={columns} rows={rows} rowKey={rowKey} caption={t('drug.provinces')} maxHeight={640} />
      <div style={{ paddingTop: 8 }}><StateLegend /></div>
    </Frame>
  )
}

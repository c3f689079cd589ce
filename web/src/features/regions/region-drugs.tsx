import { fewestEligibleForShare, type CoverageCell } from '@lastmile/shared/coverage'
import type { RegionAnswer } from '@lastmile/shared/region'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { coverageDownload, coverageQuery } from '../../lib/queries/coverage'
import { kindsTold } from '../../lib/kinds-told'
import { useAsking, useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { EligibleLink } from '../../ui/eligible-link'
import { FewNamed } from '../../ui/few-named'
import { Frame } from '../../ui/frame'
import { DrugLink } from '../../ui/names'
import { NumberLink } from '../../ui/number-link'
import { ShareRange } from '../../ui/share-range'
import { StateCountsList } from '../../ui/state-counts'

interface Row { drug: string; cell: CoverageCell | null }

/** Every listed drug in one region: what is not stocked there first, silence told apart from "no". */
export function RegionDrugs({ region }: { region: RegionAnswer }) {
  const { t } = useTranslation()
  const { list, drugs, drugName } = useWorld()
  const { params, evidence, asOf } = useAsking()
  const question = { ...params, by: region.level === 'unit' ? 'province' as const : 'city' as const, region: region.code }
  const answer = useQuery({ ...coverageQuery(list.code, question), placeholderData: keepPreviousData })
  const rows = useMemo(() => {
    const cellOf = new Map((answer.data?.cells ?? []).map((cell) => [cell.drug, cell]))
    const all = drugs.map((drug): Row => ({ drug: drug.code, cell: cellOf.get(drug.code) ?? null }))
    return all.sort((a, b) => (a.cell?.stocked.institutions ?? 0) - (b.cell?.stocked.institutions ?? 0))
  }, [answer.data, drugs])
  const told = kindsTold(rows.map((row) => row.cell?.stocked))
  const columns = useMemo<Column<Row>[]>(() => {
    const said = (row: Row) => row.cell !== null && Object.values(row.cell.states).some((count) => count > 0)
    const count = (id: 'institutions' | 'hospitals' | 'pharmacies' | 'cities', header: string, kind?: 'hospital' | 'pharmacy'): Column<Row> => ({
      id, header, numeric: true, value: (row) => (row.cell && said(row) ? row.cell.stocked[id] : null),
      cell: (row) => (row.cell && said(row) ? <NumberLink value={row.cell.stocked[id]} rows={{ drug: row.drug, region: region.code, evidence, state: 'in_stock', ...(kind ? { kind } : {}) }} label={`${drugName(row.drug)}, ${header}`} /> : <em className="quiet">{t('table.missing')}</em>),
    })
    return [
      { id: 'drug', header: t('rows.drug'), heading: true, value: (row) => drugName(row.drug), cell: (row) => <DrugLink code={row.drug} /> },
      count('institutions', t('parts.institutions')),
      ...(told ? [count('hospitals', t('words.kinds.hospital'), 'hospital'), count('pharmacies', t('words.kinds.pharmacy'), 'pharmacy')] : []),
      ...(region.level === 'unit' ? [count('cities', t('parts.cities'))] : []),
      { id: 'states', header: t('parts.states'), sortable: false, value: (row) => (row.cell ? Object.entries(row.cell.states).filter(([, n]) => n > 0).map(([state, n]) => `${state} ${n}`).join('; ') : null), cell: (row) => <StateCountsList counts={row.cell?.states ?? null} rows={{ drug: row.drug, region: region.code, evidence }} label={drugName(row.drug)} /> },
      { id: 'eligible', header: t('parts.eligible'), numeric: true, value: (row) => row.cell?.eligible?.institutions ?? null, cell: (row) => (row.cell?.eligible ? <EligibleLink count={row.cell.eligible.institutions} drug={row.drug} region={region.code} /> : <span className="quiet">–</span>) },
      {
        id: 'share', header: t('parts.share'), value: (row) => row.cell?.share?.low ?? null,
        cell: (row) => (row.cell ? <ShareRange eligible={row.cell.eligible} share={row.cell.share} names={row.cell.eligible && row.cell.eligible.institutions < fewestEligibleForShare ? <FewNamed count={row.cell.eligible.institutions} drug={row.drug} region={region.code} evidence={evidence} asOf={asOf} /> : undefined} /> : <span className="quiet">–</span>),
      },
    ]
  }, [t, drugName, region, evidence, asOf, told])
  return (
    <Frame<Row>
      id="drugs" title={t('region.drugs')} unit={t('parts.institutions')} basis={answer.data?.basis ?? null} query={answer} picture={false} twin={{ columns, rows, rowKey: (row) => row.drug }}
      downloads={{ csv: coverageDownload(list.code, 'coverage', question, 'csv'), xlsx: coverageDownload(list.code, 'coverage', question, 'xlsx') }}
    >
      <DataTable columns={columns} rows={rows} rowKey={(row) => row.drug} caption={t('region.drugs')} maxHeight={680} />
    </Frame>
  )
}

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { MatrixFilters } from '../features/matrix/matrix-filters'
import { MatrixGrid } from '../features/matrix/matrix-grid'
import { columnCodes, countOf, matrixRows, type MatrixRow } from '../features/matrix/matrix-rows'
import { useFormat } from '../lib/format'
import { coverageQuery } from '../lib/queries/coverage'
import { readCell } from '../lib/reading'
import { useAsking, useWorld } from '../lib/world'
import { downloadOf } from '../lib/queries/download'
import type { Column } from '../ui/data-table'
import { Frame } from '../ui/frame'
import { EvidenceSwitch } from '../ui/evidence-switch'
import { PageTitle } from '../ui/page-head'
import { StateLegend } from '../ui/state-mark'
import { TimeBar } from '../ui/time-bar'
import css from './matrix-page.module.css'

const route = getRouteApi('/$list/matrix')

/** Drugs × units under one kind of evidence: state and count in each cell, each cell opens its rows. */
export function MatrixPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, drugs, regions, drugName, unitName, places: { units: unitWord } } = useWorld()
  const { params } = useAsking()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const question = { ...params, by: 'province' as const }
  const query = useQuery({ ...coverageQuery(list.code, question), placeholderData: keepPreviousData })
  const { measure = 'all', sort, company, form, unstocked } = search
  const rows = useMemo(() => matrixRows(query.data, drugs, { measure, sort, company, form, unstocked }, drugName, format.compare), [query.data, drugs, measure, sort, company, form, unstocked, drugName, format])
  const columns = useMemo<Column<MatrixRow>[]>(() => [
    { id: 'drug', header: t('matrix.drug'), heading: true, value: (row) => row.name },
    { id: 'institutions', header: t('matrix.institutions'), numeric: true, value: (row) => row.institutions },
    { id: 'units', header: t('matrix.units'), numeric: true, value: (row) => row.units },
    ...columnCodes(rows, regions.units).map((code): Column<MatrixRow> => ({ id: code, header: unitName(code), numeric: true, value: (row) => { const cell = row.cells.get(code); return cell && readCell(cell).state === 'value' ? countOf(cell, measure) : null } })),
  ], [t, rows, regions.units, unitName, measure])
  const put = (part: object) => void navigate({ search: (previous) => ({ ...previous, ...part }), replace: true, resetScroll: false })
  return (
    <div className={css.page}>
      <PageTitle>{t('nav.matrix')}</PageTitle>
      <EvidenceSwitch />
      <TimeBar />
      <Frame
        id="matrix" title={t('matrix.title', { unitWord })} unit={t('matrix.unit')} basis={query.data?.basis ?? null} query={query} picture={false} height={600}
        downloads={{ csv: downloadOf(list.code, 'coverage', question, 'csv'), xlsx: downloadOf(list.code, 'coverage', question, 'xlsx') }}
        twin={{ columns, rows, rowKey: (row) => row.drug.code }}
      >
        <MatrixFilters search={search} totals={query.data?.totals ?? []} shown={rows.length} onSearch={put} />
        {rows.length === 0 ? <p className={css.none}>{t('matrix.none')}</p> : <MatrixGrid rows={rows} measure={measure} sort={sort} onSort={(next) => put({ sort: next })} />}
        <div className={css.below}>
          <StateLegend />
          <p>{t('matrix.legend')} {t('matrix.help')}</p>
        </div>
      </Frame>
    </div>
  )
}

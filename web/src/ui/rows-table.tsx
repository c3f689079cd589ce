import type { StatementRow } from '@lastmile/shared/statement'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../lib/format'
import { useWorld } from '../lib/world'
import { DataTable, type Column } from './data-table'
import { StateMark } from './state-mark'

/** Statements as a table (`sortable` false where it is one page of many): each row links to its institution, its drug, and the report and line that it came from. */
export function RowsTable({ rows, caption, maxHeight, sortable = true }: { rows: readonly StatementRow[]; caption: string; maxHeight?: number | undefined; sortable?: boolean | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, drugName, unitName } = useWorld()
  const columns = useMemo<Column<StatementRow>[]>(() => [
    {
      id: 'institution', header: t('rows.institution'), heading: true, value: (row) => row.institutionName,
      cell: (row) => (
        <>
          <Link to="/$list/institutions/$code" params={{ list: list.code, code: row.institution }}>{row.institutionName}</Link>
          <div className="quiet">{row.institution} · {t(`words.kind.${row.kind}`)}{row.unit !== null && ` · ${unitName(row.unit)}`}</div>
        </>
      ),
    },
    { id: 'drug', header: t('rows.drug'), value: (row) => drugName(row.drug), cell: (row) => <Link to="/$list/drugs/$drug" params={{ list: list.code, drug: row.drug }}>{drugName(row.drug)}</Link> },
    {
      id: 'state', header: t('rows.state'), value: (row) => t(`words.state.${row.state}`),
      cell: (row) => (
        <>
          <StateMark state={row.state} />
          {row.status !== null && row.status !== row.state && <div className="quiet">{t(`words.state.${row.status}`)}</div>}
          {row.reason !== null && <div className="quiet">{t(`words.reason.${row.reason}`)}</div>}
          {row.leadDays !== null && <div className="quiet">{t('rows.leadDays', { days: format.number(row.leadDays) })}</div>}
          {row.quantity !== null && <div className="quiet">{t('rows.quantity')} {format.number(row.quantity)}</div>}
        </>
      ),
    },
    {
      id: 'day', header: t('rows.day'), value: (row) => row.day,
      cell: (row) => (
        <>
          <span className="number">{format.shortDay(row.day, true)}</span>
          <div className="quiet">{t(`words.dayBasis.${row.dayBasis}`)}</div>
          {row.staleOn !== null && <div className="quiet number">{t('rows.staleOn', { day: format.shortDay(row.staleOn, true) })}</div>}
        </>
      ),
    },
    {
      id: 'report', header: t('rows.line'), value: (row) => `${row.report} ${row.line ?? ''}`,
      cell: (row) => (
        <>
          <Link to="/$list/reports/$id" params={{ list: list.code, id: row.report }} search={row.line === null ? {} : { line: String(row.line) }}>
            {row.line === null ? t('rows.reportAbsence', { report: row.report }) : t('rows.reportLine', { report: row.report, line: format.number(row.line) })}
          </Link>
          <div className="quiet">{row.source}</div>
        </>
      ),
    },
  ], [t, format, list.code, drugName, unitName])
  const shown = useMemo(() => columns.map((column) => ({ ...column, sortable })), [columns, sortable])
  return <DataTable columns={shown} rows={rows} rowKey={(row) => `${row.drug} ${row.institution} ${row.source} ${row.report}`} caption={caption} maxHeight={maxHeight} />
}

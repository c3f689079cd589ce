import type { StatementRow } from '@lastmile/shared/statement'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../lib/format'
import { useSourceName } from '../lib/source-name'
import { useWorld } from '../lib/world'
import { DataTable, type Column } from './data-table'
import { InstitutionName } from './institution-name'
import { DrugLink } from './names'
import type { Sorting } from './sorting'
import { StateMark } from './state-mark'

/** Statements as a table: each row links to its institution, its drug, and, for who may see them, the report and line that it came from. */
export function RowsTable({ rows, caption, maxHeight, sorting }: { rows: readonly StatementRow[]; caption: string; maxHeight?: number | undefined; sorting?: Sorting | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, drugName, unitName } = useWorld()
  const sourceName = useSourceName()
  const reportsSeen = rows.some((row) => row.report !== undefined)
  const columns = useMemo<Column<StatementRow>[]>(() => [
    {
      id: 'institution', header: t('rows.institution'), heading: true, value: (row) => row.institutionName,
      cell: (row) => (
        <InstitutionName institution={{ code: row.institution, name: row.institutionName }}>{row.kind !== 'other' && ` · ${t(`words.kind.${row.kind}`)}`}{row.unit !== null && ` · ${unitName(row.unit)}`}</InstitutionName>
      ),
    },
    { id: 'drug', header: t('rows.drug'), value: (row) => drugName(row.drug), cell: (row) => <DrugLink code={row.drug} /> },
    {
      id: 'state', header: t('rows.state'), value: (row) => t(`words.state.${row.state}`),
      cell: (row) => (
        <>
          <StateMark state={row.state} />
          {row.status !== null && row.status !== row.state && <div className="quiet">{t(`words.state.${row.status}`)}</div>}
          {row.reason != null && <div className="quiet">{t(`words.reason.${row.reason}`)}</div>}
          {row.leadDays != null && <div className="quiet">{t('rows.leadDays', { days: format.number(row.leadDays) })}</div>}
          {row.quantity != null && <div className="quiet">{t('rows.quantity')} {format.number(row.quantity)}</div>}
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
    ...(!reportsSeen ? [] : [{
      id: 'report', header: t('rows.line'), value: (row: StatementRow) => (row.source === undefined ? '' : `${sourceName(row.source)} ${row.line ?? ''} ${row.report}`),
      cell: (row: StatementRow) => (row.source === undefined || row.report === undefined || row.line === undefined ? null : (
        <>
          <Link to="/$list/reports/$id" params={{ list: list.code, id: row.report }} search={row.line === null ? {} : { line: String(row.line) }} title={t('rows.reportCode', { report: row.report })}>
            {row.line === null ? t('rows.reportAbsence', { source: sourceName(row.source) }) : t('rows.reportLine', { source: sourceName(row.source), line: format.number(row.line) })}
          </Link>
        </>
      )),
    } satisfies Column<StatementRow>]),
  ], [t, format, list.code, drugName, unitName, sourceName, reportsSeen])
  return <DataTable columns={columns} rows={rows} rowKey={(row) => `${row.drug} ${row.institution} ${row.source} ${row.report}`} caption={caption} maxHeight={maxHeight} sorting={sorting} />
}

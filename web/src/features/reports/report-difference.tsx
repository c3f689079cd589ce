import type { DifferenceRow } from '@lastmile/shared/difference'
import type { Report } from '@lastmile/shared/report'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { differenceDownload } from '../../lib/queries/download'
import { reportDifferenceQuery } from '../../lib/queries/rows'
import { useProblemWords } from '../../lib/problem-words'
import { ProblemError } from '../../lib/problem'
import { useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { InstitutionName } from '../../ui/institution-name'
import { DrugLink, ReportLink } from '../../ui/names'
import { Pagination } from '../../ui/pagination'
import { sortingOf } from '../../ui/sorting'
import { StateMark } from '../../ui/state-mark'
import { Effect } from './effect'
import css from './reports.module.css'

const limit = 50

/** What a report says otherwise than the version it corrects (or than the one before it), and what that does, or would do, to the totals. */
export function ReportDifference({ report, offset, onOffset }: { report: Report; offset: number; onOffset: (offset: number) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, drugName } = useWorld()
  const problem = useProblemWords()
  const answer = useQuery({ ...reportDifferenceQuery(list.code, report.id, { offset, limit }), placeholderData: keepPreviousData })
  const { data } = answer
  const said = (one: DifferenceRow['before']) => (one === null ? <span className="quiet">{t('reports.notNamed')}</span> : (
    <>
      {one.status === null ? t('words.evidence.supplied.short') : <StateMark state={one.status} />}
      <div className="quiet">{format.shortDay(one.day, true)} · {t('upload.atRows', { rows: format.number(one.line) })}{one.reason !== null && ` · ${t(`words.reason.${one.reason}`)}`}</div>
    </>
  ))
  const columns: Column<DifferenceRow>[] = [
    { id: 'institution', header: t('rows.institution'), heading: true, value: (row) => row.institutionName, cell: (row) => <InstitutionName institution={{ code: row.institution, name: row.institutionName }} /> },
    { id: 'drug', header: t('rows.drug'), value: (row) => drugName(row.drug), cell: (row) => <DrugLink code={row.drug} /> },
    { id: 'change', header: t('reports.difference.change'), value: (row) => t(`reports.difference.changes.${row.change}`), cell: (row) => <strong>{t(`reports.difference.changes.${row.change}`)}</strong> },
    { id: 'before', header: t('reports.difference.before'), value: (row) => row.before?.status ?? '', cell: (row) => said(row.before) },
    { id: 'after', header: t('reports.difference.after'), value: (row) => row.after?.status ?? '', cell: (row) => said(row.after) },
  ]
  const rowKey = (row: DifferenceRow) => `${row.institution} ${row.drug} ${row.after?.line ?? ''} ${row.before?.line ?? ''}`
  const waits = report.acceptedAt === null
  const { counts, against } = data ?? {}
  return (
    <Frame<DifferenceRow>
      id="difference" title={t(against?.isCorrected === false ? 'reports.difference.titleBefore' : 'reports.difference.title')} unit={t('reports.difference.unit')} basis={null} query={answer} picture={false} twin={{ columns, rows: data?.rows ?? [], rowKey }}
      empty={data && !against ? undefined : data && counts === null && against ? t('reports.difference.notCompared') : undefined}
      downloads={{ csv: differenceDownload(list.code, report.id, 'csv'), xlsx: differenceDownload(list.code, report.id, 'xlsx') }}
    >
      {data && (
        <>
          <div className={css.difference}>
            {against && <p>{t('reports.against')} <ReportLink id={against.report}>{t('reports.difference.against', { version: against.version, day: format.day(against.asOf) })}</ReportLink></p>}
            {counts && <p>{t('reports.difference.counts', { added: format.number(counts.added), changed: format.number(counts.changed), dropped: format.number(counts.dropped), redated: format.number(counts.redated), unchanged: format.number(counts.unchanged) })}</p>}
            <p>{t(waits ? 'reports.difference.would' : 'reports.difference.did')} {data.hindrance !== null ? problem(new ProblemError(409, data.hindrance, t('reports.difference.hindered'))) : <Effect report={{ ...report, effect: data.effect }} />}</p>
          </div>
          {counts && data.page.total > 0 && <DataTable columns={columns} rows={data.rows} rowKey={rowKey} caption={t('reports.difference.title')} maxHeight={520} sorting={sortingOf([], undefined, undefined)} />}
          {counts && <Pagination page={data.page} onPage={onOffset} />}
        </>
      )}
    </Frame>
  )
}

import type { Report } from '@lastmile/shared/report'
import type { TFunction } from 'i18next'
import { ReceiptLink, ReportLink } from '../../ui/names'
import type { Format } from '../../lib/format'
import type { World } from '../../lib/world'
import type { Column } from '../../ui/data-table'
import { EvidenceBadge } from '../../ui/evidence-badge'
import { Effect } from './effect'
import { ReportStateMark } from './report-state'

/** The columns of a table of reports: what it is, whose, of when, what became of it, and what it changed. */
export function reportColumns({ t, format, text, list }: { t: TFunction; format: Format; text: (text: { zh: string; en: string }) => string; list: World['list'] }): Column<Report>[] {
  return [
    { id: 'filename', header: t('reports.report'), heading: true, value: (report) => report.filename, cell: (report) => <><ReportLink id={report.id}>{report.filename}</ReportLink><div className="quiet">{report.id}{report.nil && ` · ${t('reports.nil')}`}</div></> },
    { id: 'number', header: t('reports.number'), value: (report) => report.number, cell: (report) => <ReceiptLink report={report.id}>{report.number}</ReceiptLink> },
    { id: 'source', header: t('rows.source'), value: (report) => text(report.sourceName) },
    { id: 'evidence', header: t('words.evidence.label'), value: (report) => t(`words.evidence.${report.evidence}.short`), cell: (report) => <EvidenceBadge evidence={report.evidence} compact /> },
    { id: 'asOf', header: t('reports.speaksOf'), value: (report) => report.asOf, cell: (report) => <><span className="number">{format.shortDay(report.asOf, true)}</span><div className="quiet">{report.period ?? ''} {t(`reports.modes.${report.mode}`)}</div></> },
    { id: 'state', header: t('rows.state'), value: (report) => t(`reports.states.${report.state}`), cell: (report) => <><ReportStateMark state={report.state} />{report.state !== 'draft' && <div className="quiet">{t('reports.version', { version: report.version })}</div>}</> },
    {
      id: 'rowsTotal', header: t('reports.rows'), numeric: true, value: (report) => report.rowsTotal,
      cell: (report) => <>{format.number(report.rowsTotal)}{report.errorsTotal > 0 && <div style={{ color: 'var(--alarm)' }}>{t('reports.errorsCount', { count: report.errorsTotal, formatted: format.number(report.errorsTotal) })}</div>}{report.warningsTotal > 0 && <div className="quiet">{t('reports.warningsCount', { count: report.warningsTotal, formatted: format.number(report.warningsTotal) })}</div>}</>,
    },
    { id: 'effect', header: t('reports.effect'), value: (report) => (report.effect ? report.effect.institutionsAfter - report.effect.institutionsBefore : null), cell: (report) => <Effect report={report} /> },
    { id: 'receivedAt', header: t('reports.receivedAt'), value: (report) => report.receivedAt, cell: (report) => <span className="number">{format.instant(report.receivedAt, list.timeZone)}</span> },
  ]
}

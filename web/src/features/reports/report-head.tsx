import type { Part, Parts } from '@lastmile/shared/parts'
import type { Report } from '@lastmile/shared/report'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/actor'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { useWorld } from '../../lib/world'
import { EvidenceBadge } from '../../ui/evidence-badge'
import { ReceiptLink, ReportLink } from '../../ui/names'
import { Facts, PageHead, Tag } from '../../ui/page-head'
import { Effect } from './effect'
import { ReportStateMark } from './report-state'
import css from './reports.module.css'

/** The facts of a report: whose, of when, what of, what became of it, the chain of its versions, and its file. */
export function ReportHead({ report, parts }: { report: Report; parts: Parts | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { list, drugName, unitName } = useWorld()
  const { scope } = report
  const all = t('parts.all')
  const instant = (value: string) => format.instant(value, list.timeZone)
  return (
    <PageHead
      title={text(report.sourceName)} trail={<>{t('reports.report')} {report.id}</>}
      tags={<><EvidenceBadge evidence={report.evidence} compact /><ReportStateMark state={report.state} />{report.nil && <Tag tone="warn">{t('reports.nil')}</Tag>}</>}
      lead={<><p>{t(`reports.stateMeans.${report.state}`)}</p>{report.nil && <p>{t('reports.nilMeans')}</p>}</>}
    >
      <Facts facts={[
        [t('reports.number'), <ReceiptLink key="number" report={report.id}>{report.number}</ReceiptLink>],
        [t('reports.speaksOf'), <>{format.day(report.asOf)}{report.period !== null && ` (${t('reports.periodOf', { period: report.period })})`}</>],
        [t('upload.mode'), t(`reports.modes.${report.mode}`)],
        [t('reports.scope'), t('reports.scopeWords', { drugs: scope.drugs === null ? all : format.join(scope.drugs.map(drugName)), regions: scope.regions === null ? all : format.join(scope.regions.map(unitName)), kinds: scope.kinds === null ? all : format.join(scope.kinds.map((kind) => t(`words.kinds.${kind}`))) })],
        parts === null ? null : [t('reports.parts.title'), <PartsWords key="parts" parts={parts} />],
        [t('reports.rows'), t(report.acceptedAt === null && report.state !== 'draft' ? 'reports.rowsNotStored' : 'reports.rowsWords', { rows: format.number(report.rowsTotal), stored: format.number(report.storedCount), errors: format.number(report.errorsTotal) })],
        [t('reports.receivedAt'), instant(report.receivedAt)],
        [t('reports.acceptedAt'), report.acceptedAt === null ? <span className="quiet">{t('reports.notAccepted')}</span> : instant(report.acceptedAt)],
        report.supersededAt === null ? null : [t('reports.supersededAt'), instant(report.supersededAt)],
        report.publishAt === null || report.state === 'withdrawn' ? null : [t('reports.publishAt'), instant(report.publishAt)],
        report.state !== 'accepted' ? null : [t('reports.approval'), report.approval === null ? <span className="quiet">{t('reports.notApproved')}</span> : <>{t(`reports.approvals.${report.approval.kind}`)}<small className="quiet" style={{ display: 'block', fontWeight: 400 }}>{t('reports.approvedBy', { by: report.approval.by, at: instant(report.approval.at) })}</small></>],
        report.review === null ? null : [t('reports.decided'), <>{t(`reports.decisions.${report.review.decision}`)}<small className="quiet" style={{ display: 'block', fontWeight: 400 }}>{t('reports.decidedBy', { by: report.review.by, at: instant(report.review.at), reason: report.review.reason })}</small></>],
        [t('reports.channel'), t(`reports.channels.${report.channel}`)],
        [t('reports.effect'), <Effect key="effect" report={report} />],
        [t('reports.file'), <File key="file" report={report} />],
      ]} />
      {report.version > 0 && (
        <p className={css.chain}>
          <span className="quiet">{t('reports.chain')}</span>
          {report.corrects !== null && <><ReportLink id={report.corrects}>{t('reports.earlier')}</ReportLink><span aria-hidden="true">→</span></>}
          <strong>{t('reports.version', { version: report.version })}</strong>
          {report.supersededBy !== null && <><span aria-hidden="true">→</span><ReportLink id={report.supersededBy}>{t('reports.later')}</ReportLink></>}
          {report.corrects === null && report.supersededBy === null && <span className="quiet">{t('reports.onlyVersion')}</span>}
        </p>
      )}
    </PageHead>
  )
}

/** Which part of its period a report is, and which are missing. */
function PartsWords({ parts: { number, total, waiting, missing } }: { parts: Parts }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const name = ({ name: region, kind }: Part) => [region === null ? null : text(region), kind === null ? null : t(`words.kind.${kind}`)].filter(Boolean).join(' · ')
  const some = (of: readonly Part[]) => format.join(of.slice(0, 40).map(name)) + (of.length > 40 ? '…' : '')
  return (
    <>
      {t('reports.parts.number', { number: format.number(number), total: format.number(total) })}
      {waiting.length > 0 && <small className="quiet" style={{ display: 'block', fontWeight: 400 }}>{t('reports.parts.waiting', { parts: some(waiting) })}</small>}
      <small className="quiet" style={{ display: 'block', fontWeight: 400 }}>{missing.length === 0 ? t('reports.parts.whole') : t('reports.parts.missing', { parts: some(missing) })}</small>
    </>
  )
}

/** The kept file, or why it is not handed out. */
function File({ report }: { report: Report }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const opensFiles = useCan('report.file') !== null
  const mayOpen = opensFiles && report.fileOpen
  // Of a file that whoever looks opens none of, nothing is known but that.
  const why = report.state === 'draft' ? 'fileDraft' : opensFiles ? 'filePrice' : 'fileShut'
  const size = report.bytes === null ? null : t('upload.size', { size: format.number(Math.max(1, Math.round(report.bytes / 1024))) })
  return (
    <>
      {mayOpen ? <a href={`/api/lists/${list.code}/reports/${encodeURIComponent(report.id)}/file`} download={report.filename}>{report.filename}</a> : report.filename}{size !== null && <> <span className="quiet">({size})</span></>}
      {!mayOpen && <small className="quiet" style={{ display: 'block', fontWeight: 400 }}>{t(`reports.${why}`)}</small>}
      {report.sha256 !== null && <small className="quiet" style={{ display: 'block', fontWeight: 400 }} title={report.sha256}>SHA-256 {report.sha256.slice(0, 16)}…</small>}
    </>
  )
}

import type { SourceStatus } from '@lastmile/shared/report'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/actor'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { sourcesQuery } from '../../lib/queries/lists'
import { useAsking, useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { EvidenceBadge } from '../../ui/evidence-badge'
import { Frame } from '../../ui/frame'
import { ReportingMark, ReportingSummary, reportingOrder } from '../../ui/reporting-mark'
import css from './sources.module.css'

/**
 * Who reports (all, those of a company, or those of a unit), what came last, and whether something is late: those that
 * want attention first. `brief`: with their number by status and, unless all are asked for, the late and the silent alone.
 */
export function SourcesFrame({ of = {}, brief = false }: { of?: { company?: string | undefined; unit?: string | undefined }; brief?: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { list } = useWorld()
  const { params, asOf } = useAsking()
  const [all, setAll] = useState(!brief)
  const readsReports = useCan('report.read') !== null
  const seesFeeds = useCan('feed.read') !== null
  const answer = useQuery({ ...sourcesQuery(list.code, { asOf: params.asOf }), placeholderData: keepPreviousData })
  const sources = (answer.data?.sources ?? []).filter((source) => (of.company === undefined || source.company === of.company) && (of.unit === undefined || source.unit === of.unit))
    .sort((a, b) => reportingOrder.indexOf(a.reporting) - reportingOrder.indexOf(b.reporting) || b.daysLate - a.daysLate)
  const wanting = sources.filter((source) => source.reporting === 'late' || source.reporting === 'never')
  const columns: Column<SourceStatus>[] = [
    { id: 'name', header: t('rows.source'), heading: true, value: (source) => text(source.name), cell: (source) => <>{readsReports ? <Link className={css.name} to="/$list/reports" params={{ list: list.code }} search={{ source: source.code }}>{text(source.name)}</Link> : text(source.name)}{brief && <div><EvidenceBadge evidence={source.evidence} compact /></div>}</> },
    { id: 'reporting', header: t('sources.reporting'), value: (source) => t(`words.reporting.${source.reporting}`), cell: (source) => <ReportingMark source={source} /> },
    { id: 'last', header: t('sources.lastAsOf'), value: (source) => source.lastAsOf, cell: (source) => (source.lastAsOf === null ? <em className="quiet">{t('sources.nothingYet')}</em> : <span className="number">{format.shortDay(source.lastAsOf, true)}</span>) },
    { id: 'evidence', header: t('words.evidence.label'), value: (source) => t(`words.evidence.${source.evidence}.short`), cell: (source) => <EvidenceBadge evidence={source.evidence} compact /> },
  ]
  const more: Column<SourceStatus>[] = [
    { id: 'accepted', header: t('sources.acceptedAt'), value: (source) => source.lastAcceptedAt, cell: (source) => (source.lastAcceptedAt === null ? '–' : <span className="number">{format.instant(source.lastAcceptedAt, list.timeZone)}</span>) },
    { id: 'due', header: t('sources.dueOn'), value: (source) => source.dueOn, cell: (source) => (source.dueOn === null ? '–' : <span className="number">{format.shortDay(source.dueOn, true)}</span>) },
    { id: 'rhythm', header: t('sources.rhythm'), value: (source) => t(`words.rhythm.${source.rhythm}`) },
  ]
  const basis = { list: list.code, evidence: null, asOf: answer.data?.asOf ?? asOf, today: list.today, knownOn: null, since: null, demonstration: list.demonstration }
  return (
    <Frame<SourceStatus>
      id="sources" title={t('sources.title')} unit={t('sources.unit')} basis={basis} query={answer} picture={false} height={300}
      empty={answer.data && sources.length === 0 ? t('sources.noSources') : undefined} twin={{ columns: [...columns, ...more], rows: sources, rowKey }}
      actions={<><Link className={css.calendar} to="/$list/reporting" params={{ list: list.code }} search={of.unit === undefined ? {} : { region: of.unit }}>{t('nav.reporting')}</Link>{!brief && seesFeeds && <Link className={css.calendar} to="/feeds">{t('nav.feeds')}</Link>}{brief && sources.length > wanting.length && <button type="button" className={css.all} aria-pressed={all} onClick={() => setAll(!all)}>{all ? t('sources.lateAlone') : t('sources.allSources', { n: format.number(sources.length) })}</button>}</>}
    >
      {brief && <ReportingSummary sources={sources} />}
      <DataTable columns={brief ? columns.filter((column) => column.id !== 'evidence') : [...columns, ...more]} rows={all ? sources : wanting} rowKey={rowKey} caption={t('sources.title')} maxHeight={480} empty={t('sources.nobodyLate')} />
    </Frame>
  )
}

const rowKey = (source: SourceStatus) => source.code

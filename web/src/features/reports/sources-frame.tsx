import type { SourceStatus } from '@lastmile/shared/report'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { sourcesQuery } from '../../lib/queries/lists'
import { useAsking, useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { EvidenceBadge } from '../../ui/evidence-badge'
import { Frame } from '../../ui/frame'
import { ReportingMark } from '../../ui/reporting-mark'

/** Who reports (all, those of a company, or those of a unit), what came last, and whether something is late. */
export function SourcesFrame({ of }: { of: { company?: string | undefined; unit?: string | undefined } }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { list } = useWorld()
  const { params, asOf } = useAsking()
  const answer = useQuery({ ...sourcesQuery(list.code, params.asOf ? { asOf: params.asOf } : {}), placeholderData: keepPreviousData })
  const rows = (answer.data?.sources ?? []).filter((source) => (of.company === undefined || source.company === of.company) && (of.unit === undefined || source.unit === of.unit))
  const columns: Column<SourceStatus>[] = [
    { id: 'name', header: t('rows.source'), heading: true, value: (source) => text(source.name), cell: (source) => <Link to="/$list/reports" params={{ list: list.code }} search={{ source: source.code }}>{text(source.name)}</Link> },
    { id: 'evidence', header: t('words.evidence.label'), value: (source) => t(`words.evidence.${source.evidence}.short`), cell: (source) => <EvidenceBadge evidence={source.evidence} compact /> },
    { id: 'reporting', header: t('reports.reporting'), value: (source) => t(`words.reporting.${source.reporting}`), cell: (source) => <ReportingMark source={source} /> },
    { id: 'last', header: t('reports.lastAsOf'), value: (source) => source.lastAsOf, cell: (source) => (source.lastAsOf === null ? <em className="quiet">{t('reports.nothingYet')}</em> : <span className="number">{format.shortDay(source.lastAsOf, true)}</span>) },
    { id: 'accepted', header: t('reports.acceptedAt'), value: (source) => source.lastAcceptedAt, cell: (source) => (source.lastAcceptedAt === null ? '–' : <span className="number">{format.instant(source.lastAcceptedAt, list.timeZone)}</span>) },
    { id: 'due', header: t('reports.dueOn'), value: (source) => source.dueOn, cell: (source) => (source.dueOn === null ? '–' : <span className="number">{format.shortDay(source.dueOn, true)}</span>) },
    { id: 'rhythm', header: t('reports.rhythm'), value: (source) => t(`words.rhythm.${source.rhythm}`) },
  ]
  const basis = { list: list.code, evidence: null, asOf: answer.data?.asOf ?? asOf, today: list.today, knownOn: null, since: null, demonstration: list.demonstration }
  return (
    <Frame<SourceStatus>
      id="sources" title={t('reports.sources')} unit={t('reports.sourcesUnit')} basis={basis} query={answer} picture={false}
      empty={answer.data && rows.length === 0 ? t('reports.noSources') : undefined} twin={{ columns, rows, rowKey: (source) => source.code }}
    >
      <DataTable columns={columns} rows={rows} rowKey={(source) => source.code} caption={t('reports.sources')} maxHeight={480} />
    </Frame>
  )
}

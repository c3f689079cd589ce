import type { SourceStatus } from '@lastmile/shared/report'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { sourcesQuery } from '../../lib/queries/lists'
import { useAsking, useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { EvidenceBadge } from '../../ui/evidence-badge'
import { Frame } from '../../ui/frame'
import { stateLooks, type Look } from '../../ui/marks'
import { LookMark } from '../../ui/state-mark'
import css from './sources.module.css'

const looks: Record<SourceStatus['reporting'], Look> = {
  never: { ...stateLooks.not_reported, color: 'var(--alarm)' },
  late: { ...stateLooks.stale, color: 'var(--warn)' },
  not_due: { ...stateLooks.on_order, color: 'var(--s-not-known)' },
  on_time: stateLooks.in_stock,
}
const order: readonly SourceStatus['reporting'][] = ['never', 'late', 'not_due', 'on_time']

/** How fresh the figures are: who has reported, who is late, who never did. All kinds of evidence, each named. */
export function Reporting() {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { list } = useWorld()
  const { params } = useAsking()
  const [all, setAll] = useState(false)
  const query = useQuery({ ...sourcesQuery(list.code, { asOf: params.asOf }), placeholderData: keepPreviousData })
  const sources = [...(query.data?.sources ?? [])].sort((a, b) => order.indexOf(a.reporting) - order.indexOf(b.reporting) || b.daysLate - a.daysLate)
  const wanting = sources.filter((source) => source.reporting === 'late' || source.reporting === 'never')
  const columns: Column<SourceStatus>[] = [
    { id: 'source', header: t('overview.reporting.source'), heading: true, value: (source) => text(source.name) },
    {
      id: 'status', header: t('overview.reporting.status'), value: (source) => order.indexOf(source.reporting),
      cell: (source) => <span className={css.status}><LookMark look={looks[source.reporting]} />{source.reporting === 'late' ? t('overview.reporting.late', { n: format.number(source.daysLate) }) : t(`words.reporting.${source.reporting}`)}</span>,
    },
    { id: 'last', header: t('overview.reporting.last'), value: (source) => source.lastAsOf, cell: (source) => (source.lastAsOf === null ? t('overview.reporting.never') : <span className="number">{format.shortDay(source.lastAsOf, true)}</span>) },
    { id: 'evidence', header: t('overview.reporting.evidence'), value: (source) => t(`words.evidence.${source.evidence}.short`), cell: (source) => <EvidenceBadge evidence={source.evidence} compact /> },
  ]
  const rhythm: Column<SourceStatus> = { id: 'rhythm', header: t('overview.reporting.rhythm'), value: (source) => t(`words.rhythm.${source.rhythm}`) }
  return (
    <Frame
      id="reporting" title={t('overview.reporting.title')} unit={t('overview.reporting.unit')} query={query} picture={false} height={300}
      basis={query.data ? { list: list.code, evidence: null, asOf: query.data.asOf, today: list.today, knownOn: null, since: null, demonstration: list.demonstration } : null}
      twin={{ columns: [...columns, rhythm], rows: sources, rowKey: (source) => source.code }}
      actions={sources.length > wanting.length && <button type="button" className={css.all} aria-pressed={all} onClick={() => setAll(!all)}>{all ? t('overview.reporting.fewer') : t('overview.reporting.all', { n: format.number(sources.length) })}</button>}
    >
      <ul className={css.summary}>
        {order.map((status) => <li key={status}><LookMark look={looks[status]} /> {t(`words.reporting.${status}`)} <strong>{format.number(sources.filter((source) => source.reporting === status).length)}</strong></li>)}
      </ul>
      <DataTable columns={columns} rows={all ? sources : wanting} rowKey={(source) => source.code} caption={t('overview.reporting.title')} maxHeight={420} empty={t('overview.reporting.nobodyLate')} />
    </Frame>
  )
}

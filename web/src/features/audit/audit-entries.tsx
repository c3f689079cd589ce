import type { AuditEntry } from '@lastmile/shared/audit'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useHomeZone } from '../../lib/home-zone'
import { auditDownload, auditQuery } from '../../lib/queries/audit'
import type { AuditSearch } from '../../lib/searches'
import { Answered } from '../../ui/answered'
import { DataTable, type Column } from '../../ui/data-table'
import { LateNote } from '../../ui/late-note'
import { Tag } from '../../ui/page-head'
import { Pagination } from '../../ui/pagination'
import { Panel } from '../../ui/panel'
import { sortingOf } from '../../ui/sorting'
import css from './audit.module.css'
import { ChangedFields } from './changed-fields'

const limit = 50

/** Entries of the audit, the latest first: when, who as what, what, to what, and how it ended; each opens what it changed. */
export function AuditEntries({ search: { offset = 0, ...filter }, onOffset }: { search: AuditSearch; onOffset: (offset: number) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const zone = useHomeZone()
  const answer = useQuery({ ...auditQuery({ ...filter, offset, limit }), placeholderData: keepPreviousData })
  // What is shown answers the filters before.
  const isLate = answer.isPlaceholderData
  const columns: Column<AuditEntry>[] = [
    { id: 'at', header: t('audit.at'), heading: true, value: (one) => one.at, cell: (one) => <><span className="number">{format.instant(one.at, zone)}</span><div className="quiet number">{t('audit.number', { number: format.number(one.seq) })}</div></> },
    { id: 'actor', header: t('audit.actor'), value: (one) => one.actorName, cell: (one) => <>{one.actorName === one.actor ? t(`account.roles.${one.role}`) : one.actorName}<div className="quiet">{one.actorName !== one.actor && t(`account.roles.${one.role}`)}{one.previewedBy !== null && ` · ${t('audit.previewedBy', { by: one.previewedBy })}`}</div></> },
    { id: 'action', header: t('audit.action'), value: (one) => t(`audit.actions.${one.action}`), cell: (one) => <>{t(`audit.actions.${one.action}`)}{one.outcome === 'refused' && one.action !== 'request.refused' && <> <Tag tone="alarm">{t('audit.outcomes.refused')}</Tag></>}</> },
    { id: 'object', header: t('audit.object'), value: (one) => one.object, cell: (one) => <><code className={css.code}>{one.object ?? '–'}</code>{one.list !== null && <div className="quiet">{one.list}</div>}</> },
    { id: 'more', header: t('audit.details'), value: () => null, cell: (one) => <Details entry={one} /> },
  ]
  return (
    <Answered query={answer} height={320}>
      {({ entries, page, firstSeq }) => (
        <Panel
          title={t('audit.entries', { count: page.total, formatted: format.number(page.total) })}
          lead={firstSeq > 1 ? t('audit.letGo', { number: format.number(firstSeq) }) : undefined}
          tools={<span className={css.downloads}><a href={auditDownload(filter, 'csv')} download>CSV</a><a href={auditDownload(filter, 'xlsx')} download>XLSX</a></span>}
        >
          {isLate && <LateNote why="late" />}
          <div className={css.entries} data-late={isLate} aria-busy={isLate}>
            <DataTable columns={columns} rows={entries} rowKey={(one) => String(one.seq)} caption={t('audit.page')} sorting={sortingOf([], undefined, undefined)} empty={t('audit.none')} />
            <Pagination page={page} onPage={onOffset} />
          </div>
        </Panel>
      )}
    </Answered>
  )
}

function Details({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation()
  return (
    <details className={css.details}>
      <summary>{t('audit.open')}<span className="sr-only"> {t('audit.number', { number: entry.seq })}</span></summary>
      <dl>
        <div><dt>{t('audit.actorId')}</dt><dd><code>{entry.actor}</code></dd></div>
        <div><dt>{t('audit.purview')}</dt><dd><code>{entry.purview}</code></dd></div>
        {entry.requestId !== null && <div><dt>{t('audit.request')}</dt><dd><code>{entry.requestId}</code></dd></div>}
        <div><dt>{t('audit.hash')}</dt><dd><code className={css.code}>{entry.hash}</code></dd></div>
      </dl>
      <ChangedFields before={entry.before} after={entry.after} />
    </details>
  )
}

import type { Basis } from '@lastmile/shared/basis'
import { useSearch } from '@tanstack/react-router'
import { useId, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useEvidenceWords } from '../lib/evidence-words'
import { useFormat } from '../lib/format'
import { useText } from '../lib/i18n'
import { useLine } from '../lib/live'
import type { ListSearch } from '../lib/search'
import { useWorld } from '../lib/world'
import { DataTable } from './data-table'
import { Empty, Loading } from './empty'
import { EvidenceBadge } from './evidence-badge'
import { DownloadMenu } from './download-menu'
import css from './frame.module.css'
import { LateNote } from './late-note'
import { Problem } from './problem'
import type { Twin } from './twin'
import { ViewSwitch } from './view-switch'

/** The part of a query's result that a frame shows the state of. `data`: its last answer, where there was one. `isAsked`: false where nothing was asked yet. */
export interface FrameQuery { isAsked?: boolean; data?: unknown; isPending: boolean; isPlaceholderData: boolean; error: unknown; refetch: () => unknown }

export interface FrameProps<Row> {
  /** Short and unique on its page: remembers in the URL whether the table is shown; names the downloaded file; an address leads to it by it. */
  id: string
  title: string
  /** What is counted: "institutions", "units". */
  unit?: string | undefined
  /** What the figures rest on: evidence, as-of, known-on, since. Null while loading. */
  basis: Basis | null
  /** More about where the figures come from; list and evidence are said anyway. */
  source?: string | undefined
  /** Credit that stands under the picture already, and under the downloaded one too. */
  credit?: string | undefined
  query: FrameQuery | readonly FrameQuery[]
  /** Something to say instead of an empty picture; undefined where there is something to show. */
  empty?: ReactNode | undefined
  twin: Twin<Row>
  /** Addresses of the same question in other formats; without `csv` the twin is saved. */
  downloads?: { csv?: string; xlsx?: string } | undefined
  /** Controls of this frame, beside the title. */
  actions?: ReactNode | undefined
  /** What must be said before there is an answer: stands above the body in every state. */
  asks?: ReactNode | undefined
  /** Pixels kept free while loading. */
  height?: number | undefined
  /** False where the body is a table anyway. */
  picture?: boolean | undefined
  /** False where no picture may be taken along: what leaves the page is then noted by the server, always. */
  paintable?: boolean | undefined
  children: ReactNode
}

/** The one frame of every chart and map: title, unit, evidence, as-of, source, all states, the table twin, downloads. */
export function Frame<Row>({ id, title, unit, basis, source, credit, query, empty, twin, downloads, actions, asks, height = 240, picture = true, paintable = true, children }: FrameProps<Row>) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const world = useWorld()
  const line = useLine()
  const words = useEvidenceWords()
  const heading = useId()
  const body = useRef<HTMLDivElement>(null)
  const search: ListSearch = useSearch({ strict: false })
  const asTable = picture && (search.table ?? '').split(',').includes(id)
  const queries = 'isPending' in query ? [query] : query
  const failed = queries.find((one) => one.error)
  // What was answered before stays where asking again goes wrong.
  const hasNothing = queries.some((one) => one.error && one.data === undefined)
  const pending = queries.some((one) => one.isPending)
  const isAnswered = !hasNothing && !pending && queries.every(({ isAsked }) => isAsked !== false)
  const late = queries.some((one) => one.isPlaceholderData)
  const when = basis && [
    t('frame.asOf', { day: format.day(basis.asOf) }),
    basis.since !== null && basis.evidence === 'supplied' ? t('frame.since', { day: format.day(basis.since) }) : null,
    basis.knownOn !== null ? t('frame.knownOn', { instant: format.zoned(basis.knownOn, world.list.timeZone) }) : null,
  ].filter((part) => part !== null).join(' · ')
  const from = [text(world.list.name), basis?.evidence ? words(basis.evidence).name : null, source, world.list.demonstration ? t('demonstration.title') : null]
    .filter((part) => part != null).join(' · ')
  const foot = [when, unit && t('frame.unit', { unit }), t('frame.source', { source: from }), credit, world.list.demonstration ? t('demonstration.text') : null].filter(Boolean).join('\n')

  return (
    <section id={id} className={css.frame} aria-labelledby={heading}>
      <header className={css.head}>
        <div className={css.titles}>
          <h2 id={heading} className={css.title}>{title}</h2>
          <p className={css.meta}>
            {basis?.evidence && <EvidenceBadge evidence={basis.evidence} compact />}
            {when && <span>{when}</span>}
            {unit !== undefined && <span>{t('frame.unit', { unit })}</span>}
          </p>
        </div>
        <div className={css.tools}>
          {actions}
          {picture && !hasNothing && <ViewSwitch id={id} asTable={asTable} title={title} />}
          {/* A file of what was not answered would be an empty one, which reads as none. */}
          {isAnswered && <DownloadMenu name={`${world.list.code}-${id}${basis ? `-${basis.asOf}` : ''}`} title={title} foot={foot} body={body} twin={twin} downloads={downloads} picture={picture && paintable && !asTable && !failed && empty === undefined} />}
        </div>
      </header>
      {(late || line === 'lost') && <div className={css.late}><LateNote why={late ? 'late' : 'stale'} /></div>}
      {asks !== undefined && <div className={css.asks}>{asks}</div>}
      <div ref={body} className={css.body} data-late={late} aria-busy={pending || late}>
        {failed && <Problem error={failed.error} onRetry={() => queries.forEach((one) => void one.refetch())} />}
        {hasNothing ? null
          : pending ? <Loading height={height} />
          : empty !== undefined ? <Empty>{empty}</Empty>
          : asTable ? <>{twin.note !== undefined && <p className={css.note}>{twin.note}</p>}<DataTable columns={twin.columns} rows={twin.rows} rowKey={twin.rowKey} caption={title} maxHeight={Math.max(height, 420)} /></>
          : children}
      </div>
      <footer className={css.foot}>{t('frame.source', { source: from })}</footer>
    </section>
  )
}

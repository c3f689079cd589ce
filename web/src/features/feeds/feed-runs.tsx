import type { Feed, FeedFile, FeedRun } from '@lastmile/shared/feed'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/actor'
import { useFormat } from '../../lib/format'
import { useHomeInstant } from '../../lib/home-zone'
import { feedRunsQuery, stopFeed } from '../../lib/queries/feeds'
import { useDoing } from '../../lib/use-doing'
import { Answered } from '../../ui/answered'
import { DataTable, type Column } from '../../ui/data-table'
import { Button } from '../../ui/field'
import { FormProblem } from '../../ui/form-problem'
import { Pagination } from '../../ui/pagination'
import { Panel } from '../../ui/panel'
import { FileMark, RunMark, useFeedProblem, useFeedWords } from './feed-words'
import css from './feeds.module.css'

const limit = 20

/** The runs of a feed, the latest first: when, how each ended, and what became of the files that it took. One that runs says how far it is, and can be stopped. */
export function FeedRuns({ feed, onChanged, close }: { feed: Feed; onChanged: () => unknown; close: ReactNode }) {
  const { t } = useTranslation()
  const problem = useFeedProblem()
  const format = useFormat()
  const instant = useHomeInstant()
  const words = useFeedWords()
  const mayKeep = useCan('feed.manage') !== null
  const [offset, setOffset] = useState(0)
  const answer = useQuery(feedRunsQuery(feed.code, { offset, limit }))
  const stop = useDoing((run: number) => stopFeed(feed.code, run), onChanged)
  const columns: Column<FeedRun>[] = [
    { id: 'started', header: t('feeds.started'), heading: true, sortable: false, value: ({ startedAt }) => startedAt, cell: ({ startedAt, askedBy }) => <><span className="number">{instant(startedAt)}</span><div className="quiet">{askedBy === null ? t('feeds.byItself') : t('feeds.byHand', { who: askedBy })}</div></> },
    {
      id: 'outcome', header: t('feeds.outcome'), sortable: false, value: ({ outcome }) => outcome, cell: ({ id, outcome, reason, detail, bytes, rows }) => (
        <>
          <RunMark outcome={outcome} />
          {reason !== null && <div>{t(`feeds.reasons.${reason}`)}</div>}
          {detail !== null && <div className="quiet" lang="en">{detail}</div>}
          {outcome === 'running' && <div className="quiet" aria-live="polite">{t('feeds.progress', { bytes: words.bytes(bytes), rows: format.number(rows) })}</div>}
          {outcome === 'running' && mayKeep && <Button onClick={() => void stop.run(id)} disabled={stop.busy}>{t('feeds.stop')}</Button>}
        </>
      ),
    },
    { id: 'files', header: t('feeds.taken'), sortable: false, value: ({ files }) => files.length, cell: ({ files }) => (files.length === 0 ? <span className="quiet">{t('feeds.takenNone')}</span> : <ul className={css.files}>{files.map((file) => <li key={`${file.filename} ${file.at}`}><Taken file={file} list={feed.list} /></li>)}</ul>) },
  ]
  return (
    <Panel title={t('feeds.runsOf', { name: feed.name })} tools={close}>
      <FormProblem error={problem(stop.error)} />
      <Answered query={answer} height={200}>
        {({ runs, page }) => (
          <>
            <DataTable columns={columns} rows={runs} rowKey={({ id }) => String(id)} caption={t('feeds.runsOf', { name: feed.name })} empty={t('feeds.noRuns')} />
            {page.total > page.limit && <Pagination page={page} onPage={setOffset} />}
          </>
        )}
      </Answered>
    </Panel>
  )
}

/** A file that was taken, with what became of it and the way to its report. */
function Taken({ file, list }: { file: FeedFile; list: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useFeedWords()
  const mayRead = useCan('report.read') !== null
  const { filename, outcome, report, bytes, rows, errors, asOf, period, reason, detail } = file
  return (
    <>
      <FileMark outcome={outcome} />{' '}
      {report !== null && mayRead ? <Link to="/$list/reports/$id" params={{ list, id: report }}>{filename}</Link> : <span>{filename}</span>}
      <div className="quiet">
        {[asOf ?? period, words.bytes(bytes), rows > 0 ? t('feeds.rows', { number: format.number(rows) }) : null, errors > 0 ? t('feeds.errors', { number: format.number(errors) }) : null, reason].filter((one) => one !== null).join(' · ')}
      </div>
      {detail !== null && <div className="quiet" lang="en">{detail}</div>}
    </>
  )
}

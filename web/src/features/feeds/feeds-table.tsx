import type { Feed } from '@lastmile/shared/feed'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useHomeInstant } from '../../lib/home-zone'
import { DataTable, type Column } from '../../ui/data-table'
import { Tag } from '../../ui/page-head'
import { FileMark, RunMark, useFeedWords } from './feed-words'
import css from './feeds.module.css'

/** All feeds, each with how its last run ended and when it is fetched next. */
export function FeedsTable({ feeds }: { feeds: readonly Feed[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const instant = useHomeInstant()
  const words = useFeedWords()
  const columns: Column<Feed>[] = [
    { id: 'name', header: t('feeds.name'), heading: true, value: ({ name }) => name, cell: ({ name, code, source, list }) => <><Link to="/feeds" search={{ feed: code }} resetScroll={false}>{name}</Link><div className="quiet"><code>{source}</code> · {list}</div></> },
    { id: 'where', header: t('feeds.where'), value: words.place, cell: (feed) => <><span className={css.place}>{words.place(feed)}</span><div className="quiet"><code>{feed.file}</code></div></> },
    { id: 'schedule', header: t('feeds.schedule'), value: words.schedule },
    { id: 'last', header: t('feeds.last'), value: ({ last }) => last?.startedAt ?? null, cell: ({ last }) => (last === null ? <span className="quiet">{t('feeds.never')}</span> : <><RunMark outcome={last.outcome} /> {[...new Set(last.files.map(({ outcome }) => outcome))].filter((one) => one !== 'accepted' && one !== 'duplicate').map((one) => <FileMark key={one} outcome={one} />)}<div className="quiet number">{instant(last.startedAt)}</div></>) },
    { id: 'next', header: t('feeds.next'), value: ({ nextAt }) => nextAt, cell: ({ nextAt, failures }) => <>{nextAt === null ? <Tag>{t('feeds.off')}</Tag> : <span className="number">{instant(nextAt)}</span>}{failures > 0 && <div className="quiet">{t('feeds.failures', { number: format.number(failures) })}</div>}</> },
  ]
  return <DataTable columns={columns} rows={feeds} rowKey={({ code }) => code} caption={t('feeds.all')} empty={t('feeds.none')} />
}

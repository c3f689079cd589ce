import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { FeedBounds } from '../features/feeds/feed-bounds'
import { FeedsTable } from '../features/feeds/feeds-table'
import { NewFeed } from '../features/feeds/new-feed'
import { OneFeed } from '../features/feeds/one-feed'
import { useCan } from '../lib/actor'
import { feedsQuery } from '../lib/queries/feeds'
import { Answered } from '../ui/answered'
import { Button } from '../ui/field'
import { OfficePage } from '../ui/office-page'
import { Panel } from '../ui/panel'

const route = getRouteApi('/feeds')

/** Feeds: what the server fetches itself, when, and what became of it. */
export function FeedsPage() {
  const { t } = useTranslation()
  return <OfficePage action="feed.read" title={t('feeds.page')} lead={<p>{t('feeds.lead')}</p>}><All /></OfficePage>
}

function All() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const mayKeep = useCan('feed.manage') !== null
  const { feed: open } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (feed: string | undefined) => void navigate({ search: { feed }, replace: true, resetScroll: false })
  const answer = useQuery(feedsQuery())
  const again = () => client.invalidateQueries({ queryKey: feedsQuery().queryKey })
  const close = () => show(undefined)
  return (
    <Answered query={answer} height={320}>
      {({ feeds, folders, hosts, runDays }) => (
        <>
          {open === 'new' && mayKeep && <NewFeed onMade={async (feed) => { await again(); show(feed.code) }} onClose={close} />}
          {open !== undefined && open !== 'new' && <OneFeed key={open} feed={feeds.find(({ code }) => code === open)} onChanged={again} onClose={close} />}
          <Panel title={t('feeds.all')} tools={mayKeep && open !== 'new' && <Button primary onClick={() => show('new')}>{t('feeds.new')}</Button>}><FeedsTable feeds={feeds} /></Panel>
          <FeedBounds folders={folders} hosts={hosts} runDays={runDays} />
        </>
      )}
    </Answered>
  )
}

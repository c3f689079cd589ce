import type { FeedChange, NewFeed } from '@lastmile/shared/feed'
import { queryOptions } from '@tanstack/react-query'
import { answerTo, asQuery, feeds } from '../api'

/** While something is fetched, it is looked often how far it is. */
const soon = (isRunning: boolean | undefined) => (isRunning === true ? 2_000 : 15_000)

/** Feeds, each with its last run, and from where this machine lets them fetch. */
export const feedsQuery = () => queryOptions({
  queryKey: ['*', 'feeds'] as const, queryFn: ({ signal }) => answerTo(feeds.$get({}, { init: { signal } })),
  refetchInterval: ({ state }) => soon(state.data?.feeds.some(({ last }) => last?.outcome === 'running')),
})

/** The runs of a feed, the latest first, one page of them. */
export const feedRunsQuery = (feed: string, params: { offset: number; limit: number }) => queryOptions({
  queryKey: ['*', 'feeds', feed, params] as const, queryFn: ({ signal }) => answerTo(feeds[':feed'].runs.$get({ param: { feed }, query: asQuery(params) }, { init: { signal } })),
  refetchInterval: ({ state }) => soon(state.data?.runs.some(({ outcome }) => outcome === 'running')),
})

export const beginFeed = (json: NewFeed) => answerTo(feeds.$post({ json }))
/** `version`: the one that was changed; if the feed is at another by now, it is refused. */
export const changeFeed = (feed: string, version: number, json: FeedChange) => answerTo(feeds[':feed'].$put({ param: { feed }, header: { 'If-Match': `"${version}"` }, json }))
export const endFeed = (feed: string, version: number) => answerTo(feeds[':feed'].$delete({ param: { feed }, header: { 'If-Match': `"${version}"` } }))
export const fetchFeed = (feed: string) => answerTo(feeds[':feed'].runs.$post({ param: { feed } }))
export const stopFeed = (feed: string, run: number) => answerTo(feeds[':feed'].runs[':run'].$delete({ param: { feed, run: String(run) } }))

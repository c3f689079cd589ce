import { z } from '@hono/zod-openapi'
import { feedsOf, runsOf } from '@lastmile/db/query/feeds'
import { FeedAnswer, FeedChange, FeedRunsAnswer, FeedRunsQuestion, FeedsAnswer, NewFeed } from '@lastmile/shared/feed'
import { AtVersion, versionIn } from '../http/at-version.js'
import { answered, jsonBody, newRoutes, operation, refusedWith } from '../http/open-api.js'
import { notFound } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import type { FeedBounds } from './feed-bounds.js'
import { askedFeed, changedFeed, endedFeed, feedOf, newFeed, stoppedRun } from './keep-feeds.js'

const FeedPath = z.object({ feed: z.string() })
const notOpen = { 422: 'The source takes no feeds, or the place is not open to feeds on this machine.' }
const changedSince = { 412: 'It was changed since: at which version it is.' }

/** Feeds: reports that the server fetches itself. The system administrator keeps them, within what the machine's settings allow; the regulator sees what became of them. */
export function feedRoutes(services: Services, bounds: FeedBounds) {
  const { db } = services
  return newRoutes()
    .openapi(operation('feed.read', { method: 'get', path: '/', summary: 'Feeds, each with its last run', responses: answered(FeedsAnswer, 'By name; and from where feeds may fetch on this machine.') }), async (c) => {
      const { folders, hosts, runDays } = bounds
      return c.json({ feeds: await feedsOf(db, c.get('actor').list), folders: [...folders], hosts: [...hosts], runDays }, 200)
    })
    .openapi(operation('feed.manage', {
      method: 'post', path: '/', summary: 'Begin a feed', request: { body: jsonBody(NewFeed) },
      responses: { ...answered(FeedAnswer, 'It is fetched when its time comes.'), ...refusedWith(notOpen) },
    }), async (c) => c.json({ feed: await newFeed(services, bounds, c, c.req.valid('json')) }, 200))
    .openapi(operation('feed.manage', {
      method: 'put', path: '/{feed}', summary: 'Say otherwise of a feed: all of it', request: { params: FeedPath, headers: AtVersion, body: jsonBody(FeedChange) },
      responses: { ...answered(FeedAnswer, 'As it is now; its waits after failures begin anew.'), ...refusedWith({ ...notOpen, ...changedSince }) },
    }), async (c) => {
      const row = await feedOf(services, c, c.req.valid('param').feed)
      return c.json({ feed: await changedFeed(services, bounds, c, row, versionIn(c.req.valid('header')), c.req.valid('json')) }, 200)
    })
    .openapi(operation('feed.manage', {
      method: 'delete', path: '/{feed}', summary: 'End a feed', description: 'It is fetched no more. Its reports stay.', request: { params: FeedPath, headers: AtVersion },
      responses: { ...answered(FeedAnswer, 'As it was.'), ...refusedWith(changedSince) },
    }), async (c) => {
      const row = await feedOf(services, c, c.req.valid('param').feed)
      return c.json({ feed: await endedFeed(services, c, row, versionIn(c.req.valid('header'))) }, 200)
    })
    .openapi(operation('feed.read', {
      method: 'get', path: '/{feed}/runs', summary: 'The runs of a feed, the latest first', request: { params: FeedPath, query: FeedRunsQuestion },
      responses: answered(FeedRunsAnswer, 'Each with the files that it took and what became of them.'),
    }), async (c) => c.json(await runsOf(db, await feedOf(services, c, c.req.valid('param').feed), c.req.valid('query')), 200))
    .openapi(operation('feed.manage', {
      method: 'post', path: '/{feed}/runs', summary: 'Fetch a feed now', description: 'Also one that is switched off. What was taken before and became no report is tried once more.', request: { params: FeedPath },
      responses: { ...answered(FeedAnswer, 'It begins within some seconds.'), ...refusedWith({ 409: 'It is being fetched now.' }) },
    }), async (c) => c.json({ feed: await askedFeed(services, c, await feedOf(services, c, c.req.valid('param').feed)) }, 200))
    .openapi(operation('feed.manage', {
      method: 'delete', path: '/{feed}/runs/{run}', summary: 'Stop a run', description: 'A report that is being stored is stored to its end.', request: { params: FeedPath.extend({ run: z.string() }) },
      responses: { ...answered(FeedAnswer, 'It stops within some seconds.'), ...refusedWith({ 409: 'It does not run.' }) },
    }), async (c) => {
      const { feed, run } = c.req.valid('param')
      const row = await feedOf(services, c, feed)
      if (!/^\d{1,9}$/.test(run)) throw notFound('run', run)
      return c.json({ feed: await stoppedRun(services, c, row, Number(run)) }, 200)
    })
}

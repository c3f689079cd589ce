import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { askForFeed, askToStop, changeFeed, endFeed, findFeed, insertFeed, shownFeed, type FeedRow } from '@lastmile/db/query/feeds'
import { findSource } from '@lastmile/db/query/sources'
import type { Feed, FeedChange, NewFeed } from '@lastmile/shared/feed'
import { nextFetch } from '@lastmile/shared/feed'
import { everything } from '@lastmile/shared/purview'
import { eventOf, type Deed } from '../audit/event-of.js'
import { listOf } from '../http/parameters.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { allowedAddress, allowedFolder, CannotFetch, tokenFor, type FeedBounds } from './feed-bounds.js'

/** Begins a feed. @throws Refusal 404 for no such list or source, 422 for a source that takes no feeds, or a place that is not open to feeds on this machine */
export async function newFeed(services: Services, bounds: FeedBounds, c: Context, { list: listCode, source: sourceCode, ...content }: NewFeed): Promise<Feed> {
  const list = await listHere(services, c, listCode)
  const source = await findSource(services.db, list.id, sourceCode, everything)
  if (!source) throw notFound('source', sourceCode)
  if (source.data.channels.feed === undefined) throw new Refusal(422, 'source.no_feed', `Source "${sourceCode}" takes no reports by a machine: its channels hold no feed.`, { field: 'source' })
  await checkPlace(bounds, content)
  const [code, now] = [randomBytes(6).toString('hex'), services.clock.now()]
  return noted(services, c, list.code, async (tx) => {
    await insertFeed(tx, { ...content, code, sourceId: source.id, createdAt: now, nextAt: nextFetch(content.schedule, now, list.timeZone) })
    return { code, deed: { action: 'feed.create', after: { source: sourceCode, ...content } } }
  })
}

/** Says otherwise of a feed. @throws Refusal 412 if it was changed since, 422 for a place that is not open to feeds on this machine */
export async function changedFeed(services: Services, bounds: FeedBounds, c: Context, row: FeedRow, version: number, content: FeedChange): Promise<Feed> {
  await checkPlace(bounds, content)
  return noted(services, c, row.list, async (tx) => {
    if (!(await changeFeed(tx, row.id, version, content, nextFetch(content.schedule, services.clock.now(), row.timeZone)))) throw await otherVersion(tx, row)
    return { code: row.code, deed: { action: 'feed.change', before: saidOf(row), after: { ...content } } }
  })
}

/** Ends a feed. What it fetched stays. @throws Refusal 412 if it was changed since */
export async function endedFeed(services: Services, c: Context, row: FeedRow, version: number): Promise<Feed> {
  const shown = await shownFeed(services.db, row)
  await noted(services, c, row.list, async (tx) => {
    if (!(await endFeed(tx, row.id, version, services.clock.now()))) throw await otherVersion(tx, row)
    return { code: null, deed: { action: 'feed.end', object: row.code, before: saidOf(row) } }
  })
  return { ...shown, nextAt: null, enabled: false }
}

/** Asks for a feed now. @throws Refusal 409 where it runs, or was asked for already */
export async function askedFeed(services: Services, c: Context, row: FeedRow): Promise<Feed> {
  return noted(services, c, row.list, async (tx) => {
    if (!(await askForFeed(tx, row.id, c.get('actor').id, services.clock.now()))) throw new Refusal(409, 'feed.running', 'It is being fetched now, or was asked for already.')
    return { code: row.code, deed: { action: 'feed.run' } }
  })
}

/** Stops a run of a feed. @throws Refusal 409 where it does not run */
export async function stoppedRun(services: Services, c: Context, row: FeedRow, run: number): Promise<Feed> {
  return noted(services, c, row.list, async (tx) => {
    if (!(await askToStop(tx, row.id, run, services.clock.now()))) throw new Refusal(409, 'feed.not_running', 'It does not run, or has ended meanwhile.')
    return { code: row.code, deed: { action: 'feed.stop', after: { run } } }
  })
}

/** The feed of a path. @throws Refusal 404 if there is none, or it is of another list than that with which the asker is concerned */
export async function feedOf(services: Services, c: Context, code: string): Promise<FeedRow> {
  const row = await findFeed(services.db, code)
  const { list } = c.get('actor')
  if (!row || (list !== null && list !== row.list)) throw notFound('feed', code)
  return row
}

async function listHere(services: Services, c: Context, code: string) {
  const { list } = c.get('actor')
  if (list !== null && list !== code) throw notFound('list', code)
  return listOf(services, code)
}

/** @throws Refusal 422 with the field where the place is not open to feeds on this machine */
async function checkPlace(bounds: FeedBounds, { where }: Pick<NewFeed, 'where'>): Promise<void> {
  const field = where.kind === 'folder' ? 'where.folder' : 'where.url'
  const refuse = (error: unknown) => {
    if (!(error instanceof CannotFetch)) throw error
    throw new Refusal(422, `feed.${error.reason.toLowerCase()}`, error.message, { field: error.reason === 'TOKEN_MISSING' ? 'where.token' : field })
  }
  try {
    if (where.kind === 'folder') await allowedFolder(bounds, where.folder)
    else {
      const { host } = allowedAddress(bounds, where.url)
      if (where.token !== null) await tokenFor(bounds, where.token, host)
    }
  } catch (error) {
    refuse(error)
  }
}

async function otherVersion(tx: Database, row: FeedRow): Promise<Refusal> {
  const now = await findFeed(tx, row.code)
  return now ? new Refusal(412, 'feed.version', `The feed was changed since: it is at version ${now.version}. Look at it, and say again what is to be changed.`, { version: now.version }) : notFound('feed', row.code)
}

function saidOf({ name, where, file, schedule, dayFrom, enabled }: FeedRow): Record<string, unknown> {
  return { name, where, file, schedule, dayFrom, enabled }
}

/** Changes a feed and notes it, in one transaction. `code`: of the feed that is answered; null: it is there no more. */
async function noted(services: Services, c: Context, list: string, work: (tx: Database) => Promise<{ code: string | null; deed: Omit<Deed, 'outcome' | 'list'> }>): Promise<Feed> {
  const feed = await services.db.transaction(async (transaction) => {
    const tx = transaction as Database
    const { code, deed } = await work(tx)
    const feed = code === null ? null : await shownFeed(tx, (await findFeed(tx, code))!)
    await appendAudit(tx, services.clock.now(), [eventOf(c, { object: code, ...deed, outcome: 'done', list })])
    return feed
  })
  c.set('noted', true)
  services.audit.appended()
  return feed!
}

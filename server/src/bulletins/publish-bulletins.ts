import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { bumpVersion } from '@lastmile/db/query/acceptance'
import { bulletinsDue } from '@lastmile/db/query/bulletins'
import { moveToPublished, moveToReplaced } from '@lastmile/db/query/keep-bulletin'
import type { ListRow } from '@lastmile/db/query/lists'
import type { Instant } from '@lastmile/shared/day'
import { byItself, eventBy } from '../audit/event-of.js'
import { listChanged } from '../lib/list-changed.js'
import type { Services } from '../lib/services.js'
import { heldBulletin } from './lock-bulletin.js'
import { settleReplaced, tellPreview, tellPublished } from './tell-named.js'

/** How often it is looked whether a bulletin's time has come. */
const everyMs = 10_000
/** One whose time came when no server ran is public as of when it is looked at, and not of its time. */
const lateAfterMs = 6 * everyMs

/** Publishes bulletins when their time comes, and before that tells those named, until it is stopped. What a server that was down missed is made up for at once. */
export function startBulletins(services: Services): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  let isRunning = false
  const look = () => {
    if (isRunning) return
    isRunning = true
    running = publishBulletins(services).catch((err: unknown) => services.log.error({ err }, 'bulletins were not looked at')).finally(() => (isRunning = false))
  }
  look()
  const timer = setInterval(look, everyMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}

/**
 * Publishes every bulletin whose time has come, and tells those named of each embargo whose preview has begun. Several
 * servers may do so at once: the one that holds the row first does it. One that fails keeps none behind it. Answers how
 * many were published.
 */
export async function publishBulletins(services: Services): Promise<number> {
  const { db, clock, log } = services
  const now = clock.now()
  let published = 0
  for (const { list: listCode, code } of await bulletinsDue(db, now)) {
    try {
      const list = await services.lists.find(listCode)
      if (list && await publishBulletin(services, list, code, now)) published += 1
    } catch (err) {
      log.error({ err, list: listCode, bulletin: code }, 'a bulletin was not published')
    }
  }
  return published
}

/** Publishes a bulletin if its time has come by `now`; else tells those named, if that of its preview has. Answers whether it is public now and was not before. */
export async function publishBulletin(services: Services, list: ListRow, code: string, now: Instant): Promise<boolean> {
  const version = await services.db.transaction(async (transaction) => {
    const tx = transaction as Database
    const row = await heldBulletin(tx, list, code, now)
    const { id, state, publishAt, previewFrom, supersedes } = row
    if (state !== 'embargoed' || publishAt === null || previewFrom === null || previewFrom > now) return null
    if (publishAt > now) {
      await tellPreview(tx, list.id, { ...row, publishAt }, now)
      return null
    }
    // What was asked meanwhile was answered without it, and is not made untrue afterwards.
    const at = Date.parse(now) - Date.parse(publishAt) > lateAfterMs ? now : publishAt
    if (!(await moveToPublished(tx, id, at))) return null
    if (supersedes !== null) {
      const former = await heldBulletin(tx, list, supersedes, now)
      if (await moveToReplaced(tx, former.id, at)) await settleReplaced(tx, list.id, former, at)
    }
    await tellPublished(tx, list.id, row, at)
    const version = await bumpVersion(tx, list.id)
    await appendAudit(tx, services.clock.now(), [eventBy(byItself, { action: 'bulletin.publish', outcome: 'done', list: list.code, object: code, after: { publishedAt: at, supersedes } })])
    return version
  })
  if (version === null) return false
  services.audit.appended()
  listChanged(services, { list: list.code, version, report: '' })
  return true
}

import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { bumpVersion } from '@lastmile/db/query/acceptance'
import { bulletinsDue, findBulletin } from '@lastmile/db/query/bulletins'
import { moveToPublished, moveToReplaced } from '@lastmile/db/query/keep-bulletin'
import type { ListRow } from '@lastmile/db/query/lists'
import { everything, nothing } from '@lastmile/shared/purview'
import type { Instant } from '@lastmile/shared/day'
import { byItself, eventBy } from '../audit/event-of.js'
import { listChanged } from '../lib/list-changed.js'
import type { Services } from '../lib/services.js'
import { tellPreview, tellPublished } from './tell-named.js'

/** How often it is looked whether a bulletin's time has come. */
const everyMs = 10_000
/** One whose time came when no server ran is public as of when it is looked at, and not of its time. */
const lateAfterMs = 6 * everyMs

/** Publishes bulletins when their time comes, and before that tells those named, until it is stopped. What a server that was down missed is made up for at once. */
export function startBulletins(services: Services): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  let isRunning = false
  const told = new Set<string>()
  const look = () => {
    if (isRunning) return
    isRunning = true
    running = publishBulletins(services, told).catch((err: unknown) => services.log.error({ err }, 'bulletins were not published')).finally(() => (isRunning = false))
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
 * Publishes every bulletin whose time has come, and tells those named of one whose preview has begun. Several servers may
 * do so at once: a conditional move lets one publish, and a message of the same is one. Answers how many were published.
 * @param told those of whose preview this process has told: they need not be looked at again
 */
export async function publishBulletins(services: Services, told = new Set<string>()): Promise<number> {
  const { db, clock } = services
  const now = clock.now()
  let published = 0
  for (const { list: code, code: bulletin, isPublic } of await bulletinsDue(db, now)) {
    const list = await services.lists.find(code)
    if (!list || (!isPublic && told.has(`${code} ${bulletin}`))) continue
    if (await publishBulletin(services, list, bulletin, now)) published += 1
    told.add(`${code} ${bulletin}`)
  }
  return published
}

/** Publishes a bulletin if its time has come by `now`; else tells those named, if that of its preview has. Answers whether it is public now and was not before. */
export async function publishBulletin(services: Services, list: ListRow, code: string, now: Instant): Promise<boolean> {
  const row = await findBulletin(services.db, list, { keeps: everything, named: nothing, at: now }, code)
  if (!row || row.state !== 'embargoed' || row.publishAt === null || row.previewFrom === null || row.previewFrom > now) return false
  const { id, publishAt, supersedes } = row
  const isTime = publishAt <= now
  // What was asked meanwhile was answered without it, and is not made untrue afterwards.
  const at = Date.parse(now) - Date.parse(publishAt) > lateAfterMs ? now : publishAt
  const version = await services.db.transaction(async (transaction) => {
    const tx = transaction as Database
    if (!isTime) {
      await tellPreview(tx, list.id, { ...row, publishAt }, now)
      return null
    }
    if (!(await moveToPublished(tx, id, at))) return null
    if (supersedes !== null) {
      const former = await findBulletin(tx, list, { keeps: everything, named: nothing, at: now }, supersedes)
      if (former) await moveToReplaced(tx, former.id, at)
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

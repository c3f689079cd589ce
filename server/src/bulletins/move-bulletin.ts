import type { Context } from 'hono'
import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { bumpVersion } from '@lastmile/db/query/acceptance'
import type { BulletinRow } from '@lastmile/db/query/bulletins'
import { moveToEmbargoed, moveToHeld, moveToWithdrawn } from '@lastmile/db/query/keep-bulletin'
import type { ListRow } from '@lastmile/db/query/lists'
import { followingOf } from '@lastmile/db/query/supervision'
import type { AuditAction, AuditBy } from '@lastmile/shared/audit'
import { earliestPublication, previewStart, previewWorkingDays } from '@lastmile/shared/bulletin-preview'
import { nextBulletinState, type BulletinVerb } from '@lastmile/shared/bulletin-state'
import { clockIn, type Instant } from '@lastmile/shared/day'
import type { WorkingCalendar } from '@lastmile/shared/working-day'
import { byOf, eventBy } from '../audit/event-of.js'
import { listChanged } from '../lib/list-changed.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { heldBulletin, isTold } from './lock-bulletin.js'
import { tellEnded } from './tell-named.js'

/** Nobody plans further ahead. */
const withinDays = 366

/** When a bulletin that is published at an instant opens to those it names. @throws Refusal 400 where they would not have their days */
function previewOf(list: ListRow, calendar: WorkingCalendar | null, publishAt: Instant, now: Instant): Instant {
  const { timeZone } = list
  const earliest = earliestPublication(now, { timeZone, calendar })
  if (Date.parse(publishAt) < Date.parse(earliest)) throw new Refusal(400, 'bulletin.too_soon', `Those whom it names see their lines for ${previewWorkingDays} whole working days from now on before it is published: "publishAt" is ${toTheMinute(timeZone, earliest)} (${timeZone}) at the earliest.`, { field: 'publishAt' })
  if (Date.parse(publishAt) - Date.parse(now) > withinDays * 86_400_000) throw new Refusal(400, 'bulletin.too_late', `"publishAt" is more than ${withinDays} days away.`, { field: 'publishAt' })
  return previewStart(publishAt, now, { timeZone, calendar })
}

/** By the clock of a time zone, the first minute that is not before an instant: what is named so can be asked for. */
function toTheMinute(timeZone: string, instant: Instant): string {
  return clockIn(timeZone, new Date(Math.ceil(Date.parse(instant) / 60_000) * 60_000).toISOString()).slice(0, 16).replace('T', ' ')
}

/** Puts a frozen bulletin under embargo until an instant. @throws Refusal 400 where that is too soon, 409 where it is not frozen */
export async function embargoBulletin(services: Services, by: AuditBy, list: ListRow, seen: BulletinRow, publishAt: Instant, now: Instant): Promise<void> {
  const previewFrom = previewOf(list, (await followingOf(services.db, list)).calendar, publishAt, now)
  await move(services, list, seen, { verb: 'embargo', action: 'bulletin.embargo', by, after: { publishAt, previewFrom } }, (tx, { id }) => moveToEmbargoed(tx, id, { publishAt, previewFrom }))
}

/** Takes a bulletin back from its embargo; those who were told of it hear so. @throws Refusal 409 where it is not under embargo */
export async function holdBulletin(services: Services, c: Context, list: ListRow, seen: BulletinRow): Promise<void> {
  const now = services.clock.now()
  await move(services, list, seen, { verb: 'hold', action: 'bulletin.hold', by: byOf(c), before: { publishAt: seen.publishAt } }, async (tx, row) => {
    const isHeld = await moveToHeld(tx, row.id)
    if (isHeld && isTold(row, now)) await tellEnded(tx, list, row, { how: 'held', by: c.get('actor').id, at: now })
    return isHeld
  })
}

/** Withdraws a bulletin; one that was public stays readable as one that was withdrawn. @throws Refusal 409 where it holds no more */
export async function withdrawBulletin(services: Services, c: Context, list: ListRow, seen: BulletinRow, reason: string): Promise<void> {
  const now = services.clock.now()
  await move(services, list, seen, { verb: 'withdraw', action: 'bulletin.withdraw', by: byOf(c), before: { state: seen.state }, after: { reason }, isPublic: seen.publishedAt !== null }, async (tx, row) => {
    const isWithdrawn = await moveToWithdrawn(tx, row.id, { at: now, reason })
    if (isWithdrawn && isTold(row, now)) await tellEnded(tx, list, row, { how: 'withdrawn', by: c.get('actor').id, at: now })
    return isWithdrawn
  })
}

interface Moving {
  verb: BulletinVerb
  action: AuditAction
  by: AuditBy
  before?: Record<string, unknown>
  after?: Record<string, unknown>
  /** Whether everybody may see that it happened. */
  isPublic?: boolean
}

/** Changes what a bulletin is, from the state and embargo that were seen, and notes it, in one transaction. `work` has it as it is then, and answers whether it did it. */
async function move(services: Services, list: ListRow, { code, state, publishAt }: BulletinRow, { verb, action, by, before, after, isPublic = false }: Moving, work: (tx: Database, row: BulletinRow) => Promise<boolean>): Promise<void> {
  const refused = new Refusal(409, 'bulletin.moved', `Bulletin ${code} is ${state}, or was changed meanwhile: this cannot be done with it now.`)
  if (nextBulletinState(state, verb) === null) throw refused
  const report = isPublic ? '' : null
  const version = await services.db.transaction(async (transaction) => {
    const tx = transaction as Database
    const row = await heldBulletin(tx, list, code, services.clock.now())
    if (row.state !== state || row.publishAt !== publishAt || !(await work(tx, row))) throw refused
    const version = await bumpVersion(tx, list.id, report)
    await appendAudit(tx, services.clock.now(), [eventBy(by, { action, outcome: 'done', list: list.code, object: code, ...(before ? { before } : {}), ...(after ? { after } : {}) })])
    return version
  })
  services.audit.appended()
  listChanged(services, { list: list.code, version, report })
}

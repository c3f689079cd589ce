import type { Context } from 'hono'
import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { bumpVersion } from '@lastmile/db/query/acceptance'
import { findBulletin, type BulletinRow } from '@lastmile/db/query/bulletins'
import { insertComment } from '@lastmile/db/query/keep-bulletin'
import type { ListRow } from '@lastmile/db/query/lists'
import type { NewComment } from '@lastmile/shared/bulletin'
import { everything, nothing, type Purview } from '@lastmile/shared/purview'
import { eventOf } from '../audit/event-of.js'
import { listChanged } from '../lib/list-changed.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { linesOf, tellCommented } from './tell-named.js'

/** Whether those named may say something of their lines now: in the days before it is published. */
export function mayComment({ state, previewFrom }: BulletinRow, now: string): boolean {
  return state === 'embargoed' && previewFrom !== null && previewFrom <= now
}

/** Whether its keeper may answer: as long as it holds. */
export function mayAnswer({ isKeeper, state }: BulletinRow): boolean {
  return isKeeper && state !== 'withdrawn' && state !== 'superseded'
}

/**
 * Says something of a line: whose it is comments or corrects, before the bulletin is published; its keeper answers.
 * @throws Refusal 404 for a line that is not his, 409 where it is too early or too late
 */
export async function commentBulletin(services: Services, c: Context, list: ListRow, row: BulletinRow, named: Purview, { line, kind, text }: NewComment): Promise<void> {
  const at = services.clock.now()
  const { id: by, name: byName } = c.get('actor')
  const isAnswer = kind === 'answer'
  // Whoever keeps it has every line to answer, and none to comment on.
  const isOwn = isAnswer ? row.isKeeper && isLine(row, line) : !row.isKeeper && linesOf(row, named).includes(line)
  if (!isOwn) throw notFound('line', line)
  if (isAnswer ? !mayAnswer(row) : !mayComment(row, at)) throw new Refusal(409, 'bulletin.closed', isAnswer ? 'This bulletin does not hold any more: nothing is answered of it.' : 'Lines are commented on from two working days before a bulletin is published until it is. Send the correction as a report.')
  const version = await services.db.transaction(async (transaction) => {
    const tx = transaction as Database
    await insertComment(tx, row.id, { line, kind, text, by, byName, at })
    const { openComments } = (await findBulletin(tx, list, { keeps: everything, named: nothing, at }, row.code))!
    await tellCommented(tx, list, row, { line, isAnswer, isAnswered: openComments === 0, by, at })
    const version = await bumpVersion(tx, list.id, null)
    await appendAudit(tx, at, [eventOf(c, { action: 'bulletin.comment', outcome: 'done', list: list.code, object: row.code, after: { line, kind } })])
    return version
  })
  services.audit.appended()
  listChanged(services, { list: list.code, version, report: null })
}

function isLine({ figures }: BulletinRow, line: string): boolean {
  return figures.drugs.some(({ drug }) => line === `drug:${drug}`) || figures.places.some(({ region }) => line === `place:${region}`)
}

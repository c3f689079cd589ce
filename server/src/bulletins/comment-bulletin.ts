import type { Context } from 'hono'
import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { bumpVersion } from '@lastmile/db/query/acceptance'
import { findBulletin, lockBulletin, type BulletinRow } from '@lastmile/db/query/bulletins'
import { insertComment, openCommentsOf } from '@lastmile/db/query/keep-bulletin'
import type { ListRow } from '@lastmile/db/query/lists'
import { openCommentsAtMost, type NewComment } from '@lastmile/shared/bulletin'
import { eventOf } from '../audit/event-of.js'
import { listChanged } from '../lib/list-changed.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { readerOf } from './asked-bulletin.js'
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
 * Says something of a line: whose it is comments or corrects, before the bulletin is published; its keeper answers. Answers
 * the bulletin as it is then.
 * @throws Refusal 404 for a line that is not his, 409 where it is too early or too late, or too much waits for an answer
 */
export async function commentBulletin(services: Services, c: Context, list: ListRow, seen: BulletinRow, { line, kind, text }: NewComment): Promise<BulletinRow> {
  const reader = readerOf(services, c, list)
  const { at } = reader
  const { id: by, name: byName } = c.get('actor')
  const isAnswer = kind === 'answer'
  // Whoever keeps it has every line to answer, and none to comment on.
  const isOwn = isAnswer ? seen.isKeeper && isLine(seen, line) : !seen.isKeeper && linesOf(seen, reader.named).includes(line)
  if (!isOwn) throw notFound('line', line)
  const { row, version } = await services.db.transaction(async (transaction) => {
    const tx = transaction as Database
    // Who says the last word on the last line is told by the lines as they are then: one after the other.
    const held = await lockBulletin(tx, list, reader, seen.code)
    if (!held) throw notFound('bulletin', seen.code)
    if (isAnswer ? !mayAnswer(held) : !mayComment(held, at)) throw new Refusal(409, 'bulletin.closed', isAnswer ? 'This bulletin does not hold any more: nothing is answered of it.' : 'Lines are commented on from two working days before a bulletin is published until it is. Send the correction as a report.')
    if (!isAnswer && await openCommentsOf(tx, held.id, line) >= openCommentsAtMost) throw new Refusal(409, 'bulletin.comments_full', `${openCommentsAtMost} comments on line ${line} wait for an answer, and that is as many as there can be. Say more once they are answered.`)
    await insertComment(tx, held.id, { line, kind, text, by, byName, at })
    const row = (await findBulletin(tx, list, reader, seen.code))!
    await tellCommented(tx, list, row, { line, isAnswer, isAnswered: row.openComments === 0, by, at })
    const version = await bumpVersion(tx, list.id, null)
    await appendAudit(tx, at, [eventOf(c, { action: 'bulletin.comment', outcome: 'done', list: list.code, object: row.code, after: { line, kind } })])
    return { row, version }
  })
  services.audit.appended()
  listChanged(services, { list: list.code, version, report: null })
  return row
}

function isLine({ figures }: BulletinRow, line: string): boolean {
  return figures.drugs.some(({ drug }) => line === `drug:${drug}`) || figures.places.some(({ region }) => line === `place:${region}`)
}

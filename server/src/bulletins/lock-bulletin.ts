import type { Database } from '@lastmile/db/database'
import { lockBulletin, type BulletinRow } from '@lastmile/db/query/bulletins'
import type { ListRow } from '@lastmile/db/query/lists'
import type { Instant } from '@lastmile/shared/day'
import { everything, nothing } from '@lastmile/shared/purview'

/** A bulletin as it is now, whoever may see it, held until the transaction ends. Kept ones are never deleted. */
export async function heldBulletin(tx: Database, list: ListRow, code: string, at: Instant): Promise<BulletinRow> {
  return (await lockBulletin(tx, list, { keeps: everything, named: nothing, at }, code))!
}

/** Whether others than its keepers have heard of a bulletin: everybody, or those whom it names. */
export function isTold({ publishedAt, previewFrom }: Pick<BulletinRow, 'publishedAt' | 'previewFrom'>, at: Instant): boolean {
  return publishedAt !== null || (previewFrom !== null && previewFrom <= at)
}

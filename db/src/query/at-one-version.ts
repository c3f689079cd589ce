import type { Database } from '../database.js'
import { publicVersionNow, type ListRow } from './lists.js'

/** How often a question is asked anew because something was committed meanwhile: each time within the milliseconds of an answer. */
const tries = 5

/**
 * Answers a question that takes several looks at what is maintained, all of them at one version: where a report was taken
 * between two looks, they are not of one world, and it is asked anew. Data change in the transaction that raises the version. Who
 * asks in a transaction would let everybody wait, on the embedded home. Where it never comes to rest, the last answer is as good as any.
 */
export async function atOneVersion<Answer>(db: Database, list: ListRow, ask: () => Promise<Answer>): Promise<Answer> {
  for (let left = tries - 1; ; left--) {
    const before = await publicVersionNow(db, list.id)
    const asked = await ask().then((answer) => ({ answer }), (error: unknown) => ({ error }))
    const isSame = (await publicVersionNow(db, list.id)) === before
    // What failed at one version fails again; at two, it may have failed of them.
    if ('answer' in asked && (isSame || left === 0)) return asked.answer
    if ('error' in asked && (isSame || left === 0)) throw asked.error
  }
}

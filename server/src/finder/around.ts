import { newQueue } from '@lastmile/db/queue'
import type { ListRow } from '@lastmile/db/query/lists'
import type { FinderResult } from '@lastmile/shared/finder'
import { Position } from '@lastmile/shared/position'
import { Refusal } from '../lib/refusal.js'

type Around = FinderResult['around']

/** Places counted at once. A queue of its own: who looks for a drug does not wait behind offices, nor they behind him. */
const countedAtOnce = 2
/** Counts that are kept, in this process' memory alone: the squares of about a kilometre in which people ask at one version of a list. */
const keptAtMost = 2_000

/** What was counted around a place of a list, or `count` in its turn. @throws Refusal 503 where whoever asked went away */
export type CountAround = (asked: { list: ListRow; drug: number; position: Position; signal: AbortSignal }, count: () => Promise<Around>) => Promise<Around>

/**
 * Counts around places in turn: each reads the shelf of every institution there, thousands in a large city. What was counted is
 * kept for the rounded position until the list has another version or day.
 */
export function newCountsAround(): CountAround {
  const queue = newQueue(countedAtOnce)
  const kept = new Map<string, Around>()
  return async ({ list, drug, position, signal }, count) => {
    const { lat, lng } = Position.parse(position)
    const key = `${list.id} ${list.version} ${list.today} ${drug} ${lat} ${lng}`
    const before = kept.get(key)
    if (before) return before
    try {
      return await queue.run(async () => {
        // Who asked the same meanwhile has counted it.
        const around = kept.get(key) ?? await count()
        kept.set(key, around)
        if (kept.size > keptAtMost) kept.delete(kept.keys().next().value!)
        return around
      }, signal)
    } catch (error) {
      if (signal.aborted) throw new Refusal(503, 'question.left', 'Whoever asked went away before it was answered.')
      throw error
    }
  }
}

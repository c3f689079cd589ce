import type { Context } from 'hono'
import { newQueue } from '@lastmile/db/queue'
import type { ListRow } from '@lastmile/db/query/lists'
import { isMaintained, type When } from '@lastmile/db/query/question'
import { Refusal } from '../lib/refusal.js'

/** Questions at once that look at every pair asked about, or at all that was ever said: each takes a processor and memory for seconds. */
const computed = newQueue(2)

/** Asks at once what is read from what is maintained, and in its turn what is computed. Who goes away loses his place. */
export function inTurn<Answer>(c: Context, list: ListRow, when: When, ask: () => Promise<Answer>): Promise<Answer> {
  return isMaintained(list, when) ? ask() : inTurnAlways(c, ask)
}

/** Asks in its turn, whatever is asked. */
export async function inTurnAlways<Answer>(c: Context, ask: () => Promise<Answer>): Promise<Answer> {
  const { signal } = c.req.raw
  try {
    return await computed.run(ask, signal)
  } catch (error) {
    if (signal.aborted) throw new Refusal(503, 'question.left', 'Whoever asked went away before it was answered.')
    throw error
  }
}

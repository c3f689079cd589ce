import { subscribersOf, type SubscriberRow } from '@lastmile/db/query/subscriptions'
import type { Database } from '@lastmile/db/database'
import type { NewMessage } from '@lastmile/db/load/notify'
import { officeOf, reviewersOf } from '@lastmile/shared/message-office'
import type { Source } from '@lastmile/shared/source'
import type { AlertEvent } from '@lastmile/shared/subscription'
import { recipientsOf, tellOthers, type ToldToSubscribers } from './subscribers.js'

/**
 * Tells of a report that is late, or waits in quarantine, those who subscribe to that and are not told of it anyway: its
 * office, and who looks after its reports. Whoever may not see its source does not see the message either.
 */
export function toSubscribers(subscribers: readonly SubscriberRow[], source: Source, event: AlertEvent, message: ToldToSubscribers): NewMessage[] {
  const { evidence, company, unit, scope: { drugs } } = source
  return tellOthers(recipientsOf(subscribers, { event, evidence, drugs, company, unit, acts: null }), [...officeOf(source), ...reviewersOf(source)], message)
}

/** The same, looking up who subscribes. */
export async function tellSubscribers(tx: Database, source: Source, event: AlertEvent, message: ToldToSubscribers): Promise<NewMessage[]> {
  return toSubscribers(await subscribersOf(tx, message.listId), source, event, message)
}

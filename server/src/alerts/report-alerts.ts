import { subscribersOf, type SubscriberRow } from '@lastmile/db/query/subscriptions'
import type { Database } from '@lastmile/db/database'
import type { NewMessage } from '@lastmile/db/load/notify'
import { thePublic } from '@lastmile/shared/account'
import { addressesOf, addressKey, officeOf, reviewersOf } from '@lastmile/shared/message'
import type { Source } from '@lastmile/shared/source'
import type { AlertEvent, Pace } from '@lastmile/shared/subscription'
import { addressOf, recipientsOf } from './subscribers.js'

/** A message about a report that is told to subscribers too, but for what it says to whom. */
export type ToldOfReport = Omit<NewMessage, 'to' | 'pace'>

/**
 * Tells of a report that is late, or waits in quarantine, those who subscribe to that and are not told of it anyway: its
 * office, and who looks after its reports. Whoever may not see its source does not see the message either.
 */
export function toSubscribers(subscribers: readonly SubscriberRow[], source: Source, event: AlertEvent, message: ToldOfReport): NewMessage[] {
  const told = new Set([...officeOf(source), ...reviewersOf(source)].map(addressKey))
  const { evidence, company, unit, scope: { drugs } } = source
  const recipients = recipientsOf(subscribers, { event, evidence, drugs, company, unit, acts: null })
    .filter(({ account }) => !addressesOf({ ...thePublic, ...account, kind: 'account' }).some((one) => told.has(one)))
  return (['at_once', 'daily'] as const).flatMap((pace: Pace) => {
    const own = recipients.filter((one) => one.pace === pace)
    return own.length === 0 ? [] : [{ ...message, to: own.map(({ account }) => addressOf(account)), pace, key: `${message.key} ${pace}` }]
  })
}

/** The same, looking up who subscribes. */
export async function tellSubscribers(tx: Database, source: Source, event: AlertEvent, message: ToldOfReport): Promise<NewMessage[]> {
  return toSubscribers(await subscribersOf(tx, message.listId), source, event, message)
}

import type { Database } from '@lastmile/db/database'
import type { ListRow } from '@lastmile/db/query/lists'
import { insertSubscription } from '@lastmile/db/query/subscriptions'
import { alertEvents, type AlertEvent } from '@lastmile/shared/subscription'
import type { Evidence } from '@lastmile/shared/evidence'
import type { AccountRole } from '@lastmile/shared/permission'
import { watchList } from '../alerts/watch.js'
import type { Services } from '../lib/services.js'

/** When the demonstration's people subscribed, and the day from which on they are told. */
const [subscribedAt, toldFrom] = ['2026-05-31T01:00:00.000Z', '2026-05-31']

/** Who of them subscribes to all that is his own, and to what of it. */
const subscribers: readonly { role: AccountRole; evidence: Evidence; events: readonly AlertEvent[] }[] = [
  { role: 'operator', evidence: 'declared', events: ['gap_opened', 'gap_closed', 'coverage_fell'] },
  { role: 'province_officer', evidence: 'confirmed', events: ['gap_opened', 'gap_closed', 'coverage_fell'] },
  { role: 'company', evidence: 'declared', events: ['gap_opened', 'gap_closed', 'coverage_fell'] },
  { role: 'reader', evidence: 'declared', events: alertEvents },
]

/** Subscribes the demonstration's people, and tells them what has changed since. */
export async function makeDemonstrationSubscriptions(services: Services, list: ListRow, idOf: (role: AccountRole) => string): Promise<void> {
  await services.db.transaction(async (tx) => {
    for (const { role, evidence, events } of subscribers) {
      await insertSubscription(tx as Database, { account: idOf(role), listId: list.id, drugId: null, unitId: null, companyId: null, evidence, events, pace: 'daily', at: subscribedAt })
    }
  })
  await watchList(services, list, { since: toldFrom })
}

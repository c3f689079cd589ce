import type { Database } from '@lastmile/db/database'
import type { AskablePair } from '@lastmile/db/query/askable-pairs'
import type { ListRow } from '@lastmile/db/query/lists'
import type { Day, Instant } from '@lastmile/shared/day'

/** The one place where the people of sources are told what they are asked, in the transaction that asks them. There is no inbox yet: they see it on the page. */
export async function tellAsked(_tx: Database, _list: ListRow, _asked: readonly AskablePair[], _told: { until: Day; by: string; at: Instant }): Promise<void> {}

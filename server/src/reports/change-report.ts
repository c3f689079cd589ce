import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { bumpVersion } from '@lastmile/db/query/acceptance'
import type { ListRow } from '@lastmile/db/query/lists'
import { onlyFields } from '@lastmile/shared/only-fields'
import { ReportMoved } from '@lastmile/shared/report'
import { words } from '@lastmile/shared/words'
import { eventOf, type Deed } from '../audit/event-of.js'
import { answered, ListPath, refusedWith } from '../http/open-api.js'
import { listChanged } from '../lib/list-changed.js'
import type { Services } from '../lib/services.js'

/** The path of one report. */
export const ReportPath = ListPath.extend({ id: z.string() })
/** Why something is done, in words: who asks later reads them. */
export const ForReason = onlyFields({ reason: words(500).refine((text) => text.length >= 3, { message: 'a reason' }) })
/** The answers of a route that changes what a report is. */
export const moved = (description: string) => ({ ...answered(ReportMoved, description), ...refusedWith({ 409: 'It cannot be done with this report now, or somebody was quicker.' }) })

/** Changes what is not everybody's to see of a report, and notes it, in one transaction. `work` answers what is noted and what came of it. */
export async function changeReport<Result>(services: Services, c: Context, list: ListRow, work: (tx: Database) => Promise<{ deed: Omit<Deed, 'outcome' | 'list'>; result: Result }>): Promise<Result> {
  const { version, result } = await services.db.transaction(async (transaction) => {
    const tx = transaction as Database
    const { deed, result } = await work(tx)
    const version = await bumpVersion(tx, list.id, null)
    await appendAudit(tx, services.clock.now(), [eventOf(c, { ...deed, outcome: 'done', list: list.code })])
    return { version, result }
  })
  services.audit.appended()
  listChanged(services, { list: list.code, version, report: null })
  return result
}

import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { notify } from '@lastmile/db/load/notify'
import { bumpVersion } from '@lastmile/db/query/acceptance'
import type { ListRow } from '@lastmile/db/query/lists'
import { findReport, moveToApproved } from '@lastmile/db/query/reports'
import { findSource } from '@lastmile/db/query/sources'
import { everything } from '@lastmile/shared/purview'
import { byItself, eventBy } from '../audit/event-of.js'
import { listChanged } from '../lib/list-changed.js'
import type { Services } from '../lib/services.js'
import { toSender } from '../messages/report-messages.js'
import { accountsCompany, accountsProvince } from './schedule.js'

/** Who gives the second signature to them, and when. */
const by = 'demonstration-operator'
const approved = [
  { source: `province-${accountsProvince}`, period: '2026-03', at: '2026-04-20T02:10:00.000Z' }, { source: `company-${accountsCompany}`, period: '2026-03', at: '2026-04-20T02:30:00.000Z' },
] as const

/** The national operator has approved a month of those offices that the demonstration's accounts are of: they find it in their inboxes. What is approved already stays so. */
export async function approveDemonstrationReports(services: Services, list: ListRow): Promise<void> {
  const { db, clock } = services
  for (const { source: code, period, at } of approved) {
    const source = await findSource(db, list.id, code, everything)
    const report = await findReport(db, { listId: list.id, purview: everything, source: code, state: 'accepted', slotStart: `${period}|` })
    if (!source || !report) throw new Error(`The demonstration approves a report of ${code} that is not there`)
    const version = await db.transaction(async (transaction) => {
      const tx = transaction as Database
      if (!(await moveToApproved(tx, { id: report.id_, at, by, kind: 'second' }))) return null
      await notify(tx, [toSender({ listId: list.id, source, report: report.id, period: report.period, asOf: report.asOf, sentBy: report.sentBy }, { kind: 'report_approved', by, at, again: at })])
      const bumped = await bumpVersion(tx, list.id, null)
      await appendAudit(tx, clock.now(), [eventBy(byItself, { action: 'report.approve', outcome: 'done', list: list.code, object: report.id, after: { approval: 'second' } })])
      return bumped
    })
    if (version === null) continue
    services.audit.appended()
    listChanged(services, { list: list.code, version, report: null })
  }
}

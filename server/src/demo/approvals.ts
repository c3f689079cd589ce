import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { notify } from '@lastmile/db/load/notify'
import { bumpVersion } from '@lastmile/db/query/acceptance'
import type { ListRow } from '@lastmile/db/query/lists'
import { findReport, moveToApproved, moveToReopened, type ReportRow } from '@lastmile/db/query/reports'
import { everything } from '@lastmile/shared/purview'
import { byItself, eventBy, type Deed } from '../audit/event-of.js'
import { listChanged } from '../lib/list-changed.js'
import type { Services } from '../lib/services.js'
import { storedReportTold, toSender } from '../messages/report-messages.js'
import { accountsCompany, accountsProvince } from './schedule.js'

/** Of which month the offices of the demonstration's accounts had a report approved. */
const period = '2026-03'
const [operator, officer] = ['demonstration-operator', 'demonstration-province_officer']

/**
 * What those offices find in their inboxes: the national operator has approved the company's report, and has opened the
 * province's again, which its officer had approved. It is done once; what is done already stays so.
 */
export async function approveDemonstrationReports(services: Services, list: ListRow): Promise<void> {
  await once(services, list, `company-${accountsCompany}`, async (tx, report) => {
    const at = '2026-04-20T02:30:00.000Z'
    if (!(await moveToApproved(tx, { id: report.id_, at, by: operator, kind: 'second' }))) return null
    await notify(tx, [toSender(await storedReportTold(tx, list.id, report), { kind: 'report_approved', by: operator, at, again: at })])
    return [{ action: 'report.approve', outcome: 'done', object: report.id, after: { approval: 'second' } }]
  })
  await once(services, list, `province-${accountsProvince}`, async (tx, report) => {
    const [approved, opened] = ['2026-04-16T01:10:00.000Z', '2026-06-24T06:40:00.000Z'] as const
    if (!(await moveToApproved(tx, { id: report.id_, at: approved, by: officer, kind: 'own' })) || !(await moveToReopened(tx, report.id_))) return null
    const made = await notify(tx, [toSender(await storedReportTold(tx, list.id, report), { kind: 'report_reopened', by: operator, at: opened, again: opened })])
    if (made === 0) return null
    return [
      { action: 'report.approve', outcome: 'done', object: report.id, after: { approval: 'own' } },
      { action: 'report.reopen', outcome: 'done', object: report.id, before: { approval: 'own' }, after: { reason: '有机构的价格列待核对 prices of some institutions are to be checked' } },
    ]
  })
}

async function once(services: Services, list: ListRow, source: string, work: (tx: Database, report: ReportRow) => Promise<Deed[] | null>): Promise<void> {
  const { db, clock } = services
  const report = await findReport(db, { listId: list.id, purview: everything, source, state: 'accepted', slotStart: `${period}|` })
  if (!report) throw new Error(`The demonstration approves a report of ${source} that is not there`)
  const version = await db.transaction(async (transaction) => {
    const tx = transaction as Database
    const deeds = await work(tx, report)
    if (deeds === null) return null
    const bumped = await bumpVersion(tx, list.id, null)
    await appendAudit(tx, clock.now(), deeds.map((deed) => eventBy(byItself, { ...deed, list: list.code })))
    return bumped
  })
  if (version === null) return
  services.audit.appended()
  listChanged(services, { list: list.code, version, report: null })
}

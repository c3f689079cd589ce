import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { notify } from '@lastmile/db/load/notify'
import { bumpVersion } from '@lastmile/db/query/acceptance'
import { findReport, lockReport, moveToApproved, moveToReopened, moveToWithdrawn, type ReportRow } from '@lastmile/db/query/reports'
import type { ListRow } from '@lastmile/db/query/lists'
import { findSource } from '@lastmile/db/query/sources'
import type { ApprovalRefusal } from '@lastmile/shared/approval'
import type { MessageKind } from '@lastmile/shared/message'
import { onlyFields } from '@lastmile/shared/only-fields'
import type { Action } from '@lastmile/shared/permission'
import { everything } from '@lastmile/shared/purview'
import { Approval } from '@lastmile/shared/report'
import { words } from '@lastmile/shared/words'
import { eventOf, type Deed } from '../audit/event-of.js'
import { purviewHere } from '../http/actor.js'
import { answered, jsonBody, ListPath, newRoutes, operation, refusedWith } from '../http/open-api.js'
import { listOf } from '../http/parameters.js'
import { listChanged } from '../lib/list-changed.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { toSender } from '../messages/report-messages.js'
import { decideApproval } from './decide-approval.js'

const ReportPath = ListPath.extend({ id: z.string() })
const Moved = z.strictObject({ report: z.string(), approval: Approval.nullable() })
const done = (description: string) => ({ ...answered(Moved, description), ...refusedWith({ 409: 'It cannot be done with this report now, or somebody was quicker.' }) })
const Reason = onlyFields({ reason: words(500).refine((text) => text.length >= 3, { message: 'a reason' }) })

const sentences: Record<ApprovalRefusal, string> = {
  not_accepted: 'Only an accepted report is approved.', approved: 'It is approved already.', own: 'Nobody approves a report that he sent himself.',
  correction_waits: 'A correction of it waits under embargo. Approve that, or take it back first.',
  office_approves: 'The office that sent it has another officer, who approves it.',
}

/** Approving a report, which locks it; opening it again; taking back one that still waits under embargo. */
export function approvalRoutes(services: Services) {
  const { db, clock } = services
  return newRoutes()
    .openapi(operation('report.approve', { method: 'post', path: '/{list}/reports/{id}/approval', summary: 'Approve a report: it is locked against corrections', request: { params: ReportPath }, responses: done('Approved.') }), async (c) => {
      const { list, report } = await reportOf(c, 'report.approve')
      const actor = c.get('actor')
      const refuse = (why: ApprovalRefusal) => new Refusal(409, `report.${why}`, sentences[why], { report: report.id })
      const kind = await change(c, list, async (tx) => {
        await lockReport(tx, report.id_)
        const decided = await decideApproval(tx, list, report, actor)
        if ('refused' in decided) throw refuse(decided.refused)
        if (!(await moveToApproved(tx, { id: report.id_, at: clock.now(), by: actor.id, kind: decided.kind }))) throw refuse('approved')
        await tellSender(c, tx, list, report, 'report_approved')
        return { deed: { action: 'report.approve', object: report.id, after: { approval: decided.kind } }, result: decided.kind }
      })
      return c.json({ report: report.id, approval: kind }, 200)
    })
    .openapi(operation('report.reopen', { method: 'delete', path: '/{list}/reports/{id}/approval', summary: 'Open an approved report again, for a reason', request: { params: ReportPath, body: jsonBody(Reason) }, responses: done('It can be corrected again.') }), async (c) => {
      const { list, report } = await reportOf(c, 'report.reopen')
      const { reason } = c.req.valid('json')
      await change(c, list, async (tx) => {
        if (!(await moveToReopened(tx, report.id_))) throw new Refusal(409, 'report.not_approved', 'It is not approved.', { report: report.id })
        await tellSender(c, tx, list, report, 'report_reopened')
        return { deed: { action: 'report.reopen', object: report.id, before: { approval: report.approval?.kind ?? null }, after: { reason } }, result: null }
      })
      return c.json({ report: report.id, approval: null }, 200)
    })
    .openapi(operation('report.send', { method: 'delete', path: '/{list}/reports/{id}/embargo', summary: 'Take back a report that waits under embargo', request: { params: ReportPath }, responses: done('It is not published.') }), async (c) => {
      const { list, report } = await reportOf(c, 'report.send')
      await change(c, list, async (tx) => {
        if (!(await moveToWithdrawn(tx, report.id_))) throw new Refusal(409, 'report.not_waiting', 'It does not wait under embargo.', { report: report.id })
        return { deed: { action: 'report.withdraw', object: report.id, before: { publishAt: report.publishAt } }, result: null }
      })
      await services.files.strike({ report: report.id, acceptedAt: report.receivedAt })
      return c.json({ report: report.id, approval: null }, 200)
    })

  async function reportOf(c: Context, action: Action): Promise<{ list: ListRow; report: ReportRow }> {
    const [code, id] = [c.req.param('list')!, c.req.param('id')!]
    const list = await listOf(services, code)
    const report = await findReport(db, { listId: list.id, purview: purviewHere(c, action, list.code), code: id })
    if (!report) throw notFound('report', id)
    return { list, report }
  }

  /** Tells who sent a report what became of it; each time, where it is opened and approved again. */
  async function tellSender(c: Context, tx: Database, list: ListRow, { id, source: code, period, asOf, sentBy }: ReportRow, kind: MessageKind): Promise<void> {
    const at = clock.now()
    const source = (await findSource(tx, list.id, code, everything))!
    await notify(tx, [toSender({ listId: list.id, source, report: id, period, asOf, sentBy }, { kind, by: c.get('actor').id, at, again: at })])
  }

  /** Changes what is not everybody's to see of a report, and notes it, in one transaction. `work` answers what is noted and what came of it. */
  async function change<Result>(c: Context, list: ListRow, work: (tx: Database) => Promise<{ deed: Omit<Deed, 'outcome' | 'list'>; result: Result }>): Promise<Result> {
    const { version, result } = await db.transaction(async (transaction) => {
      const tx = transaction as Database
      const { deed, result } = await work(tx)
      const version = await bumpVersion(tx, list.id, null)
      await appendAudit(tx, clock.now(), [eventOf(c, { ...deed, outcome: 'done', list: list.code })])
      return { version, result }
    })
    services.audit.appended()
    listChanged(services, { list: list.code, version, report: null })
    return result
  }
}

import { findReport, lockReport, moveToApproved, moveToReopened } from '@lastmile/db/query/reports'
import type { ApprovalRefusal } from '@lastmile/shared/approval'
import { everything } from '@lastmile/shared/purview'
import { byOf } from '../audit/event-of.js'
import { jsonBody, newRoutes, operation } from '../http/open-api.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { storedReportTold, tellDecided } from '../messages/report-messages.js'
import { changeReport, ForReason, moved, ReportPath } from './change-report.js'
import { decideApproval } from './decide-approval.js'
import { goOn } from './go-on.js'
import { reportOf } from './report-of.js'

const sentences: Record<ApprovalRefusal, string> = {
  not_accepted: 'Only a report that is accepted, or waits for its approval, is approved.', approved: 'It is approved already.', own: 'Nobody approves a report that he sent himself.',
  correction_waits: 'A correction of it waits. Decide on that first.',
  office_approves: 'The office that sent it has another officer, who approves it.',
}

/** Approving a report, which locks it, and of a source whose reports are approved first makes it count; opening it again. */
export function approvalRoutes(services: Services) {
  const { db, clock } = services
  return newRoutes()
    .openapi(operation('report.approve', { method: 'post', path: '/{list}/reports/{id}/approval', summary: 'Approve a report: it is locked against corrections, and counts from now on where it waited for that', request: { params: ReportPath }, responses: moved('Approved.') }), async (c) => {
      const { list, report } = await reportOf(services, c, 'report.approve', c.req.valid('param'))
      const actor = c.get('actor')
      const refuse = (why: ApprovalRefusal) => new Refusal(409, `report.${why}`, sentences[why], { report: report.id })
      if (report.state === 'submitted') {
        const decided = await decideApproval(db, list, report, actor)
        if ('refused' in decided) throw refuse(decided.refused)
        const approval = { kind: decided.kind, by: actor.id, at: clock.now() }
        const state = await goOn(services, list.code, report, { by: byOf(c), held: { approval }, decided: { action: 'report.approve', outcome: 'done', object: report.id, after: { approval: decided.kind } } })
        return c.json({ report: report.id, state, approval: decided.kind }, 200)
      }
      const kind = await changeReport(services, c, list, async (tx) => {
        await lockReport(tx, report.id_)
        const now = (await findReport(tx, { listId: list.id, purview: everything, code: report.id })) ?? report
        const decided = await decideApproval(tx, list, now, actor)
        if ('refused' in decided) throw refuse(decided.refused)
        const at = clock.now()
        if (!(await moveToApproved(tx, { id: report.id_, at, by: actor.id, kind: decided.kind }))) throw refuse('approved')
        await tellDecided(tx, await storedReportTold(tx, list.id, report), { kind: 'report_approved', by: actor.id, at, again: at })
        return { deed: { action: 'report.approve', object: report.id, after: { approval: decided.kind } }, result: decided.kind }
      })
      return c.json({ report: report.id, state: 'accepted' as const, approval: kind }, 200)
    })
    .openapi(operation('report.reopen', { method: 'delete', path: '/{list}/reports/{id}/approval', summary: 'Open an approved report again, for a reason', request: { params: ReportPath, body: jsonBody(ForReason) }, responses: moved('It can be corrected again.') }), async (c) => {
      const { list, report } = await reportOf(services, c, 'report.reopen', c.req.valid('param'))
      const { reason } = c.req.valid('json')
      await changeReport(services, c, list, async (tx) => {
        if (!(await moveToReopened(tx, report.id_))) throw new Refusal(409, 'report.not_approved', 'It is not approved.', { report: report.id })
        const at = clock.now()
        await tellDecided(tx, await storedReportTold(tx, list.id, report), { kind: 'report_reopened', by: c.get('actor').id, at, again: at })
        return { deed: { action: 'report.reopen', object: report.id, before: { approval: report.approval?.kind ?? null }, after: { reason } }, result: null }
      })
      return c.json({ report: report.id, state: report.state, approval: null }, 200)
    })
}

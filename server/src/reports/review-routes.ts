import { moveToReturned, moveToWithdrawn, type ReportRow } from '@lastmile/db/query/reports'
import type { Actor } from '@lastmile/shared/account'
import { reviewOf } from '@lastmile/shared/approval'
import { can } from '@lastmile/shared/permission'
import type { Reviewing } from '@lastmile/shared/report'
import { byOf } from '../audit/event-of.js'
import { jsonBody, newRoutes, operation } from '../http/open-api.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { settleWaiting, storedReportTold, tellDecided } from '../messages/report-messages.js'
import { changeReport, ForReason, moved, ReportPath } from './change-report.js'
import { goOn } from './go-on.js'
import { reportOf } from './report-of.js'

/** Deciding of a report that waits: releasing it from quarantine, returning it for a reason, or, as its sender, taking it back. */
export function reviewRoutes(services: Services) {
  const { clock } = services
  return newRoutes()
    .openapi(operation('report.review', { method: 'post', path: '/{list}/reports/{id}/release', summary: 'Release a report from quarantine, for a reason: it counts, or waits for the next thing', request: { params: ReportPath, body: jsonBody(ForReason) }, responses: moved('Released.') }), async (c) => {
      const { list, report } = await reportOf(services, c, 'report.review', c.req.valid('param'))
      const actor = c.get('actor')
      const { reason } = c.req.valid('json')
      const reviewing = reviewingOf(report, actor)
      if (report.state !== 'quarantined') throw new Refusal(409, 'report.not_waiting', 'It does not wait in quarantine.', { report: report.id })
      if (reviewing !== 'release_or_return') throw new Refusal(409, 'report.only_return', 'Its values stand in the wrong columns: it can only be returned.', { report: report.id })
      const release = { by: actor.id, at: clock.now(), reason }
      const state = await goOn(services, list.code, report, { by: byOf(c), held: { release }, decided: { action: 'report.release', outcome: 'done', object: report.id, after: { reason, suspicions: report.suspicions.map((one) => one.code) } } })
      return c.json({ report: report.id, state, approval: report.approval?.kind ?? null }, 200)
    })
    .openapi(operation('report.review', { method: 'post', path: '/{list}/reports/{id}/return', summary: 'Return a report that waits in quarantine or for its approval, for a reason', request: { params: ReportPath, body: jsonBody(ForReason) }, responses: moved('Returned.') }), async (c) => {
      const { list, report } = await reportOf(services, c, 'report.review', c.req.valid('param'))
      const actor = c.get('actor')
      const { reason } = c.req.valid('json')
      const reviewing = reviewingOf(report, actor)
      await changeReport(services, c, list, async (tx) => {
        const at = clock.now()
        const done = reviewing !== null && (await moveToReturned(tx, { id: report.id_, at, by: actor.id, reason }))
        if (!done) throw new Refusal(409, 'report.not_waiting', 'It waits neither in quarantine nor for its approval.', { report: report.id })
        await tellDecided(tx, await storedReportTold(tx, list.id, report), { kind: 'report_returned', by: actor.id, at })
        return { deed: { action: 'report.return', object: report.id, before: { state: report.state }, after: { reason, suspicions: report.suspicions.map((one) => one.code) } }, result: null }
      })
      await services.files.strike(report.id)
      return c.json({ report: report.id, state: 'returned' as const, approval: null }, 200)
    })
    .openapi(operation('report.send', { method: 'post', path: '/{list}/reports/{id}/withdrawal', summary: 'Take back a report of one\'s own that waits', request: { params: ReportPath }, responses: moved('It will not count.') }), async (c) => {
      const { list, report } = await reportOf(services, c, 'report.send', c.req.valid('param'))
      const actor = c.get('actor')
      // Who decides returns what another sent, and says why.
      if (report.state !== 'embargoed' && can(actor, 'report.review') === 'all' && report.sentBy !== actor.id) throw new Refusal(409, 'report.not_sender', 'Its sender takes it back. Return it, and say why.', { report: report.id })
      await changeReport(services, c, list, async (tx) => {
        if (!(await moveToWithdrawn(tx, report.id_))) throw new Refusal(409, 'report.not_waiting', 'It does not wait any more.', { report: report.id })
        await settleWaiting(tx, await storedReportTold(tx, list.id, report), clock.now())
        return { deed: { action: 'report.withdraw', object: report.id, before: { state: report.state, publishAt: report.publishAt } }, result: null }
      })
      await services.files.strike(report.id)
      return c.json({ report: report.id, state: 'withdrawn' as const, approval: null }, 200)
    })
}

/** What an actor may decide of a report that waits; null where nothing is to be decided. @throws Refusal 409 where it is his own */
function reviewingOf(report: ReportRow, actor: Actor): Exclude<Reviewing, 'own'> | null {
  const reviewing = reviewOf(report, actor)
  if (reviewing === 'own') throw new Refusal(409, 'report.own', 'Nobody decides of a report that he sent himself. Take it back, if it is wrong.', { report: report.id })
  return reviewing
}

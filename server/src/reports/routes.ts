import { Readable } from 'node:stream'
import { z } from '@hono/zod-openapi'
import { errorsOf, reportsOf, type ReportRow } from '@lastmile/db/query/reports'
import type { ListRow } from '@lastmile/db/query/lists'
import { partsOfPeriod } from '@lastmile/db/query/parts'
import { findSource } from '@lastmile/db/query/sources'
import type { Context } from 'hono'
import { reviewOf } from '@lastmile/shared/approval'
import { can } from '@lastmile/shared/permission'
import { Format, ReportsQuestion } from '@lastmile/shared/basis'
import { DifferenceAnswer } from '@lastmile/shared/difference'
import { Problem } from '@lastmile/shared/problem'
import { numberAsked } from '@lastmile/shared/receipt'
import { ReportAnswer, ReportErrorsAnswer, ReportReceipt, reportStates, ReportsAnswer, type Approving, type Report } from '@lastmile/shared/report'
import { sortOf } from '@lastmile/shared/sort'
import { eventOf } from '../audit/event-of.js'
import { attachment, sendAnswer } from '../http/export.js'
import { allowed, purviewHere } from '../http/actor.js'
import { inTurnAlways } from '../http/in-turn.js'
import { answers, ListPath, newRoutes, operation, notWell, refusedAlways } from '../http/open-api.js'
import { listOf } from '../http/parameters.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { troubleOf } from '../lib/trouble.js'
import { decideApproval } from './decide-approval.js'
import { blankReceipt } from './receipts.js'
import { opensFile, reportOf } from './report-of.js'
import { submissionFrom, UploadForm, UploadHeaders } from './read-form.js'
import { submitReport } from './submit-report.js'
import { differenceOf } from './difference.js'
import { differenceTable, errorsTable, reportTable, reportsTable } from './tables.js'

const ReportPath = ListPath.extend({ id: z.string() })
const receipt = (description: string) => ({ description, content: { 'application/json': { schema: ReportReceipt } } })
/** What is refused before anybody looks for a form in it has no receipt. */
const refused = (description: string) => ({ description, content: { 'application/json': { schema: z.union([ReportReceipt, Problem]) } } })

/** Reports: sending, looking up, their errors, their files. */
export function reportRoutes(services: Services) {
  const { db } = services
  const routes = newRoutes()
  routes.openAPIRegistry.registerPath({
    'x-action': 'report.file', method: 'get', path: '/{list}/reports/{id}/file', summary: 'The file of a report, as it was sent', request: { params: ReportPath },
    responses: {
      ...refusedAlways, 200: { description: 'Its bytes.', content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } } }, ...notWell,
    },
  })
  routes.openAPIRegistry.registerPath({
    'x-action': 'report.send', method: 'post', path: '/{list}/reports', summary: 'Send a report', request: { params: ListPath, headers: UploadHeaders, body: { content: { 'multipart/form-data': { schema: UploadForm } }, required: true } },
    responses: {
      ...notWell, 401: refusedAlways[401],
      200: receipt('A dry run: what would have become of it.'), 201: receipt('Accepted.'), 202: receipt('Read, and it waits: in quarantine, for its approval, or for the end of its embargo.'), 400: refused('Not readable, or a field is wrong.'),
      403: refused('Not of this source, or not this way; or a page of another site asks.'), 404: refused('No such list or source; or nothing here, for who may not send.'), 409: receipt('Sent before, or a second file that names no version.'), 412: receipt('The version to correct is not the last.'),
      413: receipt('Too large.'), 415: receipt('Not a file of this kind.'), 422: receipt('Rows with errors: nothing stored, kept as a draft.'), 507: receipt('The disk of the server is full.'),
    },
  })
  return routes
    .openapi(operation('report.read', { method: 'get', path: '/{list}/reports', summary: 'Reports, the latest first unless ordered otherwise', request: { params: ListPath, query: ReportsQuestion }, responses: answers(ReportsAnswer, 'What each changed.') }), async (c) => {
      const { format, state, source, evidence, period, number, sort, offset, limit } = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const wanted = reportStates.find((one) => one === state)
      if (state !== undefined && !wanted) throw new Refusal(400, 'question.state', `"${state.slice(0, 40)}" is no state of a report; there are ${reportStates.join(', ')}.`, { field: 'state' })
      const numbered = number === undefined ? undefined : numberAsked(number)
      if (numbered === null) throw new Refusal(400, 'question.number', `"${number?.slice(0, 40)}" is no number of a receipt; one is written province-370000-2026-0003, 2026-3 or 3.`, { field: 'number' })
      const page = format === 'json' ? { offset, limit } : { offset: 0, limit: 100_000 }
      const purview = purviewHere(c, 'report.read', list.code)
      if (source !== undefined && !(await findSource(db, list.id, source, purview))) throw notFound('source', source)
      const { rows, total } = await reportsOf(db, { listId: list.id, purview, source, evidence, state: wanted, period, number: numbered }, page, sortOf(sort))
      return sendAnswer(c, format, { rows: rows.map((row) => shown(c, row)), page: { ...page, total } }, reportsTable, list.demonstration)
    })
    .openapi(operation('report.read', { method: 'get', path: '/{list}/reports/{id}', summary: 'One report', request: { params: ReportPath, query: z.object({ format: Format.default('json') }) }, responses: answers(ReportAnswer, 'With its warnings.') }), async (c) => {
      const { list, report } = await reportOf(services, c, 'report.read', c.req.valid('param'))
      return sendAnswer(c, c.req.valid('query').format, { report: shown(c, report), warnings: report.warnings, approving: await approving(c, list, report), reviewing: can(c.get('actor'), 'report.review') === null ? null : reviewOf(report, c.get('actor')), parts: await partsOfPeriod(db, list, report) }, reportTable, list.demonstration)
    })
    .openapi(operation('report.read', {
      method: 'get', path: '/{list}/reports/{id}/errors', summary: 'Every error of a draft, by row and column',
      request: { params: ReportPath, query: ReportsQuestion.pick({ offset: true, limit: true, format: true }) }, responses: answers(ReportErrorsAnswer, 'In the order of the file.'),
    }), async (c) => {
      const { format, offset, limit } = c.req.valid('query')
      const { list, report } = await reportOf(services, c, 'report.read', c.req.valid('param'))
      const page = format === 'json' ? { offset, limit } : { offset: 0, limit: 100_000 }
      const { rows, total } = await errorsOf(db, report.id_, purviewHere(c, 'report.read', list.code), page)
      // A price may stand in the wrong column: what was in a cell is told to whom the file opens.
      const errors = opensFile(c, report) ? rows : rows.map((row) => ({ ...row, value: null }))
      return sendAnswer(c, format, { report: report.id, errors, errorsTotal: report.errorsTotal, page: { ...page, total } }, errorsTable, list.demonstration)
    })
    .openapi(operation('report.read', {
      method: 'get', path: '/{list}/reports/{id}/difference', summary: 'What a report says otherwise than the version that it corrects, or than the one before it, and what that does to the totals',
      request: { params: ReportPath, query: ReportsQuestion.pick({ offset: true, limit: true, format: true }) }, responses: answers(DifferenceAnswer, 'Pairs left out first, then those said otherwise, added, and of another day. Of a report that waits: what it would do if it counted now.', { held: false }),
    }), async (c) => {
      const { format, offset, limit } = c.req.valid('query')
      const { list, report } = await reportOf(services, c, 'report.read', c.req.valid('param'))
      return sendAnswer(c, format, await inTurnAlways(c, () => differenceOf(services, list, report, format === 'json' ? { offset, limit } : { offset: 0, limit: 100_000 })), differenceTable, list.demonstration)
    })
    // The form is read here and not by the route, so that a wrong one too is answered by a receipt.
    .post('/:list/reports', allowed('report.send'), async (c) => {
      let isDryRun = false
      try {
        const submission = await submissionFrom(c, c.req.param('list'), services)
        isDryRun = submission.dryRun
        try {
          const { status, receipt: answer } = await submitReport(services, submission, c.req.raw.signal)
          c.set('receipt', answer)
          return c.json(answer, status)
        } finally {
          await services.files.discard(submission.file)
        }
      } catch (failed) {
        const error = troubleOf(failed, services, c.get('requestId')) ?? failed
        if (!(error instanceof Refusal)) throw error
        const refused = { ...blankReceipt(isDryRun), reason: error.reason, detail: error.message, ...error.problem() }
        c.set('receipt', refused)
        c.set('refusal', error.code)
        return c.json(refused, error.status, error.status === 503 ? { 'Retry-After': '5' } : {})
      }
    })
    .get('/:list/reports/:id/file', allowed('report.file'), async (c) => {
      const { list, report } = await reportOf(services, c, 'report.file', { list: c.req.param('list'), id: c.req.param('id') })
      if (!opensFile(c, report)) throw notFound('report', report.id)
      // It may hold prices: who looks is noted before he sees it.
      c.set('noted', true)
      await services.audit.note([eventOf(c, { action: 'report.file', outcome: 'done', list: list.code, object: report.id, after: { mayHoldPrices: report.mayHoldPrices } })])
      const { stream, bytes } = await services.files.read(report.sha256)
      return c.body(Readable.toWeb(stream) as ReadableStream<Uint8Array>, 200, {
        'Content-Length': String(bytes),
        'Content-Type': 'application/octet-stream', 'Content-Disposition': attachment(report.filename),
      })
    })

  async function approving(c: Context, list: ListRow, report: ReportRow): Promise<Approving | null> {
    const actor = c.get('actor')
    if (can(actor, 'report.approve') === null) return null
    const decided = await decideApproval(db, list, report, actor)
    return 'refused' in decided ? decided.refused : 'yes'
  }
}

/** A report as whoever asks sees it. */
function shown(c: Context, row: ReportRow): Report {
  const { id_, number_, sentByName, sourceId, slot, storedSha256, warnings, mayHoldPrices, idempotencyKey, sentBy, unit, sha256, bytes, reviewedById, approvedById, ...report } = row
  const fileOpen = opensFile(c, row)
  return { ...report, ...(fileOpen ? { sha256, bytes } : { sha256: null, bytes: null }), fileOpen }
}

import { z } from '@hono/zod-openapi'
import { errorsOf } from '@lastmile/db/query/reports'
import { findSource } from '@lastmile/db/query/sources'
import { languages } from '@lastmile/shared/text'
import { eventOf } from '../audit/event-of.js'
import { purviewHere } from '../http/actor.js'
import { sendFile } from '../http/export.js'
import { files, ListPath, newRoutes, operation } from '../http/open-api.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { errorsInThread } from './errors-in-thread.js'
import { opensFile, reportOf } from './report-of.js'
import { limitsOf } from './submission.js'

/** A report's errors in its own file: for whom the file opens. */
export function errorsRoutes(services: Services) {
  return newRoutes()
    .openapi(operation('report.file', {
      method: 'get', path: '/{list}/reports/{id}/errors/file', summary: 'The rows as they were sent, with what is wrong marked in them, to be mended and sent again',
      request: { params: ListPath.extend({ id: z.string() }), query: z.object({ language: z.enum(languages).default('zh') }) },
      responses: files('A workbook. Its column of errors is ignored when it is sent again; prices are blank and must be filled in again.', { 409: 'The report has no errors, or its file cannot be read any more.', 413: 'The file is too large for it.' }, { csv: false }),
    }), async (c) => {
      const { list, report } = await reportOf(services, c, 'report.file', c.req.valid('param'))
      const { language } = c.req.valid('query')
      if (!opensFile(c, report)) throw notFound('report', report.id)
      if (report.errorsTotal === 0) throw new Refusal(409, 'report.no_errors', 'This report has no errors.', { report: report.id })
      const purview = purviewHere(c, 'report.file', list.code)
      const source = await findSource(services.db, list.id, report.source, purview)
      if (!source) throw notFound('report', report.id)
      // What stands in its cells may be a price in the wrong column: who looks is noted before he sees it.
      c.set('noted', true)
      await services.audit.note([eventOf(c, { action: 'report.file', outcome: 'done', list: list.code, object: report.id, after: { mayHoldPrices: report.mayHoldPrices, errors: true } })])
      const { rows: errors } = await errorsOf(services.db, report.id_, purview, { offset: 0, limit: 100_000 })
      const { path } = await services.files.kept(report.sha256).catch((error: unknown) => {
        if ((error as { code?: unknown }).code !== 'ENOENT') throw error
        throw new Refusal(409, 'report.file_gone', 'Its file is not there any more.', { report: report.id })
      })
      const book = await errorsInThread({ content: { path }, filename: report.filename, profile: source.profile, limits: limitsOf(source, report.channel), errors, errorsTotal: report.errorsTotal, language, number: report.number }, c.req.raw.signal)
      c.header('Cache-Control', 'no-store')
      return sendFile(c, `errors_${report.filename.replace(/\.[^.]*$/, '')}.xlsx`, book)
    })
}

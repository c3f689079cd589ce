import { z } from '@hono/zod-openapi'
import { countsOfReport, dayReceived, deedsOf } from '@lastmile/db/query/receipts'
import { Format } from '@lastmile/shared/basis'
import { historyOf, Receipt } from '@lastmile/shared/receipt'
import { sendAnswer } from '../http/export.js'
import { answers, ListPath, newRoutes, operation } from '../http/open-api.js'
import type { Services } from '../lib/services.js'
import { opensFile, reportOf } from './report-of.js'
import { receiptTable } from './tables.js'

/** The receipt of a report: for its sender, and whoever else may see the report. */
export function receiptRoutes(services: Services) {
  const { db } = services
  return newRoutes()
    .openapi(operation('report.read', {
      method: 'get', path: '/{list}/reports/{id}/receipt', summary: 'The receipt of a report: number, day, digest, figures, warnings, and what has become of it',
      request: { params: ListPath.extend({ id: z.string() }), query: z.object({ format: Format.default('json') }) }, responses: answers(Receipt, 'As it stands now.'),
    }), async (c) => {
      const { list, report } = await reportOf(services, c, 'report.read', c.req.valid('param'))
      const { parsed, storedCount } = report
      const isOpen = opensFile(c, report)
      const stored = storedCount > 0 ? await countsOfReport(db, list.id, report.id_) : null
      // What waits has been counted and is not stored.
      const isStored = stored !== null && stored.institutions > 0
      return sendAnswer(c, c.req.valid('query').format, {
        number: report.number, issuedOn: dayReceived(list, report.receivedAt), list: list.code, listName: list.name, timeZone: list.timeZone, demonstration: list.demonstration,
        report: report.id, source: report.source, sourceName: report.sourceName, evidence: report.evidence, channel: report.channel, sentBy: report.sentByName,
        filename: report.filename, sha256: isOpen ? report.sha256 : null, bytes: isOpen ? report.bytes : null, storedSha256: isOpen ? report.storedSha256 : null,
        period: report.period, asOf: report.asOf, scope: report.scope, mode: report.mode, version: report.version, corrects: report.corrects, supersededBy: report.supersededBy,
        counts: {
          rows: report.rowsTotal, stored: isStored ? storedCount : 0, institutions: isStored ? stored.institutions : null, drugs: isStored ? stored.drugs : null,
          inStock: parsed?.inStock ?? null, notKnown: parsed?.notKnown ?? null, zero: parsed?.zero ?? null,
        },
        warnings: report.warnings, suspicions: report.suspicions, errorsTotal: report.errorsTotal, effect: report.effect, state: report.state,
        history: historyOf(report, await deedsOf(db, list.code, report.id)),
      }, receiptTable, list.demonstration)
    })
}

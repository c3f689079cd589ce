import { z } from '@hono/zod-openapi'
import { findSource } from '@lastmile/db/query/sources'
import { templatePairs } from '@lastmile/db/query/template'
import { Day, Period } from '@lastmile/shared/day'
import { Kind } from '@lastmile/shared/kind'
import { hasTemplate } from '@lastmile/shared/source'
import { languages } from '@lastmile/shared/text'
import { purviewHere } from '../http/actor.js'
import { sendFile } from '../http/export.js'
import { inTurnAlways } from '../http/in-turn.js'
import { files, ListPath, newRoutes, operation } from '../http/open-api.js'
import { listOf } from '../http/parameters.js'
import { csvPieces } from '../http/table-file.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { areasNamed, scopeOf } from '../reports/scope.js'
import { daysOf } from '../reports/submission.js'
import { workbookFile } from '../writing/workbook-file.js'
import { templateBook, templateTable } from './template-book.js'

/** Rows that a template has at most: a person fills it in, and a spreadsheet opens it at once. */
export const templateRowsAtMost = 20_000

const TemplateQuestion = z.object({
  period: Period.optional(), asOf: Day.optional(), drug: z.string().optional(), region: z.string().optional(), kind: Kind.optional(),
  language: z.enum(languages).default('zh'), format: z.enum(['xlsx', 'csv']).default('xlsx'),
})

/** Templates to fill in and send as reports. */
export function templateRoutes(services: Services) {
  const { db, clock } = services
  return newRoutes()
    .openapi(operation('report.send', {
      method: 'get', path: '/{list}/sources/{source}/template', summary: 'A template for a source and a period: its last pairs and those eligible, to be filled in and sent',
      request: { params: ListPath.extend({ source: z.string() }), query: TemplateQuestion },
      responses: files(`A workbook whose master data are locked, or a CSV, of at most ${templateRowsAtMost} rows. A row whose status is left blank is not reported.`, { 403: 'The source does not report on that drug or region.', 409: 'Of this source there is no template.', 413: 'There are more rows: name a drug, a region or a kind.' }, { csv: true }),
    }), async (c) => {
      const { drug, region, kind, language, format, period, asOf: askedDay } = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const source = await findSource(db, list.id, c.req.valid('param').source, purviewHere(c, 'report.send', list.code))
      if (!source) throw notFound('source', c.req.valid('param').source)
      if (!hasTemplate(source.profile)) throw new Refusal(409, 'template.none', 'This source reports what happened, or brings its institutions along: its rows cannot be listed before.')
      const asked = period === undefined && askedDay === undefined ? { period: list.today.slice(0, 7), asOf: null } : { period: period ?? null, asOf: askedDay ?? null }
      const { asOf } = daysOf(asked, list, clock.now())
      const narrowed = drug !== undefined || region !== undefined || kind !== undefined
      const scope = await scopeOf(db, list, source, narrowed ? { drugs: drug === undefined ? null : [drug], regions: region === undefined ? null : [region], kinds: kind === undefined ? null : [kind] } : null)
      const filter = { scope, areas: await areasNamed(services, list, scope), drug: null, kind: null, day: asOf }
      const { pairs, total } = await inTurnAlways(c, () => templatePairs(db, list, source, filter, templateRowsAtMost))
      if (total > templateRowsAtMost) throw new Refusal(413, 'template.too_large', `The template would have ${total} rows, and has at most ${templateRowsAtMost}: name a drug, a region (a province or city) or a kind, and fill in one after the other.`)
      const template = { list, source, period: asked.period, asOf, language, pairs }
      const name = `template_${source.data.code}_${asked.period ?? asOf}`
      c.header('Cache-Control', 'no-store')
      if (format === 'csv') return sendFile(c, `${name}.csv`, csvPieces({ ...templateTable(template), notes: [] }))
      return sendFile(c, `${name}.xlsx`, await workbookFile(templateBook(template)))
    })
}

import { companiesOf } from '@lastmile/db/query/drugs'
import { reportingOf } from '@lastmile/db/query/reporting'
import { findSource } from '@lastmile/db/query/sources'
import { ReportingAnswer, ReportingQuestion } from '@lastmile/shared/reporting'
import { sortOf } from '@lastmile/shared/sort'
import { purviewHere } from '../http/actor.js'
import { sendAnswer } from '../http/export.js'
import { answers, ListPath, newRoutes, operation } from '../http/open-api.js'
import { checkOwnArea } from '../http/own-area.js'
import { areaOrNoUnitOf, listOf, whenOf } from '../http/parameters.js'
import { notFound } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { reportingTable } from './tables.js'

/** Who has reported what he owes, and who has not. */
export function reportingRoutes(services: Services) {
  const { db } = services
  return newRoutes()
    .openapi(operation('source.read', {
      method: 'get', path: '/{list}/reporting', summary: 'Of each source its last periods: reported in time, late, held, missing; how complete; and rates', request: { params: ListPath, query: ReportingQuestion },
      responses: answers(ReportingAnswer, 'As it stood at the end of the as-of day. A missing report is never zero.'),
    }), async (c) => {
      const { format, periods, evidence, region, company, source, state, sort, offset, limit, ...when } = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const purview = purviewHere(c, 'source.read', list.code)
      const area = await areaOrNoUnitOf(services, list, region)
      await checkOwnArea(db, purview, area, region)
      if (company !== undefined && !(await companiesOf(db, list.id)).some((one) => one.code === company)) throw notFound('company', company)
      if (source !== undefined && !(await findSource(db, list.id, source, purview))) throw notFound('source', source)
      const filter = { asOf: whenOf(list, null, when).asOf, periods, evidence, area, company, source, purview, reports: purviewHere(c, 'report.read', list.code) }
      const answer = await reportingOf(db, list, filter, format === 'json' ? { offset, limit } : { offset: 0, limit: 100_000 }, sortOf(sort), state ?? null)
      return sendAnswer(c, format, answer, reportingTable, list.demonstration)
    })
}

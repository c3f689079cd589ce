import { z } from '@hono/zod-openapi'
import { companiesOf, companyDetail, drugDetail, drugsOf } from '@lastmile/db/query/drugs'
import { regionByCode, regionsOf } from '@lastmile/db/query/regions'
import { sourcesOf } from '@lastmile/db/query/sources'
import { Format } from '@lastmile/shared/basis'
import { Day } from '@lastmile/shared/day'
import { CompaniesAnswer, CompanyAnswer, DrugAnswer, DrugsAnswer } from '@lastmile/shared/drug'
import { ListsAnswer } from '@lastmile/shared/list'
import { RegionAnswer, RegionsAnswer } from '@lastmile/shared/region'
import { SourcesAnswer } from '@lastmile/shared/report'
import { sendAnswer } from '../http/export.js'
import { purviewHere } from '../http/actor.js'
import { answers, ListPath, newRoutes, operation } from '../http/open-api.js'
import { drugOf, listOf, noRegion, whenOf } from '../http/parameters.js'
import { notFound } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { companiesTable, companyTable, drugTable, drugsTable, listsTable, regionsTable, regionTable, sourcesTable } from './tables.js'

const AsTable = z.object({ format: Format.default('json') })
const OnDay = AsTable.extend({ asOf: Day.optional() })

/** Lists and what they are made of: drugs, companies, regions, sources. */
export function listRoutes(services: Services) {
  const { db } = services
  return newRoutes()
    .openapi(operation('list.read', { method: 'get', path: '/', summary: 'The list editions', request: { query: AsTable }, responses: answers(ListsAnswer, 'Each with its own today.', { held: false }) }), async (c) => {
      const rows = await services.lists.all()
      const lists = rows.map(({ id, regionSetId, thresholds, publicVersion, alerting, ...list }) => ({ ...list, version: publicVersion }))
      return sendAnswer(c, c.req.valid('query').format, { lists }, listsTable)
    })
    .openapi(operation('list.read', { method: 'get', path: '/{list}/drugs', summary: 'The listed drugs', request: { params: ListPath, query: AsTable }, responses: answers(DrugsAnswer, 'In list order.') }), async (c) => {
      const list = await listOf(services, c.req.valid('param').list)
      return sendAnswer(c, c.req.valid('query').format, { drugs: (await drugsOf(db, list.id)).map((drug) => drug.data) }, drugsTable, list.demonstration)
    })
    .openapi(operation('list.read', {
      method: 'get', path: '/{list}/drugs/{drug}', summary: 'One drug', request: { params: ListPath.extend({ drug: z.string() }), query: OnDay },
      responses: answers(DrugAnswer, 'Its standard, days from listing to the n-th unit, last statements.'),
    }), async (c) => {
      const list = await listOf(services, c.req.valid('param').list)
      const drug = (await drugOf(services, list, c.req.valid('param').drug))!
      return sendAnswer(c, c.req.valid('query').format, await drugDetail(db, list, drug, whenOf(list, null, c.req.valid('query')).asOf), drugTable, list.demonstration)
    })
    .openapi(operation('list.read', { method: 'get', path: '/{list}/companies', summary: 'The companies', request: { params: ListPath, query: AsTable }, responses: answers(CompaniesAnswer, 'With their drugs.') }), async (c) => {
      const list = await listOf(services, c.req.valid('param').list)
      return sendAnswer(c, c.req.valid('query').format, { companies: await companiesOf(db, list.id) }, companiesTable, list.demonstration)
    })
    .openapi(operation('list.read', {
      method: 'get', path: '/{list}/companies/{company}', summary: 'One company', request: { params: ListPath.extend({ company: z.string() }), query: OnDay },
      responses: answers(CompanyAnswer, 'Its drugs, unstocked first.'),
    }), async (c) => {
      const { list: code, company } = c.req.valid('param')
      const list = await listOf(services, code)
      const answer = await companyDetail(db, list, company, whenOf(list, null, c.req.valid('query')).asOf)
      if (!answer) throw notFound('company', company)
      return sendAnswer(c, c.req.valid('query').format, answer, companyTable, list.demonstration)
    })
    .openapi(operation('list.read', { method: 'get', path: '/{list}/regions', summary: 'The reporting units', request: { params: ListPath, query: AsTable }, responses: answers(RegionsAnswer, 'With what lies outside the scheme.') }), async (c) => {
      const list = await listOf(services, c.req.valid('param').list)
      return sendAnswer(c, c.req.valid('query').format, await regionsOf(db, list), regionsTable, list.demonstration)
    })
    .openapi(operation('list.read', {
      method: 'get', path: '/{list}/regions/{code}', summary: 'One unit or city', request: { params: ListPath.extend({ code: z.string() }), query: AsTable },
      responses: answers(RegionAnswer, 'With the cities below it.'),
    }), async (c) => {
      const list = await listOf(services, c.req.valid('param').list)
      const answer = await regionByCode(db, list, c.req.valid('param').code)
      if (!answer) throw await noRegion(services, list, c.req.valid('param').code)
      return sendAnswer(c, c.req.valid('query').format, answer, regionTable, list.demonstration)
    })
    .openapi(operation('source.read', {
      method: 'get', path: '/{list}/sources', summary: 'Who reports, what came last, what is late', request: { params: ListPath, query: OnDay },
      responses: answers(SourcesAnswer, 'A missing report is never zero.'),
    }), async (c) => {
      const list = await listOf(services, c.req.valid('param').list)
      return sendAnswer(c, c.req.valid('query').format, await sourcesOf(db, list, whenOf(list, null, c.req.valid('query')).asOf, purviewHere(c, 'source.read', list.code)), sourcesTable, list.demonstration)
    })
}

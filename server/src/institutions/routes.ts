import { z } from '@hono/zod-openapi'
import { clustersOf } from '@lastmile/db/query/clusters'
import { hasInstitution, institutionByCode, institutionsOf } from '@lastmile/db/query/institutions'
import { findReport } from '@lastmile/db/query/reports'
import { TooManyToOrder } from '@lastmile/db/query/statement-order'
import { statementsOf } from '@lastmile/db/query/statements'
import { ClustersQuestion, Format, InstitutionsQuestion, StatementsQuestion } from '@lastmile/shared/basis'
import { boxOf } from '@lastmile/shared/box'
import { ClustersAnswer } from '@lastmile/shared/cluster'
import { Day } from '@lastmile/shared/day'
import { InstitutionAnswer, InstitutionsAnswer } from '@lastmile/shared/institution'
import { rowsOrderedAtMost, sortOf, type SortText, type Sort } from '@lastmile/shared/sort'
import { StatementsAnswer } from '@lastmile/shared/statement'
import { sendAnswer } from '../http/export.js'
import { inTurn } from '../http/in-turn.js'
import { purviewHere } from '../http/actor.js'
import { answers, ListPath, newRoutes, operation } from '../http/open-api.js'
import { areaOrNoUnitOf, areasOf, drugOf, listOf, statesOf, whenOf } from '../http/parameters.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { clustersTable, institutionsTable, institutionTable, statementsTable } from './tables.js'

/** An export holds all rows, not a page of them, up to this many. */
const exportAtMost = 100_000

/** Institutions, and the rows behind any number. */
export function institutionRoutes(services: Services) {
  const { db } = services
  return newRoutes()
    .openapi(operation('institution.read', {
      method: 'get', path: '/{list}/institutions', summary: 'Institutions, searched and filtered', request: { params: ListPath, query: InstitutionsQuestion },
      responses: answers(InstitutionsAnswer, 'With a drug, each with that pair\'s state; without one, the institution\'s state over all drugs.'),
    }), async (c) => {
      const question = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const drug = await drugOf(services, list, question.drug)
      if (question.eligible !== undefined && !drug) throw new Refusal(400, 'question.eligible', '"eligible" speaks of a drug: name one.', { field: 'eligible' })
      const when = whenOf(list, question.evidence, question)
      const filter = {
        search: question.search ?? null, areas: await areasOf(services, list, question.region), box: question.bbox === undefined ? null : boxOf(question.bbox),
        placed: question.placed === undefined ? null : question.placed === 'true', kind: question.kind ?? null, drug: drug?.id ?? null,
        states: statesOf(question.state), eligible: question.eligible === undefined ? null : question.eligible === 'true',
      }
      const answer = await inTurn(c, list, when, () => institutionsOf(db, list, when, filter, pageOf(question)))
      return sendAnswer(c, question.format, answer, institutionsTable, list.demonstration)
    })
    .openapi(operation('institution.read', {
      method: 'get', path: '/{list}/institutions/clusters', summary: 'Institutions as marks for one view of the map', request: { params: ListPath, query: ClustersQuestion },
      responses: answers(ClustersAnswer, 'Some hundreds of marks at most, each with its counts by state and the parameters that open its institutions.'),
    }), async (c) => {
      const question = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const drug = await drugOf(services, list, question.drug)
      const when = whenOf(list, question.evidence, question)
      const view = { box: boxOf(question.bbox), zoom: question.zoom, drug: drug?.id ?? null, states: statesOf(question.state) }
      const answer = await inTurn(c, list, when, () => clustersOf(db, list, when, view))
      return sendAnswer(c, question.format, answer, (one) => clustersTable(one, question))
    })
    .openapi(operation('institution.read', {
      method: 'get', path: '/{list}/institutions/{code}', summary: 'One institution', request: { params: ListPath.extend({ code: z.string() }), query: z.object({ asOf: Day.optional(), format: Format.default('json') }) },
      responses: answers(InstitutionAnswer, 'What each kind of evidence says of each listed drug there.'),
    }), async (c) => {
      const { list: listCode, code } = c.req.valid('param')
      const list = await listOf(services, listCode)
      const answer = await institutionByCode(db, list, code, whenOf(list, null, c.req.valid('query')).asOf)
      if (!answer) throw notFound('institution', code)
      return sendAnswer(c, c.req.valid('query').format, answer, institutionTable, list.demonstration)
    })
    .openapi(operation('statement.read', {
      method: 'get', path: '/{list}/statements', summary: 'The rows behind any number', request: { params: ListPath, query: StatementsQuestion },
      responses: answers(StatementsAnswer, 'Each with what its asker may see of it: reason, days to get it and quantity of his own pairs; report and line of his own reports.'),
    }), async (c) => {
      const question = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const drug = await drugOf(services, list, question.drug)
      const { institution, report } = question
      if (institution !== undefined && !(await hasInstitution(db, list, institution))) throw notFound('institution', institution)
      const sees = { details: purviewHere(c, 'statement.detail', list.code), reports: purviewHere(c, 'report.read', list.code) }
      if (question.line !== undefined && report === undefined) throw new Refusal(400, 'question.line', '"line" speaks of a report: name one.', { field: 'line' })
      if (report !== undefined && !(await findReport(db, { listId: list.id, purview: sees.reports, code: report }))) throw notFound('report', report)
      const when = whenOf(list, question.evidence, question)
      const filter = {
        drug: drug?.id ?? null, area: await areaOrNoUnitOf(services, list, question.region), institution: institution ?? null, kind: question.kind ?? null,
        states: statesOf(question.state), report: report ?? null, line: question.line ?? null,
      }
      const answer = await inTurn(c, list, when, () => statementsOf(db, list, when, filter, pageOf(question), sees)).catch((error: unknown) => {
        if (!(error instanceof TooManyToOrder)) throw error
        throw new Refusal(400, 'question.too_many_to_order', `"sort": so at most ${rowsOrderedAtMost} rows are put in order, and this question has ${error.total}. Name a drug, a region or a state, or sort by institution, unit or drug.`, { field: 'sort' })
      })
      return sendAnswer(c, question.format, answer, statementsTable)
    })
}

function pageOf<Field extends string>({ offset, limit, sort, format }: { offset: number; limit: number; sort?: SortText<Field> | undefined; format: Format }): { offset: number; limit: number; sort: Sort<Field> | null } {
  return { ...(format === 'json' ? { offset, limit } : { offset: 0, limit: exportAtMost }), sort: sortOf(sort) }
}

import { contradictionsOf } from '@lastmile/db/query/contradictions'
import { companiesOf } from '@lastmile/db/query/drugs'
import { hasInstitution } from '@lastmile/db/query/institutions'
import { ContradictionsAnswer, ContradictionsQuestion, NewRequests, RequestsAnswer } from '@lastmile/shared/contradiction'
import { sortOf } from '@lastmile/shared/sort'
import { purviewHere } from '../http/actor.js'
import { sendAnswer } from '../http/export.js'
import { inTurnAlways } from '../http/in-turn.js'
import { answered, answers, jsonBody, ListPath, newRoutes, operation } from '../http/open-api.js'
import { areaOrNoUnitOf, drugOf, listOf, whenOf } from '../http/parameters.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { askSources } from './ask-sources.js'
import { contradictionsTable } from './tables.js'

/** An export holds all rows, not a page of them, up to this many. */
const exportAtMost = 100_000

/** Where kinds of evidence speak against each other: the list to work through, and asking a source to confirm. */
export function contradictionRoutes(services: Services) {
  const { db } = services
  return newRoutes()
    .openapi(operation('contradiction.read', {
      method: 'get', path: '/{list}/contradictions', summary: 'Pairs of which kinds of evidence say otherwise than each other', request: { params: ListPath, query: ContradictionsQuestion },
      responses: answers(ContradictionsAnswer, 'One set, the longest first; and how many pairs and institutions are in each. A province sees its own institutions, a company its own drugs.'),
    }), async (c) => {
      const question = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const drug = await drugOf(services, list, question.drug)
      const { institution, company, set, kind, asked, format, offset, limit, sort } = question
      if (institution !== undefined && !(await hasInstitution(db, list, institution))) throw notFound('institution', institution)
      if (company !== undefined && !(await companiesOf(db, list.id)).some(({ code }) => code === company)) throw notFound('company', company)
      const when = whenOf(list, 'supplied', question)
      if (when.since !== null && when.since < list.inForce) throw new Refusal(400, 'question.since', `Supplies are held against declarations from the day on which the list came into force: ${list.inForce}.`, { field: 'since' })
      const filter = { drug: drug?.id ?? null, area: await areaOrNoUnitOf(services, list, question.region), institution: institution ?? null, company: company ?? null, kind: kind ?? null, asked: asked ?? null }
      const own = (action: 'contradiction.read' | 'statement.detail' | 'report.read' | 'source.read') => purviewHere(c, action, list.code)
      const sees = { pairs: own('contradiction.read'), details: own('statement.detail'), reports: own('report.read'), sources: own('source.read') }
      const page = { ...(format === 'json' ? { offset, limit } : { offset: 0, limit: exportAtMost }), sort: sortOf(sort) }
      const answer = await inTurnAlways(c, () => contradictionsOf(db, list, when, set, filter, page, sees))
      return sendAnswer(c, format, answer, (one) => contradictionsTable(one, question))
    })
    .openapi(operation('contradiction.ask', {
      method: 'post', path: '/{list}/contradictions/requests', summary: 'Ask the sources of some pairs to confirm them', request: { params: ListPath, body: jsonBody(NewRequests) },
      description: 'Of pairs that are in the set today, who can act on each is asked, and told in the inbox. Asking again while there is time to answer changes nothing.',
      responses: answered(RequestsAnswer, 'What became of each, in the order in which they were named.'),
    }, { largestBody: 128 * 1024 }), async (c) => {
      const list = await listOf(services, c.req.valid('param').list)
      return c.json(await askSources(services, c, list, purviewHere(c, 'contradiction.ask', list.code), c.req.valid('json')), 200)
    })
}

import type { Context } from 'hono'
import { z } from '@hono/zod-openapi'
import { candidaciesAnswer, editionsAnswer } from '@lastmile/db/query/candidacy-rows'
import { drugLife } from '@lastmile/db/query/drug-life'
import { editionId } from '@lastmile/db/query/keep-candidacy'
import { CandidaciesAnswer, CandidaciesQuestion, Candidacy, CandidacyChange, EditionsAnswer, EditionsQuestion, LifeAnswer, LifeQuestion, NewCandidacy } from '@lastmile/shared/candidacy'
import { StageSaid } from '@lastmile/shared/drug-stage'
import { purviewHere } from '../http/actor.js'
import { AtVersion, versionIn } from '../http/at-version.js'
import { sendAnswer } from '../http/export.js'
import { answers, jsonBody, ListPath, newRoutes, operation, problem } from '../http/open-api.js'
import { listOf, whenOf } from '../http/parameters.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { changedCandidacy, newCandidacy, restatedStage, statedStage, type Keeper, type NamedCandidacy } from './keep-candidacies.js'
import { candidaciesTable, editionsTable, lifeTable } from './tables.js'

/** An export holds all candidacies, not a page of them, up to this many. */
const exportAtMost = 10_000

const CandidacyPath = ListPath.extend({ code: z.string() })
const StagePath = CandidacyPath.extend({ no: z.coerce.number().int().min(1).max(1_000_000) })
const one = (description: string) => ({ description, content: { 'application/json': { schema: Candidacy } } })
const known = { 200: one('As it is known now.'), 403: problem('A stage that is not the asker\'s to state.'), 412: problem('It was changed since: at which version it is.'), 422: problem('A day to come of what has not happened yet.') }

/** Editions side by side, and the drugs in the course of each: everybody reads those that were published, a company its own, the regulator all. */
export function candidacyRoutes(services: Services) {
  const { db } = services
  const keeper = async (c: Context, code: string): Promise<Keeper> => {
    const list = await listOf(services, code)
    const purview = purviewHere(c, 'candidacy.keep', list.code)
    // Who is of another list keeps nothing of this one.
    if (purview.of !== 'all' && purview.of !== 'company') throw new Refusal(404, 'path.not_found', 'There is nothing here.')
    return { list, purview }
  }
  const named = ({ code }: z.infer<typeof CandidacyPath>, header: z.infer<typeof AtVersion>): NamedCandidacy => ({ code, version: versionIn(header) })
  return newRoutes()
    .openapi(operation('candidacy.read', {
      method: 'get', path: '/{list}/editions', summary: 'Editions side by side: where their drugs stand, what ends next, and who can apply to the next', request: { params: ListPath, query: EditionsQuestion },
      responses: answers(EditionsAnswer, 'Counted over what the asker may see. Of an edition whose result is awaited nothing is known of its drugs but what was published.'),
    }), async (c) => {
      const { format, ...asked } = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      return sendAnswer(c, format, await editionsAnswer(db, list, purviewHere(c, 'candidacy.follow', list.code), whenOf(list, null, asked)), editionsTable)
    })
    .openapi(operation('candidacy.read', {
      method: 'get', path: '/{list}/candidacies', summary: 'Drugs in the course of editions, and where each stands', request: { params: ListPath, query: CandidaciesQuestion },
      responses: answers(CandidaciesAnswer, 'Those that were published; the asker\'s own too that were not. What a company or the regulator wrote beside a stage is told to them alone, but for documents that anybody can read.'),
    }), async (c) => {
      const { format, offset, limit, asOf, knownOn, ...filter } = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      if (filter.edition !== undefined && (await editionId(db, list, filter.edition)) === null) throw notFound('edition', filter.edition)
      const answer = await candidaciesAnswer(db, list, purviewHere(c, 'candidacy.follow', list.code), whenOf(list, null, { asOf, knownOn }), filter, format === 'json' ? { offset, limit } : { offset: 0, limit: exportAtMost })
      return sendAnswer(c, format, answer, (rows) => candidaciesTable(rows, filter))
    })
    .openapi(operation('candidacy.read', {
      method: 'get', path: '/{list}/drugs/{drug}/life', summary: 'A drug\'s life across editions', request: { params: ListPath.extend({ drug: z.string() }), query: LifeQuestion },
      responses: answers(LifeAnswer, 'By the code of a drug of the list, or of a substance. Contradictions are told, and nothing is left out for them.'),
    }), async (c) => {
      const { format, ...asked } = c.req.valid('query')
      const { list: listCode, drug } = c.req.valid('param')
      const list = await listOf(services, listCode)
      const purviews = { follow: purviewHere(c, 'candidacy.follow', list.code), keep: purviewHere(c, 'candidacy.keep', list.code) }
      const answer = await drugLife(db, list, purviews, drug, whenOf(list, null, asked))
      if (!answer) throw notFound('drug', drug)
      return sendAnswer(c, format, answer, lifeTable)
    })
    .openapi(operation('candidacy.keep', {
      method: 'post', path: '/{list}/candidacies', summary: 'State that a drug was applied for, or the first that is known of it', request: { params: ListPath, body: jsonBody(NewCandidacy) },
      responses: { 201: one('It is known from now on, to its company and the regulator until it is published.'), 403: known[403], 409: problem('The drug stands in that edition already, or one of the same name and company.'), 422: problem('There is no such edition, company or substance; or a day to come.') },
    }), async (c) => c.json(await newCandidacy(services, c, await keeper(c, c.req.valid('param').list), c.req.valid('json')), 201))
    .openapi(operation('candidacy.keep', {
      method: 'put', path: '/{list}/candidacies/{code}', summary: 'Say otherwise of the drug of a candidacy: all of it', request: { params: CandidacyPath, headers: AtVersion, body: jsonBody(CandidacyChange) },
      description: 'What was said before stays as what was known until now. What says the same changes nothing.', responses: { 200: known[200], 409: problem('Another of the company\'s is called so in that edition.'), 412: known[412] },
    }), async (c) => c.json(await changedCandidacy(services, c, await keeper(c, c.req.valid('param').list), named(c.req.valid('param'), c.req.valid('header')), c.req.valid('json')), 200))
    .openapi(operation('candidacy.keep', {
      method: 'post', path: '/{list}/candidacies/{code}/stages', summary: 'State a stage', request: { params: CandidacyPath, headers: AtVersion, body: jsonBody(StageSaid) }, responses: known,
    }), async (c) => c.json(await statedStage(services, c, await keeper(c, c.req.valid('param').list), named(c.req.valid('param'), c.req.valid('header')), c.req.valid('json')), 200))
    .openapi(operation('candidacy.keep', {
      method: 'put', path: '/{list}/candidacies/{code}/stages/{no}', summary: 'Say a stage otherwise', request: { params: StagePath, headers: AtVersion, body: jsonBody(StageSaid) },
      responses: { ...known, 409: problem('The files of the edition state it.') },
    }), async (c) => c.json(await restatedStage(services, c, await keeper(c, c.req.valid('param').list), named(c.req.valid('param'), c.req.valid('header')), c.req.valid('param').no, c.req.valid('json')), 200))
    .openapi(operation('candidacy.keep', {
      method: 'delete', path: '/{list}/candidacies/{code}/stages/{no}', summary: 'Take a stage back', description: 'From now on it is not known. What was stays, for who asks what was known.', request: { params: StagePath, headers: AtVersion },
      responses: { 200: known[200], 403: known[403], 409: problem('The files of the edition state it.'), 412: known[412] },
    }), async (c) => c.json(await restatedStage(services, c, await keeper(c, c.req.valid('param').list), named(c.req.valid('param'), c.req.valid('header')), c.req.valid('param').no, null), 200))
}

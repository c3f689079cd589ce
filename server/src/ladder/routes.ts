import { z } from '@hono/zod-openapi'
import { companiesOf, drugsOf } from '@lastmile/db/query/drugs'
import { ladderFactByCode, ladderFactsAnswer } from '@lastmile/db/query/ladder-facts'
import { ladderOfPair, laddersOf } from '@lastmile/db/query/ladders'
import type { ListRow } from '@lastmile/db/query/lists'
import { LadderAnswer, LadderFactAnswer, LadderFactsAnswer, LadderFactsQuestion, LadderImportAnswer, LadderQuestion, LaddersAnswer, LaddersQuestion } from '@lastmile/shared/ladder-answer'
import { LadderFact, LadderFactSaid, LadderRefusal } from '@lastmile/shared/ladder-fact'
import { onlyFields } from '@lastmile/shared/only-fields'
import { standsAs } from '@lastmile/shared/rung'
import { allowed, purviewHere } from '../http/actor.js'
import { AtVersion, versionIn } from '../http/at-version.js'
import { sendAnswer } from '../http/export.js'
import { inTurn } from '../http/in-turn.js'
import { answered, answers, jsonBody, ListPath, newRoutes, notWell, operation, problem, refusedAlways } from '../http/open-api.js'
import { areaOf, drugOf, listOf, whenOf } from '../http/parameters.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { confirmFact, refuseFact } from './decide-facts.js'
import { importFacts } from './import-facts.js'
import { changeFact, enterFact, withdrawFact } from './keep-facts.js'
import { ladderFactsTable, laddersTable, ladderTable } from './tables.js'

/** An export holds all facts, not a page of them, up to this many. */
const exportAtMost = 20_000

const FactPath = ListPath.extend({ code: z.string() })
const oneFact = (description: string) => answered(LadderFact, description)
const changedSince = { 412: problem('It was changed since: at which version it is.') }
const notInList = { 422: problem('There is no such drug, unit or city, or it is not yours to enter: which.') }
const DryRun = z.object({ dryRun: z.enum(['true', 'false']).default('true') })

/** The ladder of the last mile: everybody reads it; a company enters facts of its own drugs, a province of itself, and confirms what companies enter there. */
export function ladderRoutes(services: Services) {
  const { db } = services
  const routes = newRoutes()
  routes.openAPIRegistry.registerPath({
    'x-action': 'ladder.enter', method: 'post', path: '/{list}/ladder-facts/file', summary: 'Enter facts from a file',
    description: 'CSV or XLSX with the columns of an export of facts; at least rung (环节), drug_code (药品编码; * for all), unit (报送单元 or 省份), says (状态), valid_from (生效日期) and source_zh (依据). With `dryRun` (the default) nothing is entered. All of it is, or, where anything is wrong, nothing. A row with `fact` is a change of that fact; a row whose `origin` is not yours is left out and counted.',
    request: { params: ListPath, query: DryRun, body: { required: true, content: { 'multipart/form-data': { schema: onlyFields({ file: z.any().openapi({ type: 'string', format: 'binary' }) }) } } } },
    responses: {
      200: { description: 'How many are new, changed and the same.', content: { 'application/json': { schema: LadderImportAnswer } } },
      422: { description: 'Nothing was entered: what is wrong, by row and column.', content: { 'application/json': { schema: LadderImportAnswer } } },
      ...refusedAlways, ...notWell, 403: problem('A page of another site asks.'), 408: problem('The body did not come to its end.'), 413: problem('It is larger than such a file is.'), 415: problem('It is no file that is read.'),
    },
  })
  return routes
    .openapi(operation('ladder.read', {
      method: 'get', path: '/{list}/ladders', summary: 'Ladders of the last mile: of a drug in all units, of all drugs in a unit, or of a company\'s drugs', request: { params: ListPath, query: LaddersQuestion },
      responses: answers(LaddersAnswer, 'By drug and unit. What nobody says is `not_known`, which is not "no". A company that asks for a unit is answered of its own drugs.'),
    }), async (c) => {
      const { drug: drugCode, unit, company, rung, state, word, format, ...asked } = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const when = whenOf(list, null, asked)
      if (rung === undefined ? state !== undefined || word !== undefined : state === undefined) throw new Refusal(400, 'question.ladders', 'rung, state: name both, or neither; word goes with them.', { field: rung === undefined ? 'rung' : 'state' })
      if (drugCode === undefined && unit === undefined && company === undefined) throw new Refusal(400, 'question.ladders', 'drug: name a drug, a unit or a company.', { field: 'drug' })
      const drug = await drugOf(services, list, drugCode)
      const area = await unitOf(services, list, unit)
      const own = c.get('actor').company
      // Of another company's drugs it is answered by their names; there is no list of them for it, here as elsewhere.
      if (own !== null && company !== undefined && company !== own) throw notFound('company', company)
      const companies = [company, drug === null ? own : null].filter((one) => one !== undefined && one !== null)
      for (const one of companies) if (!(await companiesOf(db, list.id)).some(({ code }) => code === one)) throw notFound('company', one)
      const drugs = (await drugsOf(db, list.id)).filter((one) => (drug === null || one.id === drug.id) && companies.every((code) => one.company.code === code)).map(({ id }) => id)
      const answer = await inTurn(c, list, when, () => laddersOf(db, list, when, { drugs, units: area && [area.code] }))
      if (rung !== undefined && state !== undefined) answer.ladders = answer.ladders.filter(({ rungs }) => standsAs(rungs, { rung, state, word }))
      return sendAnswer(c, format, answer, (one) => laddersTable(one, { drug: drugCode, unit, company: companies[0] }), list.demonstration)
    })
    .openapi(operation('ladder.read', {
      method: 'get', path: '/{list}/ladders/{drug}/{unit}', summary: 'The ladder of one drug in one unit, with all that it is made of', request: { params: ListPath.extend({ drug: z.string(), unit: z.string() }), query: LadderQuestion },
      responses: answers(LadderAnswer, 'Notes on what a company entered, and what was refused, for whose it is.'),
    }), async (c) => {
      const { list: listCode, drug: drugCode, unit } = c.req.valid('param')
      const { format, ...asked } = c.req.valid('query')
      const list = await listOf(services, listCode)
      const drug = (await drugOf(services, list, drugCode))!
      const area = (await unitOf(services, list, unit))!
      const when = whenOf(list, null, asked)
      const answer = await inTurn(c, list, when, () => ladderOfPair(db, list, when, drug.id, area.code, purviewHere(c, 'ladder.detail', list.code)))
      return sendAnswer(c, format, answer, ladderTable, list.demonstration)
    })
    .openapi(operation('ladder.detail', {
      method: 'get', path: '/{list}/ladder-facts', summary: 'Facts of the ladder that are the asker\'s, the latest said first', request: { params: ListPath, query: LadderFactsQuestion },
      responses: answers(LadderFactsAnswer, 'A company sees those that it entered, a province those that name it, the national regulator all.'),
    }), async (c) => {
      const { format, offset, limit, knownOn, ...filter } = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const answer = await ladderFactsAnswer(db, list, knownOn ?? null, purviewHere(c, 'ladder.detail', list.code), filter, format === 'json' ? { offset, limit } : { offset: 0, limit: exportAtMost })
      return sendAnswer(c, format, answer, ladderFactsTable, list.demonstration)
    })
    .openapi(operation('ladder.read', { method: 'get', path: '/{list}/ladder-facts/{code}', summary: 'One fact, and what was known of it before', request: { params: FactPath }, responses: answered(LadderFactAnswer, 'The latest first.') }), async (c) => {
      const { list: listCode, code } = c.req.valid('param')
      const list = await listOf(services, listCode)
      const answer = await ladderFactByCode(db, list, purviewHere(c, 'ladder.detail', list.code), code)
      if (!answer) throw notFound('ladder_fact', code)
      return c.json(answer, 200)
    })
    .openapi(operation('ladder.enter', {
      method: 'post', path: '/{list}/ladder-facts', summary: 'Enter a fact', description: 'What a province or the regulator enters is confirmed by that; what a company enters waits for the province.', request: { params: ListPath, body: jsonBody(LadderFactSaid) },
      responses: { 201: { description: 'It is known from now on.', content: { 'application/json': { schema: LadderFact } } }, 409: problem('You say something of the same from the same day already.'), ...notInList },
    }), async (c) => c.json(await enterFact(services, c, await listOf(services, c.req.valid('param').list), c.req.valid('json')), 201))
    .openapi(operation('ladder.enter', {
      method: 'put', path: '/{list}/ladder-facts/{code}', summary: 'Say a fact of one\'s own otherwise: all of it', description: 'What was said before stays as what was known until now. What says the same changes nothing.', request: { params: FactPath, headers: AtVersion, body: jsonBody(LadderFactSaid) },
      responses: { ...oneFact('As it is known now.'), ...changedSince, 409: problem('Another fact of yours speaks from that day.'), ...notInList },
    }), async (c) => c.json(await changeFact(services, c, ...await factHere(services, c.req.valid('param'), c.req.valid('header')), c.req.valid('json')), 200))
    .openapi(operation('ladder.enter', {
      method: 'delete', path: '/{list}/ladder-facts/{code}', summary: 'Withdraw a fact of one\'s own', description: 'From now on it says nothing. What was known of it stays.', request: { params: FactPath, headers: AtVersion }, responses: { ...oneFact('As it was known until now.'), ...changedSince },
    }), async (c) => c.json(await withdrawFact(services, c, ...await factHere(services, c.req.valid('param'), c.req.valid('header'))), 200))
    .openapi(operation('ladder.confirm', {
      method: 'post', path: '/{list}/ladder-facts/{code}/confirmation', summary: 'Confirm what a company entered', request: { params: FactPath, headers: AtVersion }, responses: { ...oneFact('It is confirmed, and its company is told.'), ...changedSince, 409: problem('It is confirmed already, or no company entered it.') },
    }), async (c) => c.json(await confirmFact(services, c, ...await factHere(services, c.req.valid('param'), c.req.valid('header'))), 200))
    .openapi(operation('ladder.confirm', {
      method: 'post', path: '/{list}/ladder-facts/{code}/refusal', summary: 'Refuse what a company entered, with a reason', request: { params: FactPath, headers: AtVersion, body: jsonBody(LadderRefusal) }, responses: { ...oneFact('It says nothing of the rung any more, and its company is told why.'), ...changedSince, 409: problem('It is refused already, or no company entered it.') },
    }), async (c) => c.json(await refuseFact(services, c, ...await factHere(services, c.req.valid('param'), c.req.valid('header')), c.req.valid('json').reason), 200))
    // The form is read here and not by the route: its file goes to the disk as it comes.
    .post('/:list/ladder-facts/file', allowed('ladder.enter'), async (c) => {
      const dryRun = DryRun.safeParse({ dryRun: c.req.query('dryRun') })
      if (!dryRun.success) throw new Refusal(400, 'question.invalid', 'dryRun: true or false.', { field: 'dryRun' })
      const answer = await importFacts(services, c, await listOf(services, c.req.param('list')), dryRun.data.dryRun === 'true')
      return answer.errors.length > 0 ? c.json(answer, 422) : c.json(answer, 200)
    })
}

/** The unit that a question names, or null where it names none. @throws Refusal 404 for none, or a city */
async function unitOf(services: Services, list: ListRow, code: string | undefined) {
  const area = await areaOf(services, list, code)
  if (area !== null && area.level !== 'unit') throw notFound('unit', code!)
  return area
}

/** The list of a path, and the fact that is changed at the version that was seen. */
async function factHere(services: Services, { list, code }: z.infer<typeof FactPath>, header: z.infer<typeof AtVersion>) {
  return [await listOf(services, list), { code, version: versionIn(header) }] as const
}

import type { Context } from 'hono'
import { isOfUnit, type Area } from '@lastmile/db/query/area'
import { CandidatesAnswer, CandidatesQuestion, PlannerAnswer, PlannerQuestion } from '@lastmile/shared/planner'
import type { Purview } from '@lastmile/shared/purview'
import { purviewHere } from '../http/actor.js'
import { sendAnswer } from '../http/export.js'
import { inTurnAlways } from '../http/in-turn.js'
import { answers, jsonBody, ListPath, newRoutes, operation } from '../http/open-api.js'
import { areaOf, drugOf, listOf, whenOf } from '../http/parameters.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { candidatesOf } from './candidates.js'
import { makePlan, type Planned } from './make-plan.js'
import { inPlanningTurn } from './plan-in-thread.js'
import { candidatesTable, plannerTable } from './tables.js'

/** Rows of an export, at most. */
const exportAtMost = 100_000

/** The planner: a question with a body, which changes nothing and is kept nowhere. */
export function plannerRoutes(services: Services) {
  return newRoutes()
    .openapi(operation('planner.ask', {
      method: 'post', path: '/{list}/planner', summary: 'At which further institutions a drug should be had',
      description: 'So that most places (by residents where their number is loaded) lie within a distance, or that the farthest is as near as can be. Who has it today stays. The same question of the same data has the same answer; it says whether it is the best there is, or how much better another can be at most. A company asks of its own drugs, a province or city of itself.',
      request: { params: ListPath, body: jsonBody(PlannerQuestion) },
      responses: answers(PlannerAnswer, 'The chosen in the order in which each adds most, how things stand before and after, and each place with where it goes.', { held: false }),
    }), async (c) => {
      const question = c.req.valid('json')
      const { signal } = c.req.raw
      const actor = c.get('actor')
      const planned = await plannedOf(services, c, c.req.valid('param').list, question)
      const tell = (share: number) => {
        if (question.progress !== undefined) services.events.publish({ event: 'planner', to: actor.id, data: { progress: question.progress, share: Math.round(share * 100) / 100 } })
      }
      const answer = await inPlanningTurn(String(actor.id), signal, () => makePlan(services, planned, question, signal, tell))
      c.header('Cache-Control', 'no-store')
      return sendAnswer(c, question.format, answer, plannerTable)
    })
    .openapi(operation('planner.ask', {
      method: 'post', path: '/{list}/planner/candidates', summary: 'Among which institutions a plan chooses',
      description: 'Those that are eligible where it is loaded who is, and do not have the drug today; also those that reach the same as one of them.',
      request: { params: ListPath, body: jsonBody(CandidatesQuestion) },
      responses: answers(CandidatesAnswer, 'Who is nearest to having it first, as a plan takes them; whom nobody finds on the map last.', { held: false }),
    }), async (c) => {
      const question = c.req.valid('json')
      const { signal } = c.req.raw
      const planned = await plannedOf(services, c, c.req.valid('param').list, question)
      const paged = question.format === 'json' ? question : { ...question, offset: 0, limit: exportAtMost }
      const answer = await inTurnAlways(c, () => candidatesOf(services, planned, paged, signal))
      c.header('Cache-Control', 'no-store')
      return sendAnswer(c, question.format, answer, candidatesTable)
    })
}

/** What the codes of a question mean, for who asks it. @throws Refusal 400 of another instant than now, 404 of what is not his */
async function plannedOf(services: Services, c: Context, code: string, question: Omit<CandidatesQuestion, 'offset' | 'limit'>): Promise<Planned> {
  const list = await listOf(services, code)
  const purview = purviewHere(c, 'planner.ask', list.code)
  if (question.knownOn !== undefined) throw new Refusal(400, 'question.known_on', '"knownOn": a plan is made of what is known now; leave it out.', { field: 'knownOn' })
  const when = whenOf(list, question.evidence, question)
  const drug = (await drugOf(services, list, question.drug))!
  if (purview.of === 'nothing' || (purview.of === 'company' && purview.company !== drug.data.company)) throw notFound('drug', question.drug)
  const region = question.region ?? regionOf(purview)
  const area = await areaOf(services, list, region)
  if (!(await isWithin(services, area, purview))) throw notFound('region', region ?? '')
  const unit = purview.of === 'unit' || purview.of === 'city' ? purview.unit : null
  return { list, when, drug, area, unit, question: { ...question, region } }
}

/** Where one asks of who may ask of his own alone. */
function regionOf(purview: Purview): string | undefined {
  return purview.of === 'unit' ? purview.unit : purview.of === 'city' ? purview.city : undefined
}

async function isWithin({ db }: Services, area: Area | null, purview: Purview): Promise<boolean> {
  if (purview.of === 'all' || purview.of === 'company') return true
  if (area === null) return false
  if (purview.of === 'unit') return isOfUnit(db, purview.unit, area)
  return purview.of === 'city' && area.level === 'city' && area.code === purview.city
}

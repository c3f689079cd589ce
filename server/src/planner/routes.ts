import type { Area } from '@lastmile/db/query/area'
import { PlannerAnswer, PlannerQuestion } from '@lastmile/shared/planner'
import { isUnitIn } from '@lastmile/db/query/planner'
import type { Purview } from '@lastmile/shared/purview'
import { purviewHere } from '../http/actor.js'
import { sendAnswer } from '../http/export.js'
import { answers, jsonBody, ListPath, newRoutes, operation } from '../http/open-api.js'
import { areaOf, drugOf, listOf, whenOf } from '../http/parameters.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { makePlan } from './make-plan.js'
import { inPlanningTurn } from './plan-in-thread.js'
import { plannerTable } from './tables.js'

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
      const list = await listOf(services, c.req.valid('param').list)
      const purview = purviewHere(c, 'planner.ask', list.code)
      if (question.knownOn !== undefined) throw new Refusal(400, 'question.known_on', '"knownOn": a plan is made of what is known now; leave it out.', { field: 'knownOn' })
      const when = whenOf(list, question.evidence, question)
      const drug = (await drugOf(services, list, question.drug))!
      if (purview.of === 'nothing' || (purview.of === 'company' && purview.company !== drug.data.company)) throw notFound('drug', question.drug)
      const region = question.region ?? regionOf(purview)
      const area = await areaOf(services, list, region)
      if (!(await isWithin(services, area, purview))) throw notFound('region', region ?? '')
      const unit = purview.of === 'unit' || purview.of === 'city' ? purview.unit : null
      const { signal } = c.req.raw
      const actor = c.get('actor')
      const tell = (share: number) => {
        if (question.progress !== undefined) services.events.publish({ event: 'planner', to: actor.id, data: { progress: question.progress, share: Math.round(share * 100) / 100 } })
      }
      const answer = await inPlanningTurn(String(actor.id), signal, () => makePlan(services, { list, when, drug, area, unit, question: { ...question, region } }, signal, tell))
      c.header('Cache-Control', 'no-store')
      return sendAnswer(c, question.format, answer, plannerTable)
    })
}

/** Where one asks of who may ask of his own alone. */
function regionOf(purview: Purview): string | undefined {
  return purview.of === 'unit' ? purview.unit : purview.of === 'city' ? purview.city : undefined
}

async function isWithin({ db }: Services, area: Area | null, purview: Purview): Promise<boolean> {
  if (purview.of === 'all' || purview.of === 'company') return true
  if (area === null) return false
  if (purview.of === 'unit') return area.level === 'unit' ? area.code === purview.unit : area.parent === purview.unit || isUnitIn(db, purview.unit, area.cityId)
  return purview.of === 'city' && area.level === 'city' && area.code === purview.city
}

import type { Context } from 'hono'
import { z } from '@hono/zod-openapi'
import type { ListRow } from '@lastmile/db/query/lists'
import { planByCode, plansOf } from '@lastmile/db/query/plans'
import { NewPlan, Plan, PlanAnswer, PlanChange, PlanQuestion, PlansAnswer, PlansQuestion } from '@lastmile/shared/plan'
import type { Purview } from '@lastmile/shared/purview'
import { purviewHere } from '../http/actor.js'
import { AtVersion, versionIn } from '../http/at-version.js'
import { sendAnswer } from '../http/export.js'
import { answers, jsonBody, ListPath, newRoutes, operation, problem } from '../http/open-api.js'
import { areaOf, drugOf, listOf, whenOf } from '../http/parameters.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { changedPlan, endedPlan, newPlan } from './keep-plans.js'
import { plansTable, planTable } from './tables.js'

/** An export holds all plans, not a page of them, up to this many. */
const exportAtMost = 10_000

/** A plan may name some hundred drugs, and say of each what it pays, in bytes. */
const largestPlan = 512 * 1024

const PlanPath = ListPath.extend({ code: z.string() })
const onePlan = (description: string) => ({ description, content: { 'application/json': { schema: Plan } } })
const notInList = { 422: problem('There is no such unit, city or drug: which.') }

/** Customised insurance plans: everybody reads them, and each insurer keeps its own. Another's is answered to an insurer who would change it as one that there is not. */
export function planRoutes(services: Services) {
  const { db } = services
  return newRoutes()
    .openapi(operation('plan.read', {
      method: 'get', path: '/{list}/plans', summary: 'Customised insurance plans, and the listed drugs that they name', request: { params: ListPath, query: PlansQuestion },
      responses: answers(PlansAnswer, 'Those valid on the as-of day, or on any. A drug without `pays`: what the plan pays is not known.'),
    }), async (c) => {
      const { drug: drugCode, region, insurer, anyDay, format, offset, limit, ...asked } = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const when = whenOf(list, null, asked)
      const drug = await drugOf(services, list, drugCode)
      const area = await areaOf(services, list, region)
      const filter = { drug: drug?.id ?? null, area, insurer: insurer ?? null, day: anyDay === 'true' ? null : when.asOf }
      const answer = await plansOf(db, list, when, filter, format === 'json' ? { offset, limit } : { offset: 0, limit: exportAtMost })
      return sendAnswer(c, format, answer, (one) => plansTable(list, one, { drug: drugCode, region, insurer, anyDay }), list.demonstration)
    })
    .openapi(operation('plan.read', {
      method: 'get', path: '/{list}/plans/{code}', summary: 'One plan, and what was said of it before', request: { params: PlanPath, query: PlanQuestion },
      responses: answers(PlanAnswer, 'One that has ended is found by `knownOn`, an instant before it did.'),
    }), async (c) => {
      const { list: listCode, code } = c.req.valid('param')
      const { knownOn, format } = c.req.valid('query')
      const list = await listOf(services, listCode)
      const answer = await planByCode(db, list, code, knownOn ?? null)
      if (!answer) throw notFound('plan', code)
      return sendAnswer(c, format, answer, (one) => planTable(list, one), list.demonstration)
    })
    .openapi(operation('plan.keep', {
      method: 'post', path: '/{list}/plans', summary: 'Begin a plan', request: { params: ListPath, body: jsonBody(NewPlan) },
      responses: { 201: onePlan('It is known from now on.'), 409: problem('There is a plan with this code.'), ...notInList },
    }, { largestBody: largestPlan }), async (c) => {
      const { list, purview } = await keptHere(services, c, c.req.valid('param').list)
      return c.json(await newPlan(services, c, list, purview.insurer, c.req.valid('json')), 201)
    })
    .openapi(operation('plan.keep', {
      method: 'put', path: '/{list}/plans/{code}', summary: 'Say otherwise of a plan: all of it',
      description: 'What was said before stays as what was known until now. What says the same changes nothing.', request: { params: PlanPath, headers: AtVersion, body: jsonBody(PlanChange) },
      responses: { 200: onePlan('The plan as it is known now.'), 412: problem('It was changed since: at which version it is.'), ...notInList },
    }, { largestBody: largestPlan }), async (c) => {
      const { list, purview } = await keptHere(services, c, c.req.valid('param').list)
      return c.json(await changedPlan(services, c, list, { code: c.req.valid('param').code, version: versionIn(c.req.valid('header')), purview }, c.req.valid('json')), 200)
    })
    .openapi(operation('plan.keep', {
      method: 'delete', path: '/{list}/plans/{code}', summary: 'End a plan', description: 'From now on nothing is known of it. What was stays, for who asks what was known.', request: { params: PlanPath, headers: AtVersion },
      responses: { 200: onePlan('The plan as it was known until now.'), 412: problem('It was changed since: at which version it is.') },
    }), async (c) => {
      const { list, purview } = await keptHere(services, c, c.req.valid('param').list)
      return c.json(await endedPlan(services, c, list, { code: c.req.valid('param').code, version: versionIn(c.req.valid('header')), purview }), 200)
    })
}

/** The list of a path, and the insurer whose plans are the asker's. @throws Refusal 404 for no such list, and where he is of another */
async function keptHere(services: Services, c: Context, code: string): Promise<{ list: ListRow; purview: Purview & { of: 'insurer' } }> {
  const list = await listOf(services, code)
  const purview = purviewHere(c, 'plan.keep', list.code)
  if (purview.of !== 'insurer') throw new Refusal(404, 'path.not_found', 'There is nothing here.')
  return { list, purview }
}

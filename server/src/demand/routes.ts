import { demandOf } from '@lastmile/db/query/demand'
import { finderWordsOf } from '@lastmile/db/query/finder'
import type { Purview } from '@lastmile/shared/purview'
import { DemandAnswer, DemandQuestion, DemandRegistered, DemandWithdrawal, DemandWithdrawn, NewDemand } from '@lastmile/shared/demand'
import type { Context } from 'hono'
import { newSignInLimits, placeOf } from '../accounts/sign-in-limits.js'
import { doingHere } from '../cases/doing.js'
import { purviewHere } from '../http/actor.js'
import { sendAnswer } from '../http/export.js'
import { answered, answers, jsonBody, ListPath, newRoutes, operation, refusedWith } from '../http/open-api.js'
import { checkOwnArea } from '../http/own-area.js'
import { areaOf, drugOf, listOf } from '../http/parameters.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { UploadHeaders } from '../reports/read-form.js'
import { endDemand, registerDemand } from './register-demand.js'
import { demandTable } from './tables.js'

/** Demands from one address, or one account, in five minutes: a clinic's afternoon, and no flood. */
const registeredAtMost = 20

const OnceOnly = UploadHeaders.pick({ 'Idempotency-Key': true })

/** That a drug is wanted: registering and withdrawing it, and what offices see of demand and supply. */
export function demandRoutes(services: Services) {
  const { db } = services
  const limits = newSignInLimits(registeredAtMost)
  /** The institution that asks; null: nobody's account. */
  const institutionHere = (purview: Purview, list: string) => {
    if (purview.of === 'institution') return purview.institution
    if (purview.of === 'all') return null
    throw notFound('list', list)
  }
  const fromOf = (c: Context) => (c.get('actor').kind === 'public' ? placeOf(c, services.trustProxy) : c.get('actor').id)
  const count = (from: string) => {
    try {
      limits.attempt(from)
    } catch {
      throw new Refusal(429, 'demand.too_many', 'Too many demands from here. Wait five minutes.')
    }
  }
  return newRoutes()
    .openapi(operation('demand.read', {
      method: 'get', path: '/{list}/demand', summary: 'Demand and supply by drug and unit', request: { params: ListPath, query: DemandQuestion },
      responses: answers(DemandAnswer, 'A province sees its own unit, a city what its institutions registered, a company its drugs, an institution what it registered itself. Fewer than five of a city are told of the unit alone; a company is told of cities by the institutions that ask, in classes, and of what doctors want by unit alone.'),
    }), async (c) => {
      const { drug, region, format } = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const area = await areaOf(services, list, region)
      if (area !== null && area.level !== 'unit') throw new Refusal(400, 'demand.region', 'region: name a unit; of a city too few would be told.', { field: 'region' })
      const purview = purviewHere(c, 'demand.read', list.code)
      await checkOwnArea(db, purview, area, region)
      const rows = await demandOf(db, list, purview, { drug: (await drugOf(services, list, drug))?.id ?? null, unit: area?.unitId ?? null })
      const answer = { list: list.code, today: list.today, demonstration: list.demonstration, openDays: (await finderWordsOf(db, list))?.demand?.openDays ?? null, rows }
      return sendAnswer(c, format, answer, demandTable, list.demonstration)
    })
    .openapi(operation('demand.register', {
      method: 'post', path: '/{list}/demand', summary: 'Register that a drug is wanted', request: { params: ListPath, headers: OnceOnly, body: jsonBody(NewDemand) },
      description: 'By an institution for itself, or by a patient\'s doctor, without an account, for a city. It takes no text and nothing of a person. With an `Idempotency-Key` it is registered once, however often it is sent.',
      responses: { ...answered(DemandRegistered, 'It is registered; with its code it can be withdrawn.'), ...refusedWith({ 409: 'The key asked something else, or the edition takes no demands.', 429: 'Too many from this address in five minutes.' }) },
    }), async (c) => {
      const list = await listOf(services, c.req.valid('param').list)
      const institution = institutionHere(purviewHere(c, 'demand.register', list.code), list.code)
      count(fromOf(c))
      // What is sent again counts as well: who repeats one key without end asks for as much work as who registers.
      const { isNew: _, ...registered } = await registerDemand(services, doingHere(services, c), list, institution, c.req.valid('json'), c.req.valid('header')['Idempotency-Key'] ?? null)
      c.header('Cache-Control', 'no-store')
      return c.json(registered, 200)
    })
    .openapi(operation('demand.register', {
      method: 'post', path: '/{list}/demand/withdrawal', summary: 'Withdraw a demand by its code', request: { params: ListPath, body: jsonBody(DemandWithdrawal) },
      responses: { ...answered(DemandWithdrawn, 'It asks for nothing any more.'), ...refusedWith({ 429: 'Too many from this address in five minutes.' }) },
    }), async (c) => {
      const list = await listOf(services, c.req.valid('param').list)
      const institution = institutionHere(purviewHere(c, 'demand.register', list.code), list.code)
      count(fromOf(c))
      return c.json(await endDemand(services, doingHere(services, c), list, institution, c.req.valid('json').code), 200)
    })
}

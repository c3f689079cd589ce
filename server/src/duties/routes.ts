import type { Context } from 'hono'
import { z } from '@hono/zod-openapi'
import { dutiesAnswer, dutiesOf, dutyAnswer, dutyRow, dutyRows, type DutyRecord } from '@lastmile/db/query/duties'
import type { ListRow } from '@lastmile/db/query/lists'
import type { Instant } from '@lastmile/shared/day'
import { DutiesAnswer, DutiesQuestion, DutyAnswer, DutyRowAnswer, DutyRowsAnswer, DutyRowsQuestion, DutySaid } from '@lastmile/shared/duty'
import { purviewHere } from '../http/actor.js'
import { AtVersion, versionIn } from '../http/at-version.js'
import { sendAnswer } from '../http/export.js'
import { answered, answers, jsonBody, ListPath, newRoutes, operation, problem } from '../http/open-api.js'
import { areaOf, drugOf, listOf } from '../http/parameters.js'
import { notFound } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { answeredDuty, withdrawnDuty } from './answer-duties.js'
import { dutiesTable, dutyRowsTable, dutyTable } from './tables.js'

/** An export holds all institutions, not a page of them, up to this many. */
const exportAtMost = 100_000

const OfDuty = ListPath.extend({ duty: z.string() })
const AtInstitution = OfDuty.extend({ institution: z.string() })
const changedSince = { 412: problem('Somebody answered since: at which version it is.') }

/** Dated duties of institutions: how they stand, and answering them. An institution answers for itself, an officer for those of his province. */
export function dutyRoutes(services: Services) {
  const { db } = services
  const dutyOf = async (params: z.infer<typeof OfDuty>, knownOn: Instant | null = null): Promise<{ list: ListRow; duty: DutyRecord }> => {
    const list = await listOf(services, params.list)
    const duty = (await dutiesOf(db, list, knownOn)).find(({ data }) => data.code === params.duty)
    if (!duty) throw notFound('duty', params.duty)
    return { list, duty }
  }
  const at = async (c: Context, params: z.infer<typeof AtInstitution>, header: z.infer<typeof AtVersion>) => {
    const { list, duty } = await dutyOf(params)
    return { list, at: { duty, institution: params.institution, purview: purviewHere(c, 'duty.answer', list.code), version: versionIn(header) } }
  }
  return newRoutes()
    .openapi(operation('duty.read', {
      method: 'get', path: '/{list}/duties', summary: 'Dated duties, and how each stands', request: { params: ListPath, query: DutiesQuestion },
      responses: answers(DutiesAnswer, 'Over the asker\'s institutions. Who has not answered has not reported, which is not "not convened".'),
    }), async (c) => {
      const { format, knownOn } = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      return sendAnswer(c, format, await dutiesAnswer(db, list, purviewHere(c, 'duty.read', list.code), knownOn ?? null), dutiesTable)
    })
    .openapi(operation('duty.read', {
      method: 'get', path: '/{list}/duties/{duty}', summary: 'One duty by unit and by drug', request: { params: OfDuty, query: DutiesQuestion }, responses: answers(DutyAnswer, 'How it stands in each unit, and what was decided of each drug.'),
    }), async (c) => {
      const { format, knownOn } = c.req.valid('query')
      const { list, duty } = await dutyOf(c.req.valid('param'), knownOn ?? null)
      return sendAnswer(c, format, await dutyAnswer(db, list, duty, purviewHere(c, 'duty.read', list.code), knownOn ?? null), dutyTable)
    })
    .openapi(operation('duty.read', {
      method: 'get', path: '/{list}/duties/{duty}/institutions', summary: 'The institutions that have a duty', request: { params: OfDuty, query: DutyRowsQuestion }, responses: answers(DutyRowsAnswer, 'By unit and code, a page of them.'),
    }), async (c) => {
      const { format, knownOn, region, state, drug: drugCode, outcome, search, offset, limit } = c.req.valid('query')
      const { list, duty } = await dutyOf(c.req.valid('param'), knownOn ?? null)
      const drug = await drugOf(services, list, drugCode)
      const filter = { area: await areaOf(services, list, region), state: state ?? null, drug: drug?.data.code ?? null, outcome: outcome ?? null, search: search || null }
      const answer = await dutyRows(db, list, duty, purviewHere(c, 'duty.read', list.code), knownOn ?? null, filter, format === 'json' ? { offset, limit } : { offset: 0, limit: exportAtMost })
      return sendAnswer(c, format, answer, (one) => dutyRowsTable(one, { region, state, drug: drugCode, outcome, search }))
    })
    .openapi(operation('duty.read', {
      method: 'get', path: '/{list}/duties/{duty}/institutions/{institution}', summary: 'One duty at one institution', request: { params: AtInstitution }, responses: answered(DutyRowAnswer, 'With what was said before.'),
    }), async (c) => {
      const params = c.req.valid('param')
      const { list, duty } = await dutyOf(params)
      const answer = await dutyRow(db, list, duty, purviewHere(c, 'duty.read', list.code), params.institution)
      if (!answer) throw notFound('institution', params.institution)
      return c.json(answer, 200)
    })
    .openapi(operation('duty.answer', {
      method: 'put', path: '/{list}/duties/{duty}/institutions/{institution}', summary: 'Say how a duty stands at an institution: all of it', request: { params: AtInstitution, headers: AtVersion, body: jsonBody(DutySaid) },
      description: 'What was said before stays as what was known until now. What says the same changes nothing. Version 0 stands for nothing said.',
      responses: { ...answered(DutyRowAnswer, 'As it is known now.'), ...changedSince, 422: problem('A drug that the duty does not ask, a day to come, or one before the list was published.') },
    }, { largestBody: 512 * 1024 }), async (c) => {
      const { list, at: one } = await at(c, c.req.valid('param'), c.req.valid('header'))
      return c.json(await answeredDuty(services, c, list, one, c.req.valid('json')), 200)
    })
    .openapi(operation('duty.answer', {
      method: 'delete', path: '/{list}/duties/{duty}/institutions/{institution}', summary: 'Take back what was said of a duty', request: { params: AtInstitution, headers: AtVersion },
      description: 'From now on the institution has not reported. What was said stays, known until now.', responses: { ...answered(DutyRowAnswer, 'As it is known now.'), ...changedSince },
    }), async (c) => {
      const { list, at: one } = await at(c, c.req.valid('param'), c.req.valid('header'))
      return c.json(await withdrawnDuty(services, c, list, one), 200)
    })
}

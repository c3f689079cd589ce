import { nearestOf } from '@lastmile/db/query/nearest'
import { NearestAnswer, NearestQuestion } from '@lastmile/shared/nearest'
import { sendAnswer } from '../http/export.js'
import { answers, jsonBody, ListPath, newRoutes, operation } from '../http/open-api.js'
import { drugOf, listOf, whenOf } from '../http/parameters.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { nearestTable } from './tables.js'

/**
 * The nearest institutions with a drug. A question, and asked by POST all the same: a position in an address would stand
 * in logs, histories and caches. The answer is not kept either.
 */
export function nearestRoutes(services: Services) {
  return newRoutes()
    .openapi(operation('institution.read', {
      method: 'post', path: '/{list}/nearest', summary: 'The nearest institutions with a drug',
      description: 'By true distance. The position is rounded to a hundredth of a degree, about a kilometre, and stands in no address, log or table. Only what is known now is answered, of today or a past day.',
      request: { params: ListPath, body: jsonBody(NearestQuestion) },
      responses: answers(NearestAnswer, 'As many as were asked for, unless no more are known to stock it within the distance.', { held: false }),
    }), async (c) => {
      const question = c.req.valid('json')
      const list = await listOf(services, c.req.valid('param').list)
      const { evidence, asOf } = whenOf(list, question.evidence, question)
      if (question.knownOn !== undefined) throw new Refusal(400, 'question.known_on', '"knownOn": the nearest institutions are answered as known now; leave it out.', { field: 'knownOn' })
      const drug = (await drugOf(services, list, question.drug))!
      const { position, kind, count, within } = question
      const answer = await nearestOf(services.db, list, evidence, asOf, { drug, position, kind: kind ?? null, count, within: within ?? null })
      c.header('Cache-Control', 'no-store')
      return sendAnswer(c, question.format, answer, nearestTable)
    })
}

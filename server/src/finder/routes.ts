import { z } from '@hono/zod-openapi'
import { finderOf, finderWordsOf } from '@lastmile/db/query/finder'
import { FinderQuestion, FinderResult } from '@lastmile/shared/finder'
import { FinderAnswer } from '@lastmile/shared/finder-words'
import { newSignInLimits, placeOf } from '../accounts/sign-in-limits.js'
import { answered, jsonBody, ListPath, newRoutes, operation, refusedWith } from '../http/open-api.js'
import { drugOf, listOf } from '../http/parameters.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { newCountsAround } from './around.js'

/** Questions from one address, or one account, in five minutes: two a second, since whole networks of telephones ask from one address. */
const askedAtMost = 600

/**
 * What a patient looks for: the words by which drugs are found, once, and where one is, by POST: a position in an address would stand
 * in logs, histories and caches. That answer is not kept either.
 */
export function finderRoutes(services: Services) {
  const limits = newSignInLimits(askedAtMost)
  const countAround = newCountsAround()
  return newRoutes()
    .openapi(operation('list.read', {
      method: 'get', path: '/{list}/finder', summary: 'The words by which people look for drugs of a list', request: { params: ListPath, query: z.object({}) },
      responses: answered(FinderAnswer, 'Reviewed words of the edition: diseases, pinyin, wrong names, and what is not on the list.'),
    }), async (c) => {
      const list = await listOf(services, c.req.valid('param').list)
      return c.json({ list: list.code, today: list.today, demonstration: list.demonstration, words: await finderWordsOf(services.db, list) }, 200)
    })
    .openapi(operation('institution.read', {
      method: 'post', path: '/{list}/finder', summary: 'Where a drug is near a place, on all words together',
      description: 'The position is rounded to a hundredth of a degree, about a kilometre, and stands in no address, log or table.',
      request: { params: ListPath, body: jsonBody(FinderQuestion) },
      responses: { ...answered(FinderResult, 'Places that have it by any kind of evidence, the nearest first, with what each kind says; and how much of what lies around nobody has spoken of.'), ...refusedWith({ 429: 'Too many from this address in five minutes.' }) },
    }), async (c) => {
      const list = await listOf(services, c.req.valid('param').list)
      const { drug: code, position, count } = c.req.valid('json')
      const drug = (await drugOf(services, list, code))!
      try {
        limits.attempt(c.get('actor').kind === 'public' ? placeOf(c, services.trustProxy) : c.get('actor').id)
      } catch {
        throw new Refusal(429, 'finder.too_many', 'Too many questions from here. Wait five minutes.')
      }
      c.header('Cache-Control', 'no-store')
      return c.json(await finderOf(services.db, list, { drug, position, count }, (all) => countAround({ list, drug: drug.id, position, signal: c.req.raw.signal }, all)), 200)
    })
}

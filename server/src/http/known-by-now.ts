import { Instant } from '@lastmile/shared/day'
import type { MiddlewareHandler } from 'hono'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'

/** Refuses to say what is known on an instant that is still to come: the answer would be told as that of a moment at which more may be known. What is no instant, each question refuses itself. */
export function knownByNow({ clock }: Services): MiddlewareHandler {
  return async (c, next) => {
    const asked = Instant.safeParse(c.req.query('knownOn'))
    if (asked.success && asked.data > clock.now()) throw new Refusal(400, 'question.future', `"knownOn" is ${asked.data}, which is still to come.`, { field: 'knownOn' })
    return next()
  }
}

import type { MiddlewareHandler } from 'hono'
import { theCommand, thePublic, type Actor } from '@lastmile/shared/account'
import { ownOf, purviewKey } from '@lastmile/shared/purview'
import { isCommand } from '../command/token.js'
import type { Services } from '../lib/services.js'

/** Finds out who asks, before anything else looks at the request: a command, a key, a session, or the public. */
export function whoAsks(services: Services): MiddlewareHandler {
  return async (c, next) => {
    c.set('publicMayLook', services.publicMayLook)
    c.set('actor', isCommand(c, services.commandToken) ? theCommand : thePublic)
    await next()
  }
}

/**
 * Who asks, as far as answers differ by it: part of the key under which an answer is held and of its ETag, so that nobody
 * is ever given what was made for another. Whoever has the same role and the same own shares answers.
 */
export function keyOfActor(actor: Actor): string {
  if (actor.kind === 'public') return ''
  return `${actor.role}/${actor.list ?? '*'}/${purviewKey(ownOf(actor))}${actor.preview ? '/preview' : ''}`
}

import type { MiddlewareHandler } from 'hono'
import { thePublic, type Actor } from '@lastmile/shared/account'
import { ownOf, purviewKey } from '@lastmile/shared/purview'
import { commandIdentity, publicIdentity, type Identity } from '../accounts/accounts.js'
import { isCommand } from '../command/token.js'
import type { Services } from '../lib/services.js'

declare module 'hono' {
  interface ContextVariableMap {
    /** Who asks, with the session by which that is known. */
    identity: Identity
  }
}

/** Finds out who asks, before anything else looks at the request: a command, a key, a session, or the public. */
export function whoAsks(services: Services): MiddlewareHandler {
  return async (c, next) => {
    c.set('publicMayLook', services.publicMayLook)
    // Until it is known: a refusal on the way is the public's.
    c.set('actor', thePublic)
    // Metrics have a token of their own under the header that keys come in.
    const identity = c.req.path === '/metrics' ? publicIdentity : isCommand(c, services.commandToken) ? commandIdentity : await services.accounts.identify(c.req.raw.headers)
    c.set('identity', identity)
    c.set('actor', identity.actor)
    await next()
    // Whoever signs in or out gets his cookies from that: those of the session he came with must not take their place.
    if (c.res.headers.has('Set-Cookie')) return
    for (const cookie of identity.cookies) c.res.headers.append('Set-Cookie', cookie)
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

import type { Handler } from 'hono'
import { eventOf } from '../audit/event-of.js'
import type { Services } from '../lib/services.js'
import { actingAs, note } from './note.js'
import { endEarlier } from './session-routes.js'

/** Where the single sign-on sends browsers back to: the one address of better-auth's own that is served. Whom it signs in is noted. */
export function signOnBack(services: Services): Handler {
  const { accounts } = services
  return async (c) => {
    const answer = await accounts.auth.handler(c.req.raw)
    const cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ')
    const { session } = await accounts.identify(new Headers({ cookie }))
    const by = { after: { by: 'single_sign_on' } }
    if (session) {
      await endEarlier(services, c)
      await note(services, c, { action: 'session.sign_in', ...actingAs(session.account), object: session.account.id, ...by })
      return answer
    }
    // Anybody can come here with nothing, as often as he likes: so many a minute are noted one by one.
    services.audit.noteSome(eventOf(c, { action: 'session.sign_in', outcome: 'refused', ...by }))
    // The provider let him in, and his account here is disabled.
    const isWelcomed = !answer.headers.get('location')?.includes('error=')
    return isWelcomed ? c.redirect('/sign-in?error=disabled') : answer
  }
}

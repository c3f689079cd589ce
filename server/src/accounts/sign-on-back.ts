import type { Handler } from 'hono'
import type { Services } from '../lib/services.js'
import { actingAs, note } from './note.js'

/** Where the single sign-on sends browsers back to: the one address of better-auth's own that is served. Whom it signs in is noted. */
export function signOnBack(services: Services): Handler {
  const { accounts } = services
  return async (c) => {
    const answer = await accounts.auth.handler(c.req.raw)
    const cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ')
    const { session } = await accounts.identify(new Headers({ cookie }))
    await note(services, c, session ? { action: 'session.sign_in', ...actingAs(session.account), object: session.account.id, after: { by: 'single_sign_on' } } : { action: 'session.sign_in', outcome: 'refused', after: { by: 'single_sign_on' } })
    return answer
  }
}

import { APIError } from 'better-auth/api'
import { Refusal } from '../lib/refusal.js'

/** What the cipher says of what another key has sealed. */
const unreadable = 'invalid tag'

/** What better-auth refuses, in our words; everything else is thrown on. `wrong` is what a wrong password or code is told: the same whichever it is. */
export function authRefusal(error: unknown, wrong: Refusal): Refusal {
  if (error instanceof Error && error.message === unreadable) return new Refusal(409, 'second_factor.unreadable', 'The second factor cannot be read: this server has another session secret than the one by which it was kept. Put the former session-secret (or SESSION_SECRET) back, or have the second factor taken away.')
  if (!(error instanceof APIError)) throw error
  const code = (error.body as { code?: string } | undefined)?.code
  switch (code) {
    case 'ACCOUNT_TEMPORARILY_LOCKED': return new Refusal(429, 'session.locked', 'Too many wrong codes. Wait a quarter of an hour.')
    case 'INVALID_TWO_FACTOR_COOKIE': case 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE': return new Refusal(401, 'session.begin_again', 'This sign-in took too long or had too many wrong codes. Begin again.')
    case 'TOTP_ALREADY_ENABLED': return new Refusal(409, 'second_factor.exists', 'There is a second factor already. Take it away first.')
    case 'TOTP_NOT_ENABLED': return new Refusal(409, 'second_factor.not_begun', 'No second factor is being set up.')
    default: return wrong
  }
}

export const wrongSignIn = (): Refusal => new Refusal(401, 'session.wrong', 'The address or the password is wrong, or the account is locked for a while after too many attempts.')
export const wrongPassword = (): Refusal => new Refusal(422, 'password.wrong', 'The password is wrong.', { field: 'password' })
export const wrongCode = (): Refusal => new Refusal(422, 'second_factor.wrong', 'The code is wrong, or was used before.', { field: 'code' })

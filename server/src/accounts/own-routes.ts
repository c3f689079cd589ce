import { randomUUID } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { endSessions, findAccount, sessionsOf, shownAccount, useCodeOfApplication, type SessionRow } from '@lastmile/db/query/accounts'
import type { AuditAction } from '@lastmile/shared/audit'
import { OwnAccountAnswer, PasswordChange, SecondFactorAnswer, SecondFactorCode, WithPassword } from '@lastmile/shared/account'
import { answered, jsonBody, newRoutes, operation, refusedWith } from '../http/open-api.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { tellAccountChanged } from './account-changed.js'
import { authRefusal, wrongCode, wrongPassword } from './auth-refusal.js'
import { changeNoted, note } from './note.js'
import { setCookies } from './session-routes.js'
import { newSignInLimits } from './sign-in-limits.js'

const refusals = refusedWith({ 409: 'It is not the time for this.', 422: 'The password or code is wrong.', 429: 'Too many attempts.' })
const Ended = z.strictObject({ ended: z.int() })

/** One's own account: password, second factor, and where it is signed in. */
export function ownAccountRoutes(services: Services) {
  const { db, accounts } = services
  // Here it is known whose password is guessed at: by whoever sits at his screen, or has his cookie.
  const limits = newSignInLimits()
  const wrong = async (c: Context, { account }: SessionRow, action: AuditAction, refusal: Refusal) => {
    await note(services, c, { action, outcome: 'refused', object: account.id })
    return refusal
  }
  return newRoutes()
    .openapi(operation('account.own', { method: 'get', path: '/', summary: 'One\'s own account, and where it is signed in', responses: { ...answered(OwnAccountAnswer, 'The account.'), ...refusals } }), async (c) => {
      const session = sessionOf(c)
      const account = (await findAccount(db, { id: session.account.id }))!
      // Who else uses an account of the demonstration is nobody's business.
      const sessions = (await sessionsOf(db, account.id)).map((one) => ({ ...one, current: one.id === session.id })).filter(({ current }) => current || !account.demonstration)
      return c.json({ account: shownAccount(account), hasPassword: account.hasPassword, sessions }, 200)
    })
    .openapi(operation('account.own', { method: 'put', path: '/password', summary: 'Change one\'s password; one is signed out everywhere else', request: { body: jsonBody(PasswordChange) }, responses: { ...answered(Ended, 'Changed: so many other sessions have ended.'), ...refusals } }), async (c) => {
      const session = sessionOf(c)
      ownOnly(session)
      limits.attempt(session.account.id)
      const { current, next } = c.req.valid('json')
      await accounts.auth.api.changePassword({ body: { currentPassword: current, newPassword: next, revokeOtherSessions: false }, headers: c.req.raw.headers }).catch(async (error: unknown) => {
        throw authRefusal(error, await wrong(c, session, 'account.password', new Refusal(422, 'password.wrong', 'The password is wrong.', { field: 'current' })))
      })
      limits.forgive(session.account.id)
      const ended = await endSessions(db, session.account.id, { but: session.id })
      await tellAccountChanged(services, session.account.id)
      await note(services, c, { action: 'account.password', object: session.account.id })
      return c.json({ ended }, 200)
    })
    .openapi(operation('account.own', { method: 'post', path: '/second-factor', summary: 'Begin to set up a second factor', request: { body: jsonBody(WithPassword) }, responses: { ...answered(SecondFactorAnswer, 'Its secret, shown this once. It holds from the first code on.'), ...refusals } }), async (c) => {
      const session = sessionOf(c)
      ownOnly(session)
      limits.attempt(session.account.id)
      const begun = await accounts.auth.api.enableTwoFactor({ body: { password: c.req.valid('json').password }, headers: c.req.raw.headers }).catch(async (error: unknown) => {
        throw authRefusal(error, await wrong(c, session, 'account.second_factor', wrongPassword()))
      })
      limits.forgive(session.account.id)
      if (begun.method !== 'totp') throw new Error('another kind of second factor was begun than the one asked for')
      return c.json({ uri: begun.totpURI, secret: new URL(begun.totpURI).searchParams.get('secret') ?? '', backupCodes: begun.backupCodes }, 200)
    })
    .openapi(operation('account.own', { method: 'put', path: '/second-factor', summary: 'Give its first code: from now on it is asked for', request: { body: jsonBody(SecondFactorCode.pick({ code: true })) }, responses: { ...answered(z.strictObject({ on: z.boolean() }), 'It is.'), ...refusals } }), async (c) => {
      const session = sessionOf(c)
      limits.attempt(session.account.id)
      const { headers } = await accounts.auth.api.verifyTOTP({ body: { code: c.req.valid('json').code }, headers: c.req.raw.headers, returnHeaders: true }).catch(async (error: unknown) => {
        throw authRefusal(error, await wrong(c, session, 'account.second_factor', wrongCode()))
      })
      // The code that switched it on opens no session besides.
      await useCodeOfApplication(db, { id: randomUUID(), account: session.account.id, code: c.req.valid('json').code })
      limits.forgive(session.account.id)
      setCookies(c, headers)
      await tellAccountChanged(services, session.account.id)
      await note(services, c, { action: 'account.second_factor', object: session.account.id, after: { on: true } })
      return c.json({ on: true }, 200)
    })
    .openapi(operation('account.own', { method: 'delete', path: '/second-factor', summary: 'Take one\'s second factor away', request: { body: jsonBody(WithPassword) }, responses: { ...answered(z.strictObject({ on: z.boolean() }), 'It is not asked for any more.'), ...refusals } }), async (c) => {
      const session = sessionOf(c)
      ownOnly(session)
      limits.attempt(session.account.id)
      const { headers } = await accounts.auth.api.disableTwoFactor({ body: { password: c.req.valid('json').password }, headers: c.req.raw.headers, returnHeaders: true }).catch(async (error: unknown) => {
        throw authRefusal(error, await wrong(c, session, 'account.second_factor', wrongPassword()))
      })
      limits.forgive(session.account.id)
      setCookies(c, headers)
      await tellAccountChanged(services, session.account.id)
      await note(services, c, { action: 'account.second_factor', object: session.account.id, after: { on: false } })
      return c.json({ on: false }, 200)
    })
    .openapi(operation('account.own', { method: 'delete', path: '/sessions', summary: 'Sign out everywhere else', responses: { ...answered(Ended, 'So many sessions have ended.'), ...refusals } }), async (c) => {
      const session = sessionOf(c)
      ownOnly(session)
      return c.json(await changeNoted(services, c, async (tx) => {
        const ended = await endSessions(tx, session.account.id, { but: session.id })
        return { event: { action: 'account.sessions_revoke', object: session.account.id, after: { ended } }, result: { ended } }
      }), 200)
    })
    .openapi(operation('account.own', { method: 'delete', path: '/sessions/{id}', summary: 'Sign out in one place', request: { params: z.object({ id: z.string() }) }, responses: { ...answered(Ended, 'It has ended.'), ...refusals } }), async (c) => {
      const session = sessionOf(c)
      ownOnly(session)
      const { id } = c.req.valid('param')
      return c.json(await changeNoted(services, c, async (tx) => {
        const ended = await endSessions(tx, session.account.id, { only: id })
        if (ended === 0) throw notFound('session', id)
        return { event: { action: 'account.sessions_revoke', object: session.account.id, after: { ended } }, result: { ended } }
      }), 200)
    })
}

/** The session of whoever asks for his own account. */
function sessionOf(c: Context): SessionRow {
  const { session } = c.get('identity')
  if (!session) throw new Refusal(401, 'session.required', 'Sign in to see this.')
  return session
}

/** An account of the demonstration is everybody's: nobody may shut the others out. @throws Refusal 409 */
function ownOnly({ account }: SessionRow): void {
  if (account.demonstration) throw new Refusal(409, 'account.demonstration', 'An account of the demonstration is everybody\'s: it has no password and no second factor, and nobody ends the others\' sessions.')
}

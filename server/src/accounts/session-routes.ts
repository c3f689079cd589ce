import { randomUUID } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Database } from '@lastmile/db/database'
import { countSignIn, demonstrationAccounts, endSession, endSessions, findAccount, findCode, forgetFailedSignIns, setSeenAs, shownAccount, useCodeOfApplication } from '@lastmile/db/query/accounts'
import { SecondFactorCode, SeenAs, SessionAnswer, SetUp, SignIn, TakeUp } from '@lastmile/shared/account'
import { onlyFields } from '@lastmile/shared/only-fields'
import { answered, jsonBody, newRoutes, operation, problem, refusedWith } from '../http/open-api.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { tellAccountChanged } from './account-changed.js'
import { authRefusal, wrongCode, wrongSignIn } from './auth-refusal.js'
import { checkBelonging } from './belonging.js'
import { needsSetUp } from './codes.js'
import { actingAs, changeNoted, note } from './note.js'
import { setUp, takeUp } from './set-up.js'
import { newSignInLimits, placeOf } from './sign-in-limits.js'

/** What sign-in answers: who one is now, or what is still asked for. */
const Next = z.strictObject({ next: z.enum(['second_factor', 'set_up_second_factor']).nullable() })
/** What a sign-in can be refused with. */
const refusals = refusedWith({ 409: 'It is not the time for this.', 422: 'The code or password is wrong.', 429: 'Too many attempts.' })

/** Wrong passwords in a row that an account bears, and for how long it is locked then. */
const wrongAtMost = 10
const lockedMs = 15 * 60_000
/** Sessions of the demonstration, and sign-ins elsewhere, that are opened from one place in five minutes. */
const openingsAtMost = 600

/** Signing in and out, and looking as another. Never kept by anybody: every answer is `no-store`. */
export function sessionRoutes(services: Services) {
  const { db, accounts } = services
  const limits = newSignInLimits()
  const attempt = (c: Context) => limits.attempt(placeOf(c, services.trustProxy))
  // What needs no secret is none to be guessed, but each opens a session or begins one, and is noted for ever.
  const openings = newSignInLimits(openingsAtMost)
  const opening = (c: Context) => openings.attempt(placeOf(c, services.trustProxy))
  const forgive = (c: Context) => limits.forgive(placeOf(c, services.trustProxy))

  return newRoutes()
    .openapi(operation('session.use', { method: 'get', path: '/', summary: 'Who one is, and how one can sign in', responses: answered(SessionAnswer, 'Who asks.') }), async (c) => {
      const { session } = c.get('identity')
      const actor = c.get('actor')
      const offered = await demonstrationAccounts(db)
      return c.json({
        actor, account: session && shownAccount(session.account), next: actor.role === 'unproven' ? 'set_up_second_factor' as const : null,
        publicMayLook: services.publicMayLook, needsSetUp: await needsSetUp(db), singleSignOn: accounts.singleSignOn,
        demonstrationAccounts: offered.map(({ id, name, role, unit, city, company, institution }) => ({ id, name, role, unit, city, company, institution })),
      }, 200)
    })
    .openapi(operation('session.use', { method: 'post', path: '/', summary: 'Sign in', request: { body: jsonBody(SignIn) }, responses: { ...answered(Next, 'Signed in, by a cookie; or the second factor is asked for.'), ...refusals } }), async (c) => {
      const { email, password } = c.req.valid('json')
      attempt(c)
      const account = await findAccount(db, { email })
      const refuse = async () => {
        await note(services, c, { action: 'session.sign_in', outcome: 'refused', object: account?.id ?? null })
        return wrongSignIn()
      }
      // One without a password is not guessed at; and nobody may lock an account of the demonstration.
      const counted = account?.state === 'active' && account.hasPassword ? await countSignIn(db, account.id, wrongAtMost, new Date(Date.now() + lockedMs)) : 'counted'
      if (account && (account.state !== 'active' || counted === 'refused')) {
        // As long as it takes to look at a password: whoever asks learns nothing of the account.
        await (await accounts.auth.$context).password.hash(password)
        throw await refuse()
      }
      const asked = await accounts.auth.api.signInEmail({ body: { email, password }, headers: c.req.raw.headers, returnHeaders: true }).catch(async (error: unknown) => {
        if (counted === 'last') services.log.warn({ event: 'account.locked', account: account!.id }, 'an account was locked after too many wrong passwords')
        throw authRefusal(error, await refuse())
      })
      forgive(c)
      await forgetFailedSignIns(db, account!.id)
      await endEarlier(services, c)
      setCookies(c, asked.headers)
      const needsCode = 'twoFactorRedirect' in asked.response
      if (!needsCode) await note(services, c, { action: 'session.sign_in', ...actingAs(account!), object: account!.id })
      return c.json({ next: needsCode ? 'second_factor' as const : account!.secondFactor === 'missing' ? 'set_up_second_factor' as const : null }, 200)
    })
    .openapi(operation('session.use', { method: 'post', path: '/second-factor', summary: 'Give the second factor of a sign-in', request: { body: jsonBody(SecondFactorCode) }, responses: { ...answered(Next, 'Signed in.'), ...refusals } }), async (c) => {
      const { code, kind } = c.req.valid('json')
      // Whoever has come in already sets his up at his account.
      if (c.get('identity').session) throw new Refusal(409, 'session.signed_in', 'You are signed in. Sign out first.')
      attempt(c)
      const given = { body: { code }, headers: c.req.raw.headers, returnHeaders: true as const }
      const half = await halfSignedIn(db, c.req.raw.headers)
      const asked = await (kind === 'application' ? accounts.auth.api.verifyTOTP(given) : accounts.auth.api.verifyBackupCode(given)).catch(async (error: unknown) => {
        await note(services, c, { action: 'session.second_factor', outcome: 'refused', object: half })
        throw authRefusal(error, wrongCode())
      })
      const account = (await findAccount(db, { id: asked.response.user.id }))!
      // Who saw a code being typed cannot use it too.
      if (kind === 'application' && !(await useCodeOfApplication(db, { id: randomUUID(), account: account.id, code }))) {
        await endSession(db, asked.response.token ?? '')
        await note(services, c, { action: 'session.second_factor', outcome: 'refused', object: account.id })
        throw wrongCode()
      }
      forgive(c)
      setCookies(c, asked.headers)
      await note(services, c, { action: 'session.sign_in', ...actingAs(account), object: account.id, after: { secondFactor: kind } })
      return c.json({ next: null }, 200)
    })
    .openapi(operation('session.use', { method: 'post', path: '/demonstration', summary: 'Sign in as an account of the demonstration', request: { body: jsonBody(onlyFields({ account: z.string() })) }, responses: { ...answered(Next, 'Signed in.'), ...refusals, 404: problem('The demonstration has no such account.') } }), async (c) => {
      opening(c)
      const account = await findAccount(db, { id: c.req.valid('json').account })
      const lists = await services.lists.all()
      if (!account?.demonstration || account.state !== 'active' || !lists.some((list) => list.demonstration && list.code === account.list)) throw new Refusal(404, 'account.not_found', 'The demonstration has no such account.')
      const { headers } = await accounts.auth.api.signInDemonstration({ body: { account: account.id }, headers: c.req.raw.headers, returnHeaders: true })
      await endEarlier(services, c)
      setCookies(c, headers)
      await note(services, c, { action: 'session.sign_in', ...actingAs(account), object: account.id })
      return c.json({ next: null }, 200)
    })
    .openapi(operation('session.use', { method: 'post', path: '/single-sign-on', summary: 'Where to go for the single sign-on', responses: { ...answered(z.strictObject({ address: z.string() }), 'The page of its provider.'), ...refusals, 404: problem('There is no single sign-on.') } }), async (c) => {
      if (accounts.singleSignOn === null) throw new Refusal(404, 'path.not_found', 'There is nothing here.')
      opening(c)
      const { headers, response } = await accounts.auth.api.signInSocial({ body: { provider: 'sso', callbackURL: '/', errorCallbackURL: '/sign-in', disableRedirect: true }, headers: c.req.raw.headers, returnHeaders: true })
      setCookies(c, headers)
      return c.json({ address: response.url ?? '' }, 200)
    })
    .openapi(operation('session.use', { method: 'delete', path: '/', summary: 'Sign out', responses: { ...answered(z.strictObject({ signedOut: z.boolean() }), 'The session has ended.'), ...refusals } }), async (c) => {
      const { session } = c.get('identity')
      const { headers } = await accounts.auth.api.signOut({ headers: c.req.raw.headers, returnHeaders: true })
      setCookies(c, headers)
      if (session) {
        await tellAccountChanged(services, session.account.id)
        await note(services, c, { action: 'session.sign_out', object: session.account.id })
      }
      return c.json({ signedOut: session !== null }, 200)
    })
    .openapi(operation('session.use', { method: 'post', path: '/set-up', summary: 'Make the first account, an administrator\'s, with the code that the server printed', request: { body: jsonBody(SetUp) }, responses: { ...answered(Next, 'Made. Sign in with it.'), ...refusals } }), async (c) => {
      attempt(c)
      await setUp(services, c, c.req.valid('json')).catch(async (error: unknown) => {
        if (error instanceof Refusal) await note(services, c, { action: 'session.set_up', outcome: 'refused' })
        throw error
      })
      forgive(c)
      return c.json({ next: null }, 200)
    })
    .openapi(operation('session.use', { method: 'post', path: '/invitation', summary: 'Take up an invitation: set the password of one\'s account', request: { body: jsonBody(TakeUp) }, responses: { ...answered(z.strictObject({ email: z.string() }), 'Set. Sign in with it.'), ...refusals } }), async (c) => {
      attempt(c)
      const account = await takeUp(services, c, c.req.valid('json')).catch(async (error: unknown) => {
        if (error instanceof Refusal) await note(services, c, { action: 'session.take_up', outcome: 'refused' })
        throw error
      })
      forgive(c)
      return c.json({ email: account.email }, 200)
    })
    .openapi(operation('account.see_as', { method: 'post', path: '/see-as', summary: 'Look at the screens as another role, without its prices and files', request: { body: jsonBody(SeenAs) }, responses: { ...answered(Next, 'So it is from now on.'), ...refusals, 404: problem('There is no such unit, company or institution; or it is not one\'s to look as another.') } }), async (c) => {
      const { session } = c.get('identity')
      if (!session) throw new Refusal(404, 'path.not_found', 'There is nothing here.')
      const seenAs = c.req.valid('json')
      await checkBelonging(services, seenAs, session.account.list)
      await changeNoted(services, c, async (tx) => {
        await setSeenAs(tx, session.id, { ...seenAs, list: seenAs.list ?? session.account.list })
        return { event: { action: 'session.see_as', object: session.account.id, after: seenAs }, result: null }
      })
      return c.json({ next: null }, 200)
    })
    .openapi(operation('session.use', { method: 'delete', path: '/see-as', summary: 'Look as oneself again', responses: { ...answered(Next, 'So it is from now on.'), ...refusals } }), async (c) => {
      const { session } = c.get('identity')
      if (session?.seenAs) {
        const { seenAs } = session
        await changeNoted(services, c, async (tx) => {
          await setSeenAs(tx, session.id, null)
          return { event: { action: 'session.see_as_end', object: session.account.id, before: seenAs }, result: null }
        })
      }
      return c.json({ next: null }, 200)
    })
}

/** Whoever signs in where somebody was signed in takes his place: that session has ended, and its windows are told. */
export async function endEarlier(services: Services, c: Context): Promise<void> {
  const { session } = c.get('identity')
  if (!session) return
  await endSessions(services.db, session.account.id, { only: session.id })
  await tellAccountChanged(services, session.account.id)
}

/** Hands the cookies that better-auth sets on to the browser. */
export function setCookies(c: Context, headers: Headers): void {
  for (const cookie of headers.getSetCookie()) c.header('Set-Cookie', cookie, { append: true })
}

/** The account whose password was right, and whose second factor is asked for; null where there is none. Known by a cookie that better-auth sets. */
async function halfSignedIn(db: Database, headers: Headers): Promise<string | null> {
  const identifier = /(?:^|;\s*)__Secure-lastmile\.two_factor=(2fa-[\w-]+)/.exec(headers.get('cookie') ?? '')?.[1]
  return identifier === undefined ? null : findCode(db, identifier)
}

import { betterAuth } from 'better-auth/minimal'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { genericOAuth } from 'better-auth/plugins/generic-oauth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { Logger } from 'pino'
import { z } from 'zod'
import { authStore } from '@lastmile/db/accounts/auth-store'
import type { Database } from '@lastmile/db/database'
import { noteSeen } from '@lastmile/db/query/accounts'

/** A single sign-on by OpenID Connect. */
export interface SingleSignOn {
  /** What its button says. */
  name: string
  issuer: string
  clientId: string
  clientSecret: string
}

export interface AuthOptions {
  /** Signs cookies and encrypts the secrets of second factors. */
  secret: string
  /** Where browsers find the server: `https://…`. */
  address: string
  /** A session ends when it was not used for so long. */
  idleMinutes: number
  singleSignOn: SingleSignOn | null
}

/** The name under which the single sign-on's identities are kept. */
export const ssoProvider = 'sso'
/** The path to which the single sign-on's provider sends browsers back. */
export const ssoCallback = `/api/auth/callback/${ssoProvider}`

/**
 * Sign-in, sessions, passwords (scrypt) and second factors, by better-auth. Its own addresses are not served (but for the
 * way back from the single sign-on): our routes call it, so that they are limited, described and noted as all others.
 * Nobody signs up: accounts are made by an administrator.
 */
export function newAuth(db: Database, log: Logger, { secret, address, idleMinutes, singleSignOn }: AuthOptions) {
  return betterAuth({
    appName: 'Lastmile', secret, baseURL: address, basePath: '/api/auth', database: authStore(db), telemetry: { enabled: false },
    logger: { log: (level, message) => log[level === 'error' ? 'error' : 'debug']({ event: 'auth' }, message) },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128 },
    session: {
      // Whoever is known is looked at anew within a quarter of a minute: a session that is used is prolonged long before it ends.
      expiresIn: idleMinutes * 60, updateAge: Math.min(60, idleMinutes * 15),
      additionalFields: { signedInBy: { type: 'string', required: false, input: false } },
    },
    user: { additionalFields: { role: { type: 'string', required: true, input: false }, disabledAt: { type: 'date', required: false, input: false } } },
    // No provider is trusted beyond what it has verified: else whoever names an address would get its account.
    account: { accountLinking: { enabled: true } },
    // Where a person is sent whom the provider, or a state that is gone, brings here in vain.
    onAPIError: { errorURL: '/sign-in' },
    // Ours are limited by address and by account (`sign-in-limits.ts`).
    rateLimit: { enabled: false },
    advanced: { cookiePrefix: 'lastmile', useSecureCookies: true, ipAddress: { disableIpTracking: true } },
    databaseHooks: {
      // The provider is asked nothing more: what it gave for that is not kept.
      account: {
        create: { before: async (credential) => ({ data: { ...credential, ...noTokens } }) },
        update: { before: async (credential) => ({ data: { ...credential, ...noTokens } }) },
      },
      session: {
        create: {
          before: async (session, c) => ({ data: { ...session, signedInBy: signedInBy(c?.path) } }),
          after: async ({ userId }) => noteSeen(db, userId),
        },
      },
    },
    plugins: [
      twoFactor({ issuer: 'Lastmile', accountLockout: { enabled: true, maxFailedAttempts: 5, durationSeconds: 900 } }),
      demonstrationSignIn(),
      ...(singleSignOn ? [genericOAuth({
        config: [{
          providerId: ssoProvider, name: singleSignOn.name, discoveryUrl: `${singleSignOn.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, requireIdTokenVerification: true,
          clientId: singleSignOn.clientId, clientSecret: singleSignOn.clientSecret, scopes: ['openid', 'email', 'profile'], pkce: true, disableSignUp: true,
        }],
      })] : []),
    ],
  })
}
export type Auth = ReturnType<typeof newAuth>

const noTokens = { accessToken: null, refreshToken: null, idToken: null, accessTokenExpiresAt: null, refreshTokenExpiresAt: null }

function signedInBy(path: string | undefined): 'password' | 'single_sign_on' | 'demonstration' {
  if (path === demonstrationPath) return 'demonstration'
  return path?.startsWith('/callback/') ? 'single_sign_on' : 'password'
}

const demonstrationPath = '/sign-in/demonstration'

/** Opens a session without a password. Whether that is a demonstration's account is looked at by who calls it; no address leads here. */
function demonstrationSignIn() {
  return {
    id: 'demonstration',
    endpoints: {
      signInDemonstration: createAuthEndpoint(demonstrationPath, { method: 'POST', body: z.object({ account: z.string() }), metadata: { SERVER_ONLY: true } }, async (ctx) => {
        const user = await ctx.context.internalAdapter.findUserById(ctx.body.account)
        if (!user) return ctx.json({ opened: false })
        const session = await ctx.context.internalAdapter.createSession(user.id)
        await setSessionCookie(ctx, { session, user })
        return ctx.json({ opened: true })
      }),
    },
  } as const
}

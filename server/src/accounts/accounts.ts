import { createHash, randomBytes } from 'node:crypto'
import { APIError } from 'better-auth/api'
import type { Logger } from 'pino'
import type { Database } from '@lastmile/db/database'
import { endSessions, findSession, noteSeen, type AccountRow, type SessionRow } from '@lastmile/db/query/accounts'
import { findApiKeyByHash, noteApiKeyUse } from '@lastmile/db/query/api-keys'
import { theCommand, thePublic, type Actor, type SeenAs } from '@lastmile/shared/account'
import { unattendedHeader } from '@lastmile/shared/unattended'
import type { Clock } from '../lib/clock.js'
import { Refusal } from '../lib/refusal.js'
import { newAuth, type Auth, type AuthOptions } from './auth.js'

/** Who a request comes from. */
export interface Identity {
  actor: Actor
  /** Of whoever is signed in. */
  session: SessionRow | null
  /** Cookies that the answer must set: a session that is used lives on. */
  cookies: readonly string[]
  /** Whether it has come to its end by itself: the longest that a session lasts, or the day until which a key holds. */
  isOver(): boolean
}

/** Sign-in, sessions and keys. */
export interface Accounts {
  auth: Auth
  /** Whom a request's headers name. What a page asks while nobody is before it keeps no session alive. @throws Refusal 401 for a key that does not hold */
  identify(headers: Headers): Promise<Identity>
  /** What is known of sessions and keys counts no more. */
  forget(): void
  /** From now on cookies are signed, and second factors read, by this secret: that of a copy that was put back. */
  useSecret(secret: string): void
  singleSignOn: string | null
}

export interface AccountsOptions extends AuthOptions {
  /** A session ends so long after its sign-in, however much it is used. */
  sessionHours: number
}

/** Who has not said who he is. */
export const publicIdentity: Identity = { actor: thePublic, session: null, cookies: [], isOver: () => false }
/** Who a command on this machine is. */
export const commandIdentity: Identity = { ...publicIdentity, actor: theCommand }

/** How long what is known of a session or key is taken for true. What is changed is forgotten at once, here, and on other servers as soon as the database tells them. */
const knownForMs = 15_000
const knownAtMost = 10_000
/** The use of a key is noted at most once in so long. */
const useNotedEveryMs = 60_000

export function newAccounts(db: Database, clock: Clock, log: Logger, options: AccountsOptions): Accounts {
  let auth = newAuth(db, log, options)
  const known = new Map<string, { identity: Identity; until: number }>()
  let epoch = 0
  const forget = () => {
    epoch += 1
    known.clear()
  }
  const remembered = async (key: string, find: () => Promise<Identity>): Promise<Identity> => {
    const one = known.get(key)
    // What expires meanwhile is not believed for longer than it holds.
    if (one && one.until > Date.now() && !one.identity.isOver()) return { ...one.identity, cookies: [] }
    for (;;) {
      const begun = epoch
      const identity = await find()
      // What was read before a change may be older than it: then once more.
      if (begun !== epoch) continue
      known.delete(key)
      known.set(key, { identity, until: Date.now() + knownForMs })
      if (known.size > knownAtMost) known.delete(known.keys().next().value!)
      return identity
    }
  }

  const ofSession = async (headers: Headers, isAttended: boolean): Promise<Identity> => {
    const asked = await auth.api.getSession({ headers, query: { disableRefresh: !isAttended }, returnHeaders: true }).catch((error: unknown) => {
      // It ended between being found and being prolonged.
      if (error instanceof APIError) return null
      throw error
    })
    const session = asked?.response ? await findSession(db, asked.response.session.id) : null
    if (!asked || !session) return publicIdentity
    const isOver = () => Date.now() - Date.parse(session.createdAt) > options.sessionHours * 3_600_000
    if (isOver() || session.account.disabledAt !== null) {
      await endSessions(db, session.account.id, { only: session.id })
      return publicIdentity
    }
    const cookies = asked.headers.getSetCookie()
    // It was prolonged: somebody uses it.
    if (cookies.length > 0) await noteSeen(db, session.account.id)
    return { actor: actorOf(session), session, cookies, isOver }
  }
  const ofKey = async (secret: string): Promise<Identity> => {
    const key = await findApiKeyByHash(db, fingerprint(secret))
    if (!key || key.revokedAt !== null || key.expiresAt <= clock.now()) throw new Refusal(401, 'key.invalid', 'This key is not known, was revoked or has expired.')
    const now = clock.now()
    if (key.lastUsedAt === null || Date.parse(now) - Date.parse(key.lastUsedAt) > useNotedEveryMs) await noteApiKeyUse(db, key.code, now)
    return { ...publicIdentity, isOver: () => key.expiresAt <= clock.now(), actor: { ...thePublic, kind: 'key', id: key.code, name: key.name, role: 'machine', list: key.list, source: key.source } }
  }
  return {
    get auth() { return auth },
    singleSignOn: options.singleSignOn?.name ?? null,
    async identify(headers) {
      const authorization = headers.get('authorization')
      if (authorization !== null) {
        const secret = /^Bearer (lmk_[\w-]{20,100})$/.exec(authorization)?.[1]
        if (secret === undefined) throw new Refusal(401, 'key.invalid', 'The header Authorization holds no key: write "Bearer lmk_…".')
        return remembered(`key ${fingerprint(secret)}`, () => ofKey(secret))
      }
      const cookie = sessionCookieIn(headers.get('cookie'))
      if (cookie === null) return publicIdentity
      const isAttended = headers.get(unattendedHeader) === null && headers.get('accept') !== 'text/event-stream'
      return remembered(`cookie ${isAttended ? 'in use' : 'left alone'} ${fingerprint(cookie)}`, () => ofSession(headers, isAttended))
    },
    forget,
    useSecret(secret) {
      auth = newAuth(db, log, { ...options, secret })
      forget()
    },
  }
}

const sessionCookie = '__Secure-lastmile.session_token'

function sessionCookieIn(cookies: string | null): string | null {
  return cookies?.split(';').map((one) => one.trim()).find((one) => one.startsWith(`${sessionCookie}=`))?.slice(sessionCookie.length + 1) ?? null
}

/** Who acts in a session: its account, or the role as which it looks; an account that lacks its second factor is nobody yet. */
function actorOf({ account, seenAs, signedInBy }: SessionRow): Actor {
  const own = { ...thePublic, kind: 'account' as const, id: account.id, name: account.name }
  if (account.secondFactor === 'missing' && signedInBy === 'password') return { ...own, role: 'unproven', list: account.list }
  return seenAs ? { ...own, ...belongings(seenAs), list: seenAs.list ?? account.list, preview: { by: account.id } } : { ...own, ...belongings(account) }
}

function belongings({ role, list, unit, city, company, insurer, institution }: AccountRow | SeenAs): Omit<Actor, 'kind' | 'id' | 'name' | 'preview' | 'source'> {
  return { role, list, unit, city, company, insurer, institution }
}

/** A secret of 256 bits of chance, in letters that go anywhere. */
export function newSecret(prefix: string): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`
}

/** What of a secret is kept: it finds the secret again, and does not tell it. */
export function fingerprint(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

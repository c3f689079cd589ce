import { randomUUID } from 'node:crypto'
import { insertAccount, insertPassword } from '@lastmile/db/query/accounts'
import type { Database } from '@lastmile/db/database'
import { newAccounts, type Accounts } from '@lastmile/server/accounts/accounts'
import type { SingleSignOn } from '@lastmile/server/accounts/auth'
import type { Clock } from '@lastmile/server/lib/clock'
import type { Services } from '@lastmile/server/lib/services'
import type { NewAccount } from '@lastmile/shared/account'

/** An account as a test states it: its role, and what it is of. */
export type ActorFacts = Pick<NewAccount, 'role'> & Partial<NewAccount>

/** Accounts as a server of this database has them. */
export function accountsOf(db: Database, clock: Clock, log: Services['log'], singleSignOn: SingleSignOn | null = null): Accounts {
  return newAccounts(db, clock, log, { secret: 's'.repeat(32), address: 'http://lastmile.test', idleMinutes: 30, sessionHours: 12, singleSignOn })
}

/** Makes an account, which has no password yet. Answers its id. */
export async function madeAccount({ db, clock }: Services, facts: ActorFacts & { demonstration?: boolean }): Promise<string> {
  const id = randomUUID()
  const none = { list: null, unit: null, city: null, company: null, insurer: null, institution: null, agent: null }
  await insertAccount(db, id, { ...none, name: facts.role, email: `${id}@lastmile.test`, createdAt: clock.now(), ...facts })
  return id
}

let unknown: Promise<string> | null = null

/** Makes an account whose owner has come, and signs it in, by the door without a password. Answers the headers by which its browser is known. */
export async function signedIn(services: Services, facts: ActorFacts & { demonstration?: boolean }): Promise<{ id: string; headers: Record<string, string> }> {
  const id = await madeAccount(services, facts)
  const { accounts, db } = services
  // One that nobody knows.
  if (!facts.demonstration) await insertPassword(db, id, await (unknown ??= accounts.auth.$context.then(({ password: { hash } }) => hash(randomUUID()))))
  const { headers } = await accounts.auth.api.signInDemonstration({ body: { account: id }, headers: new Headers(), returnHeaders: true })
  return { id, headers: cookiesOf(headers) }
}

/** What an account that is signed in by a password has for one. */
export const password = 'a password that is long enough'
let hashed: Promise<string> | null = null

/** Makes an account that has a password, and signs it in by it. Who needs a second factor has none yet. */
export async function signedInByPassword(services: Services, facts: ActorFacts): Promise<{ id: string; headers: Record<string, string> }> {
  const id = await madeAccount(services, facts)
  const { auth } = services.accounts
  const { password: passwords, internalAdapter } = await auth.$context
  await internalAdapter.createAccount({ userId: id, providerId: 'credential', accountId: id, password: await (hashed ??= passwords.hash(password)) })
  const { headers } = await auth.api.signInEmail({ body: { email: facts.email ?? `${id}@lastmile.test`, password }, headers: new Headers(), returnHeaders: true })
  return { id, headers: cookiesOf(headers) }
}

function cookiesOf(headers: Headers): Record<string, string> {
  return { cookie: headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ') }
}

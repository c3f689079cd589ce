import { randomUUID } from 'node:crypto'
import { insertAccount } from '@lastmile/db/query/accounts'
import type { Database } from '@lastmile/db/database'
import { newAccounts, type Accounts } from '@lastmile/server/accounts/accounts'
import type { Clock } from '@lastmile/server/lib/clock'
import type { Services } from '@lastmile/server/lib/services'
import type { NewAccount } from '@lastmile/shared/account'

/** An account as a test states it: its role, and what it is of. */
export type ActorFacts = Pick<NewAccount, 'role'> & Partial<NewAccount>

/** Accounts as a server of this database has them. */
export function accountsOf(db: Database, clock: Clock, log: Services['log']): Accounts {
  return newAccounts(db, clock, log, { secret: 's'.repeat(32), address: 'http://lastmile.test', idleMinutes: 30, sessionHours: 12, singleSignOn: null })
}

/** Makes an account and signs it in. Answers the headers by which its browser is known. */
export async function signedIn({ db, clock, accounts }: Services, facts: ActorFacts): Promise<{ id: string; headers: Record<string, string> }> {
  const id = randomUUID()
  const none = { list: null, unit: null, city: null, company: null, insurer: null, institution: null, agent: null }
  await insertAccount(db, id, { ...none, name: facts.role, email: `${id}@lastmile.test`, demonstration: true, createdAt: clock.now(), ...facts })
  const { headers } = await accounts.auth.api.signInDemonstration({ body: { account: id }, headers: new Headers(), returnHeaders: true })
  return { id, headers: { cookie: headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ') } }
}

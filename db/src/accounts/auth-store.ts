import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import type { Database } from '../database.js'
import { account, accountCredential, accountSecondFactor, accountSession, accountVerification } from '../schema/account.js'

/** Where better-auth keeps accounts: in the same database. What it calls a user is an account here, and its account a credential. */
export function authStore(db: Database): ReturnType<typeof drizzleAdapter> {
  return drizzleAdapter(db, {
    provider: 'pg',
    schema: { user: account, session: accountSession, account: accountCredential, verification: accountVerification, twoFactor: accountSecondFactor },
  })
}

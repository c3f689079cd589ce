import type { Context } from 'hono'
import type { Database } from '@lastmile/db/database'
import { endSessions, findAccount, shownAccount, takeAway, type AccountRow } from '@lastmile/db/query/accounts'
import type { InvitationAnswer } from '@lastmile/shared/account'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { newInvitation } from './codes.js'
import { changeNoted, type NotedOf } from './note.js'

/**
 * Invites an account's owner anew: what it has proved itself by (`lost`) holds no more, and it is signed out everywhere.
 * Inside a transaction; answers what is noted of it, and the code.
 * @throws Refusal 409 for one that is disabled: nobody can take that up
 */
export async function inviteAnew(tx: Database, account: AccountRow, lost: readonly ('password' | 'second_factor')[]): Promise<{ event: NotedOf; result: InvitationAnswer }> {
  if (account.state === 'disabled') throw new Refusal(409, 'account.disabled', 'The account is disabled: enable it first.')
  for (const proof of lost) await takeAway(tx, account.id, proof)
  await endSessions(tx, account.id)
  const invitation = await newInvitation(tx, account.id)
  return { event: { action: 'account.invite', object: account.id }, result: { account: shownAccount((await findAccount(tx, { id: account.id }))!), invitation } }
}

/**
 * Invites the owner of an account anew who cannot come in any more, and whom no administrator can help: password and
 * second factor hold no more. For commands on this machine.
 * @throws Refusal 404, and 409 for an account of the demonstration or one that is disabled
 */
export async function inviteByCommand(services: Services, c: Context, email: string): Promise<InvitationAnswer> {
  return changeNoted(services, c, async (tx) => {
    const account = await findAccount(tx, { email })
    if (!account) throw new Refusal(404, 'account.not_found', `There is no account with the address "${email.slice(0, 254)}".`, { field: 'email' })
    if (account.demonstration) throw new Refusal(409, 'account.demonstration', 'An account of the demonstration has no password: anybody may use it.')
    return inviteAnew(tx, account, ['password', 'second_factor'])
  })
}

import type { Context } from 'hono'
import { endSessions, findAccount, shownAccount, takeAway } from '@lastmile/db/query/accounts'
import type { InvitationAnswer } from '@lastmile/shared/account'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { newInvitation } from './codes.js'
import { changeNoted } from './note.js'

/**
 * Invites the owner of an account anew who cannot come in any more, and whom no administrator can help: password and
 * second factor hold no more. For commands on this machine.
 * @throws Refusal 404, and 409 for an account of the demonstration or one that is disabled
 */
export async function inviteAnew(services: Services, c: Context, email: string): Promise<InvitationAnswer> {
  return changeNoted(services, c, async (tx) => {
    const account = await findAccount(tx, { email })
    if (!account) throw new Refusal(404, 'account.not_found', `There is no account with the address "${email.slice(0, 254)}".`, { field: 'email' })
    if (account.demonstration) throw new Refusal(409, 'account.demonstration', 'An account of the demonstration has no password: anybody may use it.')
    if (account.state === 'disabled') throw new Refusal(409, 'account.disabled', 'The account is disabled: enable it first.')
    for (const proof of ['password', 'second_factor'] as const) await takeAway(tx, account.id, proof)
    await endSessions(tx, account.id)
    const invitation = await newInvitation(tx, account.id)
    return { event: { action: 'account.invite', object: account.id }, result: { account: shownAccount((await findAccount(tx, { id: account.id }))!), invitation } }
  })
}

import { randomUUID } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Database } from '@lastmile/db/database'
import { accountsOf, endSessions, findAccount, heldAccount, insertAccount, isManagedWithout, shownAccount, takeAway, updateAccount, type AccountRow } from '@lastmile/db/query/accounts'
import { Account, AccountChange, AccountsAnswer, InvitationAnswer, NewAccount } from '@lastmile/shared/account'
import { AtVersion, versionIn } from '../http/at-version.js'
import { answered, jsonBody, newRoutes, operation, problem, refusedWith } from '../http/open-api.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { checkBelonging } from './belonging.js'
import { newInvitation } from './codes.js'
import { inviteAnew } from './invite-anew.js'
import { changeNoted } from './note.js'

const refusals = refusedWith({ 409: 'The address is taken, it is one\'s own account, or it would leave nobody to manage accounts.', 422: 'What the account is to be of does not fit its role.' })
const one = (description: string) => answered(z.strictObject({ account: Account }), description)
const Path = z.object({ id: z.string() })

/** Everybody's accounts, for the security administrator. One who is concerned with one list manages the accounts of that list. */
export function accountsRoutes(services: Services) {
  const { db, clock } = services
  const shown = async (tx: Database, id: string) => shownAccount((await findAccount(tx, { id }))!)
  return newRoutes()
    .openapi(operation('account.manage', { method: 'get', path: '/', summary: 'The accounts', responses: { ...answered(AccountsAnswer, 'By role and name.'), ...refusals } }), async (c) => {
      const { list } = c.get('actor')
      return c.json({ accounts: (await accountsOf(db)).filter((account) => list === null || account.list === list).map(shownAccount) }, 200)
    })
    .openapi(operation('account.manage', { method: 'post', path: '/', summary: 'Make an account', request: { body: jsonBody(NewAccount) }, responses: { ...answered(InvitationAnswer, 'Made, with the code by which its owner sets a password.'), ...refusals } }), async (c) => {
      const { list } = c.get('actor')
      const values = withinList(c.req.valid('json'), list)
      await checkBelonging(services, values, list)
      const id = randomUUID()
      return c.json(await changeNoted(services, c, async (tx) => {
        if (!(await insertAccount(tx, id, { ...values, createdAt: clock.now() }))) throw new Refusal(409, 'account.exists', 'There is an account with this address.', { field: 'email' })
        const invitation = await newInvitation(tx, id)
        const account = await shown(tx, id)
        return { event: { action: 'account.create', object: id, after: account }, result: { account, invitation } }
      }), 200)
    })
    .openapi(operation('account.manage', { method: 'put', path: '/{id}', summary: 'Change what an account is, or disable it: then it is signed out everywhere', request: { params: Path, headers: AtVersion, body: jsonBody(AccountChange) }, responses: { ...one('Changed.'), 412: problem('It was changed since.'), ...refusals } }), async (c) => {
      await managed(c, db)
      const { disabled, ...given } = c.req.valid('json')
      const values = withinList(given, c.get('actor').list)
      await checkBelonging(services, values, c.get('actor').list)
      return c.json(await changeNoted(services, c, async (tx) => {
        const before = await managed(c, tx)
        if (before.version !== versionIn(c.req.valid('header'))) throw new Refusal(412, 'account.version', 'The account was changed since. Look at it, and say again what is to be changed.', { version: before.version })
        const isLost = before.role === 'security_administrator' && before.state !== 'disabled' && (disabled || values.role !== before.role || values.list !== before.list)
        if (isLost) await checkManaged(tx, before)
        await updateAccount(tx, before.id, { ...values, disabledAt: disabled ? (before.disabledAt === null ? new Date(clock.now()) : new Date(before.disabledAt)) : null })
        // What he is of is asked for anew at his next sign-in, and so is as whom he looks.
        if (disabled || isOfOther(before, values)) await endSessions(tx, before.id)
        const account = await shown(tx, before.id)
        return { event: { action: 'account.change', object: before.id, before: shownAccount(before), after: account }, result: { account } }
      }), 200)
    })
    .openapi(operation('account.manage', { method: 'post', path: '/{id}/invitation', summary: 'Invite anew: for who has lost his password or never came', request: { params: Path }, responses: { ...answered(InvitationAnswer, 'The password holds no more, and the account is signed out everywhere.'), ...refusals } }), async (c) => {
      return c.json(await changeNoted(services, c, async (tx) => {
        const before = await managed(c, tx)
        // Until he has come again he manages nothing.
        if (before.role === 'security_administrator') await checkManaged(tx, before)
        return inviteAnew(tx, before, ['password'])
      }), 200)
    })
    .openapi(operation('account.manage', { method: 'delete', path: '/{id}/second-factor', summary: 'Take away a second factor that is lost', request: { params: Path }, responses: { ...one('Its owner sets up another at the next sign-in.'), ...refusals } }), async (c) => {
      return c.json(await changeNoted(services, c, async (tx) => {
        const before = await managed(c, tx)
        await takeAway(tx, before.id, 'second_factor')
        await endSessions(tx, before.id)
        return { event: { action: 'account.second_factor', object: before.id, after: { on: false } }, result: { account: await shown(tx, before.id) } }
      }), 200)
    })
    .openapi(operation('account.manage', { method: 'delete', path: '/{id}/sessions', summary: 'Sign an account out everywhere', request: { params: Path }, responses: { ...one('It is.'), ...refusals } }), async (c) => {
      return c.json(await changeNoted(services, c, async (tx) => {
        const before = await managed(c, tx)
        const ended = await endSessions(tx, before.id)
        return { event: { action: 'account.sessions_revoke', object: before.id, after: { ended } }, result: { account: await shown(tx, before.id) } }
      }), 200)
    })

  /**
   * The account of a path that whoever asks manages: not his own, which another does, and none of the demonstration: the
   * next visitor would stand before a closed door. In a transaction it is held until that ends.
   * @throws Refusal 404, 409
   */
  async function managed(c: Context, on: Database): Promise<AccountRow> {
    const id = c.req.param('id')!
    const account = on === db ? await findAccount(db, { id }) : await heldAccount(on, id)
    const { list, id: own } = c.get('actor')
    if (!account || (list !== null && account.list !== list)) throw notFound('account', id)
    if (account.id === own) throw new Refusal(409, 'account.own', 'Nobody changes what his own account may: another administrator does.')
    if (account.demonstration) throw new Refusal(409, 'account.demonstration', 'An account of the demonstration is everybody\'s: it stays as it is, and has no password and no second factor.')
    return account
  }
}

/** @throws Refusal 409 where nobody would be left who can manage accounts as far as this one does */
async function checkManaged(tx: Database, account: AccountRow): Promise<void> {
  if (!(await isManagedWithout(tx, account))) throw new Refusal(409, 'account.last', 'This is the last account that can manage accounts: make another first, and have it taken up.')
}

/** Who is concerned with one list makes accounts of that list. */
function withinList<Own extends { list: string | null }>(own: Own, list: string | null): Own {
  return list === null ? own : { ...own, list: own.list ?? list }
}

/** Whether an account is to be of something else than it was. */
function isOfOther(before: AccountRow, after: Omit<AccountChange, 'disabled'>): boolean {
  return (['role', 'list', 'unit', 'city', 'company', 'insurer', 'institution'] as const).some((one) => before[one] !== after[one])
}

import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import type { Database } from '@lastmile/db/database'
import { findAccount, findCode, forgetFailedSignIns, insertAccount, insertPassword, takeAway, useUpCode, type AccountRow } from '@lastmile/db/query/accounts'
import type { SetUp, TakeUp } from '@lastmile/shared/account'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { codeIdentifier, needsSetUp } from './codes.js'
import { actingAs, changeNoted, type NotedOf } from './note.js'

const noOwn = { list: null, unit: null, city: null, company: null, insurer: null, institution: null, agent: null }

const wrongCode = () => new Refusal(422, 'code.wrong', 'This code is not known, was used already or has expired. Ask for another.', { field: 'code' })

/**
 * Makes the first account, a security administrator's, who makes all others.
 * @throws Refusal 409 once there is an account, 422 for a wrong code
 */
export async function setUp(services: Services, c: Context, { code, name, email, password }: SetUp): Promise<AccountRow> {
  const { db, accounts, clock } = services
  if (!(await needsSetUp(db))) throw new Refusal(409, 'set_up.done', 'This Lastmile has been set up: ask its administrator for an account.')
  const { password: passwords } = await accounts.auth.$context
  const hash = await passwords.hash(password)
  const id = randomUUID()
  return changeNoted(services, c, async (tx) => {
    if ((await useUpCode(tx, codeIdentifier('set_up', code))) === null) throw wrongCode()
    await insertAccount(tx, id, { ...noOwn, name, email, role: 'security_administrator', createdAt: clock.now() })
    return takenOver(tx, id, hash, 'session.set_up')
  })
}

/**
 * Sets the password of an invited account. One that it had before holds no more; a second factor goes on being asked for.
 * @throws Refusal 422 for a wrong code
 */
export async function takeUp(services: Services, c: Context, { code, password }: TakeUp): Promise<AccountRow> {
  const { db, accounts } = services
  const identifier = codeIdentifier('invitation', code)
  if ((await findCode(db, identifier)) === null) throw wrongCode()
  const { password: passwords } = await accounts.auth.$context
  const hash = await passwords.hash(password)
  return changeNoted(services, c, async (tx) => {
    const id = await useUpCode(tx, identifier)
    const account = id === null ? null : await findAccount(tx, { id })
    if (!account || account.disabledAt !== null) throw wrongCode()
    await takeAway(tx, account.id, 'password')
    // What was guessed at is gone.
    await forgetFailedSignIns(tx, account.id)
    return takenOver(tx, account.id, hash, 'session.take_up')
  })
}

/** Gives an account its password: from then on it is whose that is, and that is noted as his doing. */
async function takenOver(tx: Database, id: string, hash: string, action: 'session.set_up' | 'session.take_up'): Promise<{ event: NotedOf; result: AccountRow }> {
  await insertPassword(tx, id, hash)
  const account = (await findAccount(tx, { id }))!
  return { event: { action, ...actingAs(account), object: id }, result: account }
}

import { randomUUID } from 'node:crypto'
import type { Database } from '@lastmile/db/database'
import { findAccount, findCode, insertAccount, takeAway, useUpCode, type AccountRow } from '@lastmile/db/query/accounts'
import type { SetUp, TakeUp } from '@lastmile/shared/account'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { codeIdentifier, needsSetUp } from './codes.js'

const noOwn = { list: null, unit: null, city: null, company: null, insurer: null, institution: null, agent: null }

const wrongCode = () => new Refusal(422, 'code.wrong', 'This code is not known, was used already or has expired. Ask for another.', { field: 'code' })

/**
 * Makes the first account, a security administrator's, who makes all others.
 * @throws Refusal 409 once there is an account, 422 for a wrong code
 */
export async function setUp({ db, accounts, clock }: Services, { code, name, email, password }: SetUp): Promise<AccountRow> {
  if (!(await needsSetUp(db))) throw new Refusal(409, 'set_up.done', 'This Lastmile has been set up: ask its administrator for an account.')
  const { password: passwords } = await accounts.auth.$context
  const hash = await passwords.hash(password)
  const id = randomUUID()
  await db.transaction(async (tx) => {
    if ((await useUpCode(tx as Database, codeIdentifier('set_up', code))) === null) throw wrongCode()
    await insertAccount(tx as Database, id, { ...noOwn, name, email, role: 'security_administrator', createdAt: clock.now() })
  })
  await setPassword({ accounts }, id, hash)
  return (await findAccount(db, { id }))!
}

/**
 * Sets the password of an invited account. One that it had before holds no more; a second factor goes on being asked for.
 * @throws Refusal 422 for a wrong code
 */
export async function takeUp({ db, accounts }: Services, { code, password }: TakeUp): Promise<AccountRow> {
  const identifier = codeIdentifier('invitation', code)
  if ((await findCode(db, identifier)) === null) throw wrongCode()
  const { password: passwords } = await accounts.auth.$context
  const hash = await passwords.hash(password)
  const id = await useUpCode(db, identifier)
  const account = id === null ? null : await findAccount(db, { id })
  if (!account || account.disabledAt !== null) throw wrongCode()
  await takeAway(db, account.id, 'password')
  await setPassword({ accounts }, account.id, hash)
  await accounts.changed()
  return (await findAccount(db, { id: account.id }))!
}

async function setPassword({ accounts }: Pick<Services, 'accounts'>, id: string, hash: string): Promise<void> {
  const { internalAdapter } = await accounts.auth.$context
  await internalAdapter.createAccount({ userId: id, providerId: 'credential', accountId: id, password: hash })
}

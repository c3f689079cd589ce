import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { findAccount } from '@lastmile/db/query/accounts'
import { auditOf } from '@lastmile/db/query/audit'
import { newSetUpCode } from '@lastmile/server/accounts/codes'
import { InvitationAnswer, type Account } from '@lastmile/shared/account'
import { madeAccount, password, signedIn } from '../../support/actors.js'
import { given } from '../../support/given.js'
import { asCommand, doorOf } from './door.js'

const json = { 'content-type': 'application/json' }

test('a change of accounts or keys that cannot be noted is not made', async () => {
  const { services } = await given({})
  const id = await madeAccount(services, { role: 'company', company: 'acme' })
  const security = doorOf(services, { role: 'security_administrator' })
  const accounts = async () => (await security.read<{ accounts: Account[] }>('/api/accounts')).accounts.map((account) => [account.id, account.state, account.name])
  const before = await accounts()
  await services.db.execute(sql`alter table audit_entry rename to audit_elsewhere`)
  const asked: [string, string, object?][] = [
    ['POST', '/api/accounts', { name: 'New', email: 'new@acme.test', role: 'company', company: 'acme' }],
    ['PUT', `/api/accounts/${id}`, { name: 'Other', role: 'company', company: 'acme', disabled: true }],
    ['POST', '/api/session/see-as', { role: 'reader' }],
  ]
  const statuses: number[] = []
  for (const [method, path, body] of asked) statuses.push((await security.ask(path, { method, headers: { ...json, 'if-match': '"1"' }, body: JSON.stringify(body) })).status)
  await services.db.execute(sql`alter table audit_elsewhere rename to audit_entry`)
  expect(statuses).toEqual([500, 500, 500])
  expect(await accounts()).toEqual(before)
})

test('of two administrators who disable each other at once, one goes on', async () => {
  const { services } = await given({})
  const two = await Promise.all(['First', 'Second'].map((name) => signedIn(services, { role: 'security_administrator', name })))
  const door = doorOf(services, 'public')
  const disable = async (by: number, whom: number) => (await door.ask(`/api/accounts/${two[whom]!.id}`, {
    method: 'PUT', headers: { ...json, 'if-match': '"1"', ...two[by]!.headers }, body: JSON.stringify({ name: 'Gone', role: 'security_administrator', disabled: true }),
  })).status
  const statuses = await Promise.all([disable(0, 1), disable(1, 0)])
  expect(statuses.filter((status) => status === 200)).toHaveLength(1)
  expect((await auditOf(services.db, { action: 'account.change' }, { offset: 0, limit: 5 })).total).toBe(1)
})

test('a set-up that fails on the way leaves its code to be used again', async () => {
  const { services } = await given({})
  const code = await newSetUpCode(services.db)
  const door = doorOf(services, 'public')
  const setUp = async () => (await door.ask('/api/session/set-up', { method: 'POST', headers: json, body: JSON.stringify({ code, name: 'First', email: 'first@regulator.test', password }) })).status
  await services.db.execute(sql`alter table audit_entry rename to audit_elsewhere`)
  const failed = await setUp()
  await services.db.execute(sql`alter table audit_elsewhere rename to audit_entry`)
  expect([failed, await setUp(), await setUp()]).toEqual([500, 200, 409])
})

test('nobody changes accounts of the demonstration, not by one that he made there either: the next visitor comes in too', async () => {
  const { services } = await given({})
  const [visitor, shared] = [await signedIn(services, { role: 'security_administrator', demonstration: true }), await madeAccount(services, { role: 'reader', demonstration: true })]
  const own = await madeAccount(services, { role: 'reader' })
  const statuses = async (headers: Record<string, string>, id: string) => {
    const ask = async (method: string, path: string, body?: object) => (await doorOf(services, 'public').ask(`/api/accounts/${id}${path}`, { method, headers: { ...json, 'if-match': '"1"', ...headers }, body: body ? JSON.stringify(body) : null })).status
    return [await ask('PUT', '', { name: 'Reader', role: 'reader', disabled: true }), await ask('DELETE', '/sessions'), await ask('DELETE', '/second-factor'), await ask('POST', '/invitation')]
  }
  expect(await statuses(visitor.headers, shared)).toEqual([409, 409, 409, 409])
  // One that is disabled is not invited.
  expect(await statuses(visitor.headers, own)).toEqual([200, 200, 200, 409])
  expect(await statuses((await signedIn(services, { role: 'security_administrator' })).headers, shared)).toEqual([409, 409, 409, 409])
  const { entries } = await auditOf(services.db, { action: 'request.refused' }, { offset: 0, limit: 9 })
  expect(entries.filter(({ actor }) => actor === visitor.id).map(({ object, after }) => [object, after])).toEqual(
    ['POST /api/accounts/{id}/invitation', 'DELETE /api/accounts/{id}/second-factor', 'DELETE /api/accounts/{id}/sessions', 'PUT /api/accounts/{id}'].map((route) => [route.replace('{id}', ':id'), { status: 409, code: 'account.demonstration' }]))
})

/** Two administrators, and what each may ask of an account. */
async function two() {
  const { services } = await given({ institutions: { H1: '100100' } })
  const [one, other] = [await signedIn(services, { role: 'security_administrator' }), await signedIn(services, { role: 'security_administrator' })]
  const door = doorOf(services, 'public')
  const ask = async (by: typeof one, method: string, path: string, body?: object, version = 1) => {
    const answer = await door.ask(`/api/accounts${path}`, { method, headers: { ...json, 'if-match': `"${version}"`, ...by.headers }, body: body ? JSON.stringify(body) : null })
    return { status: answer.status, body: await answer.json() as { account?: Account; error?: { code: string; field?: string } } }
  }
  return { services, one, other, ask }
}

test('nobody takes his own password or second factor away as an administrator: he would be let in anew without either', async () => {
  const { one, other, ask } = await two()
  const doings = [['POST', '/invitation'], ['DELETE', '/second-factor'], ['DELETE', '/sessions']] as const
  for (const [method, path] of doings) {
    const answer = await ask(one, method, `/${one.id}${path}`)
    expect([path, answer.status, answer.body.error?.code]).toEqual([path, 409, 'account.own'])
  }
  for (const [method, path] of doings) expect((await ask(other, method, `/${one.id}${path}`)).status).toBe(200)
})

test('of two administrators who invite each other anew at once, one can still come in', async () => {
  const { one, other, ask } = await two()
  const answers = await Promise.all([ask(one, 'POST', `/${other.id}/invitation`), ask(other, 'POST', `/${one.id}/invitation`)])
  expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1)
})

test('what was filled in before somebody else changed the account is not laid over that', async () => {
  const { services, one, other, ask } = await two()
  const id = await madeAccount(services, { role: 'reader', name: 'Reader' })
  const put = (by: typeof one, own: object, version: number) => ask(by, 'PUT', `/${id}`, { name: 'Reader', role: 'reader', disabled: false, ...own }, version)
  const disabled = await put(one, { disabled: true }, 1)
  expect([disabled.status, disabled.body.account?.state, disabled.body.account?.version]).toEqual([200, 'disabled', 2])
  const late = await put(other, { name: 'Another name' }, 1)
  expect([late.status, late.body.error?.code]).toEqual([412, 'account.version'])
  expect((await put(other, { name: 'Another name', disabled: true }, 2)).body.account).toMatchObject({ name: 'Another name', state: 'disabled', version: 3 })
})

test.each([
  [{ role: 'city_officer', unit: '100000', city: '200100' }, 404, 'city'], [{ role: 'company', company: 'acme', institution: '' }, 400, 'institution'],
  [{ role: 'insurer', insurer: 'Good Insurance ' }, 400, 'insurer'], [{ role: 'company', company: 'acme', agent: 'an\u200bagent' }, 400, 'agent'], [{ role: 'province_officer' }, 422, 'unit'],
])('an account is of what there is, and fits its role: %j', async (own, status, field) => {
  const { one, ask } = await two()
  const answer = await ask(one, 'POST', '', { name: 'New', email: 'new@acme.test', ...own })
  expect([answer.status, answer.body.error?.field]).toEqual([status, field])
})

test('a command invites whom no administrator can help any more, and that is noted', async () => {
  const { services, one } = await two()
  const invite = async (email: string, headers: Record<string, string>) => doorOf(services, 'public').ask('/api/commands/invite', { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify({ email }) })
  const { email } = (await findAccount(services.db, { id: one.id }))!
  expect((await invite(email, one.headers)).status).toBe(404)
  expect((await invite('nobody@acme.test', asCommand(services))).status).toBe(404)
  const { account, invitation } = InvitationAnswer.parse(await (await invite(email, asCommand(services))).json())
  expect(account.state).toBe('invited')
  const taken = await doorOf(services, 'public').ask('/api/session/invitation', { method: 'POST', headers: json, body: JSON.stringify({ code: invitation.code, password }) })
  expect([taken.status, (await findAccount(services.db, { id: one.id }))!.state]).toEqual([200, 'active'])
  const { entries } = await auditOf(services.db, { action: 'account.invite' }, { offset: 0, limit: 5 })
  expect(entries.map(({ actor, object }) => [actor, object])).toEqual([['command', one.id]])
})

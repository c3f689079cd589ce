import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { auditOf } from '@lastmile/db/query/audit'
import { newSetUpCode } from '@lastmile/server/accounts/codes'
import type { Account } from '@lastmile/shared/account'
import { madeAccount, password, signedIn } from '../../support/actors.js'
import { given } from '../../support/given.js'
import { doorOf } from './door.js'

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
  for (const [method, path, body] of asked) statuses.push((await security.ask(path, { method, headers: json, body: JSON.stringify(body) })).status)
  await services.db.execute(sql`alter table audit_elsewhere rename to audit_entry`)
  expect(statuses).toEqual([500, 500, 500])
  expect(await accounts()).toEqual(before)
})

test('of two administrators who disable each other at once, one goes on', async () => {
  const { services } = await given({})
  const two = await Promise.all(['First', 'Second'].map((name) => signedIn(services, { role: 'security_administrator', name })))
  const door = doorOf(services, 'public')
  const disable = async (by: number, whom: number) => (await door.ask(`/api/accounts/${two[whom]!.id}`, {
    method: 'PUT', headers: { ...json, ...two[by]!.headers }, body: JSON.stringify({ name: 'Gone', role: 'security_administrator', disabled: true }),
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

test('whoever came in by an account of the demonstration changes none of those: the next visitor comes in too', async () => {
  const { services } = await given({})
  const [visitor, shared] = [await signedIn(services, { role: 'security_administrator', demonstration: true }), await madeAccount(services, { role: 'reader', demonstration: true })]
  const own = await madeAccount(services, { role: 'reader' })
  const statuses = async (headers: Record<string, string>, id: string) => {
    const ask = async (method: string, path: string, body?: object) => (await doorOf(services, 'public').ask(`/api/accounts/${id}${path}`, { method, headers: { ...json, ...headers }, body: body ? JSON.stringify(body) : null })).status
    return [await ask('PUT', '', { name: 'Reader', role: 'reader', disabled: true }), await ask('DELETE', '/sessions'), await ask('DELETE', '/second-factor'), await ask('POST', '/invitation')]
  }
  expect(await statuses(visitor.headers, shared)).toEqual([409, 409, 409, 409])
  expect(await statuses(visitor.headers, own)).toEqual([200, 200, 200, 200])
  // One who runs this Lastmile closes it; a password it never has.
  expect(await statuses((await signedIn(services, { role: 'security_administrator' })).headers, shared)).toEqual([200, 200, 200, 409])
  const { entries } = await auditOf(services.db, { action: 'request.refused' }, { offset: 0, limit: 9 })
  expect(entries.filter(({ actor }) => actor === visitor.id).map(({ object, after }) => [object, after])).toEqual(
    ['POST /api/accounts/{id}/invitation', 'DELETE /api/accounts/{id}/second-factor', 'DELETE /api/accounts/{id}/sessions', 'PUT /api/accounts/{id}'].map((route) => [route.replace('{id}', ':id'), { status: 409, code: 'account.demonstration' }]))
})

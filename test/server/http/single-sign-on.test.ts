import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rowsOf } from '@lastmile/db/database'
import { updateAccount } from '@lastmile/db/query/accounts'
import { auditOf } from '@lastmile/db/query/audit'
import { SessionAnswer } from '@lastmile/shared/account'
import { accountsOf, madeAccount } from '../../support/actors.js'
import { given } from '../../support/given.js'
import { startSignOnProvider, type SignOnProvider } from '../../support/sign-on-provider.js'
import { doorOf } from './door.js'

let provider: SignOnProvider
beforeAll(async () => {
  provider = await startSignOnProvider()
})
afterAll(() => provider.close())

/** Goes the whole way, as a browser does, and answers who one is in the end. */
async function goThrough(person: Partial<SignOnProvider['person']>, { disabled = false } = {}) {
  const { services: world } = await given({ today: '2026-06-30' })
  const services = { ...world, accounts: accountsOf(world.db, world.clock, world.log, { name: 'Ministry', ...provider }) }
  const id = await madeAccount(services, { role: 'operator', email: 'operator@regulator.test' })
  if (disabled) await updateAccount(services.db, id, { disabledAt: new Date() })
  Object.assign(provider.person, { sub: '1', email: 'operator@regulator.test', email_verified: true, name: 'Operator', ...person })
  const door = doorOf(services, 'public')
  const jar = new Map<string, string>()
  const ask = async (method: string, path: string) => {
    const answer = await door.ask(path, { method, headers: jar.size === 0 ? {} : { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') } })
    for (const cookie of answer.headers.getSetCookie()) jar.set(cookie.slice(0, cookie.indexOf('=')), cookie.slice(cookie.indexOf('=') + 1).split(';')[0]!)
    return answer
  }
  expect(SessionAnswer.parse(await (await ask('GET', '/api/session')).json()).singleSignOn).toBe('Ministry')
  const { address } = (await (await ask('POST', '/api/session/single-sign-on')).json()) as { address: string }
  expect(address.startsWith(provider.issuer)).toBe(true)
  const back = (await fetch(address, { redirect: 'manual' })).headers.get('location')!
  const landed = await ask('GET', back.slice(new URL(back).origin.length))
  expect(landed.status).toBe(302)
  return { services, who: SessionAnswer.parse(await (await ask('GET', '/api/session')).json()), to: landed.headers.get('location')! }
}

test('whoever the provider names is signed in as the account of that address, without a second factor of ours', async () => {
  const { services, who } = await goThrough({})
  expect(who.actor).toMatchObject({ kind: 'account', role: 'operator' })
  // What the provider gave for that is not kept.
  expect(await rowsOf(services.db, sql`select provider_id as provider, coalesce(access_token, refresh_token, id_token) as token from account_credential`)).toEqual([{ provider: 'sso', token: null }])
})

test('whose account is disabled is told so', async () => {
  const { who, to } = await goThrough({}, { disabled: true })
  expect([who.actor.kind, to]).toEqual(['public', '/sign-in?error=disabled'])
})

test('who has no account gets none, and an address that the provider has not verified opens nothing', async () => {
  for (const person of [{ sub: '2', email: 'stranger@elsewhere.test' }, { sub: '3', email_verified: false }]) {
    const { who, to } = await goThrough(person)
    expect([who.actor.kind, to]).toEqual(['public', expect.stringContaining('/sign-in')])
  }
})

test('whoever comes back from nowhere is noted, and does not fill the audit by coming again and again', async () => {
  const { services: world } = await given({ today: '2026-06-30' })
  const services = { ...world, accounts: accountsOf(world.db, world.clock, world.log, { name: 'Ministry', ...provider }) }
  const door = doorOf(services, 'public')
  for (let i = 0; i < 80; i += 1) {
    const answer = await door.ask('/api/auth/callback/sso?code=none&state=none')
    expect([answer.status, answer.headers.get('location')]).toEqual([302, expect.stringMatching(/^(http:\/\/lastmile\.test)?\/sign-in\?error=/)])
  }
  await services.audit.settle()
  const { total, entries } = await auditOf(services.db, { action: 'session.sign_in', outcome: 'refused' }, { offset: 0, limit: 1 })
  expect([total, entries[0]?.after]).toEqual([61, { more: 20, withinSeconds: 60 }])
})

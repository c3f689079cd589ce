import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { findAccount } from '@lastmile/db/query/accounts'
import { newAccounts } from '@lastmile/server/accounts/accounts'
import { InvitationAnswer, SessionAnswer } from '@lastmile/shared/account'
import { password } from '../../support/actors.js'
import { browserAt, company, json, office } from './office.js'

const minute = 60_000

describe('a session', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
  afterEach(() => void vi.useRealTimers())
  const later = (ms: number) => vi.setSystemTime(Date.now() + ms)

  test('ends when it was not used for half an hour, lives on while it is used, and ends twelve hours after its beginning', async () => {
    const { browser } = await office(company)
    const [idle, used] = [browser(), browser()]
    await idle.signIn(company.email)
    await used.signIn(company.email)
    for (let i = 0; i < 35; i += 1) {
      later(20 * minute)
      expect((await used.who()).actor.role).toBe('company')
    }
    expect((await idle.who()).actor.kind).toBe('public')
    later(21 * minute)
    expect((await used.who()).actor.kind).toBe('public')
  })

  test('that is short lives on too while it is used; and when he was last there stays known after he has gone', async () => {
    const { services, ids } = await office(company)
    const accounts = newAccounts(services.db, services.clock, services.log, { secret: 's'.repeat(32), address: 'http://lastmile.test', idleMinutes: 1, sessionHours: 12, singleSignOn: null })
    const one = browserAt({ ...services, accounts })
    await one.signIn(company.email)
    for (let i = 0; i < 30; i += 1) {
      later(5_000)
      expect((await one.who()).actor.role).toBe('company')
    }
    const seenAt = async () => (await findAccount(services.db, { id: ids[0]! }))!.lastSeenAt
    await one.ask('DELETE', '/api/session')
    expect(Date.now() - Date.parse((await seenAt())!)).toBeLessThan(minute)
  })

  test('is not kept alive by a page that nobody is before, which asks of itself or listens to what happens', async () => {
    const { browser } = await office(company)
    const one = browser()
    await one.signIn(company.email)
    const alone = [['/api/session', { 'X-Lastmile-Unattended': '1' }], ['/api/events', { accept: 'text/event-stream' }]] as const
    const roles: string[] = []
    for (let i = 0; i < 2; i += 1) {
      later(14 * minute)
      for (const [path, headers] of alone) {
        const answer = await one.ask('GET', path, undefined, headers)
        expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []])
        if (path === '/api/session') roles.push(SessionAnswer.parse(await answer.json()).actor.role)
        else await answer.body!.cancel()
      }
    }
    expect(roles).toEqual(['company', 'company'])
    later(3 * minute)
    expect((await one.who()).actor.kind).toBe('public')
  })

  test('of an account that is disabled, changed or invited anew ends at once', async () => {
    const { security, ids, browser } = await office(company)
    let version = 0
    const change = (body: object) => security.ask(`/api/accounts/${ids[0]}`, { method: 'PUT', headers: { ...json, 'if-match': `"${(version += 1)}"` }, body: JSON.stringify({ name: 'Desk', role: 'company', company: 'acme', disabled: false, ...body }) })
    const one = browser()
    await one.signIn(company.email)
    expect((await change({ disabled: true })).status).toBe(200)
    expect((await one.who()).actor.kind).toBe('public')
    expect((await change({})).status).toBe(200)
    await one.signIn(company.email)
    expect((await change({ company: 'bestco' })).status).toBe(200)
    expect((await one.who()).actor.kind).toBe('public')
    await one.signIn(company.email)
    expect((await one.who()).actor).toMatchObject({ role: 'company', company: 'bestco' })
    const { invitation } = InvitationAnswer.parse(await (await security.ask(`/api/accounts/${ids[0]}/invitation`, { method: 'POST' })).json())
    expect((await one.who()).actor.kind).toBe('public')
    expect(await one.signIn(company.email)).toBe('session.wrong')
    later(8 * 24 * 60 * minute)
    expect((await one.ask('POST', '/api/session/invitation', { code: invitation.code, password })).status).toBe(422)
  })
})

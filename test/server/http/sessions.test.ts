import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { InvitationAnswer, SessionAnswer } from '@lastmile/shared/account'
import { password } from '../../support/actors.js'
import { company, json, office } from './office.js'

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
    const change = (body: object) => security.ask(`/api/accounts/${ids[0]}`, { method: 'PUT', headers: json, body: JSON.stringify({ name: 'Desk', role: 'company', company: 'acme', disabled: false, ...body }) })
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

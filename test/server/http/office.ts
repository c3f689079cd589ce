import { expect } from 'vitest'
import type { Services } from '@lastmile/server/lib/services'
import { InvitationAnswer, SecondFactorAnswer, SessionAnswer } from '@lastmile/shared/account'
import { Problem } from '@lastmile/shared/problem'
import { password } from '../../support/actors.js'
import { given } from '../../support/given.js'
import { totp } from '../../support/totp.js'
import { doorOf, type Door } from './door.js'

export const json = { 'content-type': 'application/json' }

/** A browser: it keeps the cookies it is given, as long as they say. */
export function browserAt(services: Services) {
  const door = doorOf(services, 'public')
  const jar = new Map<string, string>()
  const ask = async (method: string, path: string, body?: object, more: Record<string, string> = {}) => {
    const answer = await door.ask(path, { method, headers: { ...more, ...(body ? json : {}), ...(jar.size > 0 ? { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') } : {}) }, ...(body ? { body: JSON.stringify(body) } : {}) })
    for (const cookie of answer.headers.getSetCookie()) {
      expect(cookie).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax/)
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
      if (/max-age=0/i.test(cookie)) jar.delete(name!)
      else jar.set(name!, value!)
    }
    if (path.startsWith('/api/session') || path.startsWith('/api/account')) expect(answer.headers.get('cache-control')).toBe('no-store')
    return answer
  }
  return {
    jar, ask,
    who: async () => SessionAnswer.parse(await (await ask('GET', '/api/session')).json()),
    signIn: async (email: string, secret = password) => {
      const answer = await ask('POST', '/api/session', { email, password: secret })
      return answer.status === 200 ? ((await answer.json()) as { next: string | null }).next : Problem.parse(await answer.json()).error.code
    },
  }
}
export type Browser = ReturnType<typeof browserAt>

/** A world with one security administrator, and accounts that he made and their owners took up. */
export async function office(...made: { email: string; role: string; company?: string; unit?: string }[]) {
  const { services } = await given({ today: '2026-06-30', institutions: { H1: '100100' } })
  const security = doorOf(services, { role: 'security_administrator' })
  const ids: string[] = []
  for (const one of made) {
    const { account, invitation } = await invited(security, { name: one.role, ...one })
    ids.push(account.id)
    expect((await browserAt(services).ask('POST', '/api/session/invitation', { code: invitation.code.toLowerCase(), password })).status).toBe(200)
  }
  return { services, security, ids, browser: () => browserAt(services) }
}

export async function invited(security: Door, account: object): Promise<InvitationAnswer> {
  return InvitationAnswer.parse(await (await security.ask('/api/accounts', { method: 'POST', headers: json, body: JSON.stringify(account) })).json())
}
export const company = { email: 'desk@acme.test', role: 'company', company: 'acme' }
export const reader = { email: 'reader@regulator.test', role: 'reader' }

export async function withSecondFactor(browser: Browser): Promise<SecondFactorAnswer> {
  const begun = SecondFactorAnswer.parse(await (await browser.ask('POST', '/api/account/second-factor', { password })).json())
  expect((await browser.ask('PUT', '/api/account/second-factor', { code: totp(begun.secret) })).status).toBe(200)
  return begun
}

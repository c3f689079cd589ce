import type { Page } from 'playwright-core'

/** Signs a window in as the demonstration's account of a role, without walking through the sign-in page. */
export async function signIn(page: Page, address: string, role: string): Promise<void> {
  const answer = await page.context().request.post(`${address}/api/session/demonstration`, { data: { account: `demonstration-${role}` } })
  if (answer.status() !== 200) throw new Error(`signing in as ${role}: HTTP ${answer.status()}`)
}

const cookies = new Map<string, Promise<string>>()

/** The cookie by which a request without a window is the demonstration's account of a role. Signs in once for all of them. */
export function cookieOf(address: string, role: string): Promise<string> {
  const key = `${address} ${role}`
  const known = cookies.get(key) ?? enter(address, role)
  cookies.set(key, known)
  return known
}

async function enter(address: string, role: string): Promise<string> {
  const answer = await fetch(`${address}/api/session/demonstration`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ account: `demonstration-${role}` }) })
  if (answer.status !== 200) throw new Error(`signing in as ${role}: HTTP ${answer.status}`)
  return answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ')
}

import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startSignOnProvider, type SignOnProvider } from '../support/sign-on-provider.js'
import { inBrowser } from './in-browser.js'
import { startProduct } from './product.js'

await inBrowser('a single sign-on in a real browser', (newWindow) => {
  let provider: SignOnProvider
  let product: Awaited<ReturnType<typeof startProduct>>
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lastmile-sso-'))
    provider = await startSignOnProvider()
    product = await startProduct({
      DATA_DIR: folder, LASTMILE_DEMO: 'off', PORT: String(await freePort()), OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: provider.clientId, OIDC_CLIENT_SECRET: provider.clientSecret, OIDC_NAME: 'Sign in with the ministry',
    })
    // It is printed right after the address.
    await vi.waitUntil(() => product.printed().includes('sign-in: '))
    const code = /sign-in: ([A-Z0-9-]+)/.exec(product.printed())![1]
    const made = await fetch(`${product.address}/api/session/set-up`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code, name: 'The First', email: provider.person.email, password: 'a password that is long enough' }),
    })
    expect(made.status).toBe(200)
  })
  afterAll(async () => {
    await product?.stop()
    await provider?.close()
    await rm(folder, { recursive: true, force: true })
  })
  const signInPage = async () => {
    const page = await newWindow({ address: product.address, besides: new URL(provider.issuer).host })
    await page.goto(`${product.address}/sign-in`)
    return page
  }

  it('opens the account of whom it names, without a second factor of ours', async () => {
    const page = await signInPage()
    await page.getByRole('button', { name: 'Sign in with the ministry' }).click()
    await expect.poll(() => page.getByRole('banner').getByText(/You look as/).locator('..').textContent()).toContain('security administrator')
    await page.goto(`${product.address}/accounts`)
    await page.getByRole('heading', { name: 'All accounts' }).waitFor()
    await page.context().close()
  })

  it('brings who has no account, and who comes back too late, to the sign-in page, which says so', async () => {
    const own = { ...provider.person }
    Object.assign(provider.person, { sub: '2', email: 'stranger@elsewhere.test' })
    const page = await signInPage()
    await page.getByRole('button', { name: 'Sign in with the ministry' }).click()
    await page.waitForURL(/\/sign-in\?error=/)
    await page.getByRole('alert').waitFor()
    Object.assign(provider.person, own)
    await page.goto(`${product.address}/api/auth/callback/sso?code=none&state=none`)
    await page.waitForURL(/\/sign-in\?error=/)
    await page.getByRole('alert').waitFor()
    await page.context().close()
  })
}, { looks: true })

/** A port that nobody listens on: the provider sends browsers back to it, so that it must be known before. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

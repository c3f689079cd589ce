import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, inject } from 'vitest'
import { findChromium, launch } from './chromium.js'
import { startDemonstration } from './product.js'

const found = await findChromium()
if ('missing' in found) console.warn(`Browser tests are skipped: ${found.missing}.`)

// Each file of tests loads this module anew, and has a server of its own.
const product = 'missing' in found ? null : await startDemonstration(inject('demonstration'))
afterAll(() => product?.stop())

/** A new window of the product (or of another one, at `address`), in a context of its own that no other test has used; nothing is shown in it yet. `besides`: a host to which people are sent on purpose, a single sign-on's. */
export type NewWindow = (options?: BrowserContextOptions & { address?: string; besides?: string }) => Promise<Page>

/** Tests that use the product, which answers at `address` from its data in `dataDir`, in a real browser: wide and English unless a window says otherwise. Nothing leaves the house: a request to any host but the product's fails the test that made it. Skipped, with the reason told, where there is no browser. */
export function inBrowser(name: string, tests: (newWindow: NewWindow, address: string, dataDir: string) => void): void {
  describe.skipIf('missing' in found)(name, () => {
    let browser: Browser
    const outside: string[] = []
    beforeAll(async () => {
      if ('path' in found) browser = await launch(found)
    })
    afterAll(() => browser?.close())
    afterEach(() => expect(outside.splice(0)).toEqual([]))

    const { address, dataDir } = product ?? { address: '', dataDir: '' }
    tests(async ({ address: at = address, besides, ...options } = {}) => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'Asia/Shanghai', ...options })
      context.on('request', (request) => {
        const { protocol, host } = new URL(request.url())
        if (/^(https?|wss?):$/.test(protocol) && host !== new URL(at).host && host !== besides) outside.push(request.url())
      })
      const page = await context.newPage()
      page.setDefaultTimeout(30_000)
      return page
    }, address, dataDir)
  })
}

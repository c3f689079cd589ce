import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, inject } from 'vitest'
import { findChromium, launch } from './chromium.js'

const found = await findChromium()
if ('missing' in found) console.warn(`Browser tests are skipped: ${found.missing}.`)

/** A new window of the product, in a context of its own that no other test has used; nothing is shown in it yet. */
export type NewWindow = (options?: BrowserContextOptions) => Promise<Page>

/** Tests that use the product, which answers at `address`, in a real browser: wide and English unless a window says otherwise. Skipped, with the reason told, where there is no browser. */
export function inBrowser(name: string, tests: (newWindow: NewWindow, address: string) => void): void {
  describe.skipIf('missing' in found)(name, () => {
    let browser: Browser
    beforeAll(async () => {
      if ('path' in found) browser = await launch(found)
    })
    afterAll(() => browser?.close())

    tests(async (options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'Asia/Shanghai', ...options })
      const page = await context.newPage()
      page.setDefaultTimeout(30_000)
      return page
    }, inject('product').address)
  })
}

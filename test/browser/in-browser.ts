import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, describe, expect, inject } from 'vitest'
import type { Instant } from '@lastmile/shared/day'
import { findChromium, launch } from './chromium.js'
import { startDemonstration, startShared } from './product.js'

const found = await findChromium()
if ('missing' in found) console.warn(`Browser tests are skipped: ${found.missing}.`)

/** This worker's browser: each window has a context of its own, so that files of tests share nothing by it. It ends with the worker. */
let started: Promise<Browser | null> = Promise.resolve(null)

/** One that has ended ends no other test: it is started anew. */
async function browser(): Promise<Browser> {
  const next = started.catch(() => null).then(async (one) => (one?.isConnected() || 'missing' in found ? one : launch(found)))
  started = next
  return (await next)!
}

/** The server of this worker's files that only look. */
let lookedAt: ReturnType<typeof startShared> | null = null

/** A new window of the product (or of another one, at `address`), in a context of its own that no other test has used; nothing is shown in it yet. `besides`: a host to which people are sent on purpose, a single sign-on's. */
export type NewWindow = (options?: BrowserContextOptions & { address?: string; besides?: string }) => Promise<Page>

/**
 * Tests that use the product, which answers at `address` from its data in `dataDir`, in a real browser: wide and English
 * unless a window says otherwise. The product is this file's own, with the demonstration as it was loaded; tests that only
 * look (`looks`: they sign in, and change nothing that another sees) share one. Nothing leaves the house: a request to any
 * host but the product's fails the test that made it. `clock`: an instant at which the product's clock is held. Skipped, with the reason told, where there is no browser.
 */
export async function inBrowser(name: string, tests: (newWindow: NewWindow, address: string, dataDir: string) => void, { looks = false, clock }: { looks?: boolean; clock?: Instant } = {}): Promise<void> {
  const own = 'missing' in found || looks ? null : await startDemonstration(inject('demonstration'), clock === undefined ? {} : { LASTMILE_CLOCK: clock })
  const product = own ?? ('missing' in found ? null : await (lookedAt ??= startShared(inject('demonstration'))))
  describe.skipIf('missing' in found)(name, () => {
    const outside: string[] = []
    const contexts: BrowserContext[] = []
    afterAll(async () => {
      for (const context of contexts) await context.close()
      await own?.stop()
    })
    afterEach(() => expect(outside.splice(0)).toEqual([]))

    const { address, dataDir } = product ?? { address: '', dataDir: '' }
    tests(async ({ address: at = address, besides, ...options } = {}) => {
      const context = await (await browser()).newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'Asia/Shanghai', ...options })
      contexts.push(context)
      context.on('request', (request) => {
        const { protocol, host } = new URL(request.url())
        if (/^(https?|wss?):$/.test(protocol) && host !== new URL(at).host && host !== besides) outside.push(request.url())
      })
      const page = await context.newPage()
      page.setDefaultTimeout(45_000)
      return page
    }, address, dataDir)
  })
}

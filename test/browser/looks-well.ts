import type { Page, Request } from 'playwright-core'
import { expect } from 'vitest'
import { findingsOn } from './accessibility.js'

/** What the buttons of the header call the languages. */
export const languages = { zh: '中文', en: 'English' }

/** Which language a page speaks. */
export async function spoken(page: Page): Promise<'zh' | 'en'> {
  return (await page.locator('html').getAttribute('lang'))!.startsWith('zh') ? 'zh' : 'en'
}

/** Has a page speak a language. Where rows stand open over the page nobody can press the button: it is the words that are looked at here. */
export async function speak(page: Page, language: 'zh' | 'en'): Promise<void> {
  await page.getByRole('button', { name: languages[language], exact: true, includeHidden: true }).first().dispatchEvent('click')
  await expect.poll(() => spoken(page)).toBe(language)
}

/** Waits until a page has asked for nothing for a while, but for the line on which it hears of news. */
export function quietOf(page: Page): () => Promise<void> {
  const asking = new Set<Request>()
  let moved = Date.now()
  const isNews = (request: Request) => request.url().endsWith('/api/events')
  page.on('request', (request) => { if (!isNews(request)) { asking.add(request); moved = Date.now() } })
  for (const ends of ['requestfinished', 'requestfailed'] as const) page.on(ends as 'requestfinished', (request) => { if (asking.delete(request)) moved = Date.now() })
  return () => expect.poll(() => asking.size === 0 && Date.now() - moved > 120, { interval: 30 }).toBe(true)
}

/**
 * Looks at a page as it stands in a wide window, and then in one of a phone, in the one language and the other: it has no accessibility
 * finding, and is not scrolled sideways. One window is made narrow: opening it anew for each would take as long again for each.
 */
export async function looksWell(page: Page): Promise<void> {
  const quiet = quietOf(page)
  const width = page.viewportSize()!.width
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' })
  await page.waitForLoadState('networkidle')
  await fits(page, width)
  expect(await findingsOn(page), `${width} pixels wide`).toEqual([])
  await page.setViewportSize({ width: 390, height: 844 })
  const first = await spoken(page)
  for (const language of [first, first === 'zh' ? 'en' : 'zh'] as const) {
    if (language !== first) await speak(page, language)
    await quiet()
    await fits(page, 390)
    expect(await findingsOn(page), `on a phone, ${language}`).toEqual([])
  }
}

function fits(page: Page, width: number): Promise<void> {
  return expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth), { message: `pixels wide in ${width}` }).toBeLessThanOrEqual(width)
}

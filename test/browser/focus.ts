import type { Page } from 'playwright-core'

/** What has the focus: the words of it, or `body` where it was lost. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => (document.activeElement === null || document.activeElement === document.body ? 'body' : document.activeElement.id === 'main' ? 'main' : document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent))
}

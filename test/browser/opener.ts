import type { Page } from 'playwright-core'
import type { NewWindow } from './in-browser.js'
import { signIn } from './sign-in.js'

/** Opens a page of the product in a window of its own, as the demonstration's account of a role (`public`: as nobody): wide and Chinese unless it is said otherwise. */
export type Open = (role: string, path: string, options?: { width?: number; height?: number; locale?: string }) => Promise<Page>

/** How tests open pages at `address`. `under`: below which path all of theirs are. */
export function openerOf(newWindow: NewWindow, address: string, under = ''): Open {
  return async (role, path, { width = 1440, height = 900, locale = 'zh-CN' } = {}) => {
    const page = await newWindow({ viewport: { width, height }, locale })
    if (role !== 'public') await signIn(page, address, role)
    await page.goto(`${address}${under}${path}`)
    return page
  }
}

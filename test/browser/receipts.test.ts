import { expect, it } from 'vitest'
import { findingsOn } from './accessibility.js'
import { inBrowser } from './in-browser.js'
import { openerOf, type Open } from './opener.js'

await inBrowser('the receipt of a report', (newWindow, address) => {
  const opens = openerOf(newWindow, address, '/commercial-2025')
  const open = (path: string, options: Parameters<Open>[2] = {}) => opens('province_officer', path, { width: 1280, ...options })

  it('is found by its number and printed on one sheet of A4, without what stands around the page', async () => {
    const page = await open('/reports')
    const all = page.getByRole('region', { name: '全部报送' })
    await all.getByRole('link', { name: /^province-370000-2026-/ }).first().waitFor()
    const before = await all.getByRole('row').count()
    await page.getByLabel('回执编号').fill('no number')
    await page.getByLabel('回执编号').press('Enter')
    await page.getByRole('alert').getByText('2026-0003').waitFor()
    await page.getByLabel('回执编号').fill('2026-0002')
    await page.getByLabel('回执编号').press('Enter')
    await page.waitForURL(/number=2026-0002/)
    await expect.poll(() => all.getByRole('row').count()).toBe(2)
    expect(before).toBeGreaterThan(2)
    await all.getByRole('link', { name: 'province-370000-2026-0002' }).click()
    await page.getByRole('heading', { level: 1, name: '报送回执' }).waitFor()
    const sheet = page.getByRole('article')
    for (const words of ['province-370000-2026-0002', '山东省', '收到', '接受，计入各项数字']) await expect.poll(() => sheet.textContent()).toContain(words)
    await expect.poll(() => sheet.textContent()).toMatch(/(?:[0-9a-f]{8} ){7}[0-9a-f]{8}/)
    expect((await page.pdf({ preferCSSPageSize: true })).toString('latin1')).toMatch(/\/Type \/Pages[^>]*\/Count 1\b/s)
    await page.emulateMedia({ media: 'print' })
    expect(await Promise.all([page.getByRole('banner'), page.getByRole('button', { name: /打印/ })].map((one) => one.isVisible()))).toEqual([false, false])
    await page.context().close()
  })

  it.each([[1280, 'zh-CN'], [390, 'en-GB']] as const)('has no accessibility finding and no sideways scrolling, %i pixels wide', async (width, locale) => {
    const page = await open('/reports?number=2026-0001', { width, locale })
    await page.getByRole('link', { name: 'province-370000-2026-0001' }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await findingsOn(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    await page.context().close()
  })
}, { looks: true })

import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { findingsOn } from './accessibility.js'
import { focused } from './focus.js'
import { inBrowser, type NewWindow } from './in-browser.js'
import { signIn } from './sign-in.js'

await inBrowser('who has not reported, in a real browser', (newWindow, address) => {
  const open = async (role: string, path: string, options?: Parameters<NewWindow>[0]): Promise<Page> => {
    const page = await newWindow(options)
    await signIn(page, address, role)
    await page.goto(`${address}${path}`)
    return page
  }
  const chinese = { locale: 'zh-CN' }

  it('the regulator finds the longest silent first, and by keyboard alone since when a month is missing', async () => {
    const page = await open('operator', '/commercial-2025/reporting?word=confirmed', chinese)
    const calendar = page.getByRole('table', { name: /来源与各期报送情况/ })
    await calendar.waitFor()
    // The demonstration has one province that never reported.
    await expect.poll(() => calendar.getByRole('rowheader').first().innerText()).toContain('重庆市')
    await calendar.getByRole('button').first().focus()
    for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('dialog')
    await drawer.getByText('应报日期已过，没有任何报送。未报送不等于零。').waitFor()
    await expect.poll(() => drawer.innerText()).toMatch(/2026年2月[\s\S]*2026年3月10日[\s\S]*112天/)
    expect(await findingsOn(page)).toEqual([])
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('重庆市：配备月报，2026年2月：未报送，已逾期112天')
    expect(await findingsOn(page)).toEqual([])
    await page.context().close()
  })

  it('each number opens the periods that it counts, of all and of a unit, by keyboard', async () => {
    const page = await open('operator', '/commercial-2025/reporting?word=confirmed&periods=6', chinese)
    const press = async (name: RegExp) => {
      const number = page.getByRole('link', { name }).first()
      const count = Number(await number.innerText())
      await number.press('Enter')
      await page.getByRole('heading', { name: /\d个报送期$/ }).waitFor()
      return count
    }
    const rows = () => page.getByRole('region', { name: '报送日历' }).getByRole('rowheader').count()
    const missing = await press(/^未报送：\d+$/)
    expect(missing).toBeGreaterThan(1)
    expect([await rows(), new URL(page.url()).search]).toEqual([missing, expect.stringMatching(/(?=.*word=confirmed)(?=.*periods=6)(?=.*state=missing)/)])
    await page.goto(`${address}/commercial-2025/reporting`)
    const here = await press(/^重庆 · 未报送：\d+$/)
    expect([await rows(), await page.getByLabel('报送单元', { exact: true }).inputValue()]).toEqual([here, '500000'])
    expect(here).toBeGreaterThan(1)
    expect(await findingsOn(page)).toEqual([])
    await page.context().close()
  })

  it('a cell opens its report, and says how complete it is', async () => {
    const page = await open('operator', '/commercial-2025/reporting?cell=province-110000:2026-03')
    const drawer = page.getByRole('dialog')
    await drawer.getByText(/named of 19 expected/).waitFor()
    await drawer.getByText(/of the \d+ that it named the period before, \d+ are named again/).waitFor()
    await drawer.getByRole('link', { name: /^[0-9a-f]{16}$/ }).click()
    await page.getByText('Reporting calendar').first().waitFor()
    expect(new URL(page.url()).pathname).toMatch(/\/reports\/[0-9a-f]{16}$/)
    await page.context().close()
  })

  it('a province’s page shows its own calendar, and its officer sees no other source anywhere', async () => {
    const page = await open('province_officer', '/commercial-2025/reporting', chinese)
    await page.getByRole('table', { name: /来源与各期报送情况/ }).waitFor()
    await expect.poll(() => page.getByRole('rowheader').allInnerTexts()).toEqual([expect.stringContaining('山东省'), '各期按时率'])
    await page.goto(`${address}/commercial-2025/regions/370000`)
    await page.getByRole('region', { name: '报送日历' }).getByRole('button', { name: /山东省.*2026年3月/ }).click()
    await page.getByRole('dialog').getByText('是否齐全').waitFor()
    await page.context().close()
  })

  it('on a phone everything is there, and what the public may not see is not offered to it', async () => {
    const phone = { viewport: { width: 390, height: 844 }, ...chinese }
    const page = await open('operator', '/commercial-2025/reporting', phone)
    await page.getByText(/沉默天数 \d+天/).first().waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    await page.getByRole('button', { name: /2026年5月：未报送/ }).first().click()
    await page.getByRole('dialog').getByText('应报日期', { exact: true }).waitFor()
    await page.context().close()

    const stranger = await newWindow(chinese)
    await stranger.goto(`${address}/commercial-2025`)
    await stranger.getByRole('navigation', { name: '页面' }).waitFor()
    expect(await stranger.getByRole('link', { name: '报送日历' }).count()).toBe(0)
    await stranger.context().close()
  })

  it('the rate of a province stands beside, in its own table, and the order can be changed', async () => {
    const page = await open('operator', '/commercial-2025/reporting')
    const rates = page.getByRole('region', { name: 'Reporting rates of provinces' })
    await rates.getByRole('row', { name: /Chongqing 0%/ }).waitFor()
    await page.getByLabel('Order').selectOption({ label: 'Highest rate first' })
    await page.waitForURL(/sort=rate-down/)
    await page.waitForFunction(() => document.querySelector('[data-place="0:-1"]')?.textContent !== 'Chongqing: monthly stocking confirmation')
    expect(await focused(page)).not.toBe('')
    await page.context().close()
  })
}, { looks: true })

import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { findingsOn } from './accessibility.js'
import { inBrowser } from './in-browser.js'
import { openerOf } from './opener.js'

await inBrowser('contradictions in a real browser', (newWindow, address) => {
  const open = openerOf(newWindow, address, '/commercial-2025')
  const rows = (page: Page) => page.getByRole('table', { name: '有供应，未申报' }).getByRole('row')

  it('the regulator chooses a set, opens what was said of a pair, and asks a source to confirm by keyboard; that stands on the page then', async () => {
    const page = await open('operator', '/contradictions')
    const set = page.getByRole('button', { name: /有供应，未申报/ })
    await set.focus()
    await page.keyboard.press('Enter')
    await rows(page).nth(1).waitFor()
    // The number on the button is how many rows there are.
    const total = (await set.locator('strong').textContent())!
    await expect.poll(() => page.getByRole('navigation', { name: '表格分页' }).textContent()).toContain(total)
    expect(await findingsOn(page)).toEqual([])

    // The row behind a side, and back.
    await rows(page).nth(1).getByRole('link', { name: /实际供应/ }).click()
    await page.getByRole('dialog').getByRole('table').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    const box = rows(page).nth(1).getByRole('checkbox')
    await box.focus()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: '请来源核实（1）' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText(/已就1对请来源核实/).waitFor()
    await rows(page).nth(1).getByText('待答复').waitFor()
    expect(await rows(page).nth(1).getByRole('checkbox').count()).toBe(0)
    await page.getByLabel('核实请求').selectOption('open')
    await expect.poll(() => rows(page).count()).toBe(2)
    expect(page.url()).toContain('set=never_declared')
    await page.context().close()
  })

  it('a drug leads to its own; a day before shows what was so then, and nobody is asked of that; who is not signed in is not led there', async () => {
    const page = await open('operator', '/drugs/CID2025019')
    await page.getByRole('link', { name: '数据矛盾' }).nth(1).click()
    await page.waitForURL(/contradictions\?.*drug=CID2025019/)
    await page.getByRole('table', { name: '申报有，确认无' }).waitFor()
    await page.goto(`${address}/commercial-2025/contradictions?asOf=2026-04-30`)
    await page.getByText('只能就今日的情况请来源核实。').waitFor()
    expect(await page.getByRole('checkbox').count()).toBe(0)
    await page.context().close()
    const stranger = await open('public', '/drugs/CID2025019')
    await stranger.waitForLoadState('networkidle')
    expect(await stranger.getByRole('link', { name: '数据矛盾' }).count()).toBe(0)
    await stranger.context().close()
  })

  it('on a phone all of it is read without scrolling the page sideways', async () => {
    const page = await open('company', '/contradictions', { width: 390 })
    await page.getByRole('heading', { name: '数据矛盾' }).waitFor()
    await page.waitForLoadState('networkidle')
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    await page.context().close()
  })
})

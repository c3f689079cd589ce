import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { findingsOn } from './accessibility.js'
import { inBrowser } from './in-browser.js'
import { openerOf } from './opener.js'

await inBrowser('缺口的历次与订阅提醒', (newWindow, address) => {
  const open = openerOf(newWindow, address)
  const rows = (page: Page) => page.getByRole('region', { name: /^缺口：/ }).locator('tbody tr')

  it('监管经办按性质和处理方筛选缺口，按持续时间排序，用键盘打开历次缺口并下载', async () => {
    const page = await open('operator', '/commercial-2025/gaps?evidence=confirmed')
    await rows(page).first().waitFor()
    await page.getByLabel('性质').selectOption('supply')
    await page.getByLabel('可由谁处理').selectOption('company')
    await page.waitForURL(/class=supply.*actor=company|actor=company.*class=supply/)
    await expect.poll(async () => (await rows(page).first().textContent())!).toContain('供应缺口')
    await expect.poll(() => rows(page).first().textContent()).toMatch(/企业：/)
    await page.getByRole('button', { name: '持续', exact: true }).click()
    await page.waitForURL(/sort=age-down/)
    const age = rows(page).first().getByRole('button', { name: /查看历次缺口/ })
    await age.focus()
    await page.keyboard.press('Enter')
    const history = page.getByRole('region', { name: /^历次缺口：/ })
    await history.locator('svg[role="img"]').first().waitFor()
    await history.getByText('供应缺口').first().waitFor()
    expect(await findingsOn(page)).toEqual([])
    await history.getByRole('button', { name: '表', exact: true }).click()
    await history.getByRole('table').getByText('至今').first().waitFor()
    const { drug, region } = { drug: /gap=(\w+)\.(\d+)/.exec(page.url())![1]!, region: /gap=(\w+)\.(\d+)/.exec(page.url())![2]! }
    const csv = await page.evaluate(async (asked) => (await fetch(`/api/lists/commercial-2025/gaps/history?${asked}&format=csv`)).text(), `drug=${drug}&region=${region}&evidence=confirmed`)
    expect(csv).toContain('episode_from')
    await history.getByRole('button', { name: '关闭' }).click()
    await history.waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('省级经办从药品页订阅，改为随时发邮件，再取消；监管能看到谁订阅了什么', async () => {
    const page = await open('province_officer', '/commercial-2025/drugs/CID2025005?evidence=confirmed')
    await page.getByRole('link', { name: '订阅提醒' }).first().click()
    await page.waitForURL(/\/subscriptions\?/)
    await expect.poll(() => page.getByLabel('药品').inputValue()).toBe('CID2025005')
    await page.getByRole('checkbox', { name: '逾期未报送' }).first().check()
    await page.getByRole('button', { name: '订阅', exact: true }).click()
    await page.getByText('已订阅。').waitFor()
    await page.getByRole('button', { name: '订阅', exact: true }).click()
    await page.getByText('已有相同的订阅').waitFor()
    expect(await findingsOn(page)).toEqual([])
    const own = page.getByRole('region', { name: '我的订阅' }).getByRole('listitem').filter({ hasText: '埃纳妥单抗' })
    await own.getByRole('button', { name: '修改' }).click()
    await own.getByRole('button', { name: '随时发送' }).click()
    // What does not get there stays as it was chosen.
    await page.route('**/api/subscriptions/*', (route) => route.abort())
    await own.getByRole('button', { name: '保存' }).click()
    await page.getByRole('region', { name: '我的订阅' }).getByRole('alert').waitFor()
    await expect.poll(() => own.getByRole('button', { name: '随时发送' }).getAttribute('aria-pressed')).toBe('true')
    await page.unroute('**/api/subscriptions/*')
    await own.getByRole('button', { name: '保存' }).click()
    await own.getByText('邮件：随时发送').waitFor()
    const desk = await open('operator', '/subscriptions')
    await desk.getByRole('region', { name: '全部订阅' }).getByRole('row').filter({ hasText: '省级经办' }).filter({ hasText: '埃纳妥单抗' }).waitFor()
    await desk.context().close()
    await own.getByRole('button', { name: '取消订阅' }).click()
    await own.getByRole('group').getByRole('button', { name: '取消订阅' }).click()
    await page.getByText('已取消订阅。').waitFor()
    await own.waitFor({ state: 'detached' })
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('已取消订阅。')
    await page.context().close()
  })

  it('收件箱里的缺口提醒写明药品、地区和办理要求，并通向该缺口', async () => {
    const page = await open('operator', '/inbox?kind=supply_gap_opened')
    const one = page.getByRole('listitem').filter({ hasText: '出现供应缺口' }).first()
    await one.getByText('请核实原因').waitFor()
    await one.getByRole('link', { name: '出现供应缺口' }).click()
    await page.waitForURL(/\/commercial-2025\/gaps\?/)
    await page.getByRole('heading', { level: 1, name: '缺口' }).waitFor()
    await page.context().close()
  })

  it('公众看不到订阅；企业页只列企业可处理的缺口；手机上不必横向滚动', async () => {
    const stranger = await open('public', '/commercial-2025/drugs/CID2025005')
    await stranger.getByRole('heading', { level: 1 }).waitFor()
    await stranger.waitForLoadState('networkidle')
    expect(await stranger.getByRole('link', { name: '订阅提醒' }).count()).toBe(0)
    await stranger.context().close()
    const page = await open('operator', '/commercial-2025/companies/lilly?evidence=confirmed', { width: 390 })
    await page.getByText(/仅列企业可处理的缺口|没有符合所选条件的缺口/).waitFor()
    for (const path of ['/commercial-2025/gaps?evidence=confirmed&gap=CID2025005.150000', '/subscriptions']) {
      await page.goto(`${address}${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForLoadState('networkidle')
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), path).toBe(true)
    }
    await page.context().close()
  })
})

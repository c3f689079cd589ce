import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { findingsOn } from './accessibility.js'
import { focused } from './focus.js'
import { inBrowser } from './in-browser.js'
import { signIn } from './sign-in.js'

await inBrowser('stating on screen, in Chinese', (newWindow, address) => {
  const chinese = { locale: 'zh-CN' }
  const open = async (role: string, path: string, options: object = {}): Promise<Page> => {
    const page = await newWindow({ ...chinese, ...options })
    await signIn(page, address, role)
    await page.goto(`${address}/commercial-2025${path}`)
    return page
  }

  it('a province confirms some declared pairs and refutes others, by keyboard and mouse, and each has a receipt', async () => {
    const page = await open('province_officer', '/confirm')
    const table = page.getByRole('group', { name: /^待核实：/ })
    const ticks = table.getByRole('checkbox')
    await ticks.first().waitFor()
    const [before] = /\d+/.exec((await page.getByRole('heading', { name: /^待核实：/ }).textContent())!)!
    // One with Space, and with Shift all to the third.
    await ticks.first().focus()
    await page.keyboard.press('Space')
    await ticks.nth(2).click({ modifiers: ['Shift'] })
    await page.getByText('已选3对').waitFor()
    await page.getByRole('button', { name: '先校验' }).click()
    await page.getByText('校验通过：3项。尚未提交。').waitFor()
    await expect.poll(() => focused(page)).toContain('校验通过')
    await page.getByRole('button', { name: '提交3项' }).click()
    await page.getByText('已提交3项。').waitFor()
    await page.getByRole('heading', { name: `待核实：${Number(before) - 3}对` }).waitFor()
    expect(await findingsOn(page)).toEqual([])

    await ticks.first().click()
    await page.getByRole('group', { name: '实际情况' }).getByRole('button', { name: '缺货' }).click()
    await page.getByLabel('预计到货日期').fill('2026-07-20')
    await page.getByLabel('原因').selectOption('供应问题')
    await page.getByRole('button', { name: '提交1项' }).click()
    await page.getByText('已提交1项。').waitFor()
    await page.getByRole('link', { name: '查看回执' }).click()
    await page.getByText('在线填报', { exact: true }).waitFor()
    await page.getByRole('link', { name: /^在线填报_province-370000_2026-06-30\.csv$/ }).waitFor()
    const row = page.getByRole('region', { name: /^其中的记录/ }).getByRole('row').filter({ hasText: '缺货' })
    await row.first().waitFor()
    await page.context().close()
  })

  it('an institution says on a phone how each drug is, in a few taps, and later that nothing has changed', async () => {
    const page = await open('institution', '/my', { viewport: { width: 390, height: 844 }, hasTouch: true })
    const drugs = page.getByRole('list', { name: '各药品的情况' }).getByRole('listitem')
    await drugs.first().waitFor()
    const [one, two, three] = [0, 1, 2].map((n) => drugs.nth(n))
    await one!.getByRole('radio', { name: '有', exact: false }).first().tap()
    // The second by keyboard: the radio buttons are one stop, and arrow keys choose.
    await two!.getByRole('radio').first().focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => two!.getByRole('radio', { name: '缺货至…' }).getAttribute('aria-checked')).toBe('true')
    await two!.getByLabel('预计到货日期').fill('2026-07-15')
    await three!.getByRole('radio', { name: '不配备' }).tap()
    await three!.getByLabel('原因').selectOption('患者少')
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    expect(await findingsOn(page)).toEqual([])
    await page.getByRole('button', { name: '提交3项' }).tap()
    await page.getByText('已提交3项。').waitFor()
    await one!.getByText('上次：有货，2026年6月30日').waitFor()
    await two!.getByText('预计7月15日到货').waitFor()

    await page.getByRole('button', { name: '全部与上期一致（3项）' }).tap()
    await page.getByRole('button', { name: '与上期一致', exact: true }).tap()
    await page.getByText('已提交3项。').waitFor()
    await page.getByRole('link', { name: '查看回执' }).tap()
    await page.getByRole('link', { name: /^与上期一致_self-h\d+_2026-06-30\.csv$/ }).waitFor()
    await page.context().close()
  })

  it('a city fills in the form of its province on screen, and finds out there what a nil report does not say', async () => {
    const page = await open('city_officer', '/fill')
    const lines = page.getByRole('group', { name: '填报表' }).getByRole('row')
    await page.getByRole('button', { name: '零报告' }).click()
    await page.getByText(/这不表示任何药品无货/).waitFor()
    await page.getByRole('button', { name: '提交零报告' }).click()
    await page.getByText('零报告已提交。').waitFor()
    await page.getByRole('link', { name: '查看回执' }).click()
    await page.getByText(/不涉及任何品种机构对，不表示无货/).waitFor()
    // There was something to report after all.
    await page.goBack()
    await lines.nth(1).getByRole('combobox').first().selectOption('有货')
    await page.getByText('已填1行').waitFor()
    expect(await findingsOn(page)).toEqual([])
    await page.getByRole('button', { name: '提交', exact: true }).click()
    await page.getByText('已提交1项。').waitFor()
    await page.context().close()
  })
})

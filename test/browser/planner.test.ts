import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { findingsOn } from './accessibility.js'
import { inBrowser } from './in-browser.js'
import { signIn } from './sign-in.js'

await inBrowser('the planner and the scorecard in a real browser', (newWindow, address) => {
  const open = async (role: string, path: string, options: { width?: number; locale?: string } = {}): Promise<Page> => {
    const page = await newWindow({ viewport: { width: options.width ?? 1440, height: 900 }, locale: options.locale ?? 'zh-CN' })
    await signIn(page, address, role)
    await page.goto(`${address}${path}`)
    return page
  }

  it('the regulator plans for a province with the keyboard, reads how good it is, and finds it again by its address', async () => {
    const page = await open('operator', '/commercial-2025/planner')
    await page.getByText('请选择药品，然后点击“开始测算”。').waitFor()
    await page.getByLabel('药品', { exact: true }).selectOption('CID2025001')
    await page.getByLabel('报送单元').selectOption({ label: '山东' })
    await page.getByLabel('拟增加的机构数').fill('3')
    await page.getByRole('button', { name: '开始测算' }).press('Enter')
    await page.getByText('已是最优方案').waitFor()
    await page.waitForURL(/drug=CID2025001.*region=370000|region=370000.*drug=CID2025001/)
    await expect.poll(() => page.getByRole('table', { name: '拟增加的机构' }).getByRole('row').count()).toBe(4)
    expect(await findingsOn(page)).toEqual([])
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '表格（CSV）' }).click()])
    expect(file.suggestedFilename()).toBe('planner-CID2025001.csv')
    const [sheet] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '表格（XLSX）' }).click()])
    expect(sheet.suggestedFilename()).toBe('planner-CID2025001.xlsx')
    // The number of candidates opens them, a page at a time; they are taken along, and closing leads back to the number.
    const number = page.getByRole('link', { name: /^候选机构：/ })
    const total = Number(await number.textContent())
    await number.press('Enter')
    const panel = page.getByRole('dialog', { name: '候选机构' })
    await panel.getByText(`${total}家机构，当前未配备该药品。`).waitFor()
    await expect.poll(() => panel.getByRole('row').count()).toBe(1 + Math.min(total, 50))
    expect(await findingsOn(page)).toEqual([])
    const [candidates] = await Promise.all([page.waitForEvent('download'), panel.getByRole('button', { name: '表格（CSV）' }).click()])
    expect(candidates.suggestedFilename()).toBe('planner-candidates-CID2025001.csv')
    await page.keyboard.press('Escape')
    await expect.poll(() => number.evaluate((link) => link === document.activeElement)).toBe(true)
    // So does the number of those that reach the same as one that is chosen.
    const alike = page.getByRole('link', { name: /覆盖相同：/ }).first()
    const others = Number(await alike.textContent())
    await alike.press('Enter')
    await page.getByRole('dialog', { name: '覆盖相同的候选机构' }).getByText(`${others}家机构`).waitFor()
    await page.reload()
    await page.getByRole('dialog', { name: '覆盖相同的候选机构' }).getByRole('button', { name: '关闭' }).press('Enter')
    await page.waitForURL((url) => !url.search.includes('alikeTo'))
    // What opened it is not known any more: one reads on at the page's beginning, and not nowhere.
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('main')
    // A number can be emptied and typed anew, what is typed outlives another kind of evidence, and without a kind nothing is planned.
    const count = page.getByLabel('拟增加的机构数')
    await count.fill('')
    await expect.poll(() => count.inputValue()).toBe('')
    await count.pressSequentially('12')
    await expect.poll(() => count.inputValue()).toBe('12')
    for (const kind of await page.getByRole('group', { name: '候选机构类型' }).getByRole('checkbox').all()) await kind.uncheck()
    await expect.poll(() => page.getByRole('button', { name: '开始测算' }).isDisabled()).toBe(true)
    await page.reload()
    await page.getByText('已是最优方案').waitFor()
  })

  it('a province on a phone, in English, plans for itself and reads its own scorecard; nothing is wider than the screen', async () => {
    const page = await open('province_officer', '/commercial-2025/planner?drug=CID2025001&count=2&goal=farthest', { width: 390, locale: 'en-GB' })
    await page.getByRole('heading', { name: 'Institutions to add' }).waitFor()
    expect(await page.getByLabel('Unit', { exact: true }).count()).toBe(0)
    await page.goto(`${address}/commercial-2025/scorecard`)
    // It is led to its own.
    await page.getByRole('heading', { name: 'Beside units of similar size' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/commercial-2025/scorecard/370000')
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    expect(await findingsOn(page)).toEqual([])
  })
})

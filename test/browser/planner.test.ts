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
    expect(await page.getByRole('table', { name: '拟增加的机构' }).getByRole('row').count()).toBe(4)
    expect(await findingsOn(page)).toEqual([])
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '表格（CSV）' }).click()])
    expect(file.suggestedFilename()).toBe('planner-CID2025001.csv')
    const [sheet] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '表格（XLSX）' }).click()])
    expect(sheet.suggestedFilename()).toBe('planner-CID2025001.xlsx')
    // A number can be emptied and typed anew, what is typed outlives another kind of evidence, and without a kind nothing is planned.
    const count = page.getByLabel('拟增加的机构数')
    await count.fill('')
    expect(await count.inputValue()).toBe('')
    await count.pressSequentially('12')
    expect(await count.inputValue()).toBe('12')
    for (const kind of await page.getByRole('group', { name: '候选机构类型' }).getByRole('checkbox').all()) await kind.uncheck()
    expect(await page.getByRole('button', { name: '开始测算' }).isDisabled()).toBe(true)
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

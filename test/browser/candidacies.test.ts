import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { findingsOn } from './accessibility.js'
import { focused } from './focus.js'
import { inBrowser } from './in-browser.js'
import { openerOf } from './opener.js'

await inBrowser('the course of drugs across editions in a real browser', (newWindow, address) => {
  const open = openerOf(newWindow, address, '/commercial-2025')
  const settled = async (page: Page) => {
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
  }

  it('everybody sees the editions side by side: what was published, what ends next, and of the coming one nothing but what is known; a number opens its drugs', async () => {
    const page = await open('public', '/editions', { locale: 'en-GB' })
    const editions = page.getByRole('table', { name: 'Editions side by side' })
    await editions.getByRole('row', { name: /Commercial list, 2025 edition.*in force.*19.*The list was published/ }).waitFor()
    await editions.getByRole('row', { name: /Commercial list, 2026 edition.*result awaited.*expected November 2026.*not known.*Negotiations ended \(after 30 Jun 2026\)/ }).waitFor()
    await page.getByRole('region', { name: /From application to listing/ }).getByText('121 passed formal review (79 of them for both lists)').first().waitFor()
    const ending = page.getByRole('table', { name: 'What ends next' })
    await expect.poll(() => ending.getByRole('row').allTextContents()).toEqual([expect.anything(), expect.stringMatching(/31 July 2026.*1made up/), expect.stringMatching(/31 December 2026184.*165/), expect.stringMatching(/31 December 2027.*(246|19)/), expect.stringMatching(/31 December 2027.*(246|19)/)])
    await ending.getByRole('link', { name: /2026-12-31: 165/ }).click()
    await page.waitForURL(/ends=2026-12-31/)
    const all = page.getByRole('table', { name: 'Drugs in the editions' })
    await page.getByText('of 165').waitFor()
    expect(await all.getByText('made up').count()).toBe(0)
    await page.getByRole('table', { name: 'Eligibility for the next edition' }).getByRole('row', { name: /Lecanemab.*launched within the years/ }).getByRole('link', { name: 'Lecanemab' }).click()
    await page.getByRole('heading', { level: 1, name: 'Lecanemab: life across editions' }).waitFor()
    await page.getByText('On days that were not published').waitFor()
    expect(await page.getByRole('button', { name: 'State a stage' }).count()).toBe(0)
    await page.getByRole('radio', { name: 'Table' }).or(page.getByRole('button', { name: 'Table' })).first().click()
    await page.getByRole('table', { name: 'The course in each edition' }).getByRole('row', { name: /in force.*1 January 2026.*31 December 2027/ }).waitFor()
    await page.context().close()
  })

  it('a company states an application, which is nobody else\'s to see; the regulator states what became of it, and out of order it is told', async () => {
    const own = await open('company', '/editions')
    await own.getByRole('button', { name: '填报申报进程' }).click()
    const form = own.getByRole('form', { name: '填报申报进程' })
    // It opens in the place of its button and closes back to it: the focus goes with it.
    await expect.poll(() => focused(own)).toBe('填报申报进程')
    await own.getByRole('button', { name: '关闭' }).press('Enter')
    await expect.poll(() => focused(own)).toBe('填报申报进程')
    await own.keyboard.press('Enter')
    await expect.poll(() => form.getByLabel('进程').locator('option').allTextContents()).toEqual(['申报', '企业撤回'])
    await form.getByLabel('药品名称（中文）').fill('测试虚构药品')
    await form.getByLabel('药品名称（英文）').fill('Invented by a test')
    await form.getByLabel('日期', { exact: true }).fill('2026-06-20')
    await form.getByLabel('依据文件（中文）').fill('申报回执')
    await form.getByLabel('依据文件（英文）').fill('A receipt')
    await form.getByRole('button', { name: '填报' }).click()
    await own.getByText('已填报。').waitFor()
    await own.getByLabel('查找药品、企业或编码').fill('测试虚构药品')
    await own.getByRole('table', { name: '各版本中的药品' }).getByRole('link', { name: '测试虚构药品' }).click()
    await own.getByRole('heading', { level: 1, name: '测试虚构药品：目录进程' }).waitFor()
    await own.getByText('未公布', { exact: true }).waitFor()
    await settled(own)
    expect(await findingsOn(own)).toEqual([])
    const path = new URL(own.url()).pathname

    const anybody = await open('public', path.replace('/commercial-2025', ''), { locale: 'en-GB' })
    await anybody.getByRole('alert').or(anybody.getByText('There is no drug')).first().waitFor()
    expect(await anybody.getByText('Invented by a test').count()).toBe(0)

    const office = await open('operator', path.replace('/commercial-2025', ''), { locale: 'en-GB' })
    await office.getByRole('button', { name: 'State a stage' }).click()
    const stage = office.getByRole('form', { name: 'State a stage' })
    await stage.getByLabel('Stage').selectOption({ label: 'formal review passed' })
    await stage.getByLabel('Day', { exact: true }).fill('2026-06-15')
    await stage.getByLabel('Document, in Chinese').fill('审查结果')
    await stage.getByLabel('Document, in English').fill('A result')
    await stage.getByRole('button', { name: 'State it' }).click()
    await office.getByText('formal review passed (15 June 2026) is before applied (20 June 2026)').waitFor()
    await office.getByText('stated by the regulator').waitFor()
    // The company, which looks at the version before, is told so, and what it typed stays.
    await own.getByRole('button', { name: '填报进程' }).click()
    const late = own.getByRole('form', { name: '填报进程' })
    await late.getByLabel('进程').selectOption({ label: '企业撤回' })
    await late.getByLabel('依据文件（中文）').fill('撤回函')
    await late.getByLabel('依据文件（英文）').fill('A letter')
    await late.getByLabel('理由（中文）').fill('测试')
    await late.getByLabel('理由（英文）').fill('a test')
    await late.getByRole('button', { name: '填报' }).click()
    await late.getByText('此后已有他人修改').waitFor()
    await expect.poll(() => late.getByLabel('依据文件（中文）').inputValue()).toBe('撤回函')
    await own.reload()
    await own.getByText('矛盾').first().waitFor()
    await own.getByText('历史记录：1个版本').waitFor()
    // It is there again, and says that it was typed about what was there before; or is begun anew.
    await own.getByRole('button', { name: '填报进程' }).click()
    await late.getByText('此后原记录已有改动').waitFor()
    await expect.poll(() => late.getByLabel('依据文件（中文）').inputValue()).toBe('撤回函')
    expect(await findingsOn(own)).toEqual([])
    await late.getByRole('button', { name: '重新填写' }).press('Enter')
    await expect.poll(() => late.getByLabel('依据文件（中文）').inputValue()).toBe('')
    await expect.poll(() => late.evaluate((form) => form.contains(document.activeElement))).toBe(true)
    await own.reload()
    await own.getByRole('button', { name: '填报进程' }).click()
    await late.getByLabel('依据文件（中文）').waitFor()
    expect(await late.getByText('先前填写').count()).toBe(0)
    for (const one of [own, anybody, office]) await one.context().close()
  })

  it('the regulator is told that windows end, and led to the drugs', async () => {
    const page = await open('operator', '/editions')
    await page.goto(`${address}/inbox?kind=window_ends_soon`)
    await page.getByRole('link', { name: '目录品种的协议期或有效期即将届满' }).first().waitFor()
    const messages = page.getByRole('link', { name: '目录品种的协议期或有效期即将届满' })
    await expect.poll(() => messages.count()).toBe(2)
    await messages.first().click()
    await page.waitForURL(/\/editions\?edition=[\w-]+&ends=2026-/)
    await page.getByRole('table', { name: '各版本中的药品' }).waitFor()
    await page.context().close()
  })

  it('a drug that was removed says so on its own page, beside its days in the list, and leads to its life', async () => {
    const office = await open('operator', '/drugs/CID2025003/life', { locale: 'en-GB' })
    await office.getByRole('button', { name: 'State a stage' }).first().click()
    const stage = office.getByRole('form', { name: 'State a stage' })
    await stage.getByLabel('Stage').selectOption({ label: 'removed' })
    await stage.getByLabel('Day', { exact: true }).fill('2026-06-15')
    await stage.getByLabel('Document, in Chinese').fill('调出通知')
    await stage.getByLabel('Document, in English').fill('A notice of removal')
    await stage.getByLabel('Reason, in Chinese').fill('测试')
    await stage.getByLabel('Reason, in English').fill('a test')
    await stage.getByRole('button', { name: 'State it' }).click()
    await office.getByText('stated by the regulator').first().waitFor()
    const anybody = await open('public', '/drugs/CID2025003', { locale: 'en-GB' })
    await anybody.getByRole('link', { name: 'removed from the list since 15 Jun 2026' }).click()
    await anybody.waitForURL(/\/drugs\/CID2025003\/life/)
    for (const one of [office, anybody]) await one.context().close()
  })

  it('has no accessibility finding, no sideways scrolling and nothing in the console, wide and on a phone', async () => {
    const page = await open('company', '/editions', { width: 1280 })
    const said: string[] = []
    page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) said.push(message.text()) })
    for (const path of ['/editions?state=new', '/drugs/demo-c/life']) {
      for (const [width, language] of [[1280, '中文'], [390, 'English']] as const) {
        await page.setViewportSize({ width, height: 900 })
        await page.goto(`${address}/commercial-2025${path}`)
        await page.getByRole('button', { name: language, exact: true }).click()
        await settled(page)
        expect(await findingsOn(page)).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      }
    }
    expect(said).toEqual([])
    await page.context().close()
  })
})

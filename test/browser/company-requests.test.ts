import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { findingsOn } from './accessibility.js'
import { inBrowser } from './in-browser.js'
import { signIn } from './sign-in.js'

await inBrowser('requests of companies in a real browser', (newWindow, address) => {
  const open = async (role: string, path: string, options: { width?: number; locale?: string; colorScheme?: 'dark' } = {}): Promise<Page> => {
    const page = await newWindow({ viewport: { width: options.width ?? 1440, height: 900 }, locale: options.locale ?? 'zh-CN', ...(options.colorScheme ? { colorScheme: options.colorScheme } : {}) })
    await signIn(page, address, role)
    await page.goto(`${address}${path}`)
    return page
  }

  it('a company asks a province, which finds it in its inbox and answers; the company reads that and closes it', async () => {
    const theirs = await open('company', '/commercial-2025/company-requests')
    await theirs.getByRole('link', { name: '提出请求' }).click()
    await theirs.getByRole('heading', { level: 1, name: '提出请求' }).waitFor()
    // With the keyboard alone.
    await theirs.getByLabel('类别').focus()
    await theirs.keyboard.press('ArrowDown')
    await theirs.getByLabel('请求对象').selectOption({ label: '山东' })
    await theirs.getByLabel('情况说明').fill('平台提示材料不全，但未指明缺哪一项。')
    await theirs.getByLabel('附件').setInputFiles({ name: '挂网申请.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 a filing') })
    await theirs.getByText('已上传：挂网申请.pdf').waitFor()
    // What is typed and not sent is there again after a look elsewhere, and when the page is loaded anew.
    await theirs.getByRole('main').getByRole('link').first().click()
    await theirs.getByRole('link', { name: '提出请求' }).click()
    await theirs.reload()
    await theirs.getByText('已上传：挂网申请.pdf').waitFor()
    await expect.poll(() => theirs.getByLabel('情况说明').inputValue()).toBe('平台提示材料不全，但未指明缺哪一项。')
    expect(await findingsOn(theirs)).toEqual([])
    await theirs.getByRole('button', { name: '提交请求' }).press('Enter')
    await theirs.getByRole('heading', { level: 1, name: /^企请〔2026〕\d+号 · .* · 挂网受阻$/ }).waitFor()
    const path = new URL(theirs.url()).pathname
    expect(await theirs.evaluate(() => Object.keys(sessionStorage).filter((name) => name.startsWith('lastmile-draft')))).toEqual([])

    const page = await open('province_officer', '/inbox')
    await page.getByRole('link', { name: '收到企业请求事项' }).first().click()
    await page.waitForURL(`${address}${path}`)
    await page.getByText('平台提示材料不全，但未指明缺哪一项。').waitFor()
    await page.getByRole('link', { name: '挂网申请.pdf' }).waitFor()
    await page.getByRole('button', { name: '签收' }).click()
    await page.getByText('已签收。', { exact: true }).waitFor()
    // The company's window shows it without being asked anew.
    await theirs.getByText('已签收，待答复').first().waitFor()
    await page.getByLabel('结果').selectOption({ label: '将按期解决' })
    await page.getByLabel('解决期限').fill('2026-07-15')
    await page.getByLabel('答复内容').fill('缺上市许可持有人授权书，补齐后直接挂网。')
    expect(await findingsOn(page)).toEqual([])
    await page.getByRole('button', { name: '提交答复' }).click()
    await page.getByText('答复已提交。').waitFor()

    await theirs.goto(`${address}/inbox`)
    await theirs.getByRole('link', { name: '请求事项已答复' }).first().click()
    await theirs.waitForURL(`${address}${path}`)
    await theirs.getByText('缺上市许可持有人授权书，补齐后直接挂网。').waitFor()
    await theirs.getByRole('button', { name: '认可答复，办结' }).click()
    await theirs.getByText('已办结。', { exact: true }).first().waitFor()
    await theirs.getByRole('button', { name: '提出异议' }).waitFor({ state: 'detached' })
    await theirs.context().close()
    await page.context().close()
  })

  it('what is overdue stands first and says so; a province puts it off with a reason, and hands another on', async () => {
    const page = await open('province_officer', '/commercial-2025/company-requests')
    const first = page.getByRole('table').getByRole('row').nth(1)
    await first.getByText(/逾期/).waitFor()
    await page.getByRole('button', { name: /^逾期/ }).click()
    await first.getByRole('rowheader').getByRole('link').click()
    await page.getByText('药事会未通过', { exact: false }).first().waitFor()
    await page.getByLabel('延期至').fill('2026-07-07')
    await page.getByLabel('延期理由').fill('药事会7月初召开')
    await page.getByRole('button', { name: '延期', exact: true }).click()
    await page.getByText('已延期。').waitFor()
    await page.getByText('药事会7月初召开').waitFor()
    await page.getByLabel('转办至').selectOption({ label: '国家监管部门' })
    await page.getByLabel('转办理由').fill('涉及全国用药目录数量限制')
    await page.getByRole('button', { name: '转办', exact: true }).click()
    await page.getByText('已转办。').waitFor()
    // It sees what becomes of it, and has it no more.
    await page.getByRole('button', { name: '转办', exact: true }).waitFor({ state: 'detached' })
    await page.getByText('转办至国家监管部门').waitFor()
    await page.context().close()
  })

  it('on a phone and in the dark a company reads what it asked without scrolling sideways, and comes to the form from a gap and from a record', async () => {
    const page = await open('company', '/commercial-2025/company-requests', { width: 390, colorScheme: 'dark' })
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)
    await page.getByRole('heading', { level: 1, name: '我的请求事项' }).waitFor()
    await page.getByRole('button', { name: /^已办结/ }).click()
    await page.getByRole('table').getByRole('rowheader').getByRole('link').last().click()
    await page.getByText('对答复提出异议', { exact: false }).first().waitFor()
    expect([await fits(), await findingsOn(page)]).toEqual([true, []])
    // From a gap: its drug and the office of its unit stand in the form.
    await page.goto(`${address}/commercial-2025/gaps?gap=CID2025019.370000`)
    // Cards that come late move what stands below them: a finger would miss it, a key does not.
    await page.getByRole('table').getByRole('rowheader').first().waitFor()
    await page.getByRole('main').getByRole('link', { name: '提出请求' }).press('Enter')
    await expect.poll(() => page.getByLabel('请求对象').inputValue()).toBe('370000')
    // From a record: the pair and its evidence do.
    await page.goto(`${address}/commercial-2025/company-requests?kind=statement_disputed`)
    await page.getByRole('table').getByRole('rowheader').getByRole('link').first().click()
    await page.getByRole('main').locator('a[href*="/institutions/"]').click()
    await page.getByRole('link', { name: '有异议' }).first().click()
    await page.getByLabel('有异议的记录').waitFor()
    await expect.poll(() => page.getByLabel('请求对象').inputValue()).toBe('370000')
    expect([await fits(), await findingsOn(page)]).toEqual([true, []])
    await page.context().close()
  })

  it('an officer of the regulator reads it in English; whoever is nobody finds nothing', async () => {
    const page = await open('operator', '/commercial-2025/company-requests?state=open', { locale: 'en-GB' })
    await page.getByRole('heading', { level: 1, name: 'Requests of companies' }).waitFor()
    await page.getByRole('table').getByRole('rowheader').getByRole('link').first().click()
    await page.getByRole('button', { name: 'Acknowledge', exact: true }).waitFor()
    expect(await findingsOn(page)).toEqual([])
    await page.context().close()
    const nobody = await newWindow({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
    await nobody.goto(`${address}/commercial-2025`)
    await nobody.getByRole('link', { name: '缺口督导', exact: true }).first().waitFor()
    expect(await nobody.getByRole('link', { name: '企业请求', includeHidden: true }).count()).toBe(0)
    await nobody.context().close()
  })
})

import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { findingsOn } from './accessibility.js'
import { focused } from './focus.js'
import { inBrowser } from './in-browser.js'
import { openerOf, type Open } from './opener.js'

/* The ladder of the last mile as the public, a company and a province walk it, in both languages, wide and on a phone. */

await inBrowser('the last mile in a real browser', (newWindow, address) => {
  const opens = openerOf(newWindow, address)
  const open = async (path: string, role: string | null, options: Parameters<Open>[2] = {}): Promise<Page> => {
    const page = await opens(role ?? 'public', path, { locale: 'en-GB', ...options })
    await page.getByRole('heading', { level: 2 }).first().waitFor()
    return page
  }
  const rungIn = (page: Page, name: string) => page.getByRole('main').getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3, name, exact: true }) })

  it('shows the public how far a drug has come in each province, and what was published of one', async () => {
    const page = await open('/commercial-2025/drugs/CID2025010', null, { locale: 'zh-CN' })
    await page.getByRole('main').getByRole('link', { name: '最后一公里' }).click()
    const table = page.getByRole('table', { name: '阿基仑赛注射液：各地最后一公里进展' })
    await table.getByRole('row', { name: /^山东/ }).waitFor()
    await expect.poll(() => table.getByRole('row').count()).toBe(2 + 32)
    expect(await findingsOn(page)).toEqual([])
    // A number shows its rows alone, and all come back.
    await page.getByRole('link', { name: /^列入惠民保特药目录，已具备：\d/ }).click()
    await page.getByText('仅显示列入惠民保特药目录为“已具备（不含仅企业）”的行。').waitFor()
    await expect.poll(() => table.getByRole('row', { name: /^山东/ }).count()).toBe(1)
    expect(await table.getByRole('row', { name: /^北京/ }).count()).toBe(0)
    await table.getByRole('link', { name: '山东', exact: true }).click()
    await rungIn(page, '列入惠民保特药目录').getByText('公开发布').first().waitFor()
    await rungIn(page, '三除外之三：按病种付费除外').getByText('国家层面要求执行。').waitFor()
    await expect.poll(() => rungIn(page, '三级公立医院考核豁免').getByText('未具备').count()).toBe(1)
    expect(await page.getByRole('button', { name: '填报进展' }).count()).toBe(0)
    // A number opens the rows behind it.
    await rungIn(page, '配备').getByRole('link', { name: /^企业申报 机构：/ }).click()
    await page.getByRole('dialog').waitFor()
    await page.context().close()
  })

  it('lets a company enter a fact that its province confirms, and another that it refuses', async () => {
    const path = '/commercial-2025/ladder/CID2025019/370000'
    const company = await open(path, 'company')
    const enter = async (day: string) => {
      const form = company.getByRole('form', { name: 'Enter a fact' })
      await form.getByLabel('Step').selectOption({ label: 'One-stop settlement' })
      await form.getByLabel('From', { exact: true }).fill(day)
      await form.getByLabel('Institutions').fill('3')
      await form.getByLabel('Source (Chinese)').fill('测试文件')
      await form.getByLabel('Note (Chinese)').fill('测试备注')
      await form.getByRole('button', { name: 'Submit' }).click()
      await company.getByText('It is entered, and waits for the province.').waitFor()
    }
    await company.getByRole('button', { name: 'Enter a fact' }).click()
    // What is typed and not sent is there again when the page was loaded anew; once it is sent, no longer.
    await company.getByLabel('Note (Chinese)').fill('写到一半')
    await company.reload()
    await company.getByRole('button', { name: 'Enter a fact' }).click()
    await expect.poll(() => company.getByLabel('Note (Chinese)').inputValue()).toBe('写到一半')
    await enter('2026-06-02')
    await company.reload()
    await company.getByRole('button', { name: 'Enter a fact' }).click()
    await expect.poll(() => company.getByLabel('Note (Chinese)').inputValue()).toBe('')
    const own = rungIn(company, 'One-stop settlement')
    await own.getByText('To be confirmed').waitFor()
    const anybody = await open(path, null)
    await rungIn(anybody, 'One-stop settlement').getByText('Entered by the company, not confirmed').first().waitFor()
    expect(await anybody.getByText('测试备注').count()).toBe(0)

    const province = await open('/inbox', 'province_officer', { locale: 'zh-CN' })
    await province.getByText('企业填报了最后一公里进展，待确认').locator('visible=true').first().waitFor()
    await province.goto(`${address}${path}`)
    const theirs = rungIn(province, '一站式结算')
    await theirs.getByText('备注：测试备注').waitFor()
    await theirs.getByRole('button', { name: '确认', exact: true }).press('Enter')
    await theirs.getByText('已确认').first().waitFor()
    // The button is gone with what was done: who pressed it reads on at the fact.
    await expect.poll(() => focused(province)).toContain('备注：测试备注')
    await own.getByText('Confirmed', { exact: true }).first().waitFor()

    await enter('2026-06-05')
    const waiting = theirs.getByRole('listitem').filter({ hasText: '待确认' })
    // What the company types about it outlives the province's step, and is then told of it.
    const typed = own.getByRole('listitem').filter({ hasText: 'To be confirmed' })
    await typed.getByRole('button', { name: 'Change', exact: true }).click()
    await own.getByLabel('Source (Chinese)').fill('另一份文件')
    await waiting.getByRole('button', { name: '不予确认' }).click()
    await waiting.getByLabel('理由').fill('系统未接通')
    await waiting.getByRole('button', { name: '提交不予确认' }).click()
    await own.getByText('Why it was refused: 系统未接通').waitFor()
    await expect.poll(() => own.getByLabel('Source (Chinese)').inputValue()).toBe('另一份文件')
    await own.getByRole('form', { name: 'Change' }).getByRole('button', { name: 'Submit' }).click()
    await own.getByText('It was changed since. Look at it, and do it again.').waitFor()
    // What was said before says what it said otherwise.
    await own.getByRole('listitem').filter({ hasText: 'Why it was refused' }).getByRole('button', { name: 'What was said before' }).click()
    await own.getByText(/^Version 1: yes, To be confirmed/).waitFor()
    expect(await findingsOn(province)).toEqual([])
    for (const page of [company, anybody, province]) await page.context().close()
  })

  it('lets a province try a file, tells what is wrong with it, and enters it; on a phone nothing is cut', async () => {
    const page = await open('/commercial-2025/ladder/facts', 'province_officer', { locale: 'zh-CN', width: 390, height: 800 })
    const file = (text: string) => ({ name: 'facts.csv', mimeType: 'text/csv', buffer: Buffer.from(`环节,药品编码,省份,状态,生效日期,依据\n${text}\n`) })
    const form = page.getByRole('form', { name: '批量导入' })
    // What stands above it may still come and push it down, from under a press of the mouse.
    await page.getByRole('table', { name: '填报记录' }).waitFor()
    await form.getByLabel('文件').setInputFiles(file('挂网,CID2025001,北京,是,昨天,公告'))
    await form.getByRole('button', { name: '试导入' }).press('Enter')
    await page.getByText('不是日期，请写作 2026-01-31').waitFor()
    await form.getByLabel('文件').setInputFiles(file('已有患者结算,*,山东,否,2026-06-01,公告'))
    await form.getByRole('button', { name: '试导入' }).click()
    await page.getByText('可以导入：新增1条，更正0条，相同0条。尚未导入。').waitFor()
    await form.getByRole('button', { name: '正式导入' }).click()
    await page.getByText('已导入：新增1条，更正0条，相同0条。').waitFor()
    // A fact that is opened stands above the list, and has the focus; what is being entered outlives a filter of the list.
    await page.getByRole('button', { name: '填报进展' }).press('Enter')
    await page.getByRole('heading', { name: '填报进展' }).waitFor()
    await expect.poll(() => focused(page)).toBe('填报进展')
    await page.getByRole('form', { name: '填报进展' }).getByLabel('依据', { exact: true }).fill('一份文件')
    await page.getByLabel('确认状态').selectOption({ label: '已确认' })
    await page.getByRole('group', { name: '填报记录' }).getByLabel('环节').selectOption({ label: '已有患者结算' })
    await page.getByRole('table', { name: '填报记录' }).getByRole('row', { name: /已有患者结算.*目录内全部药品/ }).getByRole('link', { name: '已有患者结算' }).click()
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('已有患者结算')
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H2')
    await expect.poll(() => page.getByRole('form', { name: '填报进展' }).getByLabel('依据', { exact: true }).inputValue()).toBe('一份文件')
    // So it does when the page was loaded anew, whatever is filtered by then; on the page of one ladder nothing of it stands.
    await page.reload()
    await page.getByRole('button', { name: '填报进展' }).press('Enter')
    await expect.poll(() => page.getByRole('form', { name: '填报进展' }).getByLabel('依据', { exact: true }).inputValue()).toBe('一份文件')
    await page.goto(`${address}/commercial-2025/ladder/CID2025019/370000`)
    await page.getByRole('button', { name: '填报进展' }).press('Enter')
    await expect.poll(() => page.getByRole('form', { name: '填报进展' }).getByLabel('依据', { exact: true }).inputValue()).toBe('')
    for (const path of ['/commercial-2025/ladder?unit=370000', '/commercial-2025/ladder/CID2025019/370000', '/commercial-2025/ladder/facts']) {
      await page.goto(`${address}${path}`)
      await page.getByRole('heading', { level: 2 }).first().waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    }
    await page.context().close()
  })
})

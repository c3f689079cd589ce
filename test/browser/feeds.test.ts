import { mkdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findingsOn } from './accessibility.js'
import { inBrowser } from './in-browser.js'
import { openerOf } from './opener.js'

await inBrowser('feeds in a real browser', (newWindow, address, dataDir) => {
  const open = openerOf(newWindow, address)

  it('the system administrator begins a feed by keyboard, fetches it by hand, and sees what became of its file; the regulator sees it too and changes nothing', async () => {
    const folder = join(dataDir, 'feeds', 'settlement')
    await mkdir(folder, { recursive: true })
    const path = join(folder, 'supply-202606.csv')
    await writeFile(path, 'not,what,it,should,be\n1,2,3,4,5\n')
    await utimes(path, new Date('2026-06-29T00:00:00Z'), new Date('2026-06-29T00:00:00Z'))

    const page = await open('system_administrator', '/feeds')
    await page.getByRole('heading', { name: '定时获取', level: 1 }).waitFor()
    await page.getByRole('button', { name: '新建任务' }).focus()
    await page.keyboard.press('Enter')
    await page.getByLabel('来源').selectOption('settlement-feed')
    await page.getByLabel('名称', { exact: true }).fill('结算月报（演示）')
    await page.getByLabel('文件夹', { exact: true }).fill('/etc')
    await page.getByLabel('文件名').fill('supply-{yyyy}{MM}.csv')
    await page.getByLabel('数据截止日').selectOption('name')
    await page.getByRole('button', { name: '建立任务' }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('该文件夹不在允许范围内')
    await page.getByLabel('文件夹', { exact: true }).fill(folder)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '“结算月报（演示）”的获取记录' }).waitFor()
    expect(await findingsOn(page)).toEqual([])

    await page.getByRole('button', { name: '立即获取' }).click()
    // In the runs, and beside the feed among all.
    await expect.poll(() => page.getByText('不予接收').count(), { timeout: 60_000 }).toBe(2)
    await expect.poll(() => page.getByRole('table', { name: /获取记录/ }).textContent()).toMatch(/手动.*已获取.*supply-202606\.csv.*2026-06.*HEADER_MISSING_COLUMN/s)
    const shown = page.url()
    await page.context().close()

    const reader = await open('operator', '/commercial-2025/reports', { locale: 'en-GB' })
    await reader.getByRole('link', { name: 'Feeds' }).click()
    await reader.goto(shown)
    await reader.getByRole('heading', { name: 'Runs of "结算月报（演示）"' }).waitFor()
    expect(await reader.getByRole('button', { name: /Fetch now|Save|New feed/ }).count()).toBe(0)
    expect(await findingsOn(reader)).toEqual([])
    await reader.context().close()
  })

  it('on a phone all of it is read without scrolling sideways', async () => {
    const page = await open('system_administrator', '/feeds?feed=new', { width: 390 })
    await page.getByRole('heading', { name: '新建任务' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    await page.context().close()
  })
})

import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { findingsOn } from './accessibility.js'
import { inBrowser } from './in-browser.js'
import { openerOf } from './opener.js'

/** Pages of paper on which the page that is shown is printed. */
async function printed(page: Page): Promise<number> {
  return ((await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1').match(/\/Type \/Page\b(?!s)/g) ?? []).length
}

await inBrowser('the inspection pack in a real browser', (newWindow, address) => {
  const open = openerOf(newWindow, address, '/commercial-2025')
  const sheets = (page: Page) => page.locator('[data-sheet]')

  it('a drug leads to its sheet by one click: one page of paper that says whose word, as of when, and that it is a demonstration', async () => {
    const page = await open('operator', '/drugs/CID2025007')
    await page.getByRole('link', { name: '检查材料' }).click()
    await page.waitForURL(/inspection\/drug\/CID2025007/)
    const sheet = page.getByRole('article', { name: /那西妥单抗注射液检查材料/ })
    await sheet.waitFor()
    for (const words of ['品种检查材料', '企业申报', '截至2026年6月30日', '按目前所知', '演示数据', '含未公开事项，内部使用', '缺口32项', '不得相加', '数据矛盾']) await expect.poll(() => sheet.textContent()).toContain(words)
    await expect.poll(() => printed(page)).toBe(1)
    await page.emulateMedia({ media: 'print' })
    expect(await Promise.all([page.getByRole('banner'), page.getByRole('button', { name: /打印/ }), page.getByRole('complementary')].map((one) => one.first().isVisible()))).toEqual([false, false, false])
    await page.context().close()
  })

  it('a figure on a sheet opens its rows, by keyboard too, and they are as many as it says', async () => {
    const page = await open('province_officer', '/inspection/province/370000')
    const figure = sheets(page).first().getByRole('link', { name: /^山东, 企业申报, 机构数/ })
    const figures = Number((await figure.textContent())!.replaceAll(',', ''))
    expect(figures).toBeGreaterThan(0)
    const drug = sheets(page).first().getByRole('link', { name: /^伊匹木单抗注射液, 山东：\d/ })
    const count = await drug.textContent()
    await drug.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByText(`共${count}行，每行为一个品种在一家机构的记录。`).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => sheets(page).first().getByText('报送（最近12期）').isVisible()).toBe(true)
    expect(await findingsOn(page)).toEqual([])
    await page.context().close()
  })

  it.each([['zh-CN', 'drug', 'CID2025007'], ['zh-CN', 'company', 'beone'], ['zh-CN', 'province', '370000'], ['en-GB', 'drug', 'CID2025007'], ['en-GB', 'company', 'beone'], ['en-GB', 'province', '370000']] as const)('in %s, no figure on a sheet of a %s stands out of its cell, on the screen or on paper', async (locale, of, code) => {
    const page = await open('operator', `/inspection/${of}/${code}`, { width: 1280, locale })
    await sheets(page).first().waitFor()
    await page.waitForLoadState('networkidle')
    // What is written in a cell, by how many pixels it stands out of it.
    const out = () => page.evaluate(() => [...document.querySelectorAll('[data-sheet] td, [data-sheet] th')].flatMap((cell) => {
      const written = document.createRange()
      written.selectNodeContents(cell)
      const by = Math.round(written.getBoundingClientRect().right - cell.getBoundingClientRect().right)
      return by > 0 ? [`${cell.textContent}: ${by}`] : []
    }))
    expect(await out()).toEqual([])
    await page.emulateMedia({ media: 'print' })
    expect(await out()).toEqual([])
    await expect.poll(() => printed(page)).toBe(1)
    await page.context().close()
  })

  it.each([['zh-CN', 'province', 32], ['en-GB', 'province', 32], ['en-GB', 'company', 18], ['zh-CN', 'drug', 19]] as const)('in %s, of each %s a page, printed in one go: %i, and none runs over', async (locale, of, count) => {
    const page = await open('operator', '/inspection/drug/CID2025019', { locale })
    await sheets(page).first().waitFor()
    if (of !== 'drug') await page.getByRole('combobox', { name: /^(对象|Of)$/ }).selectOption(of)
    else await page.getByRole('combobox', { name: '具体对象' }).selectOption({ label: '全部品种' })
    await page.getByRole('button', { name: new RegExp(`^(打印全部${count}张|Print all ${count} sheets)$`) }).and(page.locator(':not([aria-disabled])')).waitFor()
    await expect.poll(() => sheets(page).count()).toBe(count)
    await expect.poll(() => printed(page)).toBe(count)
    await page.context().close()
  })

  it('who is not signed in prints what is public and nothing else; a company finds its own under its name', async () => {
    const stranger = await open('public', '/gaps?region=540000')
    await stranger.getByRole('link', { name: '检查材料' }).click()
    await stranger.waitForURL(/inspection\/province\/540000/)
    const sheet = stranger.getByRole('article', { name: /西藏自治区检查材料/ })
    await sheet.waitFor()
    await expect.poll(() => sheet.textContent()).toContain('仅含公开数字')
    expect(await sheet.textContent()).not.toMatch(/报送（最近|数据矛盾/)
    await stranger.context().close()
    const company = await open('company', '/inspection/company')
    await company.getByRole('button', { name: '打印全部18张' }).and(company.locator(':not([aria-disabled])')).waitFor()
    await expect.poll(() => sheets(company).filter({ hasText: '报送（最近12期）' }).count()).toBe(1)
    await company.context().close()
  })

  it('on a phone a sheet is read without scrolling the page sideways', async () => {
    const page = await open('public', '/inspection/drug/CID2025019', { width: 390 })
    await sheets(page).first().waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    expect(await findingsOn(page)).toEqual([])
    // Printed from there it is the same page of paper.
    await expect.poll(() => printed(page)).toBe(1)
    await page.context().close()
  })
}, { looks: true })

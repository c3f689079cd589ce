import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { inBrowser } from './in-browser.js'
import { openerOf, type Open } from './opener.js'

await inBrowser('the pages say what is so', (newWindow, address) => {
  const opens = openerOf(newWindow, address)
  const open = (path: string, { role = 'public', ...options }: { role?: string } & Parameters<Open>[2] = {}) => opens(role, path, { locale: 'en-GB', ...options })
  const sentence = (page: Page) => page.locator('main [aria-live=polite]').first()

  it('before the list is in force there are no figures and no alarm, and a way to its first day', async () => {
    const page = await open('/commercial-2025?asOf=2025-12-01')
    await sentence(page).waitFor()
    await expect.poll(() => sentence(page).textContent()).toMatch(/1 December 2025.*not yet in force.*1 January 2026/)
    expect(await page.getByRole('region', { name: /nowhere/ }).count()).toBe(0)
    expect(await page.getByRole('article', { name: /^Declared/ }).textContent()).not.toMatch(/ of 19/)
    await page.getByRole('link', { name: 'To the day it came into force' }).click()
    await page.waitForURL(/asOf=2026-01-01/)
    await page.context().close()
  })

  it('where nobody had reported by the instant asked for, that stands instead of zeros', async () => {
    const page = await open('/commercial-2025?asOf=2026-01-11&knownOn=2026-01-13T00:00:00.000Z&evidence=confirmed', { locale: 'zh-CN' })
    await sentence(page).waitFor()
    await expect.poll(() => sentence(page).textContent()).toMatch(/尚无人报送。这不等于零/)
    expect(await page.locator('main').textContent()).not.toMatch(/19种.*尚无机构确认配备/)
    await page.context().close()
  })

  it('drugs of which nothing is reported stand apart from those stocked nowhere', async () => {
    // Some companies had not sent their first list yet, and two had said that their drugs are carried nowhere.
    const page = await open('/commercial-2025?asOf=2026-01-11&knownOn=2026-01-12T06:00:00Z')
    await page.getByRole('region', { name: '10 drugs of which nothing is reported. That is not zero.' }).waitFor()
    await expect.poll(() => sentence(page).textContent()).toContain('Of 10 drugs nothing is reported; that is not zero.')
    await expect.poll(() => page.getByRole('region', { name: '2 drugs stocked nowhere' }).count()).toBe(1)
    await page.context().close()
  })

  it('rows that an address asks for in a way that cannot be read are not taken for none; where nobody is in a state, the others are a press away', async () => {
    const page = await open('/commercial-2025/drugs/CID2025019?rows=bogus%3A1')
    const panel = page.getByRole('dialog', { name: 'The rows behind the number' })
    await panel.getByText('in a way that cannot be read').waitFor()
    expect(await panel.getByText('Nothing was said of this').count()).toBe(0)
    await panel.getByRole('button', { name: 'Close' }).press('Enter')
    await page.waitForURL((url) => !url.search.includes('rows'))
    await page.goto(`${address}/commercial-2025/drugs/CID2025003?rows=drug%3ACID2025003%3Bstate%3Ain_stock`)
    await panel.getByText('No row here is in this state.').waitFor()
    await panel.getByRole('link', { name: 'Show the rows in any state' }).press('Enter')
    await panel.getByRole('table').waitFor()
    await expect.poll(() => panel.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true)
    await page.context().close()
  })

  it.each([
    ['a drug’s ladder', '/commercial-2025/ladder/CID2025019/370000', '/commercial-2025/ladder/CID2025018/370000', /多奈单抗注射液/, /仑卡奈|患者经过的环节|挂网/],
    ['a drug', '/commercial-2025/drugs/CID2025019', '/commercial-2025/drugs/CID2025018', /^多奈单抗注射液/, /579|各报送单元配备机构数.*\d/],
  ])('while %s is asked for, nothing of the one before stands under its name', async (_, from, to, heading, former) => {
    const page = await open(from, { role: 'operator', locale: 'zh-CN' })
    const main = () => page.locator('main').innerText()
    await expect.poll(main).toMatch(former)
    await page.waitForLoadState('networkidle')
    let go = () => {}
    const held = new Promise<void>((resolve) => { go = resolve })
    await page.route((url) => url.pathname.startsWith('/api/lists/') && url.href.includes('CID2025018'), async (route) => { await held; await route.continue() })
    // Within the product, as a link leads: what was answered of the one before is still at hand.
    await page.evaluate((next) => { history.pushState(null, '', next); dispatchEvent(new PopStateEvent('popstate')) }, to)
    await page.getByRole('heading', { level: 1, name: heading }).waitFor()
    expect(await main()).not.toMatch(former)
    go()
    await page.waitForLoadState('networkidle')
    await expect.poll(() => main()).toMatch(/多奈单抗/)
    await page.context().close()
  })

  it.each([
    ['asOf=2027-01-01', /2027年1月1日尚未到来/, '查看2026年6月30日'],
    ['asOf=xx', /asOf/, '去掉参数重新打开'],
    ['knownOn=2099-01-01T00:00:00.000Z', /2099年1月1日 08:00（中国标准时间）尚未到来/, '查看现在所知'],
  ])('an address that asks %s gets one message, the pages around it, and a way back', async (query, message, back) => {
    const page = await open(`/commercial-2025?${query}`, { locale: 'zh-CN' })
    await page.getByRole('alert').waitFor()
    await page.waitForLoadState('networkidle')
    await expect.poll(() => page.getByRole('alert').allTextContents()).toEqual([expect.stringMatching(message)])
    await expect.poll(() => page.getByRole('link', { name: '矩阵' }).count()).toBe(1)
    await page.getByRole('link', { name: back }).click()
    await sentence(page).waitFor()
    expect(new URL(page.url()).search).toBe('')
    await page.context().close()
  })

  it('Back takes back a change of the day, and closes rows once: closed by Escape they do not come again', async () => {
    const page = await open('/commercial-2025/matrix')
    await page.getByRole('gridcell').first().waitFor()
    await page.goto(`${address}/commercial-2025`)
    await sentence(page).waitFor()
    await page.getByRole('button', { name: 'One day back' }).click()
    await page.waitForURL(/asOf=2026-06-29/)
    const number = page.getByRole('article', { name: /^Declared/ }).getByRole('link', { name: /Show the rows/ }).first()

    await number.click()
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(page.url()).toMatch(/asOf=2026-06-29$/)

    await number.click()
    await page.getByRole('dialog').waitFor()
    await page.goBack()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(page.url()).toMatch(/asOf=2026-06-29$/)

    await page.goBack()
    await page.waitForURL(/\/commercial-2025$/)
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.goBack()
    await page.waitForURL(/\/matrix$/)
    await page.context().close()
  })

  it('rows opened by an address are closed on the spot, without leaving the page', async () => {
    const page = await open('/commercial-2025?rows=drug:CID2025019;state:in_stock')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.waitForURL(/\/commercial-2025$/)
    await page.context().close()
  })

  it('tells a Chinese sender in Chinese why a file cannot be read', async () => {
    const page = await open('/commercial-2025/reports', { locale: 'zh-CN', role: 'operator' })
    await page.locator('select').nth(1).waitFor()
    await page.locator('main select').first().selectOption('province-500000')
    await page.locator('input[type=file]').setInputFiles({ name: 'old.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\r\n1,2\r\n') })
    await page.getByRole('form', { name: '报送文件' }).getByRole('button', { name: '报送', exact: true }).click()
    const receipt = page.locator('[data-outcome=rejected]')
    await receipt.waitFor()
    expect(await receipt.innerText()).not.toMatch(/[a-z]{3,} [a-z]{2,} [a-z]{2,}/)
    await receipt.locator('summary').click()
    await expect.poll(() => receipt.locator('[lang=en]').innerText()).toMatch(/[a-z]{3,}/)
    await page.context().close()
  })

  it('Escape closes the menu of a phone and gives the focus back', async () => {
    const page = await open('/commercial-2025', { width: 390 })
    const menu = page.getByRole('button', { name: 'Menu' })
    await menu.click()
    await page.getByRole('link', { name: 'Matrix', exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Matrix', exact: true }).waitFor({ state: 'hidden' })
    await expect.poll(() => menu.evaluate((button) => button === document.activeElement)).toBe(true)
    await page.context().close()
  })
}, { looks: true })

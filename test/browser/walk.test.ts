import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { inBrowser } from './in-browser.js'
import { looksWell } from './looks-well.js'
import { cookieOf, signIn } from './sign-in.js'

/** An institution of the demonstration in Shandong, and a drug. */
const goodFile = (code: string, status: string) => `institution_code,drug_code,status,reported_on\r\n${code},CID2025019,${status},2026-06-29\r\n`

await inBrowser('in a real browser', (newWindow, address) => {
  /** As the regulator, who sees and sends everything. */
  const open = async (path: string, size = { width: 1440, height: 900 }, locale = 'en-GB'): Promise<Page> => {
    const page = await newWindow({ viewport: size, locale })
    await signIn(page, address, 'operator')
    await page.goto(`${address}${path}`)
    return page
  }

  it('shows the published figures of 11 January as declared, in Chinese to a Chinese browser', async () => {
    const page = await open('/commercial-2025?asOf=2026-01-11', undefined, 'zh-CN')
    const sentence = page.locator('main [aria-live=polite]').first()
    await sentence.waitFor()
    for (const figure of ['19', '16', '3', '965', '449', '516']) await expect.poll(() => sentence.textContent()).toContain(figure)
    await expect.poll(() => page.locator('html').getAttribute('lang')).toMatch(/^zh/)
    await page.context().close()
  })

  it('leads from the overview by an unstocked drug and its province to the rows behind a number and the report’s line', async () => {
    const page = await open('/commercial-2025')
    await page.getByRole('region', { name: /nowhere/ }).getByRole('link').first().click()
    await page.waitForURL(/\/drugs\/CID2025/)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).not.toBe('')

    await page.getByRole('link', { name: 'Shandong', exact: true }).first().click()
    await page.waitForURL(/\/regions\/370000/)
    await page.getByRole('heading', { level: 1, name: /Shandong/ }).waitFor()

    await page.goto(`${address}/commercial-2025/regions/370000?evidence=confirmed`)
    await page.getByRole('heading', { level: 1, name: /Shandong/ }).waitFor()
    await page.locator('main table').getByRole('link', { name: /: [1-9].*rows/i }).first().click()
    const rows = page.getByRole('dialog')
    await rows.getByRole('row').nth(1).waitFor()
    await rows.getByRole('link', { name: /line/i }).first().click()
    await page.waitForURL(/\/reports\/[0-9a-f]{16}/)
    expect(page.url()).toMatch(/line=\d+/)
    await page.context().close()
  })

  it('tells a sender every error by row and column, and takes the mended file; another window sees the change without reload', async () => {
    const watcher = await open('/commercial-2025/reports')
    await watcher.getByRole('row').nth(2).waitFor()
    const page = await open('/commercial-2025/reports')
    await page.getByLabel(/source/i).first().selectOption('province-500000')
    const file = (text: string) => ({ name: 'chongqing.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    const [institution] = await institutionsIn('500000')

    await page.locator('input[type=file]').setInputFiles(file(goodFile(institution!, 'perhaps')))
    await page.getByRole('button', { name: /^send/i }).click()
    await page.getByText(/row 2|BAD_STATUS/i).first().waitFor()

    await page.locator('input[type=file]').setInputFiles(file(goodFile(institution!, 'in_stock')))
    await page.getByRole('button', { name: /^send/i }).click()
    await page.getByText(/accepted/i).first().waitFor()

    await watcher.getByText('chongqing.csv').first().waitFor()
    await page.context().close()
    await watcher.context().close()
  })

  it('moves the figures of another window when a report is accepted', async () => {
    const page = await open('/commercial-2025?evidence=confirmed')
    const sentence = page.locator('main [aria-live=polite]').first()
    await sentence.waitFor()
    const before = await sentence.textContent()
    const institutions = await institutionsIn('500000')
    const rows = institutions.slice(0, 12).map((code) => `${code},CID2025019,in_stock,2026-06-28`)
    const form = new FormData()
    form.set('source', 'province-500000')
    form.set('period', '2026-05')
    form.set('file', new File([`institution_code,drug_code,status,reported_on\r\n${rows.join('\r\n').replaceAll('2026-06-28', '2026-05-28')}\r\n`], 'may.csv'))
    const answer = await fetch(`${address}/api/lists/commercial-2025/reports`, { method: 'POST', body: form, headers: { cookie: await cookieOf(address, 'operator') } })
    expect(answer.status).toBe(201)
    await expect.poll(() => sentence.textContent(), { timeout: 20_000 }).not.toBe(before)
    await page.context().close()
  })

  it('shows the institutions of a drug as marks for the view: looking closer shows others, and a mark opens what it counts', async () => {
    const page = await open('/commercial-2025/drugs/CID2025019')
    const map = page.getByRole('region', { name: /institutions that stock it/ })
    const marks = map.locator('[data-spot]')
    await marks.first().waitFor()
    const keys = () => marks.evaluateAll((all) => all.map((one) => one.getAttribute('data-spot')).sort().join(' '))
    const before = await keys()
    const many = map.getByRole('button', { name: /institutions \(In stock [\d,]+\)\. Press to look closer/ }).first()
    await many.focus()
    await page.keyboard.press('Enter')
    await expect.poll(keys, { timeout: 20_000 }).not.toBe(before)

    await map.getByRole('button', { name: /^Table/ }).click()
    await map.getByText('marks of the view').waitFor()
    const row = map.getByRole('link', { name: /: open [\d,]+ institutions/ }).first()
    // Read and pressed at one stroke: the marks of the closer view may still be on their way and take the place of these.
    const count = await row.evaluate((link) => {
      const told = link.textContent
      if (link instanceof HTMLElement) link.click()
      return told
    })
    await page.waitForURL(/\/institutions\?/)
    await page.getByRole('heading', { name: `Institutions found: ${count}`, exact: true }).waitFor()
    await page.context().close()
  })

  it('gives gaps a page at a time, the reasons counted over all, and the table one stop for Tab', async () => {
    const page = await open('/commercial-2025/gaps?evidence=confirmed')
    const gaps = page.getByRole('region', { name: /^Gaps: \d+/ })
    await gaps.locator('tbody tr').nth(49).waitFor()
    await expect.poll(() => gaps.locator('tbody tr').count()).toBe(50)
    const total = Number(/\d+/.exec((await gaps.getByRole('heading', { level: 2 }).textContent())!)![0])
    const counts = await page.getByRole('group', { name: 'Gaps by reason' }).getByRole('button').evaluateAll((all) => all.map((one) => Number(/\d+$/.exec(one.textContent ?? '')![0])))
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(total)
    await expect.poll(() => gaps.locator('tbody [tabindex="0"]').count()).toBe(1)
    await gaps.locator('tbody [tabindex="0"]').focus()
    const first = await gaps.locator('tbody tr').first().textContent()
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('tr')?.rowIndex)).toBe(2)
    await gaps.getByRole('button', { name: 'Next page' }).click()
    await page.waitForURL(/offset=50/)
    await expect.poll(() => gaps.locator('tbody tr').first().textContent()).not.toBe(first)
    await page.context().close()
  })

  const pages = ['', '/matrix', '/gaps', '/institutions', '/reports', '/drugs/CID2025019', '/drugs/CID2025003', '/companies/lilly', '/regions/370000', '/regions/660000']
  it.each(pages)('has no accessibility finding and no sideways scrolling on a phone: /commercial-2025%s', async (path) => {
    const page = await open(`/commercial-2025${path}`, undefined, 'zh-CN')
    await looksWell(page)
    await page.context().close()
  })

  async function institutionsIn(unit: string): Promise<string[]> {
    const answer = (await (await fetch(`${address}/api/lists/commercial-2025/institutions?region=${unit}&limit=40&kind=hospital`)).json()) as { rows: { code: string; closedOn: string | null }[] }
    return answer.rows.filter((row) => row.closedOn === null).map((row) => row.code)
  }
})

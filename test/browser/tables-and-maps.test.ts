import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { inBrowser } from './in-browser.js'
import { cookieOf, signIn } from './sign-in.js'

await inBrowser('tables and maps in a real browser', (newWindow, address) => {
  const list = `${address}/api/lists/commercial-2025`

  const open = async (path: string, options: Parameters<typeof newWindow>[0] = {}): Promise<Page> => {
    const page = await newWindow(options)
    await signIn(page, address, 'operator')
    await page.goto(`${address}/commercial-2025${path}`)
    return page
  }
  const read = async (question: string) => (await (await fetch(`${list}${question}`, { headers: { cookie: await cookieOf(address, 'operator') } })).json()) as { rows: Record<string, string>[]; page: { total: number } }
  const first = (table: Locator) => table.locator('tbody tr').first().textContent()

  it('orders a table of many on the server, by keyboard, and keeps the order in its address', async () => {
    const page = await open('/institutions?offset=50')
    const table = page.getByRole('table', { name: /institutions/i })
    const heading = table.getByRole('columnheader', { name: 'Institution', exact: true })
    await heading.getByRole('button').focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/sort=name-up/)
    expect(page.url()).not.toContain('offset')
    const [rising, falling] = await Promise.all([read('/institutions?sort=name-up&limit=1'), read('/institutions?sort=name-down&limit=1')])
    expect(rising.page.total).toBeGreaterThan(50)
    expect(rising.rows[0]!['name']).not.toBe(falling.rows[0]!['name'])
    await expect.poll(() => first(table)).toContain(rising.rows[0]!['name'])
    await expect.poll(() => heading.getAttribute('aria-sort')).toBe('ascending')
    await page.keyboard.press('Enter')
    await page.waitForURL(/sort=name-down/)
    await expect.poll(() => first(table)).toContain(falling.rows[0]!['name'])
    await page.reload()
    await expect.poll(() => first(table)).toContain(falling.rows[0]!['name'])
    await expect.poll(() => heading.getAttribute('aria-sort')).toBe('descending')
    // What is not ordered by the server has no button that would order one page of it.
    expect(await table.getByRole('columnheader', { name: /Notes/ }).getByRole('button').count()).toBe(0)
    await page.context().close()
  })

  it('draws a table on a phone as cards that hide nothing sideways and stay a table to a screen reader', async () => {
    const page = await open('/gaps?evidence=declared', { viewport: { width: 390, height: 844 } })
    const table = page.getByRole('table', { name: /gaps/i })
    const row = table.locator('tbody tr').first()
    await row.waitFor()
    const box = page.getByRole('group', { name: /unstocked drugs first/i })
    expect(await box.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0)
    const cells = await row.locator('td, th').all()
    for (const cell of cells) {
      const at = (await cell.boundingBox())!
      expect(at.x >= 0 && at.x + at.width <= 390, await cell.textContent() ?? '').toBe(true)
    }
    // What the browser tells a screen reader, not what the source says: in some browsers a changed display takes a table's meaning away.
    const session = await page.context().newCDPSession(page)
    const { nodes } = await session.send('Accessibility.getFullAXTree')
    const roles = nodes.filter(({ ignored }) => !ignored).map(({ role }) => String(role?.value))
    expect(roles).toEqual(expect.arrayContaining(['table', 'row', 'columnheader', 'rowheader', 'cell']))
    expect(roles.filter((role) => role === 'columnheader').length).toBe(cells.length)
    const heading = table.getByRole('columnheader', { name: 'Age', exact: true })
    await heading.getByRole('button').press('Enter')
    await page.waitForURL(/sort=/)
    await expect.poll(() => heading.getAttribute('aria-sort')).not.toBeNull()
    await page.context().close()
  })

  it('orders the rows behind a number, and forgets the order when they are closed', async () => {
    const page = await open('?evidence=declared&rows=region:370000')
    const rows = page.getByRole('dialog')
    await rows.getByRole('columnheader', { name: 'Day' }).getByRole('button').press('Enter')
    await page.waitForURL(/rowsSort=day-up/)
    const { rows: [oldest] } = await read('/statements?evidence=declared&region=370000&sort=day-up&limit=1')
    await expect.poll(() => first(rows.getByRole('table'))).toContain(oldest!['institutionName'])
    for (const link of await rows.getByRole('link', { name: /CSV|XLSX/ }).all()) await expect.poll(() => link.getAttribute('href')).toContain('sort=day-up')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.url()).not.toMatch(/rows/)
    await page.context().close()
  })

  it.each(['/drugs/CID2025005', '/drugs/CID2025005?map=regions', '', '/regions/370000'])('keeps where the map of "%s" looks in its address', async (path) => {
    const page = await open(path)
    const at = () => new URL(page.url()).searchParams.get('at')
    const map = page.locator('.lm-svg').first()
    const seen = async () => map.evaluate((element) => { const { left, width } = element.getBoundingClientRect(); return `${Math.round(left)} ${Math.round(width)}` })
    await map.waitFor()
    const whole = await seen()
    const entries = await page.evaluate(() => history.length)
    await page.getByRole('button', { name: 'Zoom in' }).first().press('Enter')
    await expect.poll(at).not.toBeNull()
    /** Waits until the map rests elsewhere than before, and its address says so. */
    const rests = async (before: { seen: string; at: string | null }) => {
      let last = { seen: '', at: null as string | null }
      await expect.poll(async () => {
        const [now, past] = [{ seen: await seen(), at: at() }, last]
        last = now
        return now.seen === past.seen && now.at === past.at && now.seen !== before.seen && now.at !== before.at
      }, { interval: 250 }).toBe(true)
      return last
    }
    const zoomed = await rests({ seen: whole, at: null })
    await page.locator('.lm-leaflet').first().press('ArrowRight')
    const { seen: moved, at: there } = await rests(zoomed)
    expect(moved).not.toBe(whole)
    expect(await page.evaluate(() => history.length)).toBe(entries)

    await page.reload()
    await expect.poll(seen).toBe(moved)
    await page.getByRole('link', { name: 'Follow-up', exact: true }).first().click()
    await page.waitForURL(/\/gaps/)
    expect(at()).toBeNull()
    await page.goBack()
    await expect.poll(seen).toBe(moved)
    expect(at()).toBe(there)

    await page.getByRole('button', { name: 'Whole map' }).first().press('Enter')
    await expect.poll(at).toBeNull()
    await expect.poll(seen).toBe(whole)
    await page.context().close()
  })

  it('asks for nothing that the API does not know, whatever stands in the address of a page', async () => {
    const page = await open('')
    const refused: string[] = []
    page.on('response', (response) => void (response.status() >= 400 && refused.push(`${response.status()} ${response.url()}`)))
    const [{ rows: [institution] }, { rows: [report] }] = await Promise.all([read('/institutions?limit=1'), read('/reports?limit=1')])
    const words = 'evidence=supplied&asOf=2026-06-01&since=2026-02-01'
    const paths = ['', '/drugs/CID2025005', '/drugs/CID2025005?map=regions', `/institutions/${institution!['code']}`, '/institutions?drug=CID2025005&state=in_stock', '/regions/370000', '/companies/lilly', '/gaps', '/reports', `/reports/${report!['id']}`, `/reports/${report!['id']}/receipt`]
    for (const path of paths) {
      await page.goto(`${address}/commercial-2025${path}${path.includes('?') ? '&' : '?'}${words}`)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      await page.waitForLoadState('networkidle')
      const links = await page.locator('a[href^="/api/"]').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))
      for (const href of links) expect([href, (await fetch(`${address}${href}`, { method: 'HEAD', headers: { cookie: await cookieOf(address, 'operator') } })).status]).toEqual([href, 200])
    }
    expect(refused).toEqual([])
    await page.context().close()
  })
}, { looks: true })

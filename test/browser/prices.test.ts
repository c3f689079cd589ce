import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { focused } from './focus.js'
import { inBrowser } from './in-browser.js'
import { looksWell } from './looks-well.js'
import { openerOf, type Open } from './opener.js'
import { signIn } from './sign-in.js'

await inBrowser('prices in a real browser', (newWindow, address) => {
  const opens = openerOf(newWindow, address)
  const open = (path: string, role: string, options: Parameters<Open>[2] = {}) => opens(role, path, { locale: 'en-GB', ...options })
  const headings = (page: Page) => page.getByRole('main').getByRole('heading', { level: 2 }).allTextContents()

  it.each([
    ['operator', ['Price monitoring', 'What stands out', 'Settlement prices', 'Enter a settlement price', 'Enter settlement prices from a file', 'Retail prices: what institutions ask']],
    ['reader', ['Price monitoring', 'What stands out', 'Settlement prices', 'Retail prices: what institutions ask']],
    ['province_officer', ['Retail prices: what institutions ask']], ['company', ['Settlement prices']], ['institution', ['Retail prices: what institutions ask']], ['insurer', []],
  ])('shows %s the prices that are of that role, and says that every look is noted', async (role, parts) => {
    const page = await open('/commercial-2025/prices', role)
    await page.getByText('is noted in the audit').waitFor()
    await page.waitForLoadState('networkidle')
    await expect.poll(() => headings(page)).toEqual(parts)
    await page.context().close()
  })

  it('enters a settlement price that its company then sees; the price stands in no address, and no heading sorts by it', async () => {
    const page = await open('/commercial-2025/prices', 'operator')
    const form = page.getByRole('form', { name: 'Enter a settlement price' })
    await form.getByLabel('Drug').selectOption('CID2025019')
    await form.getByLabel('Pack').fill('200 mg × 1')
    await form.getByLabel('Price (yuan)').fill('2417.5')
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    let answer = () => undefined as void
    const waits = new Promise<void>((resolve) => { answer = resolve })
    await page.route(/\/prices\/settlement$/, async (route) => {
      await waits
      await route.continue()
    })
    // The button that was pressed keeps the focus while it waits, and does nothing more.
    await form.getByRole('button', { name: 'Enter' }).press('Enter')
    await form.locator('button[aria-disabled=true]').waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => focused(page)).toBe('Enter')
    answer()
    await page.getByText('Entered.', { exact: true }).waitFor()
    await expect.poll(() => focused(page)).toBe('Entered.')
    expect(asked.filter((url) => url.endsWith('/prices/settlement')).length).toBe(2)
    await page.getByRole('region', { name: 'Settlement prices' }).getByText('2,417.50').waitFor()
    expect([page.url(), ...asked].filter((url) => url.includes('2417'))).toEqual([])
    expect(await page.getByRole('columnheader', { name: /Price/ }).getByRole('button').count()).toBe(0)
    await page.context().close()

    const company = await open('/commercial-2025/prices', 'company')
    await company.getByRole('region', { name: 'Settlement prices' }).getByText('2,417.50').waitFor()
    await company.context().close()
  })

  it('shows no price any more in another window of who has signed out, before anybody touches it', async () => {
    const page = await open('/commercial-2025/prices', 'reader')
    await page.getByRole('region', { name: 'Settlement prices' }).waitFor()
    const other = await page.context().newPage()
    await other.goto(`${address}/commercial-2025`)
    await other.getByRole('banner').getByText(/You look as/).locator('..').click()
    await other.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('Sign in first').first().waitFor()
    expect(await page.getByRole('region', { name: 'Settlement prices' }).count()).toBe(0)
    await page.context().close()
  })

  it('asks for no price by itself: neither where the same account signs out elsewhere, nor when a lost line comes back', async () => {
    const page = await newWindow()
    await signIn(page, address, 'reader')
    await page.addInitScript(() => {
      const lines: EventSource[] = []
      Object.assign(globalThis, { lines, EventSource: class extends EventSource { constructor(address: string) { super(address); lines.push(this) } } })
    })
    await page.goto(`${address}/commercial-2025/prices`)
    await page.getByRole('region', { name: 'Settlement prices' }).getByRole('row').nth(1).waitFor()
    await page.getByText('Live', { exact: true }).waitFor()
    await page.waitForLoadState('networkidle')
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))

    const other = await open('/commercial-2025', 'reader')
    await other.evaluate(() => fetch('/api/session', { method: 'DELETE' }))
    await other.context().close()
    await expect.poll(() => asked).toContain('/api/session')
    await page.waitForLoadState('networkidle')
    // What draws the page may come late; what it says is not asked for.
    expect(asked.filter((path) => path.startsWith('/api/') && path !== '/api/session' && path !== '/api/events')).toEqual([])
    // A line that is still being opened anew would say so over what is told next.
    await page.getByText('Live', { exact: true }).waitFor()
    asked.length = 0
    // No browser loses a line to its own machine when it is told to.
    const tell = (event: string) => page.evaluate((event) => void (globalThis as unknown as { lines: EventSource[] }).lines.at(-1)!.dispatchEvent(new Event(event)), event)
    await tell('error')
    await page.getByText('Line lost, trying again').waitFor()
    await tell('open')
    await expect.poll(() => asked).toContain('/api/lists')
    await page.waitForLoadState('networkidle')
    expect(asked.filter((path) => path.includes('/prices'))).toEqual([])
    await page.context().close()
  })

  it('says of an amount that is none what the server says of it', async () => {
    const page = await open('/commercial-2025/prices', 'operator')
    const form = page.getByRole('form', { name: 'Enter a settlement price' })
    await form.getByLabel('Drug').selectOption('CID2025019')
    await form.getByLabel('Pack').fill('1')
    await form.getByLabel('Price (yuan)').fill('0.00')
    await form.getByRole('button', { name: 'Enter' }).click()
    await expect.poll(() => form.getByRole('alert').textContent()).toBe('Price: it must be above zero.')
    await form.getByLabel('Price (yuan)').evaluate((field) => field.removeAttribute('pattern'))
    await form.getByLabel('Price (yuan)').fill('1e3')
    await form.getByRole('button', { name: 'Enter' }).click()
    await expect.poll(() => form.getByRole('alert').textContent()).toMatch(/^Price: an amount of eight digits/)
    await page.context().close()
  })

  it('tells every wrong row of a file of settlement prices, and enters none of it', async () => {
    const page = await open('/commercial-2025/prices', 'operator')
    const form = page.getByRole('form', { name: 'Enter settlement prices from a file' })
    const send = async (text: string) => {
      await form.getByLabel('File').setInputFiles({ name: 'prices.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
      await form.getByRole('button', { name: 'Enter from the file' }).click()
    }
    await send('drug_code,valid_from,amount,pack\r\nCID2025019,2026-06-01,much,1\r\nCID9999999,2026-06-01,10,1\r\n')
    await page.getByText('nothing was entered').waitFor()
    await expect.poll(() => page.getByRole('table', { name: 'What is wrong' }).getByRole('rowheader').allTextContents()).toEqual(['2', '3'])
    await send('drug_code,valid_from,amount,pack\r\nCID2025018,2026-06-02,1310,1\r\n')
    await page.getByText('1 price entered').waitFor()
    await page.context().close()
  })

  it.each([['/commercial-2025/prices', 'operator'], ['/commercial-2025/prices?table=monitoring', 'reader'], ['/commercial-2025/prices', 'institution']])('has no accessibility finding and no sideways scrolling on a phone: %s as %s', async (path, role) => {
    const page = await open(path, role, { locale: 'zh-CN' })
    await looksWell(page)
    await page.context().close()
  })
})

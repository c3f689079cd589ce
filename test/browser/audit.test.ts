import { expect, it } from 'vitest'
import { inBrowser } from './in-browser.js'
import { looksWell } from './looks-well.js'
import { signIn } from './sign-in.js'

await inBrowser('the audit in a real browser', (newWindow, address) => {
  it('the auditor finds who made an account, filtered by what was done, and reads what it says', async () => {
    const maker = await newWindow()
    await signIn(maker, address, 'security_administrator')
    const status = (await maker.request.post(`${address}/api/accounts`, { data: { name: 'A new reader', email: `reader-${Date.now()}@example.test`, role: 'reader', list: 'commercial-2025' } })).status()
    expect(status).toBe(200)
    await maker.context().close()

    const page = await newWindow()
    await signIn(page, address, 'auditor')
    await page.goto(`${address}/audit`)
    await page.getByText(/breaks the chain/).waitFor()
    await page.getByRole('combobox', { name: 'What' }).selectOption('account.create')
    await page.getByRole('button', { name: 'Show' }).click()
    await page.waitForURL(/action=account\.create/)
    const row = page.getByRole('table', { name: 'Audit' }).getByRole('row').filter({ hasText: 'Made an account' }).first()
    await row.waitFor()
    await expect.poll(() => page.getByRole('table', { name: 'Audit' }).getByRole('row').filter({ hasText: 'Signed in' }).count()).toBe(0)
    await row.locator('summary').click()
    await row.getByText('A new reader').waitFor()
    await expect.poll(() => page.getByRole('link', { name: 'CSV' }).getAttribute('href')).toBe('/api/audit?action=account.create&format=csv')
    await page.context().close()
  })

  it('a time is typed as on any clock, the year digit by digit, and until the answer has come the entries before are marked', async () => {
    const page = await newWindow()
    await signIn(page, address, 'auditor')
    await page.goto(`${address}/audit`)
    const from = page.getByLabel(/^From/)
    await from.fill('2026-03-01T10:00')
    await from.press('Home')
    await page.getByRole('heading', { name: /^[\d,]+ entr/ }).waitFor()
    // Day and month alike, in whatever order this browser has them.
    for (const key of '04042025') await page.keyboard.press(key)
    await expect.poll(() => from.inputValue()).toBe('2025-04-04T10:00')

    let answer = () => undefined as void
    const waits = new Promise<void>((resolve) => { answer = resolve })
    await page.route(/\/api\/audit\?/, async (route) => {
      await waits
      await route.continue()
    })
    await page.getByRole('button', { name: 'Show' }).click()
    await page.waitForURL(/from=/)
    expect(new URL(page.url()).searchParams.get('from')).toContain('2025-04-04T02:00')
    await page.getByText('these are the previous ones').waitFor()
    answer()
    await page.getByText('these are the previous ones').waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('what was refused is said to be so once', async () => {
    const other = await newWindow()
    await signIn(other, address, 'insurer')
    expect((await other.request.get(`${address}/api/accounts`)).status()).toBe(404)
    await other.context().close()
    const page = await newWindow()
    await signIn(page, address, 'auditor')
    await page.goto(`${address}/audit?action=request.refused`)
    const row = page.getByRole('table', { name: 'Audit' }).getByRole('row').filter({ hasText: 'Was refused' }).first()
    await row.waitFor()
    expect(await row.getByText('refused', { exact: true }).count()).toBe(0)
    await page.context().close()
  })

  it('has no accessibility finding and no sideways scrolling on a phone', async () => {
    const page = await newWindow({ locale: 'zh-CN' })
    await signIn(page, address, 'auditor')
    await page.goto(`${address}/audit`)
    await page.locator('summary').first().click()
    await looksWell(page)
    await page.context().close()
  })
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { totp } from '../support/totp.js'
import { findingsOn } from './accessibility.js'
import { inBrowser } from './in-browser.js'
import { startProduct } from './product.js'
import { signIn } from './sign-in.js'

const password = 'a long and boring sentence'
const entries = (page: Page) => page.getByRole('navigation', { name: 'Pages' }).first().getByRole('link').allTextContents()
const identity = (page: Page) => page.getByRole('banner').getByText(/You look as/).locator('..')

inBrowser('accounts of the demonstration in a real browser', (newWindow, address) => {
  const open = async (path: string, { role = 'public', ...options }: { role?: string; width?: number; locale?: string } = {}): Promise<Page> => {
    const page = await newWindow({ viewport: { width: options.width ?? 1440, height: 900 }, locale: options.locale ?? 'en-GB' })
    if (role !== 'public') await signIn(page, address, role)
    await page.goto(`${address}${path}`)
    return page
  }

  it('whoever comes sees what is public, who he is taken for and the way in; nothing that he may not open is offered', async () => {
    const page = await open('/commercial-2025')
    await page.locator('main [aria-live=polite]').first().waitFor()
    await page.waitForLoadState('networkidle')
    expect(await identity(page).textContent()).toContain('Public')
    expect(await entries(page)).toEqual(['Overview', 'Matrix', 'Gaps', 'Institutions', 'Insurance plans'])
    expect(await page.getByRole('region', { name: /Who has reported/ }).count()).toBe(0)
    expect(await page.getByRole('alert').count()).toBe(0)
    await page.context().close()
  })

  it('asks nothing of the public’s pages that is not his: no request is refused', async () => {
    const page = await newWindow()
    const refused: string[] = []
    page.on('response', (answer) => { if (answer.status() >= 400) refused.push(`${answer.status()} ${answer.url()}`) })
    for (const path of ['', '/regions/370000', '/companies/eisai', '/gaps', '/institutions', '/drugs/CID2025019?rows=drug:CID2025019;state:in_stock']) {
      await page.goto(`${address}/commercial-2025${path}`)
      await page.waitForLoadState('networkidle')
    }
    expect(refused).toEqual([])
    expect(await page.getByRole('dialog').getByRole('columnheader').allTextContents()).not.toContain('Report and line')
    await page.context().close()
  })

  it('signs in by keyboard as a provincial officer, who sees his province in the header and his pages in the bar, and out again', async () => {
    const page = await open('/commercial-2025/reports')
    await page.getByText('Sign in first').waitFor()
    await page.getByRole('main').getByRole('link', { name: 'Sign in' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Try the demonstration' }).waitFor()
    await page.getByRole('button', { name: 'Shandong · provincial officer' }).focus()
    await page.keyboard.press('Enter')

    // Back on the page that he came for.
    await page.waitForURL(/\/commercial-2025\/reports$/)
    await page.getByRole('heading', { name: 'Send a report' }).waitFor()
    await expect.poll(() => identity(page).textContent()).toContain('Shandong · provincial officer')
    expect(await entries(page)).toEqual(['Overview', 'Matrix', 'Gaps', 'Institutions', 'Insurance plans', 'Reports', 'Prices'])

    await page.getByRole('button', { name: /Shandong · provincial officer/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Sign out' }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => identity(page).textContent()).toContain('Public')
    expect(await entries(page)).not.toContain('Reports')
    await page.context().close()
  })

  it.each([
    ['reader', ['Reports', 'Prices']], ['operator', ['Reports', 'Prices']], ['system_administrator', ['Reports']], ['security_administrator', ['Reports', 'Accounts', 'Keys']], ['auditor', ['Audit']],
    ['city_officer', ['Reports']], ['company', ['Reports', 'Prices']], ['insurer', []], ['institution', ['Reports', 'Prices']],
  ])('offers %s the pages of that role', async (role, pages) => {
    const page = await open('/commercial-2025', { role })
    await page.locator('main [aria-live=polite]').first().waitFor()
    expect(await entries(page)).toEqual(['Overview', 'Matrix', 'Gaps', 'Institutions', 'Insurance plans', ...pages])
    await page.context().close()
  })

  it('tells who types a wrong password so, in a sentence that has the focus, and keeps it out of the address', async () => {
    const page = await open('/sign-in', { locale: 'zh-CN' })
    await page.getByLabel('电子邮箱').fill('nobody@example.test')
    await page.getByLabel('密码').fill('not the password')
    await page.keyboard.press('Enter')
    const alert = page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.textContent()).toMatch(/邮箱或密码有误/)
    await expect.poll(() => alert.evaluate((box) => box === document.activeElement)).toBe(true)
    expect(page.url()).not.toContain('password')
    await page.context().close()
  })

  it('lets an administrator see as a company, without prices, under a banner, and end it', async () => {
    const page = await open('/see-as', { role: 'system_administrator' })
    await page.getByRole('combobox', { name: 'Role' }).selectOption('company')
    await page.getByRole('combobox', { name: 'Company' }).selectOption('eisai')
    await page.getByRole('button', { name: 'Look', exact: true }).click()
    const banner = page.getByRole('complementary', { name: 'Preview' })
    await banner.waitFor()
    await expect.poll(() => banner.textContent()).toMatch(/You are looking as Eisai.* · company, without prices/)
    await page.locator('main [aria-live=polite]').first().waitFor()
    expect(await entries(page)).toEqual(['Overview', 'Matrix', 'Gaps', 'Institutions', 'Insurance plans', 'Reports'])
    await banner.getByRole('button', { name: 'End' }).click()
    await banner.waitFor({ state: 'detached' })
    await expect.poll(() => identity(page).textContent()).toContain('system administrator')
    await page.context().close()
  })

  it('the security administrator makes an account and a key, each secret shown once, and revokes the key after being asked', async () => {
    const page = await open('/accounts', { role: 'security_administrator' })
    await page.getByRole('button', { name: 'New account' }).click()
    const form = page.getByRole('form', { name: 'New account' })
    await form.getByLabel('Name').fill('Jinan desk')
    await form.getByLabel('E-mail').fill(`desk-${Date.now()}@example.test`)
    await form.getByLabel('Role').selectOption('city_officer')
    await form.getByLabel('Province or unit').selectOption('370000')
    await form.getByLabel('City').selectOption('370100')
    await form.getByRole('button', { name: 'Make the account' }).click()
    await page.getByRole('group', { name: 'Invitation code of Jinan desk' }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('CODE')
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('link', { name: 'Jinan desk' }).first().waitFor()

    await page.goto(`${address}/keys`)
    const keys = page.getByRole('form', { name: 'New key' })
    await keys.getByLabel('Name').fill('Feed of Shandong')
    await keys.getByLabel('Source').selectOption('province-370000')
    await keys.getByRole('button', { name: 'Make the key' }).click()
    await expect.poll(() => page.getByRole('group', { name: /Feed of Shandong/ }).locator('code').first().textContent()).toMatch(/^lmk_/)
    await page.getByRole('button', { name: 'Revoke' }).first().click()
    await page.getByRole('group', { name: /Revoke the key/ }).getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('The key is revoked.').waitFor()
    await page.context().close()
  })

  it('the regulator approves a company’s report, which is locked then, and opens it again for a reason', async () => {
    const page = await open('/commercial-2025/reports?source=company-eisai', { role: 'operator' })
    await page.getByRole('region', { name: 'All reports' }).getByRole('rowheader').first().getByRole('link').click()
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByText('Approved. The report is locked.').waitFor()
    await page.getByText('approved by a national operator').waitFor()
    await page.getByLabel('Why it is opened again').fill('The sender found an error.')
    await page.getByRole('button', { name: 'Open again' }).click()
    await page.getByText('Opened again. It can be corrected.').waitFor()
    await page.getByRole('button', { name: 'Approve' }).waitFor()
    await page.context().close()
  })

  it('a report can be sent under embargo, waits as its sender sees it, and can be taken back', async () => {
    const page = await open('/commercial-2025/reports?send=province-500000', { role: 'operator' })
    await page.getByText('Mode, scope and time of publication').click()
    const later = new Date(Date.now() + 200 * 86_400_000)
    await page.getByLabel(/^Not before/).fill(`${later.toISOString().slice(0, 10)}T09:00`)
    await page.getByLabel('Month reported').fill('2026-04')
    await page.locator('input[type=file]').setInputFiles({ name: 'april.csv', mimeType: 'text/csv', buffer: Buffer.from(`institution_code,drug_code,status,reported_on\r\n${await hospitalIn(address, '500000')},CID2025019,in_stock,2026-04-28\r\n`) })
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText('april.csv is good and waits for its time').waitFor()
    await page.getByRole('status').filter({ hasText: 'waits for its time' }).getByRole('link').first().click()
    await page.getByText(`It is published on ${later.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })}`).waitFor()
    await page.getByRole('button', { name: 'Take it back' }).click()
    await page.getByRole('group', { name: /Take this report back/ }).getByRole('button', { name: 'Take it back' }).click()
    await page.getByText('Taken back.').waitFor()
    await page.context().close()
  })

  const pages = [['/sign-in', 'public'], ['/invitation', 'public'], ['/account', 'company'], ['/see-as', 'system_administrator'], ['/accounts', 'security_administrator'], ['/accounts?account=new', 'security_administrator'], ['/accounts?account=demonstration-city_officer', 'security_administrator'], ['/keys', 'security_administrator']] as const
  it.each(pages)('has no accessibility finding and no sideways scrolling on a phone: %s', async (path, role) => {
    for (const [width, locale] of [[1440, 'zh-CN'], [390, 'en-GB'], [390, 'zh-CN']] as const) {
      const page = await open(path, { role, width, locale })
      await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' })
      await page.waitForLoadState('networkidle')
      expect(await findingsOn(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      await page.context().close()
    }
  })
})

/** A hospital of the demonstration in a unit. */
async function hospitalIn(address: string, unit: string): Promise<string> {
  const { rows } = (await (await fetch(`${address}/api/lists/commercial-2025/institutions?region=${unit}&limit=20&kind=hospital`)).json()) as { rows: { code: string; closedOn: string | null }[] }
  return rows.find((row) => row.closedOn === null)!.code
}

inBrowser('a Lastmile without a demonstration, where the public may not look', (newWindow) => {
  let product: Awaited<ReturnType<typeof startProduct>>
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lastmile-set-up-'))
    product = await startProduct({ DATA_DIR: folder, LASTMILE_DEMO: 'off', PUBLIC_MAY_LOOK: 'off' })
  })
  afterAll(async () => {
    await product?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('is set up by the code it printed; the first account sets up its second factor before anything else, and is asked for it from then on', async () => {
    const page = await newWindow({ address: product.address })
    await page.goto(product.address)
    await page.waitForURL(/\/sign-in$/)
    expect(await page.getByRole('heading', { name: 'Try the demonstration' }).count()).toBe(0)
    await expect.poll(() => setUpCode(product.printed())).toBeTruthy()
    const form = page.getByRole('form', { name: 'Set this Lastmile up' })
    await form.getByLabel('Set-up code').fill('AAAAA-AAAAA')
    await form.getByLabel('Name').fill('The First')
    await form.getByLabel('E-mail').fill('first@example.test')
    await form.getByLabel('Password').fill(password)
    await form.getByRole('button').click()
    await form.getByRole('alert').waitFor()
    await form.getByLabel('Set-up code').fill(setUpCode(product.printed())!)
    await form.getByRole('button').click()

    await page.getByText('The account is made').waitFor()
    await page.getByLabel('Password').fill(password)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/account$/)
    await page.goto(`${product.address}/`)
    await page.waitForURL(/\/account$/)
    expect(await page.getByRole('heading', { name: 'Change the password' }).count()).toBe(0)
    await page.getByLabel('Your password').fill(password)
    await page.keyboard.press('Enter')
    const secret = page.getByRole('group', { name: 'Secret, for typing' })
    await secret.waitFor()
    expect(await findingsOn(page)).toEqual([])
    const letters = (await secret.locator('code').textContent())!.replaceAll(' ', '')
    const backup = (await page.getByRole('group', { name: 'Backup codes' }).locator('code').textContent())!.split('\n')[0]!
    await page.getByLabel(/Type the code/).fill(totp(letters))
    await page.keyboard.press('Enter')
    await expect.poll(() => identity(page).textContent()).toContain('security administrator')

    await page.getByRole('button', { name: /security administrator/ }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect.poll(() => identity(page).textContent()).toContain('Public')
    await page.goto(`${product.address}/sign-in?from=/accounts`)
    await enter(page)
    await page.getByLabel('Code of six digits').fill('000000')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    // The one of half a minute later: the one of now was used to switch it on.
    await page.getByLabel('Code of six digits').fill(totp(letters, 1))
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/accounts$/)
    await page.getByRole('heading', { name: 'All accounts' }).waitFor()
    await page.context().close()

    const other = await newWindow({ address: product.address })
    await other.goto(`${product.address}/sign-in`)
    await enter(other)
    await other.getByRole('button', { name: /lost my device/ }).click()
    await other.getByLabel('One of your backup codes').fill(backup)
    await other.keyboard.press('Enter')
    await expect.poll(() => identity(other).textContent()).toContain('security administrator')
    await other.context().close()
  })

  async function enter(page: Page): Promise<void> {
    await page.getByLabel('E-mail').fill('first@example.test')
    await page.getByLabel('Password').fill(password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Second factor' }).waitFor()
  }
})

function setUpCode(printed: string): string | undefined {
  return /sign-in: ([A-Z0-9-]+)/.exec(printed)?.[1]
}

import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { focused } from './focus.js'
import { inBrowser } from './in-browser.js'
import { looksWell } from './looks-well.js'
import { signIn } from './sign-in.js'

const password = 'a long and boring sentence'
/** What the bar offers, by group: those of a group where one is not are a click away, and there all the same. A group of one page is that page. */
const entries = (page: Page) => page.getByRole('navigation', { name: 'Pages' }).locator('ul').first().evaluate((groups) => Object.fromEntries([...groups.children].map((group) => {
  const pages = [...group.querySelectorAll(':scope > ul a')].map(({ textContent }) => textContent)
  return [group.querySelector('a')!.textContent, pages]
})))
/** The links of the bar that are shown now. */
const shown = (page: Page) => page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allTextContents()
const identity = (page: Page) => page.getByRole('banner').getByText(/You look as/).locator('..')

await inBrowser('accounts of the demonstration in a real browser', (newWindow, address) => {
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
    await expect.poll(() => identity(page).textContent()).toContain('Public')
    await expect.poll(() => entries(page)).toEqual({ Coverage: ['Overview', 'Find a drug', 'Matrix', 'Last mile', 'Institutions', 'Editions'], 'Follow-up': ['Gaps', 'Standards', 'Bulletins'], 'Insurance plans': [] })
    await expect.poll(() => shown(page)).toEqual(['Coverage', 'Overview', 'Find a drug', 'Matrix', 'Last mile', 'Institutions', 'Editions', 'Follow-up', 'Insurance plans'])
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
    await expect.poll(() => focused(page)).toBe('main')
    await expect.poll(() => entries(page)).toEqual({
      Coverage: ['Overview', 'Find a drug', 'Matrix', 'Last mile', 'Institutions', 'Editions', 'Contradictions'], 'Follow-up': ['Gaps', 'Planner', 'Supervision', 'Requests', 'Demand', 'Standards', 'Duties', 'Scorecard', 'Bulletins'], Reporting: ['Confirm', 'Reports', 'Reporting calendar'], 'Insurance and prices': ['Insurance plans', 'Prices'],
    })
    // He stands on a page of reporting; the first of another group is one step away, and its pages then.
    await expect.poll(() => shown(page)).toEqual(['Coverage', 'Follow-up', 'Reporting', 'Confirm', 'Reports', 'Reporting calendar', 'Insurance and prices'])
    await page.getByRole('link', { name: 'Follow-up' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Gaps', level: 1 }).waitFor()
    await expect.poll(() => shown(page)).toEqual(['Coverage', 'Follow-up', 'Gaps', 'Planner', 'Supervision', 'Requests', 'Demand', 'Standards', 'Duties', 'Scorecard', 'Bulletins', 'Reporting', 'Insurance and prices'])
    await page.goBack()
    await page.getByRole('heading', { name: 'Send a report' }).waitFor()

    // Who leaves by choice is not told, for the time of a blink, that he must sign in first.
    const alerts = await page.evaluateHandle(() => {
      const said: string[] = []
      new MutationObserver(() => document.querySelectorAll('[role=alert]').forEach((one) => said.push(one.textContent))).observe(document.body, { childList: true, subtree: true })
      return said
    })
    await page.getByRole('button', { name: /Shandong · provincial officer/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Sign out' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/commercial-2025$/)
    await expect.poll(() => identity(page).textContent()).toContain('Public')
    await page.locator('main [aria-live=polite]').first().waitFor()
    expect(await alerts.jsonValue()).toEqual([])
    await expect.poll(() => focused(page)).toBe('main')
    expect(await entries(page)).not.toHaveProperty('Reporting')
    await page.context().close()
  })

  it.each([
    ['reader', 'all', ['Reports', 'Reporting calendar'], true, []], ['operator', 'all', ['Confirm', 'Reports', 'Reporting calendar'], true, []], ['system_administrator', 'none', ['Reports', 'Reporting calendar'], false, ['Feeds']],
    ['security_administrator', 'none', ['Reports', 'Reporting calendar'], false, ['Accounts', 'Keys']], ['auditor', 'none', [], false, ['Audit']], ['city_officer', 'duties', ['Confirm', 'Reports', 'Reporting calendar'], false, []],
    ['company', 'cases', ['Reports', 'Reporting calendar'], true, []], ['insurer', 'none', [], false, []], ['institution', 'own', ['Our drugs', 'Reports', 'Reporting calendar'], true, []],
  ] as const)('offers %s the pages of that role', async (role, follows, reporting, sees, runs) => {
    const page = await open('/commercial-2025', { role })
    await page.locator('main [aria-live=polite]').first().waitFor()
    const work = {
      all: ['Gaps', 'Planner', 'Supervision', 'Listing progress', 'Requests', 'Demand', 'Standards', 'Duties', 'Scorecard', 'Bulletins'], cases: ['Gaps', 'Planner', 'Supervision', 'Requests', 'Demand', 'Standards', 'Bulletins'], own: ['Gaps', 'Demand', 'Standards', 'Duties', 'Bulletins'],
      duties: ['Gaps', 'Planner', 'Demand', 'Standards', 'Duties', 'Bulletins'], none: ['Gaps', 'Standards', 'Bulletins'],
    }[follows]
    // A group of one page is called as that page is.
    const group = (name: string, pages: readonly string[]) => (pages.length === 0 ? {} : pages.length === 1 ? { [pages[0]!]: [] } : { [name]: pages })
    await expect.poll(() => entries(page)).toEqual({
      ...(role === 'company' ? { 'Listing progress': [] } : {}),
      Coverage: ['Overview', 'Find a drug', 'Matrix', 'Last mile', 'Institutions', 'Editions', ...(follows === 'none' ? [] : ['Contradictions'])], 'Follow-up': work,
      ...group('Reporting', reporting), ...group('Insurance and prices', ['Insurance plans', ...(sees ? ['Prices'] : [])]), ...group('Administration', runs),
    })
    await page.context().close()
  })

  it('tells who types a wrong password so, in a sentence that has the focus, and keeps it out of the address', async () => {
    const page = await open('/sign-in', { locale: 'zh-CN' })
    await page.getByLabel('电子邮箱').fill('nobody@example.test')
    await page.getByLabel('密码').fill('not the password')
    await page.keyboard.press('Enter')
    const alert = page.getByRole('alert')
    await alert.waitFor()
    await expect.poll(() => alert.textContent()).toMatch(/邮箱或密码有误/)
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
    await expect.poll(() => entries(page)).toEqual({ 'Listing progress': [], Coverage: ['Overview', 'Find a drug', 'Matrix', 'Last mile', 'Institutions', 'Editions', 'Contradictions'], 'Follow-up': ['Gaps', 'Standards', 'Bulletins'], Reporting: ['Reports', 'Reporting calendar'], 'Insurance plans': [] })
    // Of a file it is said that it is not handed out here, and nothing of what it holds.
    await page.getByRole('link', { name: 'Reporting', exact: true }).click()
    await page.getByRole('region', { name: 'All reports' }).getByRole('rowheader').first().getByRole('link').click()
    await page.getByText('The file is kept, and not handed out here.').waitFor()
    await banner.getByRole('button', { name: 'End' }).click()
    await banner.waitFor({ state: 'detached' })
    await expect.poll(() => identity(page).textContent()).toContain('system administrator')
    await expect.poll(() => focused(page)).toBe('main')
    await page.context().close()
  })

  it('the security administrator makes an account and a key, each secret shown once, and revokes the key after being asked', async () => {
    const page = await open('/accounts', { role: 'security_administrator' })
    await page.getByRole('button', { name: 'New account' }).click()
    const form = page.getByRole('form', { name: 'New account' })
    await form.getByLabel('Name').fill('Jinan desk')
    await form.getByLabel('E-mail').fill(`desk-${Date.now()}@example.test`)
    await form.getByLabel('Role').selectOption('city_officer')
    await form.getByLabel('Unit').selectOption('370000')
    await form.getByLabel('City').selectOption('370100')
    await form.getByRole('button', { name: 'Make the account' }).click()
    await page.getByRole('group', { name: 'Invitation code of Jinan desk' }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('CODE')
    await page.getByRole('button', { name: 'Close' }).click()
    await expect.poll(() => focused(page)).toBe('All accounts')
    await page.getByRole('link', { name: 'Jinan desk' }).first().waitFor()

    await page.goto(`${address}/keys`)
    const keys = page.getByRole('form', { name: 'New key' })
    await keys.getByLabel('Name').fill('Feed of Shandong')
    await keys.getByLabel('Source').selectOption('settlement-feed')
    await keys.getByRole('button', { name: 'Make the key' }).click()
    await expect.poll(() => page.getByRole('group', { name: /Feed of Shandong/ }).locator('code').first().textContent()).toMatch(/^lmk_/)
    // A question that was not answered gives the focus back; what was done has it.
    const question = page.getByRole('group', { name: /Revoke the key/ })
    for (const leave of [() => page.keyboard.press('Escape'), () => question.getByRole('button', { name: 'Cancel' }).click()]) {
      await page.getByRole('button', { name: 'Revoke' }).first().click()
      await question.waitFor()
      await leave()
      await expect.poll(() => focused(page)).toBe('Revoke')
    }
    await page.getByRole('button', { name: 'Revoke' }).first().click()
    await question.getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('The key is revoked.').waitFor()
    await expect.poll(() => focused(page)).toBe('The key is revoked.')
    await page.context().close()
  })

  it('a list that cannot be asked anew takes no code away that is shown this once', async () => {
    const page = await open('/accounts?account=new', { role: 'security_administrator' })
    const form = page.getByRole('form', { name: 'New account' })
    await form.getByLabel('Name').fill('Whose list is away')
    await form.getByLabel('E-mail').fill(`away-${Date.now()}@example.test`)
    await form.getByLabel('Role').selectOption('reader')
    await page.route(/\/api\/accounts$/, (route) => (route.request().method() === 'GET' ? route.fulfill({ status: 418, json: { error: { code: 'teapot', message: 'Not now.' } } }) : route.continue()))
    await form.getByRole('button', { name: 'Make the account' }).click()
    await page.getByRole('alert').filter({ hasText: 'Not now.' }).waitFor()
    await expect.poll(() => page.getByRole('group', { name: 'Invitation code of Whose list is away' }).locator('code').textContent()).toMatch(/\S{8}/)
    await page.context().close()
  })

  it('whoever takes up an invitation where somebody else is signed in signs in with the new password', async () => {
    const page = await open('/accounts', { role: 'security_administrator' })
    const email = `taken-${Date.now()}@example.test`
    const code = await page.evaluate(async (email) => {
      const answer = await fetch('/api/accounts', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'An insurer', email, role: 'insurer', list: 'commercial-2025', insurer: 'insurer-of-a-test' }) })
      return ((await answer.json()) as { invitation: { code: string } }).invitation.code
    }, email)
    await page.goto(`${address}/invitation`)
    await page.getByLabel('Invitation code').fill(code)
    await page.getByLabel('New password').fill(password)
    await page.keyboard.press('Enter')
    await page.getByText('Your password is set. Sign in with it.').waitFor()
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.keyboard.press('Enter')
    await expect.poll(() => identity(page).textContent()).toContain('insurer-of-a-test')
    await page.context().close()
  })

  it('says what is wrong with a field once, by its label and in Chinese', async () => {
    const page = await open('/accounts?account=new', { role: 'security_administrator', locale: 'zh-CN' })
    const form = page.getByRole('form', { name: '新建账户' })
    await form.getByLabel('姓名').fill('某人')
    // The browser takes it for an address, and the server does not.
    await form.getByLabel('电子邮箱').fill('somebody@example')
    await form.getByLabel('角色').selectOption('reader')
    await form.getByRole('button', { name: '建立账户' }).click()
    await expect.poll(() => form.getByRole('alert').textContent()).toBe('电子邮箱：不是有效的邮箱地址。')
    await page.context().close()
  })

  const pages = [['/sign-in', 'public'], ['/invitation', 'public'], ['/account', 'company'], ['/see-as', 'system_administrator'], ['/accounts', 'security_administrator'], ['/accounts?account=new', 'security_administrator'], ['/accounts?account=demonstration-city_officer', 'security_administrator'], ['/keys', 'security_administrator']] as const
  it.each(pages)('has no accessibility finding and no sideways scrolling on a phone: %s', async (path, role) => {
    const page = await open(path, { role, locale: 'zh-CN' })
    await looksWell(page)
    await page.context().close()
  })
})

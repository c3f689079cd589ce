import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { focused } from './focus.js'
import { inBrowser } from './in-browser.js'
import { looksWell } from './looks-well.js'
import { openerOf, type Open } from './opener.js'

await inBrowser('customised insurance plans in a real browser', (newWindow, address) => {
  const opens = openerOf(newWindow, address)
  const open = async (path: string, role: string | null, options: Parameters<Open>[2] = {}): Promise<Page> => {
    const page = await opens(role ?? 'public', path, { locale: 'en-GB', ...options })
    await page.getByRole('heading', { level: 2 }).first().waitFor()
    await page.waitForLoadState('networkidle')
    return page
  }
  const headings = (page: Page) => page.getByRole('main').getByRole('heading', { level: 2 }).allTextContents()

  it.each([[null, []], ['company', []], ['operator', []], ['insurer', ['Your plans']]])('shows %s the plans, and only an insurer the way to keep its own', async (role, own) => {
    const page = await open('/commercial-2025/plans', role)
    await expect.poll(() => headings(page)).toEqual([...own, 'Plans and the drugs they name'])
    await expect.poll(() => page.getByRole('link', { name: 'Insurance plans' }).getAttribute('aria-current')).toBe('page')
    const table = page.getByRole('table', { name: 'Plans and the drugs they name' })
    await expect.poll(() => table.getByText('Invented plan, Zhejiang (demonstration)').count()).toBeGreaterThan(0)
    expect(await table.getByText('half a year').count()).toBe(0)
    await page.getByLabel('Days').selectOption({ label: 'any' })
    await table.getByText('half a year').first().waitFor()
    await page.context().close()
  })

  it('lets an insurer begin a plan, change it and end it, and everybody sees what became of it', async () => {
    const page = await open('/commercial-2025/plans?plan=new', 'insurer')
    const begin = page.getByRole('form', { name: 'New plan' })
    await begin.getByLabel('Code').fill('invented-by-a-test')
    await begin.getByLabel('Name in Chinese').fill('虚构测试产品')
    await begin.getByLabel('Name in English').fill('Invented by a test')
    await begin.getByLabel('Guide document, in Chinese').fill('无')
    await begin.getByLabel('Guide document, in English').fill('none')
    await begin.getByRole('button', { name: 'One more drug' }).click()
    await begin.getByRole('button', { name: 'Leave Drug 2 out' }).click()
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('FIELDSET')
    await begin.getByRole('group', { name: 'Drug 1' }).getByLabel('Drug').selectOption('CID2025019')
    await begin.getByRole('button', { name: 'Begin the plan' }).click()
    await page.getByText('The plan is begun.').waitFor()
    await expect.poll(() => focused(page)).toContain('The plan is begun.')
    await page.getByRole('link', { name: 'Invented by a test' }).click()
    const change = page.getByRole('form', { name: 'Save the changes' })
    await change.getByLabel('What it pays, in Chinese').fill('一半')
    await change.getByLabel('What it pays, in English').fill('half of it')
    await change.getByRole('button', { name: 'Save the changes' }).click()
    await page.getByText('Saved.', { exact: true }).waitFor()
    await page.getByText('What was said before').waitFor()

    const anybody = await open('/commercial-2025/drugs/CID2025019', null)
    const named = anybody.getByRole('table', { name: 'Named in these customised insurance plans' })
    await named.getByRole('row', { name: /Invented by a test.*half of it/ }).waitFor()

    await change.getByRole('button', { name: 'End this plan' }).click()
    await page.getByRole('button', { name: 'End it' }).click()
    await page.getByText('The plan has ended.').waitFor()
    await named.getByText('Invented by a test').waitFor({ state: 'detached' })
    await anybody.context().close()
    await page.context().close()
  })

  it('tells who changes what another has changed since, and shows it as it is now', async () => {
    const path = '/commercial-2025/plans?plan=invented-city'
    const [first, second] = [await open(path, 'insurer'), await open(path, 'insurer')]
    const save = async (page: Page, name: string) => {
      await page.getByLabel('Name in English').fill(name)
      await page.getByRole('button', { name: 'Save the changes' }).click()
    }
    await save(first, 'Invented plan, Jinan, first hand')
    await first.getByText('Saved.', { exact: true }).waitFor()
    await save(second, 'Invented plan, Jinan, second hand')
    await second.getByRole('alert').getByText('The plan was changed since you opened it.').waitFor()
    await second.getByRole('button', { name: 'Show it as it is now' }).click()
    await expect.poll(() => second.getByLabel('Name in English').inputValue()).toBe('Invented plan, Jinan, first hand')

    // What is typed and not saved is there again after a reload, with what to make of it; and let go on a press.
    await second.getByLabel('Name in English').fill('Half typed')
    await save(first, 'Invented plan, Jinan, first hand again')
    await first.getByText('Saved.', { exact: true }).waitFor()
    await second.reload()
    await second.getByText('What it is about was changed since').waitFor()
    await expect.poll(() => second.getByLabel('Name in English').inputValue()).toBe('Half typed')
    await second.getByRole('button', { name: 'Begin anew' }).click()
    await expect.poll(() => second.getByLabel('Name in English').inputValue()).toBe('Invented plan, Jinan, first hand again')
    await second.reload()
    await expect.poll(() => second.getByLabel('Name in English').inputValue()).toBe('Invented plan, Jinan, first hand again')
    expect(await second.getByText('What you typed here before').count()).toBe(0)
    await first.context().close()
    await second.context().close()
  })

  it.each([['/commercial-2025/plans', null], ['/commercial-2025/plans?plan=new', 'insurer'], ['/commercial-2025/plans?plan=invented-province', 'insurer']])('has no accessibility finding and no sideways scrolling on a phone: %s as %s', async (path, role) => {
    const page = await open(path, role, { locale: 'zh-CN' })
    await looksWell(page)
    await page.context().close()
  })
})

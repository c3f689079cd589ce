import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { totp } from '../support/totp.js'
import { findingsOn } from './accessibility.js'
import { focused } from './focus.js'
import { inBrowser } from './in-browser.js'
import { startProduct } from './product.js'

const password = 'a long and boring sentence'
const identity = (page: Page) => page.getByRole('banner').getByText(/You look as/).locator('..')

await inBrowser('a Lastmile without a demonstration, where the public may not look', (newWindow) => {
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
    await page.goto(`${product.address}/keys`)
    await page.waitForURL(/\/account\?from=/)
    expect(await page.getByRole('heading', { name: 'Change the password' }).count()).toBe(0)
    await page.getByLabel('Your password').fill(password)
    await page.keyboard.press('Enter')
    const secret = page.getByRole('group', { name: 'Secret, for typing' })
    await secret.waitFor()
    await expect.poll(() => focused(page)).toBe('Second factor')
    expect(await findingsOn(page)).toEqual([])
    const letters = (await secret.locator('code').textContent())!.replaceAll(' ', '')
    const backup = (await page.getByRole('group', { name: 'Backup codes' }).locator('code').textContent())!.split('\n')[0]!
    await page.getByLabel(/Type the code/).fill(totp(letters))
    await page.keyboard.press('Enter')
    // On the page that was wanted.
    await page.waitForURL(/\/keys$/)
    await page.getByRole('heading', { name: 'All keys' }).waitFor()
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
}, { looks: true })

function setUpCode(printed: string): string | undefined {
  return /sign-in: ([A-Z0-9-]+)/.exec(printed)?.[1]
}

import { expect, it } from 'vitest'
import { inBrowser } from './in-browser.js'
import { signIn } from './sign-in.js'

await inBrowser('a session in a real browser', (newWindow, address) => {
  const open = async (path: string) => {
    const page = await newWindow()
    await signIn(page, address, 'operator')
    await page.goto(`${address}${path}`)
    return page
  }

  it('a session that ends in the middle of work says so, and signing in leads back to the same page', async () => {
    const page = await open('/commercial-2025/reports')
    await page.getByRole('row').nth(2).waitFor()
    await page.context().clearCookies()
    await page.getByRole('combobox', { name: 'State' }).selectOption('superseded')
    await page.getByText('Your session has ended. You see what the public sees').waitFor()
    await page.getByRole('alert').filter({ hasText: 'You see what the public sees' }).getByRole('link', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: 'National · regulator, reading' }).click()
    await page.waitForURL(/\/commercial-2025\/reports\?state=superseded/)
    expect(await page.getByText('Your session has ended. You see what the public sees').count()).toBe(0)
    await page.context().close()
  })

  it('a page that was left alone says so of what it asks, and one that is used does not', async () => {
    const page = await open('/commercial-2025/reports')
    const asked: string[] = []
    page.on('request', (request) => void (request.url().endsWith('/api/session') && asked.push(request.headers()['x-lastmile-unattended'] === '1' ? 'alone' : 'used')))
    await page.clock.install()
    await page.reload()
    await page.getByRole('row').nth(2).waitFor()
    /** What is said of the last of what it asks while minutes pass, in each of which somebody touches it or nobody does. */
    const saysInTime = (word: string, isTouched: boolean) => expect.poll(async () => {
      if (isTouched) await page.keyboard.press('Tab')
      await Promise.all([page.waitForRequest('**/api/session'), page.clock.runFor('01:00')])
      return asked.at(-1)
    }).toBe(word)
    expect(new Set(asked)).toEqual(new Set(['used']))
    await saysInTime('alone', false)
    await saysInTime('used', true)
    await saysInTime('alone', false)
    await page.context().close()
  })
}, { looks: true })

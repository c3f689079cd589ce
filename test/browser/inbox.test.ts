import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { findingsOn } from './accessibility.js'
import { focused } from './focus.js'
import { inBrowser } from './in-browser.js'
import { cookieOf, signIn } from './sign-in.js'

const json = { 'content-type': 'application/json' }

/** Holds what a page asks of messages until it is told to let it go. */
async function held(page: Page): Promise<() => void> {
  let letGo = () => {}
  const gone = new Promise<void>((resolve) => (letGo = resolve))
  await page.route((url) => url.pathname === '/api/messages', async (route) => {
    await gone
    await route.continue()
  })
  return letGo
}

await inBrowser('the inbox in a real browser', (newWindow, address) => {
  const open = async (role: string, path: string, options: Parameters<typeof newWindow>[0] = {}): Promise<Page> => {
    const page = await newWindow(options)
    await signIn(page, address, role)
    await page.goto(`${address}${path}`)
    return page
  }
  const bell = (page: Page) => page.getByRole('banner').getByRole('link', { name: /^(Inbox|收件箱)/ })

  it('a regulator finds who is overdue under the bell, opens it, and acknowledges a page by keyboard alone', async () => {
    const page = await open('operator', '/commercial-2025')
    await bell(page).filter({ hasText: /\d/ }).waitFor()
    const before = Number(/\d+/.exec((await bell(page).getAttribute('aria-label'))!)![0])
    await bell(page).press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor()
    const first = page.getByRole('listitem').filter({ hasText: 'A source has not reported in time' }).first()
    await first.getByText('Due 10 June 2026').waitFor()
    expect(await findingsOn(page)).toEqual([])
    await first.getByRole('link').click()
    await page.waitForURL(/\/commercial-2025\/reports\?.*source=/)
    await page.goBack()
    const shown = await page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Acknowledge' }) }).count()
    await first.getByRole('button', { name: 'Acknowledge' }).press('Enter')
    await expect.poll(async () => Number(/\d+/.exec((await bell(page).getAttribute('aria-label'))!)![0])).toBe(before - 1)
    // The focus goes on to the next, once the list is there without the first.
    await expect.poll(() => page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Acknowledge' }) }).count()).toBe(shown - 1)
    await expect.poll(() => focused(page)).toBe('Acknowledge')
    // Whoever goes on before the list is there stays where he went.
    const letGo = await held(page)
    await page.keyboard.press('Enter')
    const all = page.getByRole('checkbox', { name: 'All on this page' })
    await all.focus()
    letGo()
    await expect.poll(() => page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Acknowledge' }) }).count()).toBe(shown - 2)
    await expect.poll(() => all.evaluate((box) => box === document.activeElement)).toBe(true)
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await expect.poll(() => focused(page)).toMatch(/^Acknowledge \d+ chosen$/)
    await expect.poll(() => page.locator(':focus').getAttribute('aria-disabled')).toBeNull()
    await page.keyboard.press('Enter')
    await page.getByText('Nothing is open.').waitFor()
    await expect.poll(() => bell(page).getAttribute('aria-label')).toBe('Inbox: 0 open messages')
    await page.getByRole('button', { name: 'Acknowledged or settled' }).click()
    await page.getByText('Acknowledged', { exact: false }).first().waitFor()
    await page.context().close()
  })

  it('省级经办在手机上实时看到新消息，打开报送，标为已阅，并设置不再提醒', async () => {
    const page = await open('province_officer', '/commercial-2025', { viewport: { width: 390, height: 844 }, locale: 'zh-CN' })
    const says = (words: string) => expect.poll(() => bell(page).getAttribute('aria-label')).toBe(words)
    // All but what he was told of a report is read already.
    await page.evaluate(async (headers) => {
      const { messages } = (await (await fetch('/api/messages?limit=500')).json()) as { messages: { id: string; kind: string }[] }
      const others = messages.filter(({ kind }) => kind !== 'report_reopened').map(({ id }) => id)
      if (others.length > 0) await fetch('/api/messages/acknowledged', { method: 'PUT', headers, body: JSON.stringify({ messages: others }) })
    }, json)
    await says('收件箱：1条未阅')
    const { messages: [reopened] } = await page.evaluate(async () => (await (await fetch('/api/messages?kind=report_reopened')).json()) as { messages: { subject: { report: string } }[] })
    const path = `/api/lists/commercial-2025/reports/${reopened!.subject.report}/approval`
    const approve = () => page.evaluate(async (to) => (await fetch(to, { method: 'POST' })).status, path)
    // What was asked for is done: it is open no more.
    expect(await approve()).toBe(200)
    await says('收件箱：0条未阅')
    const opened = await fetch(`${address}${path}`, { method: 'DELETE', headers: { ...json, origin: address, cookie: await cookieOf(address, 'operator') }, body: JSON.stringify({ reason: '有一列缺失' }) })
    expect(opened.status).toBe(200)
    await says('收件箱：1条未阅')
    await expect.poll(() => page.getByRole('status').filter({ hasText: '收件箱：1条未阅' }).count()).toBe(1)
    await bell(page).click()
    const one = page.getByRole('listitem').filter({ hasText: '请更正后重新报送。' })
    await one.getByRole('heading', { name: '报送已重新打开' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(await findingsOn(page)).toEqual([])
    await one.getByRole('link').click()
    await page.waitForURL(`**/commercial-2025/reports/${reopened!.subject.report}*`)
    await page.goBack()
    await one.getByRole('button', { name: '不再提醒' }).click()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await page.getByRole('button', { name: '此类消息：报送已重新打开' }).click()
    const mutes = page.getByRole('region', { name: '不再提醒的内容' })
    await mutes.getByText('报送已重新打开').first().waitFor()
    await says('收件箱：0条未阅')
    await mutes.getByRole('button', { name: /^恢复提醒/ }).click()
    await mutes.getByText('没有。').waitFor()
    await says('收件箱：1条未阅')
    await one.getByRole('checkbox').press('Space')
    await page.getByRole('button', { name: '将所选1条标为已阅' }).press('Enter')
    await page.getByText('没有未阅消息。').waitFor()
    await says('收件箱：0条未阅')
    await page.context().close()
  })

  it('whoever has no account has no inbox, and who looks as another sees none', async () => {
    const page = await newWindow()
    await page.goto(`${address}/commercial-2025`)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    expect(await bell(page).count()).toBe(0)
    await page.goto(`${address}/inbox`)
    await page.getByText('Sign in', { exact: false }).first().waitFor()
    expect(await page.getByRole('listitem').filter({ hasText: 'Acknowledge' }).count()).toBe(0)
    await page.context().close()
  })
})

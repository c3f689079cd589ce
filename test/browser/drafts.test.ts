import { expect, it } from 'vitest'
import { asks } from './case-asked.js'
import { inBrowser } from './in-browser.js'
import { openerOf } from './opener.js'

await inBrowser('what is typed and not sent', (newWindow, address) => {
  const open = openerOf(newWindow, address, '/commercial-2025')

  it('a comment that is half typed is there again when the page was loaded anew, and not when it was sent, wherever one looks meanwhile', async () => {
    const page = await open('operator', '/cases')
    const { cases: [code] } = await asks(page, '', { evidence: 'declared', by: 'drug', gaps: [{ drug: 'CID2025003', region: '220000' }] })
    await page.goto(`${address}/commercial-2025/cases/${code}`)
    const text = page.getByLabel('意见内容')
    await text.fill('先问省里')
    await page.reload()
    await expect.poll(() => text.inputValue()).toBe('先问省里')
    // What another version of the program may have kept is not taken for it.
    for (const kept of ['"a text alone"', '5', '{}', '{"version":0,"value":{"text":5}}', '[', 'null']) {
      await page.evaluate((said) => { for (const name of Object.keys(sessionStorage)) if (name.startsWith('lastmile-draft')) sessionStorage.setItem(name, said) }, kept)
      await page.reload()
      expect([kept, await text.inputValue()]).toEqual([kept, ''])
    }
    await text.fill('先问省里')
    let answered = () => {}
    const held = new Promise<void>((resolve) => { answered = resolve })
    await page.route(/\/comments$/, async (route) => { await held; await route.continue() })
    await page.getByRole('button', { name: '发表' }).press('Enter')
    await page.getByRole('navigation').getByRole('link', { name: '缺口', exact: true }).click()
    const sent = page.waitForResponse(/\/comments$/)
    answered()
    await sent
    await expect.poll(() => page.evaluate(() => Object.keys(sessionStorage).filter((name) => name.startsWith('lastmile-draft')))).toEqual([])
    await page.goBack()
    await page.getByText('先问省里').waitFor()
    await expect.poll(() => text.inputValue()).toBe('')
    // Who comes back before it was answered finds it, and no longer once it is.
    const later = new Promise<void>((resolve) => { answered = resolve })
    await page.unroute(/\/comments$/)
    await page.route(/\/comments$/, async (route) => { await later; await route.continue() })
    await text.fill('再问企业')
    await page.getByRole('button', { name: '发表' }).press('Enter')
    await page.getByRole('navigation').getByRole('link', { name: '缺口', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: '缺口' }).waitFor()
    await page.goBack()
    await text.waitFor()
    await expect.poll(() => text.inputValue()).toBe('再问企业')
    answered()
    await expect.poll(() => text.inputValue()).toBe('')
    await page.context().close()
  })
})

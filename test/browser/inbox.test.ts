import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { sheets } from '../server/http/sheets.js'
import { filledIn } from '../support/fill-workbook.js'
import { findingsOn } from './accessibility.js'
import { focused } from './focus.js'
import { inBrowser } from './in-browser.js'
import { cookieOf, signIn } from './sign-in.js'

const json = { 'content-type': 'application/json' }

inBrowser('the inbox in a real browser', (newWindow, address) => {
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
    await first.getByRole('button', { name: 'Acknowledge' }).press('Enter')
    await expect.poll(async () => Number(/\d+/.exec((await bell(page).getAttribute('aria-label'))!)![0])).toBe(before - 1)
    // The focus goes on to the next.
    await expect.poll(() => focused(page)).toBe('Acknowledge')
    await page.getByRole('checkbox', { name: 'All on this page' }).press('Space')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toMatch(/^Acknowledge \d+ chosen$/)
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
    await says('收件箱：1条未阅')
    const { messages: [reopened] } = await page.evaluate(async () => (await (await fetch('/api/messages')).json()) as { messages: { subject: { report: string } }[] })
    const path = `/api/lists/commercial-2025/reports/${reopened!.subject.report}/approval`
    const approve = () => page.evaluate(async (to) => (await fetch(to, { method: 'POST' })).status, path)
    // What was asked for is done: it is open no more.
    expect(await approve()).toBe(200)
    await says('收件箱：0条未阅')
    const opened = await fetch(`${address}${path}`, { method: 'DELETE', headers: { ...json, origin: address, cookie: await cookieOf(address, 'operator') }, body: JSON.stringify({ reason: '有一列缺失' }) })
    expect(opened.status).toBe(200)
    await says('收件箱：1条未阅')
    expect(await page.getByRole('status').filter({ hasText: '收件箱：1条未阅' }).count()).toBe(1)
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

// In this file, since what is decided in it is told to the same officer: the inbox is looked at before.
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

inBrowser('a month of a provincial officer, in Chinese', (newWindow, address) => {
  const chinese = async (role: string, path: string, width = 1280): Promise<Page> => {
    const page = await newWindow({ viewport: { width, height: 900 }, locale: 'zh-CN' })
    await signIn(page, address, role)
    await page.goto(`${address}/commercial-2025${path}`)
    return page
  }
  /** The bytes of what a click hands out. */
  const handedOut = async (page: Page, click: () => Promise<void>): Promise<Uint8Array> => {
    const [download] = await Promise.all([page.waitForEvent('download'), click()])
    return new Uint8Array(await readFile(await download.path()))
  }
  const choose = (page: Page, name: string, book: Uint8Array) => page.locator('input[type=file]').setInputFiles({ name, mimeType: xlsx, buffer: Buffer.from(book) })

  it('template, fill, check, errors in the file, correct, send, approve, receipt', async () => {
    const page = await chinese('province_officer', '/reports?send=province-370000')
    await page.getByLabel('报送月份').fill('2026-06')
    // One city's part: what others do to the province's month stays theirs.
    await page.getByText('报送方式、范围与发布时间').click()
    await page.getByLabel(/^仅限某一/).nth(1).selectOption({ label: '青岛市' })
    const template = await handedOut(page, () => page.getByRole('button', { name: '下载填报模板' }).click())
    const [data] = await sheets(template)
    const head = data!.rows.findIndex((row) => row.some(({ text }) => text === '配备状态'))
    const column = (heading: string) => data!.rows[head]!.findIndex(({ text }) => text === heading)
    const [last, status] = [column('上期状态（空白行不报送）'), String.fromCharCode(65 + column('配备状态'))]

    // As last month, but for what ran out; one status is written as nobody writes it.
    const typed: Record<string, string> = {}
    data!.rows.forEach((row, at) => {
      if (at > head && row[last]?.text) typed[`${status}${at + 1}`] = row[last].text
    })
    const cells = Object.keys(typed)
    expect(cells.length).toBeGreaterThan(6)
    typed[cells[3]!] = '缺货'
    const wrong = { ...typed, [cells[5]!]: '有没有' }

    await choose(page, '山东六月.xlsx', filledIn(template, wrong))
    await page.getByRole('button', { name: '仅校验' }).click()
    await page.getByText('山东六月.xlsx有错误').waitFor()
    await page.getByText('有1处错误').waitFor()
    expect(await page.getByText('状态无法识别').count()).toBeGreaterThan(0)

    await page.getByRole('form', { name: '报送文件' }).getByRole('button', { name: '报送', exact: true }).click()
    await page.getByText('山东六月.xlsx有错误，未被接受').waitFor()
    const marked = await handedOut(page, () => page.getByRole('link', { name: /错误已标出/ }).click())
    const [back] = await sheets(marked)
    const at = back!.rows.findIndex((row) => row.some(({ text }) => text.includes('有没有')))
    expect(back!.rows[at]!.at(-1)!.text).toContain('状态无法识别')

    // Mended where it is marked, and sent again as it came back.
    const place = back!.rows[at]!.findIndex(({ text }) => text === '有没有')
    await choose(page, '山东六月（已改）.xlsx', filledIn(marked, { [`${String.fromCharCode(65 + place)}${at + 1}`]: '有货' }))
    await page.getByRole('form', { name: '报送文件' }).getByRole('button', { name: '报送', exact: true }).click()
    await page.getByText('山东六月（已改）.xlsx已接受').waitFor()
    const receipt = page.getByRole('link', { name: /^province-370000-2026-\d{4}$/ }).first()
    const number = await receipt.textContent()
    const id = /reports\/([0-9a-f]{16})/.exec((await receipt.getAttribute('href'))!)![1]!

    // Nobody approves his own: his province has no other officer, so the regulator does, and it is recorded as such.
    await page.goto(`${address}/commercial-2025/reports/${id}`)
    await page.getByText('不能审核或核实本人报送的文件。').waitFor()
    const operator = await chinese('operator', `/reports/${id}`)
    await operator.getByRole('button', { name: '审核通过' }).click()
    await operator.getByText('已审核，报送已锁定。').waitFor()
    await operator.context().close()

    await page.goto(`${address}/commercial-2025/reports/${id}/receipt`)
    await page.getByRole('heading', { level: 1, name: '报送回执' }).waitFor()
    const sheet = (await page.getByRole('article').textContent()) ?? ''
    for (const words of [number!, '山东省', '2026-06', '接受，计入各项数字', '审核']) expect(sheet).toContain(words)
    expect(await findingsOn(page)).toEqual([])
    await page.context().close()
  })

  it('what does not look right waits, the regulator returns it for a reason, and its sender reads why', async () => {
    const page = await chinese('company', '/reports?state=quarantined')
    const operator = await chinese('operator', '/reports?state=quarantined')
    await operator.getByRole('region', { name: '全部报送' }).getByRole('rowheader').first().getByRole('link').first().click()
    await operator.getByText('机构数由599降至240').waitFor()
    await operator.getByText('若现在计入：').waitFor()
    expect(await findingsOn(operator)).toEqual([])
    await operator.getByLabel('原因').fill('文件不完整，缺少后半部分。')
    await operator.getByRole('button', { name: '退回', exact: true }).click()
    await operator.getByRole('group', { name: /退回这份报送/ }).getByRole('button', { name: '退回' }).press('Enter')
    await operator.getByText('已退回。', { exact: true }).waitFor()
    await operator.getByText('文件不完整，缺少后半部分。').waitFor()
    await operator.context().close()
    await page.context().close()
  })
})

import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { sheets } from '../server/http/sheets.js'
import { filledIn } from '../support/fill-workbook.js'
import { findingsOn } from './accessibility.js'
import { inBrowser } from './in-browser.js'
import { signIn } from './sign-in.js'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

await inBrowser('a month of a provincial officer, in Chinese', (newWindow, address) => {
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
    await expect.poll(() => page.getByText('状态无法识别').count()).toBeGreaterThan(0)

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

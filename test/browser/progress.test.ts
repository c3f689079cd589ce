import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { findingsOn } from './accessibility.js'
import { inBrowser } from './in-browser.js'
import { signIn } from './sign-in.js'

await inBrowser('a company\'s home in a real browser', (newWindow, address) => {
  const open = async (role: string, path: string, options: { width?: number; locale?: string; colorScheme?: 'dark' } = {}): Promise<Page> => {
    const page = await newWindow({ viewport: { width: options.width ?? 1280, height: 900 }, locale: options.locale ?? 'zh-CN', ...(options.colorScheme ? { colorScheme: options.colorScheme } : {}) })
    await signIn(page, address, role)
    await page.goto(`${address}${path}`)
    return page
  }
  const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)

  it('a company comes to it first from the header, is told what to do next, and opens every number by keyboard', async () => {
    const page = await open('company', '/commercial-2025')
    const first = page.getByRole('navigation', { name: '页面' }).getByRole('link').first()
    await first.waitFor()
    await expect.poll(() => first.textContent()).toBe('落地进度')
    await first.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: '落地进度' }).waitFor()
    const next = page.getByRole('region', { name: '优先办理事项' })
    await next.getByRole('listitem').first().waitFor()

    // Where pairs drop off: the number of a set shows exactly its pairs.
    const dropOff = page.getByRole('region', { name: '从申报到供应' })
    const refuted = dropOff.getByRole('link', { name: /^申报未获认可/ })
    await refuted.waitFor()
    const count = Number((await refuted.locator('b').textContent())!.replaceAll(',', ''))
    await refuted.focus()
    await page.keyboard.press('Enter')
    await dropOff.getByRole('heading', { name: new RegExp(`^申报未获认可：${count}对$`) }).waitFor()
    await expect.poll(() => new URL(page.url()).searchParams.get('set')).toBe('refuted')
    await expect.poll(() => dropOff.getByRole('table').last().getByRole('row').count()).toBe(Math.min(25, count) + 1)

    // The curve: another count, and the twin of the picture with the band beside it.
    const curves = page.getByRole('region', { name: /^列入目录后/ })
    await curves.getByText(/^同类：/).first().waitFor()
    await curves.getByRole('button', { name: '机构', exact: true }).press('Enter')
    await curves.getByRole('heading', { name: /同一时点配备机构数/ }).waitFor()

    // What moved is there after a reload, and gone once it was seen.
    const moves = page.getByRole('region', { name: '上次查看以来的变化' })
    await moves.getByText(/^首次查看/).waitFor()
    await page.reload()
    await moves.getByText(/当天内多次打开/).waitFor()
    expect(await moves.getByRole('link', { name: /^新增/ }).locator('b').textContent()).not.toBe('0')
    await moves.getByRole('button', { name: '标记为已查看' }).press('Enter')
    await expect.poll(() => moves.getByRole('link', { name: /^新增/ }).locator('b').textContent()).toBe('0')

    // Each number above the board opens exactly so many ladders, whichever word it rests on; on a company's word alone there is one, too.
    const board = page.getByRole('region', { name: '各报送单元进展' })
    const numbers = board.getByRole('link', { name: /，查看是哪些$/ })
    await numbers.first().waitFor()
    const names = await numbers.evaluateAll((links) => links.map((link) => [link.getAttribute('aria-label')!, Number(/\d+/.exec(link.textContent!)![0])] as const))
    const tried = [names[0]!, ...[/仅企业/, /一站式/].flatMap((one) => names.filter(([name]) => one.test(name)).slice(0, 1))]
    expect(tried.length).toBeGreaterThan(1)
    for (const [name, many] of tried) {
      await board.getByRole('link', { name, exact: true }).press('Enter')
      await page.waitForURL(/\/ladder\?.*state=held/)
      await page.getByText(/^仅显示.*为“已具备或有条件（/).waitFor()
      await expect.poll(() => page.getByRole('table', { name: /各地最后一公里进展$/ }).getByRole('row').count()).toBe(2 + many)
      await page.goBack()
      await board.getByRole('link', { name, exact: true }).waitFor()
    }

    // A cell of the board leads to its ladder.
    await board.getByRole('table').getByRole('row').nth(1).locator('a[href*="/ladder/"]').press('Enter')
    await page.waitForURL(/\/ladder\/CID\d+\/\d+/)
    await page.goBack()
    const own = page.getByRole('region', { name: '本企业报送' })
    await own.getByRole('table').waitFor()
    expect(await findingsOn(page)).toEqual([])
    await page.context().close()
  })

  it('in English on a phone and in the dark it is read without scrolling sideways; a company that is another\'s is not there', async () => {
    const page = await open('company', '/commercial-2025/progress?company=eisai&evidence=confirmed', { width: 390, locale: 'en-GB', colorScheme: 'dark' })
    await page.getByRole('heading', { level: 1, name: 'Listing progress' }).waitFor()
    for (const name of ['What is best done next', 'What moved since the last visit', 'Progress by unit', 'From declaration to supply', 'The company\'s own reports']) await page.getByRole('region', { name }).waitFor()
    await page.getByRole('region', { name: 'From declaration to supply' }).getByRole('link', { name: /^Declared/ }).first().waitFor()
    await page.waitForLoadState('networkidle')
    expect([await fits(page), await findingsOn(page)]).toEqual([true, []])
    const refused = await page.evaluate(async () => (await fetch('/api/lists/commercial-2025/progress/drop-off?company=not-mine')).status)
    expect(refused).toBe(404)
    await page.context().close()
  })

  it('what is counted of a company\'s reports opens its periods of the present, whatever the address asks; what a report lists opens that', async () => {
    const page = await open('operator', '/commercial-2025/progress?company=fosun-kairos&asOf=2026-02-01')
    const own = page.getByRole('region', { name: '本企业报送' })
    const missing = own.getByRole('link', { name: /未报送：\d+$/ })
    const many = Number(await missing.innerText())
    expect(many).toBeGreaterThan(1)
    await missing.press('Enter')
    await page.getByRole('heading', { name: `未报送：${many}个报送期` }).waitFor()
    const calendar = page.getByRole('region', { name: '报送日历' })
    expect([await calendar.getByRole('rowheader').count(), await page.getByLabel('来源', { exact: true }).inputValue()]).toEqual([many, 'company-fosun-kairos'])
    await page.goBack()
    await own.getByRole('link', { name: /（2026-\d\d）$/ }).press('Enter')
    await page.getByRole('dialog').getByText('是否齐全').waitFor()
    await page.context().close()
  })

  it('the regulator chooses a company and reads the same; whoever is nobody finds no way there', async () => {
    const page = await open('reader', '/commercial-2025/progress', { locale: 'en-GB' })
    await page.getByText('Choose a company to see how its drugs stand.', { exact: false }).waitFor()
    await page.getByRole('combobox', { name: /company/i }).selectOption('lilly')
    await page.getByRole('region', { name: 'What is best done next' }).getByRole('listitem').first().waitFor()
    await expect.poll(() => new URL(page.url()).searchParams.get('company')).toBe('lilly')
    // An address can name a drug that is none of the company's, or that there is not: the rest stays to be read.
    await page.goto(`${address}/commercial-2025/progress?company=lilly&drug=nothing`)
    await page.getByRole('region', { name: 'From declaration to supply' }).getByRole('link', { name: /^Declared: / }).waitFor()
    await page.goto(`${address}/commercial-2025/drugs/nothing/life`)
    await page.getByRole('alert').waitFor()
    await expect.poll(() => page.getByRole('heading', { level: 1 }).count()).toBe(1)
    await page.context().close()
    const nobody = await newWindow({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' })
    await nobody.goto(`${address}/commercial-2025`)
    await nobody.getByRole('link', { name: '缺口督导', exact: true }).first().waitFor()
    expect(await nobody.getByRole('link', { name: '落地进度', includeHidden: true }).count()).toBe(0)
    await nobody.goto(`${address}/commercial-2025/progress`)
    await nobody.getByRole('alert').waitFor()
    expect(await nobody.getByText('选择一家企业', { exact: false }).count()).toBe(0)
    await nobody.context().close()
  })
})

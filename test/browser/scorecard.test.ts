import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { findingsOn } from './accessibility.js'
import { focused } from './focus.js'
import { inBrowser } from './in-browser.js'
import { openerOf } from './opener.js'

/* A province reads its scorecard: each number opens exactly what it counts, by keyboard; a phone shows all of it without scrolling sideways. */

await inBrowser('the scorecard of a province in a real browser', (newWindow, address) => {
  const opens = openerOf(newWindow, address, '/commercial-2025')
  const open = async (path: string, options: Parameters<typeof opens>[2] = {}, role = 'province_officer'): Promise<Page> => {
    const page = await opens(role, path, options)
    await page.getByRole('heading', { level: 2 }).first().waitFor()
    return page
  }
  const numberIn = (text: string) => Number(/(\d+)(?!.*\d)/.exec(text)![1])

  it('a number opens its rows, as many as it says, and whoever closes them by keyboard goes on from it', async () => {
    const page = await open('/scorecard/370000')
    const standards = page.getByRole('table').filter({ has: page.getByRole('columnheader', { name: '现有 / 标准' }) })
    const numbers = standards.getByRole('link', { name: /现有 \/ 标准.*药店：\d+/ })
    await numbers.first().waitFor()
    const [number, label] = [numbers.last(), await numbers.last().getAttribute('aria-label')]
    const says = Number(await number.innerText())
    expect(says).toBeGreaterThan(0)
    await number.focus()
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('table').waitFor()
    await expect.poll(() => drawer.getByRole('row').count()).toBe(says + 1)
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toBe(label)
    // A number of the standards shows its drugs alone; a zero leads nowhere, since nothing is behind it.
    const stands = page.getByRole('region', { name: '配备标准' }).getByRole('listitem')
    const notKnown = stands.filter({ hasText: '无法判定' })
    await notKnown.getByRole('link').press('Enter')
    await page.waitForURL(/stand=not_known/)
    await expect.poll(async () => await standards.getByRole('row').count() - 1).toBe(numberIn(await notKnown.innerText()))
    const zeros = await page.getByRole('article').getByRole('link', { name: /^0$|[：:]\s*0$/ }).count()
    expect([await stands.filter({ hasText: '未达到' }).innerText(), await stands.filter({ hasText: '未达到' }).getByRole('link').count(), zeros]).toEqual(['未达到 0', 0, 0])
    expect(await findingsOn(page)).toEqual([])
    await page.context().close()
  })

  it('a number of reporting shows its periods alone, a row each; one of duties its institutions, and those that said nothing are called so', async () => {
    // It shows what is known now, says so, and so does what its numbers open.
    const page = await open('/scorecard/370000?knownOn=2026-05-02T00:00:00Z')
    await page.getByText('本页按当前所知显示，不随“按某时点所知”变化。').waitFor()
    const reporting = page.getByRole('region', { name: '数据报送' })
    await reporting.getByRole('listitem').first().waitFor()
    const counts = await reporting.getByRole('listitem').filter({ has: page.getByRole('link') }).allInnerTexts()
    expect(counts.length).toBeGreaterThan(1)
    for (const text of counts) {
      const [word, says] = [text.split(/\s/)[0]!, numberIn(text)]
      await reporting.getByRole('link', { name: `${word}：${says}`, exact: true }).press('Enter')
      await page.waitForURL(/\/reporting\?(?!.*knownOn).*state=/)
      await page.getByRole('heading', { name: `${word}：${says}个报送期` }).waitFor()
      await expect.poll(() => page.getByRole('table', { name: word, exact: true }).getByRole('row').count()).toBe(says + 1)
      await page.goBack()
      await reporting.getByRole('listitem').first().waitFor()
    }
    // What nobody reported is said in that word, not that it cannot be judged.
    const duties = page.getByRole('row', { name: /^按期完成的期限任务/ })
    await expect.poll(() => duties.innerText()).toMatch(/；未报送\s*\d+/)
    const silent = duties.getByRole('link', { name: /未报送：\d+$/ })
    const says = Number(await silent.innerText())
    await silent.press('Enter')
    await page.waitForURL(/\/duties\?(?!.*knownOn).*state=not_reported/)
    await expect.poll(async () => await page.getByRole('table').last().getByRole('row').count() - 1).toBe(says)
    await page.context().close()
  })

  it('on a phone nothing scrolls sideways: of the scorecard, the ladder and the demands each row is a card', async () => {
    for (const [path, role] of [['/scorecard/370000', 'province_officer'], ['/scorecard', 'operator'], ['/ladder?unit=370000', 'province_officer'], ['/demand', 'operator']] as const) {
      const page = await open(path, { width: 390, locale: 'en-GB' }, role)
      await page.getByRole('rowheader').first().waitFor()
      const sideways = await page.evaluate(() => [document.documentElement, ...document.querySelectorAll('main *')].filter((one) => one.scrollWidth > one.clientWidth + 1 && (one === document.documentElement || ['auto', 'scroll'].includes(getComputedStyle(one).overflowX))).length)
      expect([path, sideways, await findingsOn(page)]).toEqual([path, 0, []])
      await page.context().close()
    }
  })

  it('beside a demand, what nobody reported is no zero; and the page says that it shows the present', async () => {
    const page = await open('/demand?drug=CID2025006&asOf=2026-05-01', {}, 'operator')
    await page.getByText('本页显示截至2026年6月30日的情况，不随网址中的日期变化。').waitFor()
    const city = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: /^喀什地区/ }) })
    await city.waitFor()
    expect((await city.getByRole('listitem').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim())).toEqual(['企业申报 未报送', '确认 未报送', '实际供应 未见供应'])
    // A zero that somebody reported is one, and opens those who say no.
    await page.goto(`${address}/commercial-2025/demand?drug=CID2025019`)
    await page.getByRole('link', { name: /^昌都市/ }).waitFor()
    const zero = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: /^昌都市/ }) }).getByRole('link', { name: /^确认：0/ })
    await zero.press('Enter')
    await page.getByRole('dialog').getByRole('table').waitFor()
    for (const row of await page.getByRole('dialog').getByRole('table').getByRole('row').allInnerTexts()) expect(row).not.toMatch(/未报送|不详|已过期|已配备/)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toContain('确认：0')
    // What is counted today opens what is known of today, whatever the address asks.
    await page.goto(`${address}/commercial-2025/demand?drug=CID2025019&asOf=2026-03-01&knownOn=2026-03-01T00:00:00Z&since=2026-06-01`)
    const numbers = page.getByRole('table').getByRole('link', { name: /^(企业申报|实际供应)：[1-9]/ })
    await numbers.first().waitFor()
    for (const number of (await numbers.all()).slice(0, 4)) {
      const says = Number(await number.innerText())
      await number.press('Enter')
      await expect.poll(async () => await page.getByRole('dialog').getByRole('row').count() - 1).toBe(Math.min(says, 50))
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    // Who came by an address with rows in it reads on at the page, not at nothing.
    await page.goto(`${address}/commercial-2025/demand?rows=evidence:declared;drug:CID2025019;region:370000;state:in_stock`)
    await page.getByRole('dialog').getByRole('table').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toBe('main')
    await page.context().close()
  })
}, { looks: true })

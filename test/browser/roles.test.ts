import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { accountRoles } from '@lastmile/shared/permission'
import { inBrowser } from './in-browser.js'
import { quietOf, speak, spoken } from './looks-well.js'
import { signIn } from './sign-in.js'

/** What the header calls each role in either language. Written by hand: whoever takes a role for another sees it here. */
const called: Record<(typeof accountRoles)[number] | 'public', { zh: string; en: string }> = {
  public: { zh: '公众', en: 'Public' },
  reader: { zh: '全国 · 监管查看', en: 'National · regulator, reading' },
  operator: { zh: '全国 · 监管经办', en: 'National · regulator, operating' },
  system_administrator: { zh: '全国 · 系统管理员', en: 'National · system administrator' },
  security_administrator: { zh: '全国 · 安全管理员', en: 'National · security administrator' },
  auditor: { zh: '全国 · 审计员', en: 'National · auditor' },
  province_officer: { zh: '山东 · 省级经办', en: 'Shandong · provincial officer' },
  city_officer: { zh: '济南市 · 市级经办', en: 'Jinan · city officer' },
  company: { zh: '卫材（中国）药业有限公司 · 企业', en: 'Eisai China · company' },
  insurer: { zh: '保险机构', en: 'insurer' },
  institution: { zh: '济南演示大学附属第1医院 · 定点医药机构', en: '济南演示大学附属第1医院 · institution' },
}

/** Pages that everybody may look at, beside those that the bar offers. */
const besides = ['/commercial-2025/drugs/CID2025019?rows=drug:CID2025019;state:in_stock', '/commercial-2025/companies/eisai', '/commercial-2025/regions/370000', '/commercial-2025/institutions/H37010290001']

await inBrowser('walking as each role, in both languages', (newWindow, address) => {
  it.each([...accountRoles, 'public' as const])('%s: the header says who it is, and every page that is offered opens without a refusal, an error or a word of the program', async (role) => {
    const page = await newWindow({ locale: 'zh-CN' })
    if (role !== 'public') await signIn(page, address, role)
    const wrong: string[] = []
    page.on('response', (answer) => void (answer.status() >= 400 && wrong.push(`${answer.status()} ${answer.url()}`)))
    page.on('pageerror', (error) => void wrong.push(String(error)))
    const quiet = quietOf(page)
    /** Waits until a page has opened and asks for nothing more: before, what is pressed may move away under the press. */
    const opened = async () => {
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      await quiet()
    }
    /** Reads a page as it opened, in the language of the page before, and then in the other. */
    const readsWell = async (at: string) => {
      await opened()
      const first = await spoken(page)
      for (const language of [first, first === 'zh' ? 'en' : 'zh'] as const) {
        if (language !== first) {
          await speak(page, language)
          await quiet()
        }
        expect(await page.getByRole('heading', { level: 1 }).first().textContent(), `${at} ${language}`).not.toBe('')
        expect(await keysIn(page), `${at} ${language}`).toEqual([])
        expect((await page.getByRole('banner').textContent())!.replaceAll(/\s+/g, ' '), `${at} ${language}`).toContain(called[role][language])
      }
    }
    await page.goto(`${address}/commercial-2025`)
    await readsWell('the first page')
    // Every link of the bar, as it shows when the group that it is in was opened.
    const bar = page.getByRole('navigation').first()
    const walked = new Set<string>()
    for (let next = await nextOf(bar, walked); next !== null; next = await nextOf(bar, walked)) {
      walked.add(next)
      // A page that stands in no list has no bar of a list: back to where one is.
      if ((await bar.locator(`a[href="${next}"]:visible`).count()) === 0) {
        await page.goto(`${address}/commercial-2025`)
        await opened()
      }
      await bar.locator(`a[href="${next}"]:visible`).last().click()
      await page.waitForURL((url) => url.pathname === next)
      await readsWell(next)
    }
    expect(walked.size).toBeGreaterThanOrEqual(5)
    for (const path of [...besides, role === 'public' ? '/sign-in' : '/account']) {
      await page.goto(address + path)
      await readsWell(path)
    }
    expect(wrong).toEqual([])
    await page.context().close()
  })
}, { looks: true })

/** A page that the bar leads to and that was not looked at yet: one that is shown first. */
async function nextOf(bar: Locator, walked: ReadonlySet<string>): Promise<string | null> {
  const links = await bar.getByRole('link', { includeHidden: true }).evaluateAll((all) => all.map((link) => ({ href: link.getAttribute('href')!, isShown: link.checkVisibility() })))
  const left = links.filter(({ href }) => !walked.has(href))
  return (left.find(({ isShown }) => isShown) ?? left[0])?.href ?? null
}

/** Texts on the page that are names of texts: `reports.sourcesUnit` stands there where no language has the words. Names of files, codes and values of the audit are data. */
function keysIn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) if (!walker.currentNode.parentElement!.closest('code, [data-part]')) texts.push(walker.currentNode.textContent!.trim())
    return texts.filter((text) => /^[a-z]\w*(?:\.[a-z]\w*)+$/.test(text) && !/\.(?:csv|xlsx)$/.test(text))
  })
}

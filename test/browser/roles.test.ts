import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { accountRoles } from '@lastmile/shared/permission'
import { inBrowser } from './in-browser.js'
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
  city_officer: { zh: '济南市 · 市级经办', en: '济南市 · city officer' },
  company: { zh: '卫材（中国）药业有限公司 · 企业', en: 'Eisai China · company' },
  insurer: { zh: '保险机构', en: 'insurer' },
  institution: { zh: '济南演示大学附属第1医院 · 定点医药机构', en: '济南演示大学附属第1医院 · institution' },
}

/** Pages that everybody may look at, beside those that the bar offers. */
const besides = ['/commercial-2025/drugs/CID2025019?rows=drug:CID2025019;state:in_stock', '/commercial-2025/companies/eisai', '/commercial-2025/regions/370000', '/commercial-2025/institutions/H37010290001']

inBrowser('walking as each role, in both languages', (newWindow, address) => {
  it.each([...accountRoles, 'public' as const])('%s: the header says who it is, and every page that is offered opens without a refusal, an error or a word of the program', async (role) => {
    await Promise.all((['zh', 'en'] as const).map((language) => walk(role, language)))
  })

  async function walk(role: keyof typeof called, language: 'zh' | 'en'): Promise<void> {
    const page = await newWindow({ locale: language === 'zh' ? 'zh-CN' : 'en-GB' })
    if (role !== 'public') await signIn(page, address, role)
    const wrong: string[] = []
    page.on('response', (answer) => void (answer.status() >= 400 && wrong.push(`${answer.status()} ${answer.url()}`)))
    page.on('pageerror', (error) => void wrong.push(String(error)))
    await shown(page, `${address}/commercial-2025`)
    expect((await page.getByRole('banner').textContent())!.replaceAll(/\s+/g, ' ')).toContain(called[role][language])
    const offered = await page.getByRole('navigation').first().getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')!))
    expect(offered.length).toBeGreaterThanOrEqual(5)
    for (const path of [...offered, ...besides, ...(role === 'public' ? ['/sign-in'] : ['/account'])]) {
      await shown(page, address + path)
      expect(await page.getByRole('heading', { level: 1 }).first().textContent(), path).not.toBe('')
      expect(await keysIn(page), path).toEqual([])
    }
    expect(wrong).toEqual([])
    await page.context().close()
  }
})

async function shown(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForLoadState('networkidle')
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

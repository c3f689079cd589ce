import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { Bulletin, BulletinAnswer, BulletinFigures, RemadeAnswer, type BulletinRun } from '@lastmile/shared/bulletin'
import { dayIn } from '@lastmile/shared/day'
import { addWorkingDays, WorkingCalendar } from '@lastmile/shared/working-day'
import { findingsOn } from './accessibility.js'
import { drugCalled } from './drug-called.js'
import { inBrowser } from './in-browser.js'
import { cookieOf, signIn } from './sign-in.js'

/** A day that is worked, whichever day the tests run on: what is said at a weekend opens to those named on the next day that is worked. */
const calendar = WorkingCalendar.parse(JSON.parse(await readFile(new URL('../../db/calendars/cn.json', import.meta.url), 'utf8')))
const workday = addWorkingDays(calendar, dayIn('Asia/Shanghai', new Date().toISOString()), 1)

/*
 * The demonstration's bulletins hold the published figures, and a bulletin is walked from draft to the lines of those whom
 * it names, in Chinese.
 */

await inBrowser('bulletins in a real browser', (newWindow, address) => {
  const api = `${address}/api/lists/commercial-2025/bulletins`
  const open = async (role: string, path: string, options: { width?: number; locale?: string } = {}): Promise<Page> => {
    const page = await newWindow({ viewport: { width: options.width ?? 1440, height: 900 }, locale: options.locale ?? 'zh-CN' })
    if (role !== 'public') await signIn(page, address, role)
    await page.goto(`${address}/commercial-2025${path}`)
    return page
  }
  const figuresOf = async (code: string) => BulletinFigures.parse(await (await fetch(`${api}/${code}/forms/data.json`)).json())
  const sentencesOf = async (code: string, language = 'zh') => {
    const { document } = BulletinAnswer.parse(await (await fetch(`${api}/${code}?language=${language}`)).json())
    const text = (runs: BulletinRun[]) => runs.map((run) => (typeof run === 'string' ? run : run.text)).join('')
    return document!.blocks.map((one) => (one.block === 'paragraph' ? text(one.runs) : '')).join('\n')
  }
  /** Does something with bulletins as the operator, without a window. */
  const post = async (path: string, body: object): Promise<Bulletin> => {
    const answer = await fetch(`${api}${path}`, { method: 'POST', headers: { cookie: await cookieOf(address, 'operator'), 'content-type': 'application/json' }, body: JSON.stringify(body) })
    expect(answer.ok, await answer.clone().text()).toBe(true)
    return Bulletin.parse(await answer.json())
  }
  /** The first day on which a bulletin can be published of which those named see their lines from now on. */
  const soonest = async (code: string) => {
    const answer = await fetch(`${api}/${code}/embargo`, { method: 'POST', headers: { cookie: await cookieOf(address, 'operator'), 'content-type': 'application/json' }, body: JSON.stringify({ publishAt: `${workday}T15:59:00.000Z` }) })
    return /\d{4}-\d{2}-\d{2}/.exec(await answer.text())![0]
  }
  const institutionsOf = ({ drugs }: BulletinFigures, slug: string) => drugs.find(({ drug }) => drug === drugCalled(slug))!.institutions

  it('as of 2026-01-11 it says what was published: 16 of 19 drugs declared at 965 institutions, 449 hospitals and 516 pharmacies, three nowhere', async () => {
    const figures = await figuresOf('2026-1')
    expect(figures.basis).toMatchObject({ asOf: '2026-01-11', evidence: 'declared' })
    expect(figures.total).toMatchObject({ drugsListed: 19, drugsStocked: 16, drugsUnstocked: 3, institutions: 965, hospitals: 449, pharmacies: 516 })
    const [ten, twenty, thirty] = figures.total.drugsInMoreThan
    expect([ten, twenty, thirty!.drugs > 0]).toEqual([{ units: 10, drugs: 12 }, { units: 20, drugs: 7 }, true])
    expect(figures.drugs.find(({ drug }) => drug === drugCalled('ipilimumab'))!.units).toBeGreaterThan(30)
    for (const [slug, bound] of [['ipilimumab', 300], ['lecanemab', 300], ['equecabtagene-autoleucel', 200], ['zevorcabtagene-autoleucel', 200]] as const) expect(institutionsOf(figures, slug), slug).toBeGreaterThan(bound)
    const said = await sentencesOf('2026-1')
    expect(said).toContain('19种药品中，16种已在全国965家定点医药机构配备，其中定点医疗机构449家、定点零售药店516家')
    expect(said).toMatch(/其余3种药品尚无机构配备/)
    expect(said).toMatch(/覆盖超过10个、20个、30个报送单元的药品分别有12种、7种、/)
    expect(said).toMatch(/配备机构超过300家的有2种（.*伊匹木单抗.*仑卡奈单抗.*），超过200家的有2种（.*伊基奥仑赛.*泽沃基奥仑赛/)
    expect(await sentencesOf('2026-1', 'en')).toContain('16 of the 19 drugs of the Commercial Health Insurance Innovative Drug List, 2025 edition are in stock at 965 designated institutions: 449 hospitals and 516 pharmacies')
  })

  it('as of 2026-01-20, 14 drugs were seen supplied at 223 institutions, lecanemab at 156 and donanemab at 46, five nowhere; as of 2026-05-31, 1,486 are declared', async () => {
    const supplied = await figuresOf('2026-2')
    expect(supplied.basis).toMatchObject({ asOf: '2026-01-20', evidence: 'supplied', since: '2026-01-01' })
    expect(supplied.total).toMatchObject({ drugsListed: 19, drugsStocked: 14, drugsUnstocked: 5, institutions: 223 })
    expect([institutionsOf(supplied, 'lecanemab'), institutionsOf(supplied, 'donanemab')]).toEqual([156, 46])
    expect(await sentencesOf('2026-2')).toContain('2026年1月1日至2026年1月20日，据销售和结算记录')
    expect((await figuresOf('2026-3')).total.institutions).toBe(1486)
    expect(await sentencesOf('2026-3')).toContain('1486家定点医药机构配备')
  })

  it('made again from the data, all three come out byte for byte', async () => {
    const cookie = await cookieOf(address, 'operator')
    for (const code of ['2026-1', '2026-2', '2026-3']) {
      const { sameBytes, forms } = RemadeAnswer.parse(await (await fetch(`${api}/${code}/remade`, { headers: { cookie } })).json())
      expect([code, sameBytes, forms.length]).toEqual([code, true, 11])
    }
  })

  it('anybody reads a published one, and a number opens its rows as of the day of the bulletin and as they were known then', async () => {
    const page = await open('public', '/bulletins')
    await page.getByRole('link', { name: '通报〔2026〕1号' }).click()
    const sheet = page.getByRole('article', { name: /通报〔2026〕1号/ })
    await sheet.getByText('一、总体情况').waitFor()
    expect(await findingsOn(page)).toEqual([])
    await sheet.getByRole('link', { name: /965/ }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('table').waitFor()
    await expect.poll(() => drawer.textContent()).toMatch(/2026年1月11日.*2026年1月15日/)
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '公文（DOCX）' }).click()])
    expect(file.suggestedFilename()).toBe('通报〔2026〕1号.docx')
    expect(await page.getByRole('button', { name: /撤回|核验/ }).count()).toBe(0)
    await page.context().close()
  })

  it('an operator drafts one, keeps it and says when it is published; a company then sees its own lines, corrects one, and is answered', async () => {
    const page = await open('operator', '/bulletins')
    await page.getByRole('link', { name: '起草通报' }).click()
    await page.getByRole('article', { name: /草稿/ }).waitFor()
    await page.getByLabel('发文机关（中文，可不填）').fill('演示监测组')
    await page.getByRole('checkbox', { name: /红头/ }).check()
    await page.getByRole('article').getByText('演示监测组').first().waitFor()
    expect(await findingsOn(page)).toEqual([])
    await page.getByRole('button', { name: '定稿留存' }).click()
    await page.waitForURL(/bulletins\/2026-\d+$/)
    const number = `通报〔2026〕${/\d+$/.exec(page.url())![0]}号`
    const company = await open('company', '/bulletins')
    await company.getByRole('link', { name: '通报〔2026〕1号' }).waitFor()
    expect(await company.getByRole('link', { name: number, exact: true }).count()).toBe(0)
    await page.getByText('已定稿', { exact: true }).waitFor()

    // Too soon is refused in words, with the day that would do.
    await page.getByLabel(/^发布时间/).fill(`${workday}T23:59`)
    await page.getByRole('button', { name: '设定发布时间' }).click()
    const refused = await page.getByRole('alert').textContent()
    const earliest = /\d{4}-\d{2}-\d{2}/.exec(refused!)![0]
    await page.getByLabel(/^发布时间/).fill(`${earliest}T23:59`)
    await page.getByRole('button', { name: '设定发布时间' }).click()
    await page.getByText('待发布', { exact: true }).waitFor()

    // Its window was open all the while, and hears of the preview, of what is answered, and of nothing before.
    await company.getByRole('link', { name: number, exact: true }).click()
    await company.getByText('本通报尚未发布。').waitFor()
    expect(await company.getByRole('article').count()).toBe(0)
    const say = company.getByRole('textbox', { name: '对这一行的更正或意见' }).first()
    await say.fill('家数有误，已报更正')
    await say.press('Enter')
    await company.getByText('家数有误，已报更正').waitFor()
    expect(await findingsOn(company)).toEqual([])

    await page.goto(`${address}/inbox`)
    await page.getByRole('link', { name: /有单位对通报提出意见或更正/ }).click()
    await page.getByText('家数有误，已报更正').waitFor()
    const answer = page.getByRole('textbox', { name: '答复' }).first()
    await answer.fill('已核实，将替代')
    await answer.press('Enter')
    await page.getByText('已核实，将替代').waitFor()
    await company.getByText('已核实，将替代').waitFor()
    await Promise.all([page.context().close(), company.context().close()])
  })

  it('a number of a province\'s bulletin opens the rows of that province', async () => {
    const page = await open('province_officer', '/bulletins/370000-2026-1')
    const figures = page.getByRole('article').locator('a[href*="rows="]')
    await figures.first().waitFor()
    const regions = await figures.evaluateAll((links) => links.map((link) => /region:(\d{2})/.exec(decodeURIComponent((link as HTMLAnchorElement).href))?.[1]))
    expect([regions.length > 10, new Set(regions)]).toEqual([true, new Set(['37'])])
    await figures.first().click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('table').waitFor()
    await drawer.locator('strong', { hasText: '山东' }).first().waitFor()
    await page.context().close()
  })

  it('what was done with one bulletin does not show on another, and a draft takes the place of none that is not of its day', async () => {
    const first = await post('', { evidence: 'declared', asOf: '2026-03-31' })
    const second = await post('', { evidence: 'declared', asOf: '2026-03-31', supersedes: first.code })
    const page = await open('operator', `/bulletins/${second.code}`)
    await page.getByRole('button', { name: '由数据重新生成并核验' }).click()
    await page.getByRole('group', { name: '各种格式文件的摘要' }).waitFor()
    await page.getByRole('link', { name: first.code, exact: true }).click()
    await page.getByText('本通报已于').waitFor()
    expect(await page.getByRole('group', { name: '各种格式文件的摘要' }).count()).toBe(0)

    await page.goto(`${address}/commercial-2025/bulletins/draft?evidence=declared&asOf=2026-03-31`)
    await page.getByLabel('替代').selectOption(second.code)
    await page.getByRole('navigation', { name: '证据类别' }).getByRole('link').nth(2).click()
    await page.getByLabel('替代').waitFor({ state: 'detached' })
    await page.getByRole('article', { name: /供应/ }).waitFor()
    await page.getByRole('button', { name: '定稿留存' }).click()
    await page.getByText('已定稿', { exact: true }).waitFor()
    await page.context().close()
  })

  it('on a phone the sheet is read without scrolling the page sideways', async () => {
    const { code } = await post('', { evidence: 'declared', asOf: '2026-02-28' })
    await post(`/${code}/embargo`, { publishAt: `${await soonest(code)}T15:59:00.000Z` })
    for (const [role, path] of [['public', '/bulletins'], ['public', '/bulletins/2026-3'], ['company', `/bulletins/${code}`]] as const) {
      const page = await open(role, path, { width: 390 })
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForLoadState('networkidle')
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), path).toBe(true)
      await page.context().close()
    }
  })
}, { clock: `${workday}T12:00:00+08:00` })

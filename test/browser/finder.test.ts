import type { Page, Request } from 'playwright-core'
import { expect, it } from 'vitest'
import { findingsOn } from './accessibility.js'
import { inBrowser } from './in-browser.js'
import { signIn } from './sign-in.js'

/* A patient with a phone: finding a drug, where it is near, and what to do where it is not. */

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const jinan = { latitude: 36.651234, longitude: 117.120098 }
const list = '/commercial-2025'

await inBrowser('who looks for a drug with a phone', (newWindow, address) => {
  async function open(path: string, more: Parameters<typeof newWindow>[0] = {}): Promise<{ page: Page; asked: Request[] }> {
    const page = await newWindow({ ...phone, locale: 'zh-CN', ...more })
    const asked: Request[] = []
    page.on('request', (request) => asked.push(request))
    await page.goto(`${address}${list}${path}`)
    return { page, asked }
  }
  const well = async (page: Page) => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    expect(await findingsOn(page)).toEqual([])
  }
  const search = (page: Page) => page.getByRole('searchbox')
  const hits = (page: Page) => page.getByRole('main').locator('a[href*="/find/"] strong').allTextContents()
  const results = (page: Page, name = '附近哪里有') => page.getByRole('region', { name })

  it('types a disease, initials, or a name that the press got wrong, and is told plainly what is not on the list; nothing of it leaves the phone', async () => {
    const { page, asked } = await open('/find')
    await page.getByRole('heading', { level: 1, name: '找药' }).waitFor()
    await expect.poll(() => hits(page)).toHaveLength(19)
    for (const [typed, found] of [['老年痴呆', ['多奈单抗注射液', '仑卡奈单抗注射液']], ['lknd', ['仑卡奈单抗注射液']], ['Acalabrutinib', ['阿基仑赛注射液']]] as const) {
      await search(page).fill(typed)
      await expect.poll(() => hits(page)).toEqual(found)
    }
    await page.getByText('误写为Acalabrutinib', { exact: false }).waitFor()
    await search(page).fill('伊匹木单抗N01')
    await page.getByRole('region', { name: '不在本目录' }).getByText('伊匹木单抗N01不在2025年商保创新药目录', { exact: false }).waitFor()
    expect(await hits(page)).toEqual([])
    await well(page)
    expect(asked.some((request) => /N01|lknd|Acala/i.test(decodeURIComponent(request.url()) + (request.postData() ?? '')))).toBe(false)
    // Come back from a drug, he finds what he typed.
    await search(page).fill('痴呆')
    await page.getByRole('link', { name: /仑卡奈单抗注射液/ }).tap()
    await page.getByRole('heading', { level: 1, name: '仑卡奈单抗注射液' }).waitFor()
    await page.getByRole('link', { name: '找其他药' }).tap()
    await expect.poll(() => search(page).inputValue()).toBe('痴呆')
    await page.context().close()
  })

  /** The demonstration has no telephone numbers, since an invented one may be somebody's: the first place gets one here. */
  const withTelephone = (page: Page) => page.route('**/finder', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    const answer = await route.fetch()
    const body = await answer.json() as { rows: { telephone: string | null }[] }
    body.rows[0]!.telephone = '(010) 0000-0000'
    await route.fulfill({ response: answer, json: body })
  })

  it('lets the phone say where he is: the nearest, on whose word and how fresh, to call and to copy, who pays; his position stands in no address and is rounded', async () => {
    const { page, asked } = await open('/find/CID2025019', { geolocation: jinan, permissions: ['geolocation', 'clipboard-read', 'clipboard-write'] })
    await withTelephone(page)
    await page.getByText('基本医疗保险不支付本目录药品', { exact: false }).waitFor()
    await page.getByRole('button', { name: '使用我的位置' }).tap()
    const cards = results(page).getByRole('listitem')
    await cards.first().waitFor()
    await expect.poll(() => cards.count()).toBe(10)
    await results(page).getByText('从您的位置（约在济南市）算起').waitFor()
    await results(page).getByText('没有信息不等于没有药', { exact: false }).waitFor()
    // Every place says on whose word, of which day, and that it is not a real one.
    for (const text of await cards.allTextContents()) expect(text).toMatch(/演示数据：不是真实的机构.*(确认有货|申报有货|供应记录为).*\d+日.*(天前|今天)/)
    await expect.poll(() => cards.first().getByRole('link', { name: /^拨打/ }).getAttribute('href')).toBe('tel:01000000000')
    await cards.first().getByRole('button', { name: '复制地址' }).tap()
    await cards.first().getByText('已复制，可粘贴到任何地图应用。').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(await cards.first().getByRole('heading').innerText())
    const pays = page.getByRole('region', { name: '费用由谁支付' })
    await pays.getByText('虚构惠民保·', { exact: false }).first().waitFor()
    await pays.getByText(/^山东.*(已开通|部分城市或机构开通|尚未开通|是否开通，暂无信息)/).waitFor()
    await results(page).getByRole('button', { name: '显示更多' }).tap()
    await expect.poll(() => cards.count()).toBe(25)
    await well(page)
    const questions = asked.filter((request) => request.method() === 'POST').map((request) => request.postDataJSON() as { position?: unknown })
    expect(questions.map(({ position }) => position)).toEqual([{ lat: 36.65, lng: 117.12 }, { lat: 36.65, lng: 117.12 }])
    // Neither the position nor the unit or city that was worked out from it: those of the page are asked for by nobody.
    expect(asked.map((request) => request.url()).filter((url) => /36\.6|117\.1|\b37\d{4}\b/.test(url))).toEqual([])
    await page.context().close()
  })

  it('refuses to say where he is, and chooses a city instead, by keyboard, in English and in the dark', async () => {
    const { page } = await open('/find/CID2025019', { locale: 'en-GB', colorScheme: 'dark', permissions: [] })
    await page.addInitScript(() => { navigator.geolocation.getCurrentPosition = (_, failed) => failed?.({ code: 1 } as GeolocationPositionError) })
    await page.reload()
    await page.getByRole('button', { name: 'Use my position' }).press('Enter')
    await page.getByText('This device was not allowed to say where you are.', { exact: false }).waitFor()
    // The way on has the focus.
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('SELECT')
    const whence = page.getByRole('region', { name: 'Where you are' })
    await whence.getByLabel('Province').selectOption('370000')
    await whence.getByLabel('City').selectOption('370100')
    await results(page, 'Where it is near you').getByText(/From the middle of Jinan/).waitFor()
    await results(page, 'Where it is near you').getByText(/The company said on .* (confirmed|call first)|confirmed on|Last supplied there/).first().waitFor()
    await page.getByText('Basic medical insurance does not pay for drugs of this list.', { exact: false }).waitFor()
    // A city is no position: it stands in the address, and is there again.
    expect(new URL(page.url()).search).toBe('?region=370000&city=370100')
    await page.reload()
    await results(page, 'Where it is near you').getByText(/From the middle of Jinan/).waitFor()
    expect([await whence.getByLabel('Province').inputValue(), await whence.getByLabel('City').inputValue()]).toEqual(['370000', '370100'])
    await well(page)
    await page.context().close()
  })

  it('is in an application whose browser never answers: he is told so, and an answer that comes too late changes nothing', async () => {
    const { page } = await open('/find/CID2025019')
    await page.clock.install()
    await page.addInitScript(() => { navigator.geolocation.getCurrentPosition = (found) => { (window as unknown as { late: () => void }).late = () => found({ coords: { latitude: 36.65, longitude: 117.12 } } as GeolocationPosition) } })
    await page.reload()
    await page.getByRole('button', { name: '使用我的位置' }).tap()
    await page.getByText('正在等待设备给出位置', { exact: false }).waitFor()
    await page.clock.fastForward(11_000)
    await page.getByText('等了很久也没有得到位置（在微信等应用内打开网页时常会这样）', { exact: false }).waitFor()
    await page.evaluate(() => (window as unknown as { late: () => void }).late())
    expect(await results(page).count()).toBe(0)
    // While he waits he can choose, too.
    const whence = page.getByRole('region', { name: '您在哪里' })
    await whence.getByLabel('省份').selectOption('370000')
    await whence.getByLabel('地市').selectOption('370100')
    await results(page).getByRole('listitem').first().waitFor()
    await well(page)
    await page.context().close()
  })

  it('finds nothing near: he is told so, with the nearest there is; his doctor registers that it is wanted, the province hears of it and sees it beside what is in stock, and he withdraws it', async () => {
    const { page } = await open('/find/CID2025001')
    const whence = page.getByRole('region', { name: '您在哪里' })
    await whence.getByLabel('省份').selectOption('370000')
    await whence.getByLabel('地市').selectOption('371000')
    await results(page).getByText('50公里内没有机构有此药的记录。下面是全国范围内距离最近的有记录的机构。').waitFor()
    const nearest = await results(page).getByRole('listitem').first().getByText(/^[\d,.]+公里$/).textContent()
    expect(Number.parseFloat(nearest!.replace(',', ''))).toBeGreaterThan(50)
    // The form stands open, with the place that was chosen.
    const form = page.getByRole('form', { name: '登记用药需求' })
    await form.waitFor()
    expect(await form.getByRole('textbox').count()).toBe(0)
    await expect.poll(() => form.getByLabel('地市').inputValue()).toBe('371000')
    await form.getByLabel('1至2名').check()
    await form.getByLabel('几天内要用').check()
    await well(page)
    await form.getByRole('button', { name: '登记需求' }).tap()
    await page.getByText('已登记，有效至2026年9月28日。').waitFor()
    const code = await page.getByText(/^[0-9a-f]{20}$/).textContent()
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain(code)
    // It is shown this once: whatever is looked for above meanwhile, it stays.
    await whence.getByLabel('地市').selectOption('370100')
    await results(page).getByText('从济南市中心算起').waitFor()
    await expect.poll(() => page.getByText(/^[0-9a-f]{20}$/).textContent()).toBe(code)
    await well(page)

    const office = await newWindow({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
    await signIn(office, address, 'province_officer')
    await office.goto(`${address}/inbox`)
    await office.getByRole('link', { name: '有用药需求登记' }).first().click()
    await office.getByRole('heading', { level: 1, name: '用药需求' }).waitFor()
    await office.goto(`${address}${list}/demand?drug=CID2025001`)
    const row = office.getByRole('table').getByRole('row').nth(1)
    await row.getByText('维拉苷酶', { exact: false }).waitFor()
    await expect.poll(() => row.getByRole('cell').nth(1).innerText()).toBe('5')
    await row.getByText('未列出的城市合计', { exact: false }).waitFor()
    // Who registered it, and in which city, is nowhere on the page; the institution's own is.
    expect(await row.textContent()).not.toContain('威海')
    await row.getByRole('link', { name: /济南演示/ }).waitFor()
    expect(await findingsOn(office)).toEqual([])

    await page.getByText('撤回已登记的需求').tap()
    await page.getByRole('textbox', { name: '撤回码' }).fill(code!)
    await page.getByRole('button', { name: '撤回', exact: true }).tap()
    await page.getByText('已撤回。').waitFor()
    await office.reload()
    await expect.poll(() => row.getByRole('cell').nth(1).innerText()).toBe('4')
    await office.context().close()
    await page.context().close()
  })

  it('an institution registers for itself, and withdraws; a company sees how many want its drug, and of nobody who', async () => {
    const page = await newWindow({ ...phone, locale: 'en-GB' })
    await signIn(page, address, 'institution')
    await page.goto(`${address}${list}/find/CID2025006`)
    await page.getByRole('button', { name: 'Open the form' }).tap()
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('radio')
    const form = page.getByRole('form', { name: 'Register that it is wanted' })
    expect(await form.getByRole('combobox').count()).toBe(0)
    await form.getByLabel('1 or 2 patients').check()
    await form.getByLabel('planned').check()
    await form.getByRole('button', { name: 'Register' }).tap()
    await page.getByText('It is registered, and stands until 28 September 2026.').waitFor()
    await page.goto(`${address}${list}/demand?drug=CID2025006`)
    await page.getByRole('button', { name: /^Withdraw.*: .+, registered on .*2026/ }).first().tap()
    await page.getByRole('button', { name: 'Withdraw', exact: true }).tap()
    await page.getByText('withdrawn', { exact: true }).first().waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('withdrawn')
    await page.context().close()

    const office = await newWindow({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
    await signIn(office, address, 'company')
    await office.goto(`${address}${list}/demand`)
    await office.getByRole('table').getByRole('row').nth(1).getByText('Lecanemab').waitFor()
    expect(await office.getByRole('main').textContent()).not.toMatch(/济南演示|Velaglucerase|维拉苷酶/)
    // Of cities, by the institutions that ask; of what doctors registered there, nothing.
    await office.getByText('Jinan: 5 to 9 institutions', { exact: false }).waitFor()
    expect(await office.getByRole('main').textContent()).not.toMatch(/滨州|Binzhou/)
    expect(await office.getByRole('columnheader', { name: 'Institutions', exact: true }).count()).toBe(0)
    expect(await findingsOn(office)).toEqual([])
    await office.context().close()
  })
})

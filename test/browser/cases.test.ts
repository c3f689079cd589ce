import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { EvidencePack } from '@lastmile/shared/evidence-pack'
import { unpacked } from '../support/unpacked.js'
import { findingsOn } from './accessibility.js'
import { inBrowser } from './in-browser.js'
import { signIn } from './sign-in.js'

/** A drug that no institution of the demonstration stocks, its company, and a province of which no case speaks yet. */
const [drug, drugName, company, province, provinceName] = ['CID2025003', '注射用替度格鲁肽', 'takeda', '130000', '河北'] as const
const [email, password] = ['desk@takeda.invalid', 'a password that is long enough']

inBrowser('supervision cases in a real browser', (newWindow, address) => {
  const open = async (role: string, path: string, options: { width?: number; locale?: string } = {}): Promise<Page> => {
    const page = await newWindow({ viewport: { width: options.width ?? 1440, height: 900 }, locale: options.locale ?? 'zh-CN' })
    await signIn(page, address, role)
    await page.goto(`${address}/commercial-2025${path}`)
    return page
  }
  /** A window of the company, whose account is made here: the demonstration has none of it. */
  const asCompany = async (): Promise<Page> => {
    const security = await newWindow()
    await signIn(security, address, 'security_administrator')
    const post = (page: Page, path: string, body: object) => page.evaluate(async ([to, said]) => (await (await fetch(to, { method: 'POST', headers: { 'content-type': 'application/json' }, body: said })).json()) as unknown, [path, JSON.stringify(body)] as const)
    const { invitation } = (await post(security, '/api/accounts', { name: '企业联络员', email, role: 'company', company, list: 'commercial-2025' })) as { invitation: { code: string } }
    await security.context().close()
    const page = await newWindow({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
    await page.goto(`${address}/api/health`)
    await post(page, '/api/session/invitation', { code: invitation.code, password })
    await post(page, '/api/session', { email, password })
    return page
  }

  it('an unstocked drug becomes a case and a letter, the company answers, its report arrives, and the case closes itself', async () => {
    const theirs = await asCompany()
    const page = await open('operator', `/drugs/${drug}`)
    const gap = page.getByRole('checkbox', { name: `选择${drugName}, ${provinceName}` })
    await gap.focus()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: '立案督导（1）' }).click()
    await page.getByText('已立案1件：').waitFor()
    await page.getByRole('link', { name: /^督案〔2026〕\d+号$/ }).click()
    await page.getByRole('heading', { level: 1, name: new RegExp(drugName) }).waitFor()
    const casePath = new URL(page.url()).pathname
    await page.getByText('待发函').first().waitFor()

    await page.getByRole('button', { name: '起草督导函' }).click()
    const letter = page.getByRole('region', { name: /草稿/ })
    await letter.getByRole('button', { name: '发出', exact: true }).click()
    await page.getByText('督导函已发出，等待答复。').waitFor()
    expect(await findingsOn(page)).toEqual([])

    // In the company's inbox, and from there to the letter.
    await theirs.goto(`${address}/inbox`)
    await theirs.getByRole('link', { name: '收到督导函' }).first().click()
    await theirs.getByRole('button', { name: '签收' }).click()
    await theirs.getByText('已签收。').waitFor()
    await theirs.getByLabel('供应问题').check()
    await theirs.getByLabel('整改措施').fill('已与一家医院签订供货协议。')
    await theirs.getByLabel('预计完成日期').fill('2026-07-31')
    await theirs.getByLabel('附件').setInputFiles({ name: '供货协议.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 an agreement') })
    await theirs.getByText('已上传：供货协议.pdf').waitFor()
    expect(await findingsOn(theirs)).toEqual([])
    await theirs.getByRole('button', { name: '提交答复' }).click()
    await theirs.getByText('答复已提交。').waitFor()

    // The officer's window shows the answer without being asked anew.
    await page.getByText('已与一家医院签订供货协议。').waitFor()
    await page.getByRole('link', { name: '供货协议.pdf' }).waitFor()
    await page.getByText('已答复，待以后续记录核对。').waitFor()

    // It takes all of it along, and the company what is its own.
    for (const [window, seenAs] of [[page, 'office'], [theirs, 'addressee']] as const) {
      await window.goto(`${address}${casePath}`)
      const make = window.getByRole('button', { name: '制作证据包' })
      await make.focus()
      const [download] = await Promise.all([window.waitForEvent('download'), window.keyboard.press('Enter')])
      await window.getByText('证据包已保存。').waitFor()
      const files = unpacked(await readFile(await download.path()))
      expect(EvidencePack.parse(JSON.parse(files.get('case.json')!.toString()))).toMatchObject({ seenAs, state: 'answered', gaps: [{ drug, unit: province }], attachments: [{ name: '供货协议.pdf' }] })
      expect([files.get('attachments/1-answer-1.pdf')!.toString(), files.has('notices/1-letter-zh.docx')]).toEqual(['%PDF-1.7 an agreement', true])
      expect(files.get('README.txt')!.toString()).toContain('演示数据')
    }
    expect(await findingsOn(page)).toEqual([])

    // The company reports that a hospital there stocks it.
    const status = await theirs.evaluate(async ([of, unit, source]) => {
      const { rows } = (await (await fetch(`/api/lists/commercial-2025/institutions?region=${unit}&kind=hospital&limit=1`)).json()) as { rows: { code: string }[] }
      const form = new FormData()
      for (const [name, value] of Object.entries({ source, asOf: '2026-06-30', scope: JSON.stringify({ drugs: null, regions: [unit], kinds: null }) })) form.set(name, value)
      form.set('file', new File([`定点医药机构代码,药品代码,配备状态\n${rows[0]!.code},${of},有货\n`], '配备申报.csv'))
      return (await fetch('/api/lists/commercial-2025/reports', { method: 'POST', body: form })).status
    }, [drug, province, `company-${company}`] as const)
    expect(status).toBe(201)
    await page.getByText('依据报送记录，系统自动').waitFor()
    await page.getByText(`已达标：${drugName} · ${provinceName}`).waitFor()
    expect(await page.getByRole('button', { name: '重新立案' }).count()).toBe(1)
    // By which report is said, and leads there.
    await page.locator('li').filter({ hasText: '结案' }).getByRole('link').first().click()
    await page.getByText('配备申报.csv').first().waitFor()
    await theirs.goto(`${address}${casePath}`)
    await theirs.getByText('已结案').first().waitFor()
    await theirs.context().close()
    await page.context().close()
  })

  it('cases are found on a board and in a list, and what is overdue first; an officer takes the step that is due', async () => {
    const page = await open('operator', '/cases?view=board')
    await page.getByRole('region', { name: /待答复/ }).getByRole('link').first().waitFor()
    expect(await findingsOn(page)).toEqual([])
    await page.getByRole('button', { name: /^待决定升级/ }).click()
    await page.getByRole('table').getByRole('row').nth(1).getByRole('rowheader').getByRole('link').click()
    await page.getByLabel('升级理由').fill('函询一个月未答复')
    await page.getByRole('button', { name: '升级：约谈' }).click()
    await page.getByText('升级：约谈').first().waitFor()
    await page.getByText('函询一个月未答复').waitFor()
    await page.context().close()
  })

  it('a letter is printed in Chinese and English on two pages of paper, which says that it is a demonstration\'s', async () => {
    const page = await open('operator', '/cases/2026-2')
    await page.getByRole('link', { name: '查看函件' }).click()
    await page.getByRole('heading', { level: 1, name: `关于${drugName}配备情况的督导函` }).waitFor()
    expect(await page.getByRole('article').textContent()).toContain('商药督函〔2026〕2号')
    expect(await page.getByRole('article').textContent()).toContain('演示数据，非正式公文')
    const pages = async () => (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g)?.length
    expect(await pages()).toBe(2)
    expect(await findingsOn(page)).toEqual([])
    await page.getByLabel('函件语言').selectOption('en')
    await page.getByRole('heading', { level: 1, name: /^Supervision letter on the stocking of/ }).waitFor()
    expect(await pages()).toBe(2)
    await page.context().close()
  })

  it('a company finds its own letters and nobody else\'s, and reads what became of them on a phone without scrolling sideways', async () => {
    const page = await open('company', '/cases', { width: 390 })
    await page.getByRole('heading', { level: 1, name: '督导函' }).waitFor()
    await page.getByRole('table').getByRole('row').nth(1).getByRole('link').first().click()
    await page.getByText('已结案').first().waitFor()
    await page.getByText('已提交进院申请', { exact: false }).first().waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    expect(await page.getByRole('checkbox', { name: /^选择/ }).count()).toBe(0)
    await page.goto(`${address}/commercial-2025/cases/2026-2`)
    await page.getByText('这里没有').or(page.getByText('未能完成')).first().waitFor()
    expect(await page.getByText(drugName).count()).toBe(0)
    await page.context().close()
  })
})

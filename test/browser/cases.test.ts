import { readFile } from 'node:fs/promises'
import type { Page, Route } from 'playwright-core'
import { expect, it } from 'vitest'
import { EvidencePack } from '@lastmile/shared/evidence-pack'
import { unpacked } from '../support/unpacked.js'
import { findingsOn } from './accessibility.js'
import { asks } from './case-asked.js'
import { inBrowser } from './in-browser.js'
import { openerOf } from './opener.js'
import { signIn } from './sign-in.js'

/** A drug that no institution of the demonstration stocks, its company, and a province of which no case speaks yet. */
const [drug, drugName, company, province, provinceName] = ['CID2025003', '注射用替度格鲁肽', 'takeda', '130000', '河北'] as const
const [email, password] = ['desk@takeda.invalid', 'a password that is long enough']

/** Holds files that a page sends until it is told to let them go. */
async function holdFiles(page: Page): Promise<() => void> {
  let letGo = () => {}
  const gone = new Promise<void>((resolve) => (letGo = resolve))
  await page.route(/\/attachments\?/, async (route: Route) => {
    await gone
    await route.continue()
  })
  return letGo
}
const pdf = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.7 ${name}`) })

await inBrowser('supervision cases in a real browser', (newWindow, address) => {
  const open = openerOf(newWindow, address, '/commercial-2025')
  const post = (page: Page, path: string, body: object) => page.request.post(`${address}${path}`, { data: body }).then((answer) => answer.json() as Promise<unknown>)
  /** Makes the company's account, once: the demonstration has none of it. */
  const makeAccount = async () => {
    const security = await newWindow()
    await signIn(security, address, 'security_administrator')
    const { invitation } = (await post(security, '/api/accounts', { name: '企业联络员', email, role: 'company', company, list: 'commercial-2025' })) as { invitation: { code: string } }
    await security.context().close()
    const page = await newWindow()
    await post(page, '/api/session/invitation', { code: invitation.code, password })
    await page.context().close()
  }
  let made: Promise<void> | undefined
  const hasAccount = () => (made ??= makeAccount())
  /** A window of the company. */
  const asCompany = async (): Promise<Page> => {
    await hasAccount()
    const page = await newWindow({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
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
    // While a file is under way the answer waits for it, and another that is chosen meanwhile follows.
    const letGo = await holdFiles(theirs)
    await theirs.getByLabel('附件').setInputFiles(pdf('供货协议.pdf'))
    await theirs.getByText('正在上传：供货协议.pdf。上传完成后方可提交。').waitFor()
    await theirs.getByLabel('附件').setInputFiles(pdf('会议纪要.pdf'))
    const submit = theirs.getByRole('button', { name: '提交答复' })
    await expect.poll(() => submit.getAttribute('aria-disabled')).toBe('true')
    await submit.dispatchEvent('click')
    letGo()
    await theirs.getByText('已上传：供货协议.pdf').waitFor()
    await theirs.getByText('已上传：会议纪要.pdf').waitFor()
    expect(await findingsOn(theirs)).toEqual([])
    // Loaded anew, what was typed and sent along is still there; once it is answered, nothing of it is kept.
    await theirs.reload()
    await theirs.getByText('已上传：会议纪要.pdf').waitFor()
    await expect.poll(() => theirs.getByLabel('预计完成日期').inputValue()).toBe('2026-07-31')
    await submit.click()
    await theirs.getByText('答复已提交。').waitFor()
    expect(await theirs.evaluate(() => Object.keys(sessionStorage).filter((name) => name.startsWith('lastmile-draft')))).toEqual([])

    // The officer's window shows the answer without being asked anew.
    await page.getByText('已与一家医院签订供货协议。').waitFor()
    await page.getByRole('link', { name: '供货协议.pdf' }).waitFor()
    await page.getByRole('link', { name: '会议纪要.pdf' }).waitFor()
    await page.getByText('已答复，待以后续记录核对。').waitFor()

    // It takes all of it along, and the company what is its own.
    for (const [window, seenAs] of [[page, 'office'], [theirs, 'addressee']] as const) {
      await window.goto(`${address}${casePath}`)
      const make = window.getByRole('button', { name: '制作证据包' })
      await make.focus()
      const [download] = await Promise.all([window.waitForEvent('download'), window.keyboard.press('Enter')])
      await window.getByText('证据包已保存。').waitFor()
      const files = unpacked(await readFile(await download.path()))
      expect(EvidencePack.parse(JSON.parse(files.get('case.json')!.toString()))).toMatchObject({ seenAs, state: 'answered', gaps: [{ drug, unit: province }], attachments: [{ name: '供货协议.pdf' }, { name: '会议纪要.pdf' }] })
      expect([files.get('attachments/1-answer-1.pdf')!.toString(), files.has('notices/1-letter-zh.docx')]).toEqual(['%PDF-1.7 供货协议.pdf', true])
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
    await expect.poll(() => page.getByRole('button', { name: '重新立案' }).count()).toBe(1)
    // By which report is said, and leads there.
    await page.locator('li').filter({ hasText: '结案' }).getByRole('link').first().click()
    await page.getByText('配备申报.csv').first().waitFor()
    await theirs.goto(`${address}${casePath}`)
    await theirs.getByText('已结案').first().waitFor()
    await theirs.context().close()
    await page.context().close()
  })

  it('what is typed of how a letter went stays while its scan is uploaded, and a file that is not taken is said by its name', async () => {
    const page = await open('operator', '/cases')
    const { cases: [code] } = await asks(page, '', { evidence: 'declared', by: 'drug', gaps: [{ drug, region: '210000' }] })
    await asks(page, `/${code}/notices`, { to: { office: 'company', code: company } }, 1)
    await page.goto(`${address}/commercial-2025/cases/${code}`)
    const letter = page.getByRole('region', { name: /草稿/ })
    await letter.getByLabel('送达方式').selectOption('post')
    const letGo = await holdFiles(page)
    await letter.getByLabel('附件').setInputFiles(pdf('盖章函.pdf'))
    await letter.getByText('正在上传：盖章函.pdf').waitFor()
    await letter.getByLabel('送达方式').selectOption('fax')
    await letter.getByLabel('日期', { exact: true }).fill('2026-06-29')
    await letter.getByLabel('附件').setInputFiles([{ ...pdf('说明.txt'), mimeType: 'text/plain' }, pdf('回执.pdf')])
    letGo()
    await letter.getByText('已上传：回执.pdf').waitFor()
    await letter.getByText('已上传：盖章函.pdf').waitFor()
    await letter.getByText('说明.txt未上传：只接受PDF').waitFor()
    expect([await letter.getByLabel('送达方式').inputValue(), await letter.getByLabel('日期', { exact: true }).inputValue()]).toEqual(['fax', '2026-06-29'])
    await page.context().close()
  })

  it('of two officers who change a draft at once one does, and the other is told and sees what it says now', async () => {
    const page = await open('operator', '/cases')
    const { cases: [code] } = await asks(page, '', { evidence: 'declared', by: 'drug', gaps: [{ drug, region: '140000' }] })
    await asks(page, `/${code}/notices`, { to: { office: 'company', code: company } }, 1)
    const other = await open('operator', `/cases/${code}`)
    await page.goto(`${address}/commercial-2025/cases/${code}`)
    const [mine, theirs] = [page, other].map((one) => one.getByRole('region', { name: /草稿/ })) as [ReturnType<Page['getByRole']>, ReturnType<Page['getByRole']>]
    for (const one of [mine, theirs]) await one.locator('summary', { hasText: '修改草稿' }).click()
    await mine.getByLabel('补充内容').fill('请于本月内来电。')
    await theirs.getByLabel('补充内容').fill('请附供货计划。')
    await theirs.getByRole('button', { name: '保存草稿' }).click()
    await other.getByText('草稿已保存。').waitFor()
    await mine.getByText('您读取后草稿已被他人修改。').waitFor()
    await expect.poll(() => mine.getByLabel('补充内容').inputValue()).toBe('请于本月内来电。')
    await mine.getByRole('button', { name: '保存草稿' }).click()
    await mine.getByText('案件已被他人办理').waitFor()
    await mine.getByRole('button', { name: '查看现在的草稿' }).click()
    await expect.poll(() => mine.getByLabel('补充内容').inputValue()).toBe('请附供货计划。')
    await mine.getByLabel('补充内容').fill('请附供货计划，并于本月内来电。')
    await mine.getByRole('button', { name: '保存草稿' }).click()
    await mine.getByText('草稿已保存。').waitFor()
    // Who has typed nothing sees what it says now.
    await expect.poll(() => theirs.getByLabel('补充内容').inputValue()).toBe('请附供货计划，并于本月内来电。')
    for (const one of [mine, theirs]) expect(await one.getByText('您读取后草稿已被他人修改。').count()).toBe(0)
    await other.context().close()
    await page.context().close()
  })

  it('of several companies of a case each gets its own letter, and what is refused is no success', async () => {
    await hasAccount()
    const page = await open('operator', '/cases')
    const read = <Answer>(path: string) => page.evaluate(async (from) => (await (await fetch(`/api/lists/commercial-2025${from}`)).json()) as unknown, path) as Promise<Answer>
    const { gaps } = await read<{ gaps: { drug: string }[] }>('/gaps?region=150000&evidence=declared&limit=500')
    const { cases: [code] } = await asks(page, '', { evidence: 'declared', by: 'province', gaps: gaps.map((one) => ({ drug: one.drug, region: '150000' })) })
    const { drafts } = await read<{ drafts: { office: string; code: string }[] }>(`/cases/${code}`)
    const companies = drafts.filter(({ office }) => office === 'company').map((one) => one.code)
    // One has an account here; of the others nobody would see what is sent.
    expect([companies.includes(company), companies.length > 2]).toEqual([true, true])
    await page.goto(`${address}/commercial-2025/cases?region=150000`)
    await page.getByRole('checkbox', { name: new RegExp(`${code!.slice(5)}号`) }).check()
    await page.getByRole('button', { name: '发出督导函（1）' }).click()
    const refused = page.getByRole('alert').getByRole('listitem')
    await refused.first().waitFor()
    const sent = Number(/已发出督导函(\d+)件。/.exec((await page.getByRole('status').filter({ hasText: '已发出督导函' }).textContent())!)![1])
    expect([await refused.count(), sent > 0]).toEqual([companies.length - sent, true])
    await expect.poll(() => refused.first().textContent()).toMatch(/^督案〔2026〕\d+号致.+的督导函未发出：收函单位在本系统没有账户/)
    const { notices } = await read<{ notices: { to: { code: string }; state: string }[] }>(`/cases/${code}`)
    expect(notices.map(({ to }) => to.code).sort()).toEqual([...companies].sort())
    expect(notices.filter(({ state }) => state === 'sent')).toHaveLength(sent)
    expect(await findingsOn(page)).toEqual([])
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
    await expect.poll(() => page.getByRole('article').textContent()).toContain('商药督函〔2026〕2号')
    await expect.poll(() => page.getByRole('article').textContent()).toContain('演示数据，非正式公文')
    const pages = async () => (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g)?.length
    await expect.poll(() => pages()).toBe(2)
    expect(await findingsOn(page)).toEqual([])
    await page.getByLabel('函件语言').selectOption('en')
    await page.getByRole('heading', { level: 1, name: /^Supervision letter on the stocking of/ }).waitFor()
    await expect.poll(() => pages()).toBe(2)
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

import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { focused } from './focus.js'
import { inBrowser } from './in-browser.js'
import { looksWell } from './looks-well.js'
import { openerOf, type Open } from './opener.js'

await inBrowser('覆盖标准与期限任务', (newWindow, address) => {
  const opens = openerOf(newWindow, address)
  const open = async (path: string, role: string | null, options: Parameters<Open>[2] = {}): Promise<Page> => {
    const page = await opens(role ?? 'public', path, options)
    await page.getByRole('heading', { level: 2 }).first().waitFor()
    await page.waitForLoadState('networkidle')
    return page
  }

  it('公众看到每种药品的标准、来源和历次修改，看不到经办人姓名，也没有修改的入口', async () => {
    const page = await open('/commercial-2025/standards', null)
    const table = page.getByRole('table', { name: '各药品的覆盖标准' })
    await table.getByRole('row', { name: /阿基仑赛注射液.*人员决定.*目录版本另有规定.*监管经办/ }).waitFor()
    await table.getByRole('link', { name: '阿基仑赛注射液' }).click()
    const one = page.getByRole('region', { name: '阿基仑赛注射液' })
    await one.getByText('修改原因：演示：两地患者赴川治疗，按服务中心衡量').waitFor()
    await one.getByRole('link', { name: /^西藏由.*服务$/ }).waitFor()
    await expect.poll(() => one.getByRole('heading', { level: 3 }).allTextContents()).toEqual(['以前的规定（仍用于评定当时）', '目录版本另有规定', '历次标准'])
    expect([await page.getByText('Regulator, operating').count(), await one.getByRole('button', { name: '修改标准' }).count()]).toEqual([0, 0])
    await page.goto(`${address}/commercial-2025/gaps?drug=CID2025010`)
    await page.getByRole('heading', { name: '由外地中心服务（达标）' }).waitFor()
    await page.context().close()
  })

  it('经办人修改标准：边改边试算，确定后缺口随之改变，历次标准可查，再恢复为目录版本', async () => {
    const gapsOf = async (page: Page) => Number(/\d+/.exec(await page.getByRole('heading', { name: /^缺口：/ }).textContent() ?? '')![0])
    const anybody = await open('/commercial-2025/gaps?drug=CID2025019', null)
    const before = await gapsOf(anybody)
    const page = await open('/commercial-2025/standards?drug=CID2025019', 'operator')
    await page.getByRole('button', { name: '修改标准' }).click()
    const form = page.getByRole('form', { name: '修改标准' })
    const preview = page.getByRole('region', { name: '试算' })
    await preview.getByText(`缺口仍为${before}项`).first().waitFor()
    const first = form.getByRole('group', { name: '规定1' })
    await first.getByLabel('机构至少（家）').fill('9')
    await first.getByLabel('依据（中文）').fill('测试：更高的要求')
    const becomes = preview.getByText(new RegExp(`^${before}项缺口变为\\d+项$`))
    await becomes.first().waitFor()
    const after = Number(/变为(\d+)项/.exec(await becomes.first().textContent() ?? '')![1])
    expect(after).toBeGreaterThan(before)
    await preview.getByText(/^新增缺口/).first().waitFor()
    await form.getByLabel('修改原因').fill('提高要求')
    await form.getByRole('button', { name: '确定新标准' }).click()
    await page.getByText('标准已确定，各处缺口已按新标准评定。').waitFor()
    await expect.poll(() => focused(page)).toContain('标准已确定')
    await expect.poll(() => gapsOf(anybody)).toBe(after)
    await page.getByText('修改原因：提高要求').waitFor()
    await page.getByRole('heading', { name: '历次标准' }).waitFor()

    await page.getByRole('button', { name: '修改标准' }).click()
    await form.getByLabel('修改原因').fill('恢复')
    await form.getByRole('button', { name: '恢复目录版本' }).click()
    await page.getByRole('button', { name: '恢复', exact: true }).click()
    await page.getByText('已恢复为目录版本的标准。').waitFor()
    await expect.poll(() => gapsOf(anybody)).toBe(before)
    await anybody.context().close()
    await page.context().close()
  })

  it('两名经办人同时修改，后一人被告知，并可查看现在的内容', async () => {
    const [first, second] = [await open('/commercial-2025/standards?drug=CID2025018&edit=true', 'operator'), await open('/commercial-2025/standards?drug=CID2025018&edit=true', 'operator')]
    const decide = async (page: Page, cities: string) => {
      await page.getByRole('group', { name: '规定1' }).getByLabel('地市至少（个）').fill(cities)
      await page.getByLabel('修改原因').fill('同时修改')
      await page.getByRole('button', { name: '确定新标准' }).click()
    }
    await decide(first, '3')
    await first.getByText('标准已确定，各处缺口已按新标准评定。').waitFor()
    await decide(second, '4')
    await second.getByRole('alert').getByText('您打开后该标准已被修改。').waitFor()
    await second.getByRole('button', { name: '查看现在的内容' }).click()
    await expect.poll(() => second.getByRole('group', { name: '规定1' }).getByLabel('地市至少（个）').inputValue()).toBe('3')
    await first.context().close()
    await second.context().close()
  })

  it('填了一半的标准，重新载入页面后仍在，去掉的规定仍不在；不改了就不再保留', async () => {
    const page = await open('/commercial-2025/standards?drug=CID2025010&edit=true', 'operator')
    const form = page.getByRole('form', { name: '修改标准' })
    const kept = form.getByRole('button', { name: /^去掉自/ })
    await kept.first().waitFor()
    const count = await kept.count()
    const dropped = await kept.first().textContent()
    await kept.first().click()
    await form.getByLabel('修改原因').fill('写到一半')
    await page.reload()
    await form.getByText('此处为您先前填写、尚未提交的内容。').waitFor()
    await expect.poll(() => form.getByLabel('修改原因').inputValue()).toBe('写到一半')
    expect(await kept.count()).toBe(count - 1)
    expect(await kept.allTextContents()).not.toContain(dropped)
    await form.getByRole('button', { name: '不改了' }).click()
    await page.getByRole('button', { name: '修改标准' }).click()
    await expect.poll(() => kept.count()).toBe(count)
    await expect.poll(() => form.getByLabel('修改原因').inputValue()).toBe('')
    await page.context().close()
  })

  it('谁也达不到的标准不能确定：试算指明是哪些地区，提交后也用中文说明', async () => {
    const page = await open('/commercial-2025/standards?drug=CID2025019&edit=true', 'operator')
    const form = page.getByRole('form', { name: '修改标准' })
    await form.getByRole('group', { name: '规定1' }).getByLabel('地市至少（个）').fill('50')
    await page.getByRole('region', { name: '试算' }).getByText(/^无法达到的报送单元（\d+个），不能这样确定$/).waitFor()
    await form.getByLabel('修改原因').fill('测试')
    await form.getByRole('button', { name: '确定新标准' }).click()
    await form.getByRole('alert').getByText(/^有\d+个报送单元无法达到这一标准：河北（要求50个地市，最多11个）.*请为这些单元另设规定。$/).waitFor()
    await form.getByLabel('自哪天起').fill('2020-01-01')
    await form.getByRole('button', { name: '确定新标准' }).click()
    await form.getByRole('alert').getByText('规定不能早于目录执行之日起适用。').waitFor()
    await page.context().close()
  })

  it('两条规定自同一天起适用于同一报送单元，先说明白，不能提交', async () => {
    const page = await open('/commercial-2025/standards?drug=CID2025001&edit=true', 'operator')
    await page.getByRole('button', { name: '再加一条规定' }).click()
    await page.getByRole('group', { name: '规定2' }).getByLabel('依据（中文）').fill('测试')
    await page.getByText('有两条规定自同一天起适用于同一报送单元').waitFor()
    await expect.poll(() => page.getByRole('button', { name: '确定新标准' }).getAttribute('aria-disabled')).toBe('true')
    await page.context().close()
  })

  it('省级经办人查看本省完成情况，代一家未报送的医院填报，再撤回', async () => {
    const page = await open('/commercial-2025/duties?state=not_reported', 'province_officer')
    const silent = page.getByRole('button', { name: /^未报送/ })
    const countOf = async () => Number((await silent.locator('strong').textContent())!.replace(/\D/g, ''))
    const before = await countOf()
    expect(before).toBeGreaterThan(0)
    await page.getByRole('table', { name: '机构名单' }).getByRole('link', { name: /^填报：/ }).first().click()
    const form = page.getByRole('form', { name: '填报' })
    await expect.poll(() => focused(page)).toMatch(/^填报：/)
    await form.getByLabel('召开日期').fill('2026-03-05')
    await form.getByRole('combobox', { name: '仑卡奈单抗注射液', exact: true }).selectOption({ label: '不予准入' })
    await form.getByRole('combobox', { name: '仑卡奈单抗注射液, 不予准入的原因' }).selectOption({ label: '患者少' })
    await form.getByRole('combobox', { name: '多奈单抗注射液', exact: true }).selectOption({ label: '临时采购' })
    await form.getByRole('button', { name: '提交' }).click()
    await page.getByText('已提交。').waitFor()
    await expect.poll(countOf).toBe(before - 1)
    await page.getByText('逾期召开').first().waitFor()
    // What is said otherwise and not sent is there again when the page was loaded anew, or is begun anew.
    const [first, second] = ['仑卡奈单抗注射液', '多奈单抗注射液'].map((name) => form.getByRole('combobox', { name, exact: true })) as [Locator, Locator]
    await first.selectOption('admitted')
    await second.selectOption('')
    await page.reload()
    await form.getByText('先前填写、尚未提交').waitFor()
    expect([await first.inputValue(), await second.inputValue()]).toEqual(['admitted', ''])
    await form.getByRole('button', { name: '重新填写' }).press('Enter')
    expect([await first.inputValue(), await second.inputValue()]).toEqual(['refused', 'temporary_purchase'])
    // Who says otherwise says the day himself.
    await form.getByRole('button', { name: '未召开' }).click()
    await form.getByRole('button', { name: '提交' }).click()
    await page.getByText('未召开').first().waitFor()
    await page.getByRole('heading', { name: '以前的填报' }).waitFor()
    await form.getByRole('button', { name: '已召开' }).click()
    await expect.poll(() => form.getByLabel('召开日期').inputValue()).toBe('')
    await form.getByRole('button', { name: '撤回填报' }).click()
    await page.getByRole('button', { name: '撤回', exact: true }).click()
    await page.getByText('已撤回，现显示为未报送。').waitFor()
    await expect.poll(countOf).toBe(before)
    await page.getByRole('heading', { name: '以前的填报' }).waitFor()
    await page.context().close()
  })

  it('两项任务来回切换，在一项中写的内容不会带到另一项', async () => {
    const page = await opens('institution', '/commercial-2025/standards')
    const second = { code: 'second', name: { zh: '第二项任务', en: 'A second duty' } }
    let first = ''
    // The demonstration has one duty: here it stands there twice.
    await page.route(/\/api\/lists\/commercial-2025\/duties/, async (route) => {
      const url = route.request().url()
      const response = await route.fetch({ url: url.replace('/duties/second', `/duties/${first}`) })
      const json = (await response.json()) as { duties?: { duty: { code: string } }[]; duty?: object }
      if (json.duties) {
        first = json.duties[0]!.duty.code
        json.duties.push({ ...json.duties[0]!, duty: { ...json.duties[0]!.duty, ...second } })
      } else if (url.includes('/duties/second')) json.duty = { ...json.duty, ...second }
      await route.fulfill({ response, json })
    })
    await page.goto(`${address}/commercial-2025/duties`)
    const [which, note] = [page.getByRole('combobox', { name: '任务', exact: true }), page.getByLabel('备注')]
    await note.waitFor()
    for (const duty of ['second', first]) {
      await which.selectOption(duty)
      await page.getByRole('heading', { level: 2, name: duty === 'second' ? '第二项任务' : /./ }).first().waitFor()
      await page.waitForLoadState('networkidle')
    }
    await note.fill('只关于这一项')
    await which.selectOption('second')
    await page.getByRole('heading', { level: 2, name: '第二项任务' }).waitFor()
    await expect.poll(() => note.inputValue()).toBe('')
    await page.context().close()
  })

  it('医院只见本机构的任务；企业没有这个页面；数字可以打开机构名单', async () => {
    const own = await open('/commercial-2025/duties', 'institution')
    await own.getByRole('heading', { name: '本机构的任务' }).waitFor()
    expect(await own.getByRole('table').count()).toBe(0)
    await own.context().close()
    const company = await open('/commercial-2025/gaps', 'company')
    expect(await company.getByRole('link', { name: '期限任务' }).count()).toBe(0)
    await company.context().close()
    const reader = await open('/commercial-2025/duties', 'reader')
    const refused = reader.getByRole('link', { name: /^仑卡奈单抗注射液 · 不予准入：/ })
    const shown = Number(await refused.textContent())
    await refused.click()
    await reader.getByRole('navigation', { name: '表格分页' }).or(reader.getByRole('table', { name: '机构名单' })).first().waitFor()
    await expect.poll(() => reader.getByRole('table', { name: '机构名单' }).getByText('不予准入').count()).toBe(shown)
    await expect.poll(() => reader.getByRole('link', { name: /^查看：/ }).count()).toBe(shown)
    await reader.context().close()
  })

  it.each([['/commercial-2025/standards?drug=CID2025010', null], ['/commercial-2025/standards?drug=CID2025004&edit=true', 'operator'], ['/commercial-2025/duties', 'operator'], ['/commercial-2025/duties', 'institution'], ['/commercial-2025/gaps?drug=CID2025001', null]])('没有无障碍问题，手机上不横向滚动：%s（%s）', async (path, role) => {
    const page = await open(path, role)
    await looksWell(page)
    await page.context().close()
  })
})

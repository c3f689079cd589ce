import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { focused } from './focus.js'
import { inBrowser } from './in-browser.js'
import { signIn } from './sign-in.js'

await inBrowser('approval and embargo in a real browser', (newWindow, address) => {
  /** As the regulator, who approves and sends. */
  const open = async (path: string): Promise<Page> => {
    const page = await newWindow()
    await signIn(page, address, 'operator')
    await page.goto(`${address}${path}`)
    return page
  }

  it('the regulator approves a company’s report, which is locked then, and opens it again for a reason', async () => {
    const page = await open('/commercial-2025/reports?source=company-eisai')
    await page.getByRole('region', { name: 'All reports' }).getByRole('rowheader').first().getByRole('link').click()
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByText('Approved. The report is locked.').waitFor()
    await page.getByText('approved by the regulator, operating').waitFor()
    await page.getByLabel('Why it is opened again').fill('The sender found an error.')
    await page.getByRole('button', { name: 'Open again' }).click()
    await page.getByText('Opened again. It can be corrected.').waitFor()
    await page.getByRole('button', { name: 'Approve' }).waitFor()
    await page.context().close()
  })

  it('what was done with a report is said of that report alone', async () => {
    const page = await open('/commercial-2025/reports?state=superseded')
    const { rows } = (await page.evaluate(async () => (await fetch('/api/lists/commercial-2025/reports?state=superseded&limit=100')).json())) as { rows: { id: string; source: string; supersededBy: string | null }[] }
    const before = rows.find(({ source, supersededBy }) => supersededBy !== null && source.startsWith('company-'))!
    await page.goto(`${address}/commercial-2025/reports/${before.id}`)
    await page.getByRole('link', { name: 'the one after' }).click()
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByText('Approved. The report is locked.').waitFor()
    await expect.poll(() => focused(page)).toBe('Approved. The report is locked.')
    await page.getByRole('link', { name: 'the one before' }).click()
    await page.getByText('Superseded', { exact: true }).first().waitFor()
    await page.getByRole('link', { name: 'the one after' }).waitFor()
    expect(await page.getByText('Approved. The report is locked.').count()).toBe(0)
    await page.context().close()
  })

  it('a report can be sent under embargo, waits as its sender sees it, and can be taken back', async () => {
    const page = await open('/commercial-2025/reports?send=province-500000')
    await page.getByText('Mode, scope and time of publication').click()
    const later = new Date(Date.now() + 200 * 86_400_000)
    await page.getByLabel(/^Not before/).fill(`${later.toISOString().slice(0, 10)}T09:00`)
    await page.getByLabel('Month reported').fill('2026-04')
    await page.locator('input[type=file]').setInputFiles({ name: 'april.csv', mimeType: 'text/csv', buffer: Buffer.from(`institution_code,drug_code,status,reported_on\r\n${await hospitalIn(address, '500000')},CID2025019,in_stock,2026-04-28\r\n`) })
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText('april.csv is good and waits for its time').waitFor()
    await page.getByRole('status').filter({ hasText: 'waits for its time' }).getByRole('link').first().click()
    await page.getByText(`It is published on ${later.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })}`).waitFor()
    const embargo = page.getByRole('region', { name: 'A report that waits' })
    await embargo.getByRole('button', { name: 'Take it back' }).click()
    await page.getByRole('group', { name: /Take this report back/ }).getByRole('button', { name: 'Take it back' }).click()
    await embargo.getByText('Taken back.').waitFor()
    await page.getByText('Its sender took it back before it counted. It counts nowhere.').first().waitFor()
    expect(await page.getByRole('term').filter({ hasText: 'Time of publication' }).count()).toBe(0)
    await page.context().close()
  })
})

/** A hospital of the demonstration in a unit. */
async function hospitalIn(address: string, unit: string): Promise<string> {
  const { rows } = (await (await fetch(`${address}/api/lists/commercial-2025/institutions?region=${unit}&limit=20&kind=hospital`)).json()) as { rows: { code: string; closedOn: string | null }[] }
  return rows.find((row) => row.closedOn === null)!.code
}

import type { Page, Request } from 'playwright-core'
import { expect, it } from 'vitest'
import { axeSource } from './chromium.js'
import { inBrowser } from './in-browser.js'

const page = '/commercial-2025/drugs/CID2025019'

await inBrowser('who looks for a drug in a real browser', (newWindow, address) => {
  /** The drug's page, and every request it makes. */
  async function open(size = { width: 1440, height: 900 }, more: { geolocation?: { latitude: number; longitude: number }; permissions?: string[] } = {}): Promise<{ window: Page; asked: Request[] }> {
    const window = await newWindow({ viewport: size, ...more })
    const asked: Request[] = []
    window.on('request', (request) => asked.push(request))
    await window.goto(`${address}${page}`)
    await panel(window).waitFor()
    return { window, asked }
  }
  const panel = (window: Page) => window.getByRole('region', { name: /^Nearest institutions/ })
  const kilometres = async (window: Page) => (await panel(window).getByRole('listitem').locator('span:first-child').allTextContents()).filter((text) => text.endsWith(' km')).map(Number.parseFloat)

  it('chooses a city and is told the nearest institutions with distance, day and kind of evidence, by keyboard too', async () => {
    const { window } = await open()
    await panel(window).getByLabel('Province').selectOption('370000')
    await panel(window).getByLabel('City').selectOption('370100')
    await panel(window).getByText(/From the middle of Jinan/).waitFor()
    const distances = await kilometres(window)
    expect(distances).toHaveLength(20)
    expect(distances).toEqual([...distances].sort((a, b) => a - b))
    await expect.poll(() => panel(window).textContent()).toMatch(/Declared.*as of 30 June 2026/)

    await panel(window).getByRole('button', { name: 'Show more' }).press('Enter')
    await expect.poll(async () => (await kilometres(window)).length).toBe(50)
    await panel(window).getByRole('button', { name: 'Table' }).press('Enter')
    await expect.poll(() => panel(window).getByRole('row').count()).toBe(51)
    await window.context().close()
  })

  it('types coordinates, which are rounded before they leave the page and stand in no address', async () => {
    const { window, asked } = await open()
    await panel(window).getByRole('button', { name: 'Coordinates' }).press('Enter')
    await panel(window).getByLabel('Latitude').fill('96,5')
    await panel(window).getByLabel('Longitude').fill('117.12345')
    await panel(window).getByLabel('Longitude').press('Enter')
    await panel(window).getByRole('alert').waitFor()
    await panel(window).getByLabel('Latitude').fill('36.65432')
    await panel(window).getByLabel('Latitude').press('Enter')
    await panel(window).getByText('From 36.65, 117.12 (rounded)').waitFor()
    const [question] = asked.filter((one) => one.url().endsWith('/nearest'))
    expect(question!.postDataJSON()).toMatchObject({ drug: 'CID2025019', position: { lat: 36.65, lng: 117.12 } })
    expect(asked.map((one) => one.url()).concat(window.url()).filter((url) => /36\.6|117\.1/.test(url))).toEqual([])
    await window.context().close()
  })

  it('is asked for his position on the press of a button alone, and it is rounded before it is sent', async () => {
    const { window, asked } = await open(undefined, { geolocation: { latitude: 31.234567, longitude: 121.476543 }, permissions: ['geolocation'] })
    await panel(window).getByRole('button', { name: 'Where I am' }).click()
    expect(asked.filter((one) => one.method() === 'POST')).toEqual([])
    await panel(window).getByRole('button', { name: 'Ask my browser where I am' }).click()
    await panel(window).getByText('From 31.23, 121.48 (rounded)').waitFor()
    const bodies = asked.flatMap((one) => one.postData() ?? [])
    expect(bodies.length).toBeGreaterThan(0)
    expect(bodies.join()).not.toMatch(/31\.234|121\.476/)
    await window.context().close()
  })

  it('who does not let the browser tell is told what else there is', async () => {
    const { window } = await open()
    await panel(window).getByRole('button', { name: 'Where I am' }).click()
    await panel(window).getByRole('button', { name: 'Ask my browser where I am' }).click()
    await panel(window).getByText(/Choose a place or type coordinates instead/).waitFor()
    await window.context().close()
  })

  it('on a phone scrolls in one direction only, and no accessibility finding is made of the list and its map', async () => {
    const { window } = await open({ width: 390, height: 844 })
    await panel(window).getByLabel('Province').selectOption('650000')
    await panel(window).getByLabel('City').selectOption({ index: 1 })
    await panel(window).getByText(/From the middle of/).waitFor()
    await panel(window).locator('svg.lm-svg').waitFor()
    await window.evaluate(axeSource())
    const findings = await window.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(node: Document, options: object): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> } }
      const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
      return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)
    })
    expect(findings).toEqual([])
    expect(await window.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await window.context().close()
  })
}, { looks: true })

import { chromium } from 'playwright-core'
import { readdirSync } from 'node:fs'
const folder = '/tmp/lastmile-chromium-0-whole'
const base = 'http://127.0.0.1:8977'
export async function open() {
  const bin = process.env.CHROMIUM_PATH ?? `${folder}/chromium`
  return chromium.launch({ executablePath: bin, args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic'], env: { ...process.env, FONTCONFIG_FILE: process.env.FONTCONFIG_FILE ?? '', TMPDIR: folder, LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH ?? '' } })
}
const browser = await open()
const shots = [['operator', 'zh', 1280, 'light'], ['operator', 'en', 390, 'dark'], ['operator', 'zh', 390, 'light'], ['operator', 'en', 1280, 'dark'], ['province_officer', 'zh', 1280, 'light']]
for (const [role, language, width, scheme] of shots) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: language === 'zh' ? 'zh-CN' : 'en-GB', colorScheme: scheme })
  await context.addInitScript(([l]) => localStorage.setItem('lastmile-language', l), [language])
  const page = await context.newPage()
  page.on('console', (m) => { if (m.type() === 'error') console.log('console', m.text()) })
  await page.goto(base + '/sign-in')
  await page.evaluate((account) => fetch('/api/session/demonstration', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ account }) }), `demonstration-${role}`)
  for (const path of ['/inbox', ...(width === 1280 ? ['/account'] : []), ...(role === 'operator' ? ['/commercial-2025'] : [])]) {
    await page.goto(base + path)
    await page.waitForLoadState('networkidle').catch(() => {})
    await page.waitForTimeout(800)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    console.log(role, language, width, path, 'scrollWidth', wide)
    await page.screenshot({ path: `/tmp/h/inbox-shot-${role}-${language}-${width}-${path.replaceAll('/', '_')}.png`, fullPage: path !== '/commercial-2025' })
  }
  await context.close()
}
await browser.close()

import { chromium } from 'playwright-core'
const folder='/tmp/lastmile-chromium-0-whole'
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--no-zygote']
const b = await chromium.launch({ executablePath: folder+'/chromium', args: flags, env: {...process.env, TMPDIR: folder, FONTCONFIG_FILE: folder+'/lastmile-fonts.conf', LD_LIBRARY_PATH: folder+'/al2023/lib' } })
const [base, out, ...list] = process.argv.slice(2)
// each: name|path|lang|width|scheme
for (const one of list) {
  const [name, path, lang, width, scheme] = one.split('|')
  const page = await b.newPage({ viewport: { width: Number(width), height: Number(width) < 500 ? 844 : 900 }, colorScheme: scheme, locale: lang === 'zh' ? 'zh-CN' : 'en-GB' })
  const errors = []
  page.on('console', (m) => m.type() === 'error' && errors.push(m.text())); page.on('pageerror', (e) => errors.push(String(e)))
  await page.goto(base + path + (path.includes('?') ? '&' : '?') + 'lang=' + lang, { waitUntil: 'networkidle' }).catch((e) => errors.push(String(e)))
  await page.waitForTimeout(700)
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  await page.screenshot({ path: `${out}/${name}-${lang}-${width}-${scheme}.png`, fullPage: process.env.FULL === '1' })
  console.log(name, lang, width, scheme, 'sideways', over, errors.slice(0, 2).join(' | '))
  await page.close()
}
await b.close()

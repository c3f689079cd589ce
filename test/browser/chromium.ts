import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--no-zygote']

/** A browser to test with, or why there is none. */
export type Found = { path: string; env: Record<string, string> } | { missing: string }

/**
 * Finds a browser: `CHROMIUM_PATH`, the Chromium inside an npm package (Linux x64, no system package needed), else an
 * installed Chrome, Edge or Chromium.
 */
export async function findChromium(): Promise<Found> {
  const given = process.env['CHROMIUM_PATH']
  if (given) return existsSync(given) ? { path: given, env: {} } : { missing: `CHROMIUM_PATH names ${given}, which is not there` }
  if (process.platform === 'linux' && process.arch === 'x64') return packagedChromium()
  const installed = installedBrowsers().find(existsSync)
  return installed ? { path: installed, env: {} } : { missing: 'no Chrome, Edge or Chromium is installed; install one, or set CHROMIUM_PATH' }
}

/** Starts the browser. The caller closes it. */
export async function launch(found: Extract<Found, { path: string }>): Promise<Browser> {
  return chromium.launch({ executablePath: found.path, args: flags, env: { ...process.env, ...found.env } as Record<string, string> })
}

/**
 * The packaged Chromium unpacks itself into the temporary folder and takes any `chromium` it finds there, half written or
 * not. Tests run in several processes: each unpacks into a folder of its own, and the first that is done gives it the name
 * under which all look for it. Its libraries come along for a bare system. Its font settings name another folder than the
 * one the fonts are unpacked to: without settings of our own a page has no glyph at all.
 */
async function packagedChromium(): Promise<Found> {
  const folder = join(tmpdir(), `lastmile-chromium-${process.getuid?.() ?? 0}-whole`)
  const fonts = join(folder, 'lastmile-fonts.conf')
  try {
    if (!existsSync(folder)) await unpackAs(folder, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>`)
    const libraries = [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':')
    return { path: join(folder, 'chromium'), env: { TMPDIR: folder, FONTCONFIG_FILE: fonts, LD_LIBRARY_PATH: libraries } }
  } catch (error) {
    return { missing: `the packaged Chromium does not start: ${(error as Error).message}` }
  }
}

async function unpackAs(folder: string, fontSettings: string): Promise<void> {
  const own = mkdtempSync(`${folder}-`)
  process.env['AWS_EXECUTION_ENV'] = 'AWS_Lambda_nodejs20.x'
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = own
  try {
    const { default: packaged } = await import('@sparticuz/chromium')
    await packaged.executablePath()
    writeFileSync(join(own, 'lastmile-fonts.conf'), fontSettings)
    renameSync(own, folder)
  } catch (error) {
    rmSync(own, { recursive: true, force: true })
    // Another process was done first.
    if (!existsSync(folder)) throw error
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}

function installedBrowsers(): string[] {
  if (process.platform === 'darwin') {
    return ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge', '/Applications/Chromium.app/Contents/MacOS/Chromium']
  }
  if (process.platform === 'win32') {
    return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
      const base = process.env[name]
      return base ? [join(base, 'Google/Chrome/Application/chrome.exe'), join(base, 'Microsoft/Edge/Application/msedge.exe')] : []
    })
  }
  return ['google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge'].flatMap((name) => {
    try {
      return [execFileSync('which', [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()]
    } catch {
      return []
    }
  })
}

/** The accessibility checker's source, to be evaluated in a page (its content policy lets no script tag in). */
export function axeSource(): string {
  return readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
}

import { readFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { describeSettings, readSettings } from '@lastmile/server/settings'

const root = fileURLToPath(new URL('../', import.meta.url))

test('the README\'s table of settings says what the program says', () => {
  const readme = readFileSync(`${root}README.md`, 'utf8')
  const [, table] = /\n## Settings\n[^]*?\n\| --- \| --- \| --- \|\n((?:\|.*\n)+)/.exec(readme)!
  const documented = table!.trim().split('\n').map((line) => {
    const [name, fallback, meaning] = line.split('|').slice(1, -1).map((cell) => cell.trim())
    return { name: name!.replaceAll('`', ''), default: fallback!.replaceAll('`', ''), meaning }
  })
  expect(documented).toEqual(describeSettings())
})

test('a command lists every setting with its meaning', () => {
  const said = execFileSync(process.execPath, [`${root}server/dist/command/settings.js`], { encoding: 'utf8' })
  for (const { name, meaning } of describeSettings()) {
    expect(meaning).not.toBe('')
    expect(said).toContain(name)
    expect(said).toContain(meaning)
  }
})

test('entries of the audit are kept for ever, or for six months at least', () => {
  expect([readSettings({}).AUDIT_DAYS, readSettings({ AUDIT_DAYS: '180' }).AUDIT_DAYS, readSettings({ AUDIT_DAYS: '0' }).AUDIT_DAYS]).toEqual([0, 180, 0])
  for (const days of ['179', '-1', '1.5', 'a year']) expect(() => readSettings({ AUDIT_DAYS: days })).toThrow(/AUDIT_DAYS must be/)
})

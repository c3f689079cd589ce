import { readFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { describeSettings } from '@lastmile/server/settings'

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

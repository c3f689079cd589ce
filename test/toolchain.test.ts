import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))
const file = (path: string) => readFileSync(root + path, 'utf8')
const lockfile = file('pnpm-lock.yaml')

/** Every version of a package that the lockfile installs. */
function installed(name: string): string[] {
  const versions = [...lockfile.matchAll(/^ {2}'?((?:@[^@'/\s]+\/)?[^@'/\s]+)@(\d[^():']*)(?:\([^:]*)?'?:$/gm)].filter((match) => match[1] === name).map((match) => match[2]!)
  return [...new Set(versions)]
}

function atLeast(version: string, floor: string): boolean {
  const [a, b] = [version, floor].map((text) => text.split('.').map(Number))
  const i = a!.findIndex((part, at) => part !== b![at])
  return i < 0 || a![i]! > b![i]!
}

describe('versions have floors, since not every registry answers audits', () => {
  test.each([['hono', '4.13.19'], ['@hono/node-server', '2.1.8'], ['drizzle-orm', '0.45.2'], ['better-auth', '1.7.25']])('%s is at least %s', (name, floor) => {
    expect(installed(name)).not.toEqual([])
    for (const version of installed(name)) expect(atLeast(version, floor), `${name} ${version}`).toBe(true)
  })

  test('PGlite is one exact version, because its folders do not open across minor versions', () => {
    const pinned = /'@electric-sql\/pglite': (.*)/.exec(file('pnpm-workspace.yaml'))?.[1]
    expect(pinned).toMatch(/^\d+\.\d+\.\d+$/)
    expect(installed('@electric-sql/pglite')).toEqual([pinned])
  })

  test('nothing is installed that must not read uploads', () => {
    for (const name of ['xlsx', 'exceljs', 'iconv-lite', 'chardet']) expect(installed(name), name).toEqual([])
  })
})

describe('the lockfile installs from whichever registry the machine knows', () => {
  test('it carries no address', () => {
    expect(lockfile.match(/tarball:|https?:\/\/|git\+|(?<![\w-])file:/g)).toBeNull()
    expect(installed('zod').length).toBeGreaterThan(0)
  })

  test('every package has its checksum', () => {
    const resolutions = lockfile.match(/^ {4}resolution: .*$/gm) ?? []
    expect(resolutions.filter((line) => !/^ {4}resolution: \{integrity: sha512-/.test(line))).toEqual([])
  })
})

test.skipIf(!existsSync(`${root}.git`))('no source file is hidden from git, so that a clone builds', () => {
  const hidden = execFileSync('git', ['ls-files', '--others', '--ignored', '--exclude-standard', '--', 'shared/src', 'db/src', 'server/src', 'web/src'], { cwd: root, encoding: 'utf8' })
  expect(hidden).toBe('')
})

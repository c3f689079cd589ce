import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openKeptFiles } from '@lastmile/server/lib/kept-files'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lastmile-kept-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a server that starts leaves what a server on another machine is just receiving, and removes what was left half received', async () => {
  const incoming = dirname((await openKeptFiles(folder)).scratch())
  // Processes of other machines: no process here has such a number.
  const [coming, left] = ['4194400-aaaaaaaaaaaa-0', '4194401-bbbbbbbbbbbb-0']
  for (const name of [coming, left]) await writeFile(join(incoming, name), 'institution_code,')
  const longAgo = Date.now() / 1_000 - 25 * 3_600
  await utimes(join(incoming, left), longAgo, longAgo)
  await openKeptFiles(folder)
  expect(await readdir(incoming)).toEqual([coming])
})

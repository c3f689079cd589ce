import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { commandTokenOf } from '@lastmile/server/compose'

/* The secrets that a data folder keeps, which several processes may share. */

let folder: string
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'lastmile-secret-')) })
afterEach(() => rm(folder, { recursive: true, force: true }))

test('of processes that make a secret at once all have the same, and nothing of the others is left', async () => {
  const all = await Promise.all(Array.from({ length: 24 }, () => commandTokenOf(folder)))
  expect(new Set(all).size).toBe(1)
  expect(all[0]).toMatch(/^[0-9a-f]{64}$/)
  expect(await commandTokenOf(folder)).toBe(all[0])
  expect(await readdir(folder)).toEqual(['command-token'])
})

test('what is no secret is replaced', async () => {
  await writeFile(join(folder, 'command-token'), 'cut')
  expect(await commandTokenOf(folder)).toMatch(/^[0-9a-f]{64}$/)
})

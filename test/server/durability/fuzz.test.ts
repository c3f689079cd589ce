import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inputOf, runFuzz } from '../../trials/fuzz.js'

/*
 * A short run of what `pnpm fuzz` does for as long as one likes. SEED=… tries others.
 */

const seed = process.env['SEED'] ?? 'the suite'
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lastmile-fuzz-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('whatever is done to a file, reading it ends in an outcome, and the server answers', async () => {
  const { tried, sent, outcomes, findings } = await runFuzz({ seed, from: 0, count: 600, overHttp: 8, folder, say: () => {} })
  expect(findings.map(({ input, what }) => `input ${input}: ${what}`)).toEqual([])
  expect([tried, sent]).toEqual([600, 75])
  // It tries something: of each kind of ending there is one.
  for (const word of ['accept', 'row_errors', 'CSV_MALFORMED', 'HEADER_MISSING_COLUMN']) expect(outcomes[word], word).toBeGreaterThan(0)
}, 300_000)

test('an input is made of the seed and its number alone', () => {
  for (const number of [3, 77]) expect(Buffer.from(inputOf(seed, number).bytes).equals(Buffer.from(inputOf(seed, number).bytes))).toBe(true)
  expect(Buffer.from(inputOf(seed, 3).bytes).equals(Buffer.from(inputOf(seed, 4).bytes))).toBe(false)
})

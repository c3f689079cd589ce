import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readInWorker } from '@lastmile/server/reading/read-in-worker'
import { requestOf } from '../../trials/corpus-request.js'
import { context, corpusFiles, corpusIsThere, defaultBudget, upload, type CorpusFile } from '../../trials/corpus-world.js'
import { profile } from './profiles.js'

/*
 * What reading a file of the corpus costs: CPU time (not time of the clock, which others on this machine use up) and how
 * much the process grows. The file lies on the disk, as an upload does.
 */

const mb = 1024 * 1024
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lastmile-budgets-'))
  if (!corpusIsThere) return
  // The first reading starts the thread and compiles the reader, as a server's first upload does.
  for (const one of corpusFiles().filter(({ file }) => /001_/.test(file))) await costOf(one)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function costOf(one: CorpusFile): Promise<{ cpuMs: number; grownMb: number }> {
  const { file, filename } = upload(one)
  const path = join(folder, 'upload')
  await writeFile(path, file)
  const request = requestOf(context(), profile('cn-monthly'), { path }, filename, one.submit_period)
  const atRest = process.memoryUsage.rss()
  let peak = atRest
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }
  const timer = setInterval(look, 2)
  const before = process.cpuUsage()
  await readInWorker(request).finally(() => clearInterval(timer))
  const { user, system } = process.cpuUsage(before)
  look()
  return { cpuMs: (user + system) / 1_000, grownMb: (peak - atRest) / mb }
}

describe.skipIf(!corpusIsThere)('reading stays within the budget of the file', () => {
  test.each(corpusFiles().map((one) => [one.file, one] as const))('%s', async (_, one) => {
    const budget = { ...defaultBudget(), ...one.budget }
    const { cpuMs, grownMb } = await costOf(one)
    expect(cpuMs).toBeLessThan(budget.max_cpu_ms)
    expect(grownMb).toBeLessThan(budget.max_rss_growth_mb)
  })
})

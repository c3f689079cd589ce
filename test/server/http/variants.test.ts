import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadEditionFolder, loadMasterFile } from '@lastmile/server/load/load-files'
import { context, writeCorpusWorld } from '../../trials/corpus-world.js'
import { ReportReceipt } from '@lastmile/shared/report'
import { formOf, newServer } from './door.js'
import { cellsOfRows, texts, workbooks } from './variants.js'

let world: Awaited<ReturnType<typeof newServer>>
let folder: string

beforeAll(async () => {
  world = await newServer(context().clock)
  folder = await mkdtemp(join(tmpdir(), 'lastmile-variants-'))
  const { edition, master } = await writeCorpusWorld(folder)
  const { db, clock } = world.services
  await loadMasterFile(db, (await loadEditionFolder(db, edition, clock.now())).list, master, clock.now())
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true, force: true })
})

test.each([...texts, ...cellsOfRows, ...workbooks].map((one) => [one.name, one] as const))('%s', async (_, { file, filename, period = context().period, becomes }) => {
  const { status, receipt } = await world.send({ list: 'corpus', source: 'sd', period, dryRun: 'true', file, ...(filename === undefined ? {} : { filename }) })
  const told = [...new Set(receipt.warnings.map(({ code }) => `+${code}`))].sort()
  const what = receipt.outcome === 'accepted' ? 'accept' : receipt.outcome === 'row_errors' ? receipt.errors.map(({ row, column, code }) => `${row}:${column ?? ''}:${code}`).join(' ') : receipt.reason!
  // Of a file that is refused nobody is told how it was written.
  const heard = receipt.outcome === 'rejected' ? what : [what, ...told].join(' ')
  expect(status).toBeLessThan(500)
  expect(becomes.split('|')).toContain(heard)
})

test('a request whose whole body is packed is refused as a form, not read', async () => {
  const form = new Response(formOf({ list: 'corpus', source: 'sd', period: context().period, file: 'institution_code' }))
  const answer = await world.ask('/api/lists/corpus/reports', {
    method: 'POST', body: gzipSync(Buffer.from(await form.arrayBuffer())), headers: { 'Content-Type': form.headers.get('content-type')!, 'Content-Encoding': 'gzip' },
  })
  expect(answer.status).toBe(400)
  expect(ReportReceipt.parse(await answer.json())).toMatchObject({ outcome: 'rejected', reason: 'BAD_FORM' })
})

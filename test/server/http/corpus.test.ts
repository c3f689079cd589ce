import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { loadEditionFolder, loadMasterFile } from '@lastmile/server/load/load-files'
import type { ReportReceipt } from '@lastmile/shared/report'
import { context, corpusFiles, corpusIsThere, upload, writeCorpusWorld, type CorpusFile, type Expected } from '../../trials/corpus-world.js'
import { doorOf, forgetReports, newServer } from './door.js'

let world: Awaited<ReturnType<typeof newServer>>
let folder: string

beforeAll(async () => {
  if (!corpusIsThere) return
  world = await newServer(context().clock)
  folder = await mkdtemp(join(tmpdir(), 'lastmile-corpus-'))
  const { edition, master } = await writeCorpusWorld(folder)
  const { db, clock } = world.services
  await loadMasterFile(db, (await loadEditionFolder(db, edition, clock.now())).list, master, clock.now())
})
beforeEach(async () => {
  if (corpusIsThere) await forgetReports(world.services)
})
afterAll(async () => {
  if (!corpusIsThere) return
  await world.close()
  await rm(folder, { recursive: true, force: true })
})

const sendFile = (one: CorpusFile, headers: Record<string, string> = {}) =>
  world.send({ list: 'corpus', source: 'sd', period: one.submit_period ?? context().period, ...upload(one), headers })
const named = (name: string): CorpusFile => corpusFiles().find((one) => one.file === name)!

describe.skipIf(!corpusIsThere)('every file of the corpus, sent as an officer of Shandong sends it, is answered as the manifest says', () => {
  test.each(corpusFiles().map((one) => [`${one.file}: ${one.title}`, one] as const))('%s', async (_, one) => {
    const { status, receipt } = await sendFile(one)
    const heard = said(status, receipt)
    const { also_acceptable = [], ...first } = one.expect
    const permitted = [first, ...also_acceptable.map((other) => ({ ...(other.outcome === first.outcome ? first : {}), ...other }) as Expected)].map(complete)
    const fitting = permitted.find((expected) => expect.objectContaining(expected).asymmetricMatch(heard))
    expect(heard).toMatchObject(fitting ?? permitted[0]!)
    expect(await storedRows()).toBe(receipt.outcome === 'accepted' ? receipt.storedCount : 0)
    expect(shapeOf(receipt)).toEqual([])
  })
})

describe.skipIf(!corpusIsThere)('a report sent more than once', () => {
  test('with the same key gets the same answer twenty times, ten at once, and is stored once', async () => {
    const key = { 'Idempotency-Key': 'K' }
    const answers = [await sendFile(named('csv/001_utf8.csv'), key)]
    for (let round = 0; round < 2; round++) answers.push(...await Promise.all(Array.from({ length: 10 }, () => sendFile(named('csv/001_utf8.csv'), key))))
    expect(new Set(answers.map(({ status, receipt }) => JSON.stringify({ status, receipt }))).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 201, receipt: { outcome: 'accepted' } })
    expect(await storedRows()).toBe(6)
  })

  test('with the same key and another file is refused, and nothing of it is stored', async () => {
    await sendFile(named('csv/001_utf8.csv'), { 'Idempotency-Key': 'K' })
    expect(await sendFile(named('csv/039_full_matrix.csv'), { 'Idempotency-Key': 'K' })).toMatchObject({ status: 422, receipt: { reason: 'IDEMPOTENCY_KEY_REUSED' } })
    expect(await storedRows()).toBe(6)
  })

  test('without a key is a conflict that names the first', async () => {
    const { receipt: first } = await sendFile(named('csv/001_utf8.csv'))
    expect(await sendFile(named('csv/001_utf8.csv'))).toMatchObject({ status: 409, receipt: { reason: 'DUPLICATE_SUBMISSION', error: { report: first.id } } })
  })

  test('with the key of another is judged on its own', async () => {
    const report = { list: 'corpus', source: 'sd', period: '2026-02', headers: { 'Idempotency-Key': 'K' } }
    const [officer, colleague, another] = ['370000', '370000', '310000'].map((unit) => doorOf(world.services, { role: 'province_officer', unit }))
    const { receipt: first } = await officer!.send({ ...report, ...upload(named('csv/001_utf8.csv')) })
    expect(first.outcome).toBe('accepted')
    expect(await another!.send({ ...report, ...upload(named('csv/001_utf8.csv')) })).toMatchObject({ status: 404, receipt: { id: null, error: { code: 'source.not_found' } } })
    expect(await colleague!.send({ ...report, ...upload(named('csv/039_full_matrix.csv')) })).toMatchObject({ status: 409, receipt: { reason: 'CORRECTION_NAMES_NO_VERSION', error: { report: first.id } } })
    expect(await officer!.send({ ...report, ...upload(named('csv/001_utf8.csv')) })).toMatchObject({ status: 201, receipt: { id: first.id } })
    expect(await storedRows()).toBe(6)
  })

  test('after its approval, without its being opened again, is refused because the period is locked', async () => {
    const { receipt: first } = await sendFile(named('csv/001_utf8.csv'))
    const approval = (await doorOf(world.services, { role: 'province_officer', unit: '370000' }).ask(`/api/lists/corpus/reports/${first.id}/approval`, { method: 'POST' })).status
    expect(approval).toBe(200)
    for (const headers of [{}, { 'If-Match': '"1"' }] as Record<string, string>[]) {
      expect(await sendFile(named('csv/022_status_case.csv'), headers)).toMatchObject({ status: 409, receipt: { id: null, reason: 'PERIOD_LOCKED', error: { report: first.id, version: 1 } } })
    }
    expect(await storedRows()).toBe(6)
  })

  test('as a correction takes the place of the version it names, and an old version can no longer be corrected', async () => {
    const { receipt: first } = await sendFile(named('csv/001_utf8.csv'))
    const { status, receipt: second } = await sendFile(named('csv/022_status_case.csv'), { 'If-Match': '"1"' })
    expect({ status, version: second.version }).toEqual({ status: 201, version: 2 })
    expect(await sendFile(named('csv/019_reordered.csv'), { 'If-Match': '"1"' })).toMatchObject({ status: 412, receipt: { reason: 'VERSION_MISMATCH', error: { version: 2 } } })
    const { report } = await world.read<{ report: { state: string; supersededBy: string } }>(`/api/lists/corpus/reports/${first.id}`)
    expect(report).toMatchObject({ state: 'superseded', supersededBy: second.id })
    // Both stay readable, as what they said and as what was sent.
    for (const [id, name] of [[first.id, 'csv/001_utf8.csv'], [second.id, 'csv/022_status_case.csv']] as const) {
      expect(await world.read(`/api/lists/corpus/reports/${id}`)).toMatchObject({ report: { id, storedCount: named(name).expect.stored_count } })
      const file = await world.ask(`/api/lists/corpus/reports/${id}/file`)
      expect(Buffer.from(await file.arrayBuffer()).equals(Buffer.from(upload(named(name)).file))).toBe(true)
    }
  })

  test('as a dry run says what would become of it and stores nothing', async () => {
    const one = named('csv/001_utf8.csv')
    const answer = await world.send({ list: 'corpus', source: 'sd', period: '2026-02', dryRun: 'true', ...upload(one) })
    expect(answer).toMatchObject({ status: 200, receipt: { id: null, outcome: 'accepted', dryRun: true, storedSha256: one.expect.stored_sha256 } })
    expect(await storedRows()).toBe(0)
  })
})

async function storedRows(): Promise<number> {
  const { rows } = await world.services.db.execute('select coalesce(sum(lines), 0)::int as n from report_drug') as unknown as { rows: { n: number }[] }
  return rows[0]!.n
}

/** What the server answered, in the words of the manifest. */
function said(status: number, receipt: ReportReceipt): Expected {
  const outcome = ({ accepted: 'accept', embargoed: 'accept', submitted: 'accept', row_errors: 'row_errors', rejected: 'reject_file', quarantined: 'quarantine' } as const)[receipt.outcome]
  return {
    outcome, http_status: status, ...(receipt.reason ? { reason: receipt.reason } : {}), rows_total: receipt.rowsTotal, stored_count: receipt.storedCount,
    ...(receipt.storedSha256 ? { stored_sha256: receipt.storedSha256 } : {}), errors_total: receipt.errorsTotal,
    errors: receipt.errors.map(({ row, code, column }) => ({ row, code, ...(column === null ? {} : { column }) })),
    warnings: [...new Set(receipt.warnings.map(({ code }) => code))].sort(),
  }
}

/** An expectation in full: no warnings named means none, and every error is named. */
function complete({ outcome, http_status, reason, rows_total, stored_count, stored_sha256, errors, errors_total, warnings }: Expected): Expected {
  const status = http_status ?? { accept: 201, row_errors: 422, quarantine: 202, reject_file: undefined }[outcome]
  const common = { outcome, ...(status ? { http_status: status } : {}), ...(rows_total === undefined ? {} : { rows_total }) }
  if (outcome === 'reject_file') return { outcome, ...(reason ? { reason } : {}), stored_count: 0, errors_total: 0 }
  const told = { warnings: [...(warnings ?? [])].sort() }
  if (outcome === 'accept') return { ...common, ...told, ...(stored_count === undefined ? {} : { stored_count }), ...(stored_sha256 ? { stored_sha256 } : {}), errors_total: 0 }
  return { ...common, ...told, stored_count: 0, ...(errors ? { errors } : {}), errors_total: errors_total ?? errors?.length ?? 0 }
}

/** What an answer to an upload lacks, or has in another type, of the shape that senders are promised. */
function shapeOf(receipt: ReportReceipt): string[] {
  const wrong: string[] = []
  const check = (name: string, good: boolean) => void (good || wrong.push(name))
  const whole = (value: unknown) => Number.isInteger(value) && (value as number) >= 0
  check('id', receipt.outcome === 'accepted' || receipt.outcome === 'row_errors' ? typeof receipt.id === 'string' : 'id' in receipt)
  check('reason', receipt.outcome === 'rejected' ? /^[A-Z_]+$/.test(receipt.reason ?? '') : receipt.reason === undefined)
  for (const name of ['rowsTotal', 'storedCount', 'errorsTotal'] as const) check(name, whole(receipt[name]))
  check('storedSha256', receipt.outcome === 'accepted' ? /^[0-9a-f]{64}$/.test(receipt.storedSha256 ?? '') : receipt.storedSha256 === null)
  for (const { code, row, column, ...rest } of receipt.warnings) check('warnings', typeof code === 'string' && (row === undefined || row > 0) && (column === undefined || column !== '') && Object.keys(rest).length === 0)
  for (const error of receipt.errors) {
    check('errors', error.row > 0 && typeof error.code === 'string' && (error.column === null || error.column !== '') && (error.value ?? '').length <= 80)
    check('errors: a price is echoed', error.column !== 'price' || error.value === null)
  }
  return wrong
}

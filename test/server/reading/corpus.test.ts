import { describe, expect, test } from 'vitest'
import { readReport, type ReadOutcome, type ReadRequest } from '@lastmile/server/reading/read-report'
import { readInWorker } from '@lastmile/server/reading/read-in-worker'
import { requestOf } from '../../trials/corpus-request.js'
import { context, corpusFiles, corpusIsThere, upload, type CorpusFile, type Expected } from '../../trials/corpus-world.js'
import { profile } from './profiles.js'

function requestFor(one: CorpusFile): ReadRequest {
  const { file, filename } = upload(one)
  return requestOf(context(), profile('cn-monthly'), file, filename, one.submit_period)
}

/** What the reader said, in the words of the manifest. */
function said(outcome: ReadOutcome): Expected {
  const warnings = [...new Set(outcome.warnings.map(({ code }) => code))].sort()
  if (outcome.outcome === 'rejected') return { outcome: 'reject_file', reason: outcome.reason }
  if (outcome.outcome === 'accept') {
    return { outcome: 'accept', rows_total: outcome.rowsTotal, stored_count: outcome.storedCount, ...(outcome.storedSha256 === null ? {} : { stored_sha256: outcome.storedSha256 }), warnings }
  }
  const errors = outcome.errors.map(({ row, code, column }) => ({ row, code, ...(column === null ? {} : { column }) }))
  return { outcome: 'row_errors', rows_total: outcome.rowsTotal, errors, errors_total: outcome.errorsTotal, warnings }
}

/** The manifest's expectation in full: no warnings named means none. */
function complete({ outcome, reason, rows_total, stored_count, stored_sha256, errors, errors_total, warnings }: Expected): Expected {
  const told = [...(warnings ?? [])].sort()
  if (outcome === 'reject_file') return { outcome, ...(reason ? { reason } : {}) }
  if (outcome === 'accept') return { outcome, ...(rows_total === undefined ? {} : { rows_total }), ...(stored_count === undefined ? {} : { stored_count }), ...(stored_sha256 ? { stored_sha256 } : {}), warnings: told }
  return { outcome, ...(rows_total === undefined ? {} : { rows_total }), ...(errors ? { errors, errors_total: errors_total ?? errors.length } : {}), warnings: told }
}

describe.skipIf(!corpusIsThere)('every file of the corpus is judged as the manifest says', () => {
  const files = corpusFiles()
  test.each(files.map((one) => [`${one.file}: ${one.title}`, one] as const))('%s', async (_, one) => {
    const outcome = await readReport(requestFor(one))
    // What is wrong in these files is wrong with single rows: none of them is taken for a table whose columns are shifted.
    if (outcome.outcome !== 'rejected') expect(outcome.shifted).toBeNull()
    const heard = said(outcome)
    const { also_acceptable = [], ...first } = one.expect
    const permitted = [first, ...also_acceptable.map((other) => ({ ...(other.outcome === first.outcome ? first : {}), ...other }) as Expected)].map(complete)
    const matching = permitted.find((expected) => {
      try {
        expect(heard).toMatchObject(expected)
        return true
      } catch {
        return false
      }
    })
    expect(heard).toMatchObject(matching ?? (permitted[0] as Expected))
  })

  test('the worker says of a workbook, a damaged one and a wrong one what the reader says', async () => {
    for (const name of ['xlsx/001_plain.xlsx', 'xlsx/033_crc_mismatch.xlsx', 'csv/214_total_row.csv']) {
      const one = files.find(({ file }) => file === name)!
      const request = requestFor(one)
      expect(await readInWorker(request)).toEqual(await readReport(request))
    }
  })
})

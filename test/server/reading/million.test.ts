import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { feedLimits } from '@lastmile/shared/source'
import { unpackLines } from '@lastmile/shared/report-lines'
import { packInstitutions } from '@lastmile/server/reading/masters'
import { readInWorker } from '@lastmile/server/reading/read-in-worker'
import type { ReadRequest } from '@lastmile/server/reading/read-report'
import { profile } from './profiles.js'

const institutions = 11_000
const drugs = 100
const code = (at: number) => `H37${String(at).padStart(9, '0')}`

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lastmile-million-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A feed that names every drug at every institution, drug by drug: 1,100,000 rows, more than are held at once. */
async function feed(...more: string[]): Promise<ReadRequest> {
  const rows = Array.from({ length: drugs }, (_, drug) => Array.from({ length: institutions }, (_, at) => `${code(at)},D${drug},${(at + drug) % 3 === 0 ? '缺货' : '有货'},2026-02-${String(1 + ((at + drug) % 28)).padStart(2, '0')},${1 + (at % 9)}\n`).join(''))
  const path = join(folder, 'feed.csv')
  await writeFile(path, ['机构代码,药品代码,状态,上报日期,数量\n', ...rows, ...more].join(''))
  return {
    content: { path }, filename: 'feed.csv', profile: profile('cn-monthly'), limits: feedLimits, asOf: '2026-02-28', period: '2026-02', today: '2026-03-05', spoolPath: join(folder, 'spool'),
    masters: {
      drugs: Array.from({ length: drugs }, (_, at) => ({ id: 500 - at, code: `D${at}`, aliases: [], inScope: true })),
      institutions: packInstitutions(Array.from({ length: institutions }, (_, at) => ({ id: at * 2 + 1, code: code(at), kind: 'hospital', active: true, inScope: true }))),
      scopePrefixes: ['37'], regions: [],
    },
  }
}

describe('a feed of more than a million rows', () => {
  test('is read whole: every line is there, each institution once, in the order of their ids', async () => {
    const outcome = await readInWorker(await feed())
    if (outcome.outcome !== 'accept') throw new Error(JSON.stringify(outcome).slice(0, 500))
    expect(outcome).toMatchObject({ rowsTotal: 1_100_000, storedCount: 1_100_000, storedSha256: null, prices: null })
    expect(outcome.parts.map((part) => part.count).reduce((sum, count) => sum + count)).toBe(1_100_000)
    expect(outcome.parts.flatMap((part) => Array.from(part.institutions))).toEqual(Array.from({ length: institutions }, (_, at) => at * 2 + 1))
    const { bytes, ends } = outcome.parts[0]!
    const lines = unpackLines(bytes.subarray(ends[6], ends[7]))
    // The institution at place 7 stands in row 2 + 7 of each drug's rows; the last drug has the lowest id.
    expect(lines).toHaveLength(drugs)
    expect(lines[0]).toEqual({ drug: 401, line: 99 * institutions + 9, status: 0, day: 20_485 + ((7 + 99) % 28), dayBasis: 1, reason: null, leadDays: null, quantity: 8 })
    expect(await readdir(folder)).toEqual(['feed.csv'])
  }, 300_000)

  test('with rows that say the same, or contradict each other, a million rows apart, names them all', async () => {
    const outcome = await readInWorker(await feed(`${code(5)},D0,有货,2026-02-06,6\n`, `${code(6)},D0,缺货,2026-02-01,1\n`, 'X,D0,有货,2026-02-01,\n'))
    expect(outcome).toMatchObject({
      outcome: 'row_errors', rowsTotal: 1_100_003, errorsTotal: 4, errors: [
        { row: 8, code: 'CONFLICTING_ROW' }, { row: 1_100_002, code: 'DUPLICATE_ROW' }, { row: 1_100_003, code: 'CONFLICTING_ROW' }, { row: 1_100_004, column: 'institution_code', code: 'BAD_INSTITUTION_CODE' },
      ],
    })
  }, 300_000)
})

import { describe, expect, inject, test, vi } from 'vitest'
import { sql } from 'drizzle-orm'
import { lockCounts } from '@lastmile/db/coverage/lock-counts'
import { rowsOf, type Database } from '@lastmile/db/database'
import { reportsOf } from '@lastmile/db/query/reports'
import { Refusal } from '@lastmile/server/lib/refusal'
import { replayKept } from '@lastmile/server/reports/replay-kept'
import { everything } from '@lastmile/shared/purview'
import { discrepancies, headline } from '../support/ask.js'
import { given, type ReportFacts, type World } from '../support/given.js'

const institutions = { H1: '100100', P1: '200100' }
const first = { source: 'maker', asOf: '2026-06-20', rows: ['H1 alpha in_stock'] }
const second = { ...first, rows: ['P1 alpha in_stock'] }

/** What a report is answered with: its status and word, whether it is accepted or refused. */
async function answer(world: World, report: ReportFacts): Promise<string> {
  try {
    const { status, receipt } = await world.send(report)
    return `${status} ${receipt.outcome} ${receipt.version}`
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return `${error.status} ${error.reason} ${error.details.version ?? ''}`.trim()
  }
}

const reports = async (world: World) => (await reportsOf(world.services.db, { listId: (await world.list()).id , purview: everything})).rows

describe('a report is sent twice', () => {
  test('the same bytes again are refused and name the first', async () => {
    const world = await given({ institutions, reports: [first] })
    const id = (await reports(world))[0]?.id
    await expect(world.send(first)).rejects.toMatchObject({ status: 409, reason: 'DUPLICATE_SUBMISSION', details: { report: id, version: 1 } })
    expect((await headline(world)).institutions).toBe(1)
  })

  test('a second file for the same source and day is refused and names the version it should correct', async () => {
    const world = await given({ institutions, reports: [first] })
    expect(await answer(world, second)).toBe('409 CORRECTION_NAMES_NO_VERSION 1')
    expect(await answer(world, { ...second, corrects: 1 })).toBe('201 accepted 2')
    expect((await reports(world)).map(({ state, version, corrects, supersededBy }) => [state, version, corrects !== null, supersededBy !== null])).toEqual([['accepted', 2, true, false], ['superseded', 1, false, true]])
  })

  test('another scope, another day or another source is another report', async () => {
    const world = await given({ institutions, reports: [first] })
    expect(await answer(world, { ...second, scope: { drugs: ['alpha'] } })).toBe('201 accepted 1')
    expect(await answer(world, { ...second, asOf: '2026-06-21' })).toBe('201 accepted 1')
    expect(await answer(world, { ...second, source: 'hospitals' })).toBe('201 accepted 1')
  })

  test('a correction of a version that is not the last is refused', async () => {
    const world = await given({ institutions, reports: [first, { ...second, corrects: 1 }] })
    expect(await answer(world, { ...first, rows: ['H1 beta in_stock'], corrects: 1 })).toBe('412 VERSION_MISMATCH 2')
    expect(await answer(world, { ...first, asOf: '2026-06-25', corrects: 1 })).toBe('412 VERSION_MISMATCH')
  })

  test('of two corrections of one version at once, one is accepted', async () => {
    const world = await given({ institutions, reports: [first] })
    const answers = await Promise.all([second, { ...first, rows: ['H1 beta in_stock'] }].map((report) => answer(world, { ...report, corrects: 1 })))
    expect(answers.sort()).toEqual(['201 accepted 2', '412 VERSION_MISMATCH 2'])
    expect(await discrepancies(world)).toEqual([])
  })
})

describe('an Idempotency-Key', () => {
  test('gives the same answer again, and stores nothing twice', async () => {
    const world = await given({ institutions })
    const one = await world.send({ ...first, idempotencyKey: 'k1' })
    expect(await world.send({ ...first, idempotencyKey: 'k1' })).toEqual(one)
    expect(await reports(world)).toHaveLength(1)
  })

  test('ten times at once is one report and ten equal answers', async () => {
    const world = await given({ institutions })
    const answers = await Promise.all(Array.from({ length: 10 }, () => world.send({ ...first, idempotencyKey: 'k1' })))
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(await reports(world)).toHaveLength(1)
    expect((await headline(world)).institutions).toBe(1)
  })

  test('ten times at once with a bad file is one draft and ten equal answers', async () => {
    const world = await given({ institutions })
    const answers = await Promise.all(Array.from({ length: 10 }, () => world.send({ ...first, rows: ['H9 alpha in_stock'], idempotencyKey: 'k1' })))
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 422, receipt: { errorsTotal: 1 } })
    expect(await reports(world)).toHaveLength(1)
  })

  test('with other bytes is refused', async () => {
    const world = await given({ institutions })
    await world.send({ ...first, idempotencyKey: 'k1' })
    expect(await answer(world, { ...second, idempotencyKey: 'k1' })).toMatch(/^422 IDEMPOTENCY_KEY_REUSED/)
  })
})

describe('reports that a source may not send', () => {
  test.each([
    ['of a day to come', { asOf: '2026-07-02', accepted: '2026-06-30' }, '400 REPORT_FUTURE'],
    ['with neither period nor day', { asOf: null }, '400 REPORT_WHEN'],
    ['of an unknown source', { source: 'nobody' }, '404 SOURCE_NOT_FOUND'],
    ['of an unknown list', { list: 'nothing' }, '404 LIST_NOT_FOUND'],
    ['beyond its scope', { source: 'narrow', scope: { drugs: ['beta'] } }, '403 REPORT_SCOPE'],
    ['through a closed channel', { source: 'narrow', channel: 'feed' as const }, '403 SOURCE_CHANNEL_CLOSED'],
  ])('%s', async (_, own, expected) => {
    const world = await given({ institutions, sources: { narrow: { scope: { drugs: ['alpha'], regions: null, kinds: null }, channels: { command: {} } } } })
    expect(await answer(world, { ...first, ...own } as ReportFacts)).toBe(expected)
  })
})

describe('what the database lost is accepted again from the kept files', () => {
  const history = [
    { ...first, accepted: '2026-06-21' }, { ...second, corrects: 1, accepted: '2026-06-22' }, { source: 'north', asOf: '2026-06-22', rows: ['H1 beta in_stock'] },
    { source: 'maker', asOf: '2026-06-25', scope: { drugs: ['gamma'] }, rows: ['H1 gamma in_stock', 'P1 gamma in_stock'] }, { source: 'sales', asOf: '2026-06-25', rows: ['P1 alpha @2026-06-02'] },
  ]
  const figures = async (world: World) => [await headline(world), await headline(world, { knownOn: '2026-06-21' }), await headline(world, { evidence: 'confirmed' }), await headline(world, { evidence: 'supplied' })]
    .map(({ basis: _, ...rest }) => rest)
  const told = async (world: World) => (await reports(world)).map(({ id, state, version, acceptedAt, corrects, supersededAt }) => ({ id, state, version, acceptedAt, corrects, supersededAt }))

  test('every report, in its order and with its instant of acceptance', async () => {
    const world = await given({ institutions, reports: history })
    const before = [await figures(world), await told(world)]
    for (const table of ['report_lines', 'report_drug', 'report', 'shelf', 'past_spans', 'drug_named', 'coverage_by_unit', 'coverage_by_drug', 'coverage_by_city', 'coverage_ahead']) await world.services.db.execute(sql.raw(`delete from ${table}`))
    expect((await headline(world)).institutions).toBe(0)
    expect(await replayKept(world.services)).toBe(history.length)
    expect([await figures(world), await told(world)]).toEqual(before)
    expect(await discrepancies(world)).toEqual([])
  })

  test('nothing, if it lost nothing', async () => {
    const world = await given({ institutions, reports: history })
    expect(await replayKept(world.services)).toBe(0)
    expect(await reports(world)).toHaveLength(history.length)
  })
})

describe.skipIf(inject('home') !== 'server')('while somebody else changes the counts', () => {
  test('any number of reports wait and questions are answered; one whose connection ends is not stored, and can be sent again', async () => {
    const world = await given({ institutions, reports: [first] })
    const { db } = world.services
    let letGo = () => {}
    const other = db.transaction(async (tx) => {
      await lockCounts(tx as Database)
      await new Promise<void>((resolve) => (letGo = resolve))
    })
    const waiting = () => rowsOf<{ pid: number }>(db, sql`select pid from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`)
    const sent = Array.from({ length: 12 }, (_, i) => {
      const report = { source: 'hospitals', asOf: `2026-06-${String(i + 1).padStart(2, '0')}`, rows: [i % 2 === 0 ? 'H1 beta in_stock' : 'H1 beta maybe'] }
      return { report, answer: answer(world, report).catch((error: Error) => error.message) }
    })
    const [one] = await vi.waitFor(async () => {
      const found = await waiting()
      expect(found).toHaveLength(1)
      return found
    }, 10_000)
    expect((await headline(world, { asOf: '2026-06-20' })).institutions).toBe(1)
    await rowsOf(db, sql`select pg_terminate_backend(${one!.pid})`)
    const failed = await Promise.race(sent.map(async ({ report, answer }) => ({ report, told: await answer })))
    expect(failed.told).toMatch(/terminat/)
    letGo()
    await other
    const answers = await Promise.all(sent.map((one) => one.answer))
    expect(answers.filter((told) => told === '201 accepted 1' || told === '422 row_errors null')).toHaveLength(11)
    expect(await answer(world, failed.report)).toBe(failed.report.rows[0] === 'H1 beta in_stock' ? '201 accepted 1' : '422 row_errors null')
    expect(await discrepancies(world)).toEqual([])
  })
})

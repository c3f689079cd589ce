import { expect, test } from 'vitest'
import { reportingOf } from '@lastmile/db/query/reporting'
import { ReportingAnswer } from '@lastmile/shared/reporting'
import { everything } from '@lastmile/shared/purview'
import { given, type ReportFacts } from '../support/given.js'

const north = (period: string, accepted: string, rows: readonly string[]): ReportFacts => ({ source: 'north', period, accepted, rows })

test('by the list’s own calendar, a report that comes in the first hour after the due day is late, and what it names is held against the month before', async () => {
  const world = await given({
    institutions: { H1: '100100', H2: '100100', P1: '100200' },
    // Midnight in China is 16:00 in UTC.
    reports: [north('2026-03', '2026-04-10T15:59:00.000Z', ['H1 alpha in_stock', 'P1 beta in_stock']), north('2026-04', '2026-05-10T16:01:00.000Z', ['H1 alpha in_stock', 'H2 alpha in_stock'])],
  })
  const list = await world.list()
  const filter = { asOf: list.today, periods: 4, evidence: 'confirmed' as const, source: 'north', purview: everything, reports: everything }
  const { rows: [row] } = ReportingAnswer.parse(await reportingOf(world.services.db, list, filter, { offset: 0, limit: 10 }, { by: 'silent', falling: true }))
  expect(row!.cells.map(({ period, state, daysLate, institutions }) => [period, state, daysLate, institutions.named, institutions.again])).toEqual([
    ['2026-03', 'on_time', 0, 2, null], ['2026-04', 'late', 1, 2, 1], ['2026-05', 'missing', 20, null, null], ['2026-06', 'expected', 0, null, null],
  ])
})

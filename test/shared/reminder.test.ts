import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, dayNumber, dayOfNumber, type Day } from '@lastmile/shared/day'
import { owedPeriods, periodStanding, type Owing, type SentReport } from '@lastmile/shared/owed-period'
import { remindersOn } from '@lastmile/shared/reminder'
import type { RemindDays } from '@lastmile/shared/source'

const list = { inForce: '2026-01-01', validTo: null }
const source: Owing & { remindDays?: RemindDays } = { rhythm: 'monthly', graceDays: 10 }
const draft: SentReport = { asOf: '2026-02-28', sentOn: '2026-03-02', acceptedOn: null, waitsFor: 'sender', isWhole: true, isNil: false }
const on = (day: Day, reports: SentReport[] = [], of = source) => (
  remindersOn(of, owedPeriods(of, list, day, 24).map((period) => ({ ...period, ...periodStanding(period, reports, day) })), day)
)
/** The days of a month on which there is a reminder, and of what kind. */
const daysOf = (month: string, reports: SentReport[] = [], of = source) => Array.from({ length: 28 }, (_, i) => `${month}-${String(i + 1).padStart(2, '0')}`)
  .flatMap((day) => on(day, reports, of).map(({ when, period, days }) => `${day} ${when} ${days} ${period}`))

describe('a source is reminded of what it owes', () => {
  test('three days before it is due, on the day, the day after, and then every week', () => {
    expect(daysOf('2026-02')).toEqual(['2026-02-07 before 3 2026-01', '2026-02-10 due 0 2026-01', '2026-02-11 after 1 2026-01', '2026-02-18 after 8 2026-01', '2026-02-25 after 15 2026-01'])
  })

  test('of several that are missing by one reminder, which names them all', () => {
    expect(on('2026-04-11', [{ ...draft, acceptedOn: '2026-03-02' }])).toEqual([{ when: 'after', period: '2026-03', dueOn: '2026-04-10', days: 1, alsoMissing: ['2026-01'] }])
    expect(daysOf('2026-04').map((one) => one.split(' ').at(-1))).toContain('2026-03')
  })

  test('on days of its own, or not at all', () => {
    expect(daysOf('2026-02', [], { ...source, remindDays: { before: 1, after: 2, every: null } })).toEqual(['2026-02-09 before 1 2026-01', '2026-02-10 due 0 2026-01', '2026-02-12 after 2 2026-01'])
    expect(daysOf('2026-02', [], { ...source, remindDays: { before: null, after: null, every: null } })).toEqual(['2026-02-10 due 0 2026-01'])
    expect(daysOf('2026-02', [], { ...source, rhythm: 'irregular' })).toEqual([])
  })

  test('not of what was accepted or waits for a reviewer, but of a draft with errors', () => {
    const told = (report: SentReport) => on('2026-03-11', [report]).map(({ period }) => period)
    expect([told({ ...draft, acceptedOn: '2026-03-11' }), told({ ...draft, waitsFor: 'reviewer' }), told(draft)]).toEqual([[], [], ['2026-02']])
  })

  test('whatever its rhythm, of one period past due at most, and of none twice on a day', () => {
    const days = fc.integer({ min: dayNumber('2026-01-01'), max: dayNumber('2027-12-31') }).map(dayOfNumber)
    fc.assert(fc.property(fc.constantFrom('monthly' as const, 'weekly' as const, 'daily' as const), fc.nat({ max: 40 }), days, fc.array(days), (rhythm, graceDays, day, heard) => {
      const reports = heard.map((asOf) => ({ ...draft, asOf, sentOn: addDays(asOf, 1), acceptedOn: addDays(asOf, 1) }))
      const told = on(day, reports, { rhythm, graceDays })
      expect(told.filter(({ when }) => when === 'after').length).toBeLessThanOrEqual(1)
      expect(new Set(told.map(({ period }) => period)).size).toBe(told.length)
    }))
  })
})

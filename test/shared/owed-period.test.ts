import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, dayNumber, dayOfNumber, daysBetween, type Day } from '@lastmile/shared/day'
import { isPastDue, owedPeriods, periodAt, periodStanding, reportingStatus, type Owing, type SentReport } from '@lastmile/shared/owed-period'

const list = { inForce: '2026-01-01', validTo: '2027-12-31' }
const monthly: Owing = { rhythm: 'monthly', graceDays: 10 }
const sent = (asOf: Day, sentOn: Day, own: Partial<SentReport> = {}): SentReport => ({ asOf, sentOn, acceptedOn: sentOn, waitsFor: 'reviewer', isWhole: true, isNil: false, ...own })
const names = (source: Owing, today: Day, count = 3) => owedPeriods(source, list, today, count).map(({ period, dueOn }) => `${period} ${dueOn}`)
const february = owedPeriods(monthly, list, '2026-02-10', 1)[0]!
const standing = (today: Day, ...reports: SentReport[]) => periodStanding(february, reports, today)

describe('what a source owes', () => {
  test('by its rhythm: months, weeks from Monday to Sunday, days, each due after its days of grace', () => {
    expect(names(monthly, '2026-03-31')).toEqual(['2026-01 2026-02-10', '2026-02 2026-03-10', '2026-03 2026-04-10'])
    expect(names({ rhythm: 'weekly', graceDays: 2 }, '2026-01-25')).toEqual(['2026-W02 2026-01-13', '2026-W03 2026-01-20', '2026-W04 2026-01-27'])
    expect(names({ rhythm: 'daily', graceDays: 0 }, '2026-03-01')).toEqual(['2026-02-27 2026-02-27', '2026-02-28 2026-02-28', '2026-03-01 2026-03-01'])
  })

  test('without a rhythm nothing, told by months', () => expect(names({ rhythm: 'irregular', graceDays: 0 }, '2026-02-10')).toEqual(['2026-01 null', '2026-02 null']))

  test('nothing of a time before the list came into force, before the source joined, or after the list ended', () => {
    expect(names({ ...monthly, owesFrom: '2026-02-02' }, '2026-04-01')).toEqual(['2026-03 2026-04-10', '2026-04 2026-05-10'])
    expect(owedPeriods({ rhythm: 'weekly', graceDays: 0 }, list, '2026-01-12', 9).map((one) => one.first)).toEqual(['2026-01-05', '2026-01-12'])
    expect(names(monthly, '2028-06-01', 1)).toEqual(['2027-12 2028-01-10'])
  })

  test('a week belongs to the year of its Thursday', () => expect(['2026-12-31', '2027-01-03', '2027-01-04', '2025-12-29'].map((day) => periodAt('weekly', day).period)).toEqual(['2026-W53', '2026-W53', '2027-W01', '2026-W01']))
})

describe('what became of a period', () => {
  test('it is expected until the due day is past, and missing from then on', () => {
    expect(standing('2026-03-10')).toMatchObject({ state: 'expected', daysLate: 0 })
    expect(standing('2026-03-11')).toMatchObject({ state: 'missing', daysLate: 1 })
  })

  test('it goes by the day on which its report was sent, not by that of its acceptance', () => {
    const slow = sent('2026-02-28', '2026-03-09', { acceptedOn: '2026-03-20' })
    expect(standing('2026-03-15', slow)).toMatchObject({ state: 'held', sentOn: '2026-03-09', daysLate: 0 })
    expect(standing('2026-03-20', slow)).toMatchObject({ state: 'on_time', sentOn: '2026-03-09' })
    expect(standing('2026-03-20', sent('2026-02-28', '2026-03-12'))).toMatchObject({ state: 'late', daysLate: 2 })
  })

  test('a day in another month does not answer for it', () => expect(standing('2026-03-11', sent('2026-03-01', '2026-03-01'))).toMatchObject({ state: 'missing' }))

  test('a correction that comes later does not make late what came in time', () => expect(standing('2026-06-30', sent('2026-02-28', '2026-03-05'), sent('2026-02-28', '2026-05-01')).state).toBe('on_time'))

  test('a part leaves its period missing and says that it is one, and counts by the day of the whole once that came', () => {
    const part = sent('2026-02-28', '2026-03-05', { isWhole: false })
    expect(standing('2026-06-30', part)).toMatchObject({ state: 'missing', isPart: true })
    expect(standing('2026-06-30', part, sent('2026-02-28', '2026-03-15'))).toMatchObject({ state: 'late', isPart: false, daysLate: 5 })
  })

  test('"nothing to report" is an answer', () => expect(standing('2026-03-11', sent('2026-02-28', '2026-03-01', { isNil: true }))).toMatchObject({ state: 'on_time', isNil: true }))

  test('what is not accepted waits for its sender or for a reviewer', () => {
    const draft = sent('2026-02-28', '2026-03-02', { acceptedOn: null, waitsFor: 'sender' })
    expect(standing('2026-03-30', draft)).toMatchObject({ state: 'held', waitsFor: 'sender' })
    expect(standing('2026-03-30', draft, { ...draft, waitsFor: 'reviewer' })).toMatchObject({ state: 'held', waitsFor: 'reviewer' })
  })

  test('who owes nothing is neither late nor missing', () => {
    const [none] = owedPeriods({ rhythm: 'irregular', graceDays: 0 }, list, '2026-02-10', 1)
    expect([periodStanding(none!, [], '2026-06-30').state, periodStanding(none!, [sent('2026-02-14', '2026-06-01')], '2026-06-30').state]).toEqual(['none', 'sent'])
  })
})

const days = fc.integer({ min: dayNumber('2026-01-01'), max: dayNumber('2028-06-30') }).map(dayOfNumber)
const owing = fc.record({ rhythm: fc.constantFrom('monthly' as const, 'weekly' as const, 'daily' as const), graceDays: fc.nat({ max: 70 }), owesFrom: fc.option(days) })
const reports = fc.array(fc.tuple(days, fc.nat({ max: 90 }), fc.option(fc.nat({ max: 30 })), fc.boolean()).map(([asOf, after, accepted, isWhole]) => {
  const sentOn = addDays(asOf, after)
  return sent(asOf, sentOn, { acceptedOn: accepted === null ? null : addDays(sentOn, accepted), isWhole })
}), { maxLength: 12 })

describe('whatever the source, the day and the reports', () => {
  test('periods follow each other without a gap, each within what the source owes, and no more than asked for', () => {
    fc.assert(fc.property(owing, days, fc.integer({ min: 1, max: 40 }), (source, today, count) => {
      const periods = owedPeriods(source, list, today, count)
      expect(periods.length).toBeLessThanOrEqual(count)
      for (const [i, one] of periods.entries()) {
        expect(one.first <= one.last && one.first <= today && one.first >= list.inForce && one.first >= (source.owesFrom ?? one.first) && one.first <= list.validTo).toBe(true)
        expect(daysBetween(one.last, one.dueOn!)).toBe(source.graceDays)
        expect(periodAt(source.rhythm, one.last).period).toBe(one.period)
        if (i > 0) expect(addDays(periods[i - 1]!.last, 1)).toBe(one.first)
      }
      expect(new Set(periods.map((one) => one.period)).size).toBe(periods.length)
    }))
  })

  test('a period once answered in time stays so, one never leaves "late", and what is missing is past due', () => {
    fc.assert(fc.property(owing, days, reports, fc.nat({ max: 60 }), (source, today, all, more) => {
      const whole = all.map((one) => ({ ...one, isWhole: true }))
      for (const period of owedPeriods(source, list, today, 6)) {
        const [now, later] = [periodStanding(period, whole, today), periodStanding(period, whole, addDays(today, more))]
        if (now.state === 'on_time') expect(later.state).toBe('on_time')
        // One that was sent earlier may be accepted later, and then counts.
        if (now.state === 'late') expect(['late', 'on_time']).toContain(later.state)
        expect(now.state === 'missing').toBe(now.sentOn === null && isPastDue(period, today))
        expect(now.daysLate > 0 || !['late', 'missing'].includes(now.state)).toBe(true)
        expect(periodStanding(period, [...whole].reverse(), today)).toEqual(now)
      }
    }))
  })

  test('a source is late exactly when nothing speaks of the last period past due, or of a later one', () => {
    fc.assert(fc.property(owing, days, fc.option(days), (source, today, last) => {
      const lastAsOf = last !== null && last <= today ? last : null
      const due = owedPeriods(source, list, today, 900).filter((one) => isPastDue(one, today)).at(-1)
      const { reporting, dueOn, daysLate } = reportingStatus(source, list, lastAsOf, today)
      expect(dueOn).toBe(due?.dueOn ?? null)
      expect(reporting === 'late' || reporting === 'never').toBe(due !== undefined && (lastAsOf === null || lastAsOf < due.first))
      expect(daysLate > 0).toBe(reporting === 'late' || reporting === 'never')
      expect(reporting === 'never' ? lastAsOf : '').toBe(reporting === 'never' ? null : '')
    }))
  })
})

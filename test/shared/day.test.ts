import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, dayIn, dayNumber, dayOfNumber, daysBetween, earlierDay, endOfTime, Instant, isDay, laterDay, Period, periodDays, TimeZone } from '@lastmile/shared/day'

const days = fc.integer({ min: dayNumber('1900-01-01'), max: dayNumber('2100-12-31') }).map(dayOfNumber)

describe('days are days of the calendar', () => {
  test.each(['2026-02-28', '2024-02-29', '1999-12-31', '1900-01-01', '2999-12-31'])('%s is a day', (day) => expect(isDay(day)).toBe(true))
  test.each(['2026-02-29', '2026-02-30', '2026-13-01', '2026-1-1', '20260101', '2026-01-01 ', '', '0000-01-01', '0001-01-01', '1899-12-31', '3000-01-01', '9999-12-31'])('"%s" is none', (day) => expect(isDay(day)).toBe(false))

  test('45 days after 11 January is 25 February, leap years and year ends included', () => {
    expect(addDays('2026-01-11', 45)).toBe('2026-02-25')
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
  })

  test('the end of time is not moved', () => expect(addDays(endOfTime, 45)).toBe(endOfTime))

  test('moving a day and counting the days between agree', () => {
    fc.assert(fc.property(days, fc.integer({ min: -40_000, max: 40_000 }).map(Math.abs), (day, n) => {
      expect(isDay(addDays(day, n))).toBe(true)
      expect(daysBetween(day, addDays(day, n))).toBe(n)
      expect(addDays(addDays(day, n), -n)).toBe(day)
    }))
  })

  test('days compare as their texts do', () => {
    fc.assert(fc.property(days, days, (a, b) => {
      expect(a < b).toBe(dayNumber(a) < dayNumber(b))
      expect([earlierDay(a, b), laterDay(a, b)]).toEqual([a, b].sort())
    }))
  })
})

describe('an instant falls on the day of the list’s own time zone', () => {
  test('five in the afternoon of London is the next day in Shanghai', () => {
    expect(dayIn('Asia/Shanghai', '2026-01-11T17:00:00.000Z')).toBe('2026-01-12')
    expect(dayIn('UTC', '2026-01-11T17:00:00.000Z')).toBe('2026-01-11')
  })

  test('an instant is kept in UTC with milliseconds, so that instants compare as texts', () => {
    expect(Instant.parse('2026-01-12T02:00:00Z')).toBe('2026-01-12T02:00:00.000Z')
  })

  test.each(['0000-01-01T00:00:00Z', '1899-12-31T23:59:59Z', '3000-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])('%s is none that anybody speaks of', (text) => {
    expect(Instant.safeParse(text).success).toBe(false)
  })

  test.each(['Asia/Shanghai', 'UTC', 'America/Argentina/Buenos_Aires'])('%s is a time zone', (name) => expect(TimeZone.safeParse(name).success).toBe(true))
  test.each(['Asia/Shanghia', '', 'local', '+08:00', 'UTC+8'])('"%s" is none', (name) => expect(TimeZone.safeParse(name).success).toBe(false))
})

test('a period is a calendar month', () => {
  expect(periodDays('2026-02')).toEqual({ first: '2026-02-01', last: '2026-02-28' })
  expect(periodDays('2024-02').last).toBe('2024-02-29')
  expect(periodDays('2026-12').last).toBe('2026-12-31')
  expect(['1900-01', '2999-12', '0000-01', '3000-01', '2026-13'].map((period) => Period.safeParse(period).success)).toEqual([true, true, false, false, false])
})

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sayingOf } from '@lastmile/server/bulletins/saying'
import { clockIn, dayIn, startOfDay } from '@lastmile/shared/day'

/*
 * Bulletins and days are written the same on every machine: on one too whose own language is another, and which knows no
 * other (what it is asked to write in one that it does not know, it writes in its own).
 */

const known = Intl.DateTimeFormat

beforeEach(() => {
  vi.spyOn(Intl, 'DateTimeFormat').mockImplementation(function (_locale, options) { return new known('ar-EG', options) })
})
afterEach(() => void vi.restoreAllMocks())

test.each([['Asia/Shanghai', '2026-03-01T16:05:09.000Z', '2026-03-02T00:05:09'], ['America/New_York', '2026-11-01T05:30:00.000Z', '2026-11-01T01:30:00'], ['UTC', '1999-12-31T23:59:59.999Z', '1999-12-31T23:59:59']])('clocks in %s show at %s what they show', (timeZone, instant, shown) => {
  expect([clockIn(timeZone, instant), dayIn(timeZone, instant)]).toEqual([shown, shown.slice(0, 10)])
})

test('a day begins when it begins, and an instant is written as a bulletin writes it', () => {
  expect(startOfDay('Europe/Vienna', '2026-03-29')).toBe('2026-03-28T23:00:00.000Z')
  expect(sayingOf('zh').instant('2026-03-22T16:00:00.000Z', 'Asia/Tokyo')).toBe('2026年3月23日01:00')
  expect(sayingOf('en').instant('2026-03-22T16:00:00.000Z', 'Asia/Tokyo')).toBe('23 March 2026, 01:00')
})

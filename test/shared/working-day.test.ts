import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { addDays } from '@lastmile/shared/day'
import { addWorkingDays, backWorkingDays, CalendarYear, coversDays, isWorkingDay, WorkingCalendar, workingDaysBetween } from '@lastmile/shared/working-day'

const china = WorkingCalendar.parse(JSON.parse(readFileSync(fileURLToPath(new URL('../../db/calendars/cn.json', import.meta.url)), 'utf8')))
const days = (from: string, to: string) => Array.from({ length: (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1 }, (_, i) => addDays(from, i))

describe('the public holidays of 2026', () => {
  test('are as many days off, and as many worked weekends, as the State Council published', () => {
    const [year] = china.years
    expect(year!.holidays.map(({ name, from, to }) => [name.zh, days(from, to).length])).toEqual([['元旦', 3], ['春节', 9], ['清明节', 3], ['劳动节', 5], ['端午节', 3], ['中秋节', 3], ['国庆节', 7]])
    expect(year!.workdays).toHaveLength(6)
    // 365 days, 104 at weekends, of which six are worked; of the 33 days off, 22 are weekdays.
    expect(days('2026-01-01', '2026-12-31').filter((day) => isWorkingDay(china, day))).toHaveLength(248)
  })

  test('count neither as worked when they are weekdays, nor as free when a weekend is worked for them', () => {
    expect(['2026-02-14', '2026-02-15', '2026-02-23', '2026-02-24', '2026-02-28', '2026-10-07', '2026-10-10', '2026-10-11'].map((day) => isWorkingDay(china, day))).toEqual([true, false, false, true, true, false, true, false])
  })
})

describe('a due day', () => {
  test('lies so many working days after its letter: over the Spring Festival three weeks later, and not two', () => {
    expect(addWorkingDays(china, '2026-02-12', 10)).toBe('2026-03-04')
    expect(addWorkingDays(null, '2026-02-12', 10)).toBe('2026-02-26')
    expect(addWorkingDays(china, '2026-06-30', 10)).toBe('2026-07-14')
  })

  test('of none is the day itself, or the next that is worked', () => {
    expect([addWorkingDays(china, '2026-06-30', 0), addWorkingDays(china, '2026-06-19', 0)]).toEqual(['2026-06-30', '2026-06-22'])
  })

  test('is as far ahead as it is counted: there and back agree for every day of the year', () => {
    for (const day of days('2026-01-01', '2026-11-30')) {
      const due = addWorkingDays(china, day, 7)
      expect([workingDaysBetween(china, day, due), workingDaysBetween(china, due, day)]).toEqual([7, -7])
      expect(workingDaysBetween(china, backWorkingDays(china, day, 3), day)).toBeGreaterThanOrEqual(3)
      expect(workingDaysBetween(china, addDays(backWorkingDays(china, day, 3), 1), day)).toBeLessThan(3)
    }
  })
})

describe('a year that nobody has published', () => {
  test('counts Monday to Friday, and is told to be such', () => {
    expect(isWorkingDay(china, '2027-01-01')).toBe(true)
    expect([coversDays(china, '2026-06-30', '2026-07-14'), coversDays(china, '2026-12-24', '2027-01-08'), coversDays(null, '2026-06-30', '2026-07-14')]).toEqual([true, false, false])
  })

  test('is not made up: a worked day that is none, or a holiday of another year, is refused', () => {
    const year = { year: 2026, source: { zh: '一', en: 'a' }, published: '2025-11-04', holidays: [], workdays: [] }
    for (const wrong of [{ workdays: ['2026-06-30'] }, { workdays: ['2027-01-02'] }, { holidays: [{ name: year.source, from: '2026-12-31', to: '2027-01-01' }] }, { holidays: [{ name: year.source, from: '2026-02-14', to: '2026-02-16' }], workdays: ['2026-02-14'] }]) expect(CalendarYear.safeParse({ ...year, ...wrong }).success).toBe(false)
  })
})

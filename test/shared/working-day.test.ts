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

  test('is as far away as its days counted one by one, over any number of years, with a calendar and without', () => {
    const oneByOne = (calendar: WorkingCalendar | null, from: string, to: string) => days(addDays(from, 1), to).filter((day) => isWorkingDay(calendar, day)).length
    for (const from of ['2025-12-20', '2026-02-14', '2026-02-15', '2026-09-30']) {
      for (const to of ['2026-02-28', '2026-10-11', '2027-01-03', '2029-03-04'].filter((day) => day > from)) {
        for (const calendar of [china, null]) expect([from, to, workingDaysBetween(calendar, from, to), workingDaysBetween(calendar, to, from)]).toEqual([from, to, oneByOne(calendar, from, to), -oneByOne(calendar, from, to)])
      }
    }
    expect(workingDaysBetween(china, '2026-06-30', '2026-06-30')).toBe(0)
  })

  test('goes by what a notice decides of the year before: that of 2019 made 29 December 2018 a day of work', () => {
    const source = { zh: '国办发明电〔2018〕15号', en: 'State Council General Office, 2018 No. 15' }
    const calendar = WorkingCalendar.parse({ code: 'cn', name: source, years: [{ year: 2019, source, published: '2018-12-01', holidays: [{ name: source, from: '2018-12-30', to: '2019-01-01' }], workdays: ['2018-12-29'] }] })
    expect(['2018-12-28', '2018-12-29', '2018-12-31', '2019-01-01', '2019-01-02'].map((day) => isWorkingDay(calendar, day))).toEqual([true, true, false, false, true])
    expect([workingDaysBetween(calendar, '2018-12-28', '2019-01-02'), addWorkingDays(calendar, '2018-12-28', 2)]).toEqual([2, '2019-01-02'])
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
    for (const wrong of [{ workdays: ['2026-06-30'] }, { workdays: ['2027-03-06'] }, { holidays: [{ name: year.source, from: '2026-12-31', to: '2027-02-01' }] }, { holidays: [{ name: year.source, from: '2026-02-14', to: '2026-02-16' }], workdays: ['2026-02-14'] }]) expect(CalendarYear.safeParse({ ...year, ...wrong }).success).toBe(false)
  })
})

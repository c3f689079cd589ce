import { describe, expect, test } from 'vitest'
import { daySaidBy, FilePattern, isNamedSo, nextFetch, nextTry } from '@lastmile/shared/feed'

describe('when a feed is fetched next', () => {
  test.each<[string, string, string, string]>([
    ['06:30', '2026-06-30T04:00:00.000Z', 'Asia/Shanghai', '2026-06-30T22:30:00.000Z'],
    ['06:30', '2026-06-30T22:30:00.000Z', 'Asia/Shanghai', '2026-07-01T22:30:00.000Z'],
    ['00:00', '2026-06-30T15:59:59.999Z', 'Asia/Shanghai', '2026-06-30T16:00:00.000Z'],
    // The night on which clocks in Vienna go forward, and that on which they go back.
    ['02:30', '2026-03-28T23:00:00.000Z', 'Europe/Vienna', '2026-03-29T01:30:00.000Z'],
    ['06:00', '2026-03-28T23:00:00.000Z', 'Europe/Vienna', '2026-03-29T04:00:00.000Z'],
    ['06:00', '2026-10-24T23:00:00.000Z', 'Europe/Vienna', '2026-10-25T05:00:00.000Z'],
  ])('each day at %s, after %s in %s', (at, after, zone, next) => {
    expect(nextFetch({ every: 'day', at }, after, zone)).toBe(next)
  })

  test('every so many minutes or hours it is so long after it was', () => {
    expect(nextFetch({ every: 'minutes', count: 90 }, '2026-06-30T23:00:00.000Z', 'UTC')).toBe('2026-07-01T00:30:00.000Z')
    expect(nextFetch({ every: 'hours', count: 24 }, '2026-06-30T23:00:00.000Z', 'UTC')).toBe('2026-07-01T23:00:00.000Z')
  })

  test('after failures it waits twice as long each time, and no longer than six hours', () => {
    const waits = [1, 2, 3, 4, 7, 8, 50].map((failures) => (Date.parse(nextTry(failures, '2026-06-30T00:00:00.000Z')) - Date.parse('2026-06-30T00:00:00.000Z')) / 60_000)
    expect(waits).toEqual([5, 10, 20, 40, 320, 360, 360])
  })
})

describe('what a file is called', () => {
  test.each<[string, string, object | null]>([
    ['stock-{yyyy}{MM}{dd}.csv', 'stock-20260629.csv', { asOf: '2026-06-29' }], ['{dd}.{MM}.{yyyy} *.xlsx', '29.06.2026 全省.xlsx', { asOf: '2026-06-29' }], ['月报{yyyy}年{MM}月.csv', '月报2026年05月.csv', { period: '2026-05' }],
    ['{yyyy}-{MM}-{dd}.csv', '2026-02-30.csv', null], ['{yyyy}-{MM}.csv', '2026-13.csv', null], ['{yyyy}{MM}{dd}', '2026629', null], ['*.csv', 'june.csv', null], ['a.{yyyy}{MM}', 'ab202606', null],
  ])('%s: %s', (pattern, filename, said) => {
    expect(FilePattern.safeParse(pattern).success).toBe(true)
    expect(daySaidBy(pattern, filename)).toEqual(said)
  })

  test('a star is any letters, a question mark one, and whatever else is written is meant', () => {
    expect(['june.csv', 'june.CSV', 'june.csv.tmp', 'ajune.csv'].map((name) => isNamedSo('j?ne*.csv', name))).toEqual([true, false, false, false])
    expect(isNamedSo('a+(b)[1].csv', 'a+(b)[1].csv')).toBe(true)
  })

  test.each(['a/b.csv', '..\\b.csv', '{yy}.csv', '{yyyy', '{yyyy}{yyyy}', '****'])('%s is no such name', (pattern) => {
    expect(FilePattern.safeParse(pattern).success).toBe(false)
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bulletinStates } from '@lastmile/shared/bulletin'
import { earliestPublication, previewDay, previewStart } from '@lastmile/shared/bulletin-preview'
import { bulletinVerbs, nextBulletinState } from '@lastmile/shared/bulletin-state'
import { addDays, daysBetween, startOfDay } from '@lastmile/shared/day'
import { isWorkingDay, WorkingCalendar } from '@lastmile/shared/working-day'

/** Monday to Friday. */
const noCalendar = null

test.each([['2026-03-25', '2026-03-23'], ['2026-03-23', '2026-03-19'], ['2026-03-24', '2026-03-20'], ['2026-03-22', '2026-03-19']])('what is published on %s opens to those it names on %s', (publishedOn, opens) => {
  expect(previewDay(publishedOn, noCalendar)).toBe(opens)
})

test('a holiday in between is no working day', () => {
  const text = { zh: '假日', en: 'A holiday' }
  const calendar = WorkingCalendar.parse({ code: 'own', name: text, years: [{ year: 2026, source: text, published: '2025-11-01', holidays: [{ name: text, from: '2026-03-24', to: '2026-03-24' }], workdays: [] }] })
  expect(previewDay('2026-03-25', calendar)).toBe('2026-03-20')
})

test('between the day on which it opens and the day on which it is published lie two working days, whichever day that is', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 2_000 }), (days) => {
    const publishedOn = addDays('2025-01-01', days)
    const opens = previewDay(publishedOn, noCalendar)
    const between = Array.from({ length: daysBetween(opens, publishedOn) }, (_, i) => addDays(opens, i))
    expect(between.filter((day) => isWorkingDay(noCalendar, day))).toHaveLength(2)
  }))
})

/** How much of days that are worked lies between two instants, in UTC. */
function workedBetween(from: number, to: number): number {
  let sum = 0
  for (let day = Math.floor(from / 86_400_000); day * 86_400_000 < to; day++) {
    const [begins, ends] = [Math.max(from, day * 86_400_000), Math.min(to, (day + 1) * 86_400_000)]
    if (isWorkingDay(noCalendar, new Date(day * 86_400_000).toISOString().slice(0, 10))) sum += ends - begins
  }
  return sum
}

test('the first instant leaves two whole working days from when it is said, and none before it does; the preview begins by then and never in the past', () => {
  const inUtc = { timeZone: 'UTC', calendar: noCalendar }
  fc.assert(fc.property(fc.integer({ min: 0, max: 200_000 }), (minutes) => {
    const now = new Date(Date.parse('2025-01-01T00:00:00Z') + minutes * 60_000).toISOString()
    const earliest = earliestPublication(now, inUtc)
    expect(workedBetween(Date.parse(now), Date.parse(earliest))).toBe(2 * 86_400_000)
    expect(workedBetween(Date.parse(now), Date.parse(earliest) - 60_000)).toBe(2 * 86_400_000 - 60_000)
    const opens = previewStart(earliest, now, inUtc)
    expect(opens >= now && workedBetween(Date.parse(opens), Date.parse(earliest)) >= 2 * 86_400_000).toBe(true)
  }))
})

test.each([['a Friday evening', '2026-03-20T11:02:00.000Z', '2026-03-24T11:02:00.000Z'], ['a Saturday', '2026-03-21T04:00:00.000Z', '2026-03-24T16:00:00.000Z'], ['the first instant of a Monday', '2026-03-22T16:00:00.000Z', '2026-03-24T16:00:00.000Z']])('what is said on %s in Shanghai', (_, now, earliest) => {
  expect(earliestPublication(now, { timeZone: 'Asia/Shanghai', calendar: noCalendar })).toBe(earliest)
})

test('what can be done with a bulletin in each state', () => {
  const table = Object.fromEntries(bulletinStates.map((state) => [state, Object.fromEntries(bulletinVerbs.flatMap((verb) => (nextBulletinState(state, verb) === null ? [] : [[verb, nextBulletinState(state, verb)]])))]))
  expect(table).toEqual({
    frozen: { embargo: 'embargoed', supersede: 'superseded', withdraw: 'withdrawn' }, embargoed: { hold: 'frozen', publish: 'published', supersede: 'superseded', withdraw: 'withdrawn' },
    published: { supersede: 'superseded', withdraw: 'withdrawn' }, superseded: {}, withdrawn: {},
  })
})

test.each([['Asia/Shanghai', '2026-03-23', '2026-03-22T16:00:00.000Z'], ['UTC', '2026-03-23', '2026-03-23T00:00:00.000Z'], ['Europe/Vienna', '2026-03-29', '2026-03-28T23:00:00.000Z'], ['America/New_York', '2026-11-01', '2026-11-01T04:00:00.000Z']])('in %s the day %s begins at %s', (timeZone, day, instant) => {
  expect(startOfDay(timeZone, day)).toBe(instant)
})

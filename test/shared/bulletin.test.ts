import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bulletinStates } from '@lastmile/shared/bulletin'
import { earliestPublication, previewDay } from '@lastmile/shared/bulletin-preview'
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
    expect(previewDay(earliestPublication(publishedOn, noCalendar), noCalendar) >= publishedOn).toBe(true)
  }))
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

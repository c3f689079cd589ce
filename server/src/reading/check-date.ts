import { isDay, type Day } from '@lastmile/shared/day'
import type { DateForm } from '@lastmile/shared/source'
import { clean, type RawCell, textOf } from './cell.js'

export interface CheckedDate {
  readonly day: Day
  /** Written otherwise than `2026-02-05`. */
  readonly otherForm: boolean
  /** A time of day stood beside the day and was dropped. */
  readonly timeDropped: boolean
}

const shapes: readonly (readonly [form: DateForm, shape: RegExp, order: readonly [year: number, month: number, day: number]])[] = [
  ['iso', /^(\d{4})-(\d{2})-(\d{2})$/, [1, 2, 3]],
  ['slash', /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/, [1, 2, 3]],
  ['chinese', /^(\d{4})年(\d{1,2})月(\d{1,2})日$/, [1, 2, 3]],
  ['compact', /^(\d{4})(\d{2})(\d{2})$/, [1, 2, 3]],
  ['us_slash', /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}:\d{2}:\d{2} [AP]M))?$/, [3, 1, 2]],
  ['iso_time', /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?)$/, [1, 2, 3]],
]
const midnight = /^(12:00:00 AM|00:00:00(\.0+)?)$/

/**
 * The day in a cell, or null if it is none (BAD_DATE). Only the forms that the profile names are read, so month and day
 * are never swapped; no time zone is applied, a text with a zone is no date. A bare number is no date, in a CSV as in a
 * workbook, unless it is eight digits that read as one (a serial number has five). A date cell of a workbook is a day
 * whatever the forms, its time of day dropped; in a text a time is read only in the forms that have one.
 */
export function checkDate(cell: RawCell, forms: readonly DateForm[]): CheckedDate | null {
  const kind = typeof cell === 'string' ? 'text' : cell.kind
  if (kind === 'date') return dateCell(textOf(cell))
  if (kind !== 'text' && kind !== 'number') return null
  const { text } = clean(textOf(cell))
  if (text.length > 40) return null
  for (const [form, shape, [year, month, date]] of shapes) {
    if (!forms.includes(form)) continue
    const match = shape.exec(text)
    if (!match) continue
    const day = calendarDay(match[year] as string, match[month] as string, match[date] as string)
    if (!day) return null
    const time = match[4]
    return { day, otherForm: form !== 'iso' && form !== 'iso_time', timeDropped: time !== undefined && !midnight.test(time) }
  }
  return null
}

function dateCell(text: string): CheckedDate | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/.exec(text)
  const day = match && calendarDay(match[1] as string, match[2] as string, match[3] as string)
  return day ? { day, otherForm: false, timeDropped: text.length > 10 } : null
}

const known = new Map<string, Day | null>()

/**
 * A day of the calendar from 1900 on. An earlier one is a slip, and later programs would choke on the year 0.
 * A report names few days many times, so what is known is kept (up to a few thousand, then forgotten).
 */
function calendarDay(year: string, month: string, date: string): Day | null {
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  let checked = known.get(day)
  if (checked === undefined) {
    if (known.size > 4000) known.clear()
    checked = year >= '1900' && isDay(day) ? day : null
    known.set(day, checked)
  }
  return checked
}

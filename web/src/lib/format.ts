import type { Share } from '@lastmile/shared/coverage'
import type { Day, PartialDay } from '@lastmile/shared/day'
import type { Language } from '@lastmile/shared/text'
import { useMemo } from 'react'
import { useLanguage } from './i18n'
import { zoneName } from './zoned-time'

/** Numbers and days in the language on screen. */
export interface Format {
  number(value: number): string
  /** In as few letters as it takes: `28K`, `2.8万`. */
  short(value: number): string
  /** With its sign: `+521`, `−12`. */
  signed(value: number): string
  /** `2026年1月11日`, `11 January 2026`. */
  day(day: Day): string
  /** `1月11日`, `11 Jan`; with the year where it says so. */
  shortDay(day: Day, year?: boolean): string
  /** `2026年11月`, `November 2026`, of 2026-11. */
  month(month: string): string
  /** A day, or as much of it as is known: `2013年`, `2026年11月`, `2026年1月11日`. */
  partialDay(day: PartialDay): string
  /** An instant in the list's time zone, to the minute. */
  instant(instant: string, timeZone: string): string
  /** The same with the time zone named: `1 March 2026, 10:00 (China Standard Time)`. */
  zoned(instant: string, timeZone: string): string
  /** What a time zone is called. */
  zone(timeZone: string): string
  /** A share of 0 to 1, `12.5%`. */
  percent(value: number): string
  /** A share as a range, `12.5%–30%`, or one figure where both ends agree. */
  share(share: Share): string
  /** `甲、乙和丙`, `a, b and c`. */
  join(items: readonly string[]): string
  /** What is said apart, in one line: `甲；乙`, `a; b`. */
  apart(items: readonly string[]): string
  compare(a: string, b: string): number
}

/** With a capital first, as a heading has it; Chinese stays as it is. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** The {@link Format} of a language, for use outside components. */
export function formatOf(language: Language): Format {
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB'
  const number = new Intl.NumberFormat(locale)
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 2 })
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const long = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const short = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone: 'UTC' })
  const shortYear = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' })
  const month = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' })
  const year = new Intl.DateTimeFormat(locale, { year: 'numeric', timeZone: 'UTC' })
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  const collator = new Intl.Collator(locale, { numeric: true })
  const date = (day: Day) => new Date(`${day}T00:00:00Z`)
  const monthOf = (one: string) => month.format(date(`${one}-01`))
  return {
    number: (value) => number.format(value),
    short: (value) => (value < 1000 ? number.format(value) : compact.format(value)),
    signed: (value) => (value > 0 ? `+${number.format(value)}` : value < 0 ? `−${number.format(-value)}` : number.format(0)),
    day: (day) => long.format(date(day)),
    shortDay: (day, year = false) => (year ? shortYear : short).format(date(day)),
    month: monthOf,
    partialDay: (one) => (one.length === 4 ? year.format(date(`${one}-01-01`)) : one.length === 7 ? monthOf(one) : long.format(date(one))),
    instant: (instant, timeZone) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(instant)),
    zoned: (instant, timeZone) => {
      const [at, zone] = [new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(new Date(instant)), zoneName(timeZone, locale)]
      return language === 'zh' ? `${at}（${zone}）` : `${at} (${zone})`
    },
    zone: (timeZone) => zoneName(timeZone, locale),
    percent: (value) => percent.format(value),
    share: ({ low, high }) => {
      const [from, to] = [percent.format(low), percent.format(high)]
      return from === to ? from : `${from}–${to}`
    },
    join: (items) => list.format(items),
    apart: (items) => items.join(language === 'zh' ? '；' : '; '),
    compare: (a, b) => collator.compare(a, b),
  }
}

/** The {@link Format} of the language on screen. */
export function useFormat(): Format {
  const language = useLanguage()
  return useMemo(() => formatOf(language), [language])
}

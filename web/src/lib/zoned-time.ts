import { clockIn, type Instant } from '@lastmile/shared/day'

/** An instant as the clock on the wall shows it in a time zone, as a `datetime-local` field holds it: `2026-03-01T10:00`. */
export function wallClock(instant: Instant, timeZone: string): string {
  return clockIn(timeZone, instant).slice(0, 16)
}

/** The instant at which the clock on the wall of a time zone shows this: the inverse of {@link wallClock}. An hour that a change of clocks leaves out is moved on, one that it repeats is its first. */
export function instantOf(clock: string, timeZone: string): Instant {
  const wanted = Date.parse(`${clock}Z`)
  let at = wanted
  // The offset is that of the place at the instant found, which the first guess may miss by a change of clocks.
  for (let turn = 0; turn < 2; turn++) at = wanted - (Date.parse(`${wallClock(new Date(at).toISOString(), timeZone)}Z`) - at)
  return new Date(at).toISOString()
}

/** What a time zone is called: `中国标准时间`, `China Standard Time`. */
export function zoneName(timeZone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'long' }).formatToParts(new Date(0)).find((part) => part.type === 'timeZoneName')?.value ?? timeZone
}

import { addDays, type Day } from './day.js'
import type { Duty } from './duty.js'

/** A reminder of a duty, and the day from which on it is given. */
export interface DutyReminder {
  when: 'before' | 'after'
  day: Day
}

/** What was not told while no server ran is told afterwards, up to so many days. */
const madeUpDays = 31

/** The reminder that holds on a day, which is the last whose day has come; null where there is none, or only one that is out of date. */
export function dutyReminderOn({ dueOn, remind }: Pick<Duty, 'dueOn' | 'remind'>, today: Day): DutyReminder | null {
  if (remind === undefined) return null
  const all: DutyReminder[] = [...remind.before.map((n) => ({ when: 'before' as const, day: addDays(dueOn, -n) })), ...remind.after.map((n) => ({ when: 'after' as const, day: addDays(dueOn, n) }))]
  const last = all.filter(({ day }) => day <= today).reduce<DutyReminder | null>((latest, one) => (latest === null || one.day > latest.day ? one : latest), null)
  // That something is due soon is no news once it is past.
  return last === null || (last.when === 'before' && today > dueOn) || addDays(last.day, madeUpDays) <= today ? null : last
}

import { sql, type SQL } from 'drizzle-orm'
import type { ListRow } from './lists.js'

/**
 * The day of an instant by the list's own calendar. What comes to a list that stands still comes on its today: its clock
 * is not that of whoever sends.
 */
export function ownDay(list: ListRow, instant: SQL): SQL {
  // Of nothing and a day, `least` takes the day.
  return sql`case when ${instant} is not null then least((${instant} at time zone ${list.timeZone})::date, ${list.today}::date) end`
}

import { sql } from 'drizzle-orm'
import type { Supervision } from '@lastmile/shared/supervision'
import type { WorkingCalendar } from '@lastmile/shared/working-day'
import { rowsOf, type Database } from '../database.js'
import type { ListRow } from './lists.js'
import { onceAList } from './once-a-list.js'

/** By what gaps of a list are followed up, where its edition says, and how its working days are counted. */
export interface Following {
  rules: Supervision | null
  calendar: WorkingCalendar | null
}

/** How gaps of a list are followed up, read once for each row of it. */
export const followingOf: (db: Database, list: ListRow) => Promise<Following> = onceAList(async (db, list) => {
  const [row] = await rowsOf<Following>(db, sql`select supervision as rules, calendar from list where id = ${list.id}`)
  return row!
})

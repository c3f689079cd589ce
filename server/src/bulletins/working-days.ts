import type { Database } from '@lastmile/db/database'
import type { ListRow } from '@lastmile/db/query/lists'
import { followingOf } from '@lastmile/db/query/supervision'
import type { IsWorkingDay } from '@lastmile/shared/bulletin-preview'
import { isWorkingDay } from '@lastmile/shared/working-day'

/** Which days are worked by a list's calendar. */
export async function workingDaysOf({ db }: { db: Database }, list: ListRow): Promise<IsWorkingDay> {
  const { calendar } = await followingOf(db, list)
  return (day) => isWorkingDay(calendar, day)
}

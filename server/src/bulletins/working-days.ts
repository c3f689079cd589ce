import { mondayToFriday, type IsWorkingDay } from '@lastmile/shared/bulletin-preview'
import type { ListRow } from '@lastmile/db/query/lists'
import type { Services } from '../lib/services.js'

/** Which days are worked where a list is: the one place that asks. */
export async function workingDaysOf(_services: Pick<Services, 'db'>, _list: ListRow): Promise<IsWorkingDay> {
  return mondayToFriday
}

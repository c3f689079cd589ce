import type { Database } from '../database.js'
import { Difference } from './difference.js'
import type { ListFacts } from './list-facts.js'
import { lockCounts } from './lock-counts.js'
import { writeCoverage } from './write-coverage.js'

/**
 * Sees to it that changes up to a day are in their timelines. They always are but where nobody has reported for a month
 * or more: then the first question about a day beyond brings the days in that have come near meanwhile.
 */
export async function reachDay(db: Database, list: ListFacts, day: number): Promise<void> {
  if (day <= list.countedTo || list.countedTo === 0) return
  await db.transaction(async (tx) => {
    await lockCounts(tx as Database)
    const { tallies, places } = new Difference()
    await writeCoverage(tx as Database, list, tallies, places, day, 0)
  })
}

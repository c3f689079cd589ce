import { eq } from 'drizzle-orm'
import type { Day } from '@lastmile/shared/day'
import type { Database } from '../database.js'
import { list } from '../schema/list.js'

/** Marks a list as the demonstration: its data is made up and says so everywhere. Its today stands still from when it is complete; null until then. */
export async function markDemonstration(db: Database, listCode: string, today: Day | null): Promise<void> {
  await db.update(list).set({ demonstration: true, fixedToday: today }).where(eq(list.code, listCode))
}

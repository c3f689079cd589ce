import { eq } from 'drizzle-orm'
import type { Day } from '@lastmile/shared/day'
import type { Database } from '../database.js'
import { list } from '../schema/list.js'
import { bumpVersion } from './acceptance.js'

/** Marks a list as the demonstration: its data is made up and says so everywhere. Its today stands still from when it is complete; null until then. */
export async function markDemonstration(db: Database, listCode: string, today: Day | null): Promise<void> {
  const [marked] = await db.update(list).set({ demonstration: true, fixedToday: today }).where(eq(list.code, listCode)).returning({ id: list.id })
  if (marked) await bumpVersion(db, marked.id)
}

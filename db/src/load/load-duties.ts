import { sql } from 'drizzle-orm'
import type { Instant } from '@lastmile/shared/day'
import type { Duty } from '@lastmile/shared/duty'
import { canonical } from '../canonical.js'
import { rowsOf, type Database } from '../database.js'
import { duty, dutyVersion } from '../schema/duty.js'
import { LoadedLater } from './loaded-later.js'

/**
 * Loads the dated duties of an edition as known from an instant on: what they ask otherwise than before becomes known then, and what
 * its files no longer name is asked no more. What was known before, and what was answered, stays. Answers whether anything changed.
 * @throws LoadedLater where something of one became known after that instant
 */
export async function loadDuties(db: Database, listId: number, duties: readonly Duty[], at: Instant): Promise<boolean> {
  const known = new Map((await rowsOf<{ id: number; code: string; data: Duty | null }>(db, sql`
    select d.id, d.code, v.data from duty d left join duty_version v on v.duty_id = d.id and v.known_to is null where d.list_id = ${listId}`)).map((row) => [row.code, row]))
  const changed = duties.filter((data) => canonical(known.get(data.code)?.data ?? null) !== canonical(data))
  const ended = [...known.values()].filter(({ code, data }) => data !== null && !duties.some((one) => one.code === code))
  for (const { code } of [...changed, ...ended]) {
    const id = known.get(code)?.id
    if (id === undefined) continue
    if ((await rowsOf(db, sql`select 1 from duty_version where duty_id = ${id} and (known_from > ${at} or known_to > ${at}) limit 1`)).length > 0) throw new LoadedLater(`the duty ${code}`, at)
    await db.execute(sql`update duty_version set known_to = ${at} where duty_id = ${id} and known_to is null`)
  }
  for (const data of changed) {
    const id = known.get(data.code)?.id ?? (await db.insert(duty).values({ listId, code: data.code }).returning({ id: duty.id }))[0]!.id
    await db.insert(dutyVersion).values({ dutyId: id, data, knownFrom: at })
  }
  return changed.length + ended.length > 0
}

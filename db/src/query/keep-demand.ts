import { sql } from 'drizzle-orm'
import type { DemandPatients, DemandUrgency } from '@lastmile/shared/demand'
import type { Day, Instant } from '@lastmile/shared/day'
import { rowsOf, type Database } from '../database.js'
import { demand } from '../schema/demand.js'
import type { ListRow } from './lists.js'

/* What registering and withdrawing a demand write, in the transaction of the verb. */

/** A demand as it is registered, by narrow ids. */
export interface RegisteredDemand {
  code: string
  drugId: number
  unitId: number
  cityId: number | null
  institutionId: number | null
  patients: DemandPatients
  urgency: DemandUrgency
  on: Day
  expiresOn: Day
  at: Instant
  key: string | null
  asked: string
}

/** Keeps a demand. Null where its key has registered one already: of two that are sent at once, one finds the other. */
export async function insertDemand(tx: Database, list: ListRow, registered: RegisteredDemand): Promise<{ id: number } | null> {
  const [row] = await tx.insert(demand).values({ listId: list.id, ...registered }).onConflictDoNothing({ target: [demand.listId, demand.key] }).returning({ id: demand.id })
  return row ?? null
}

/** The demand that a key registered before, and the digest of what was asked then. */
export async function demandOfKey(tx: Database, list: ListRow, key: string): Promise<{ code: string; on: Day; expiresOn: Day; asked: string } | null> {
  const [row] = await rowsOf<{ code: string; on: Day; expiresOn: Day; asked: string }>(tx, sql`select code, on_day::text as on, expires_on::text as "expiresOn", asked from demand where list_id = ${list.id} and key = ${key}`)
  return row ?? null
}

/** Withdraws the demand with a code: of an institution (its code), or (null) of nobody's account. Answers since when it is withdrawn, and whether that is new; null where there is none. */
export async function withdrawDemand(tx: Database, list: ListRow, { code, institution, on }: { code: string; institution: string | null; on: Day }): Promise<{ withdrawnOn: Day; drugId: number; drug: string; isNew: boolean } | null> {
  const [found] = await rowsOf<{ id: number; withdrawnOn: Day | null; drugId: number; drug: string }>(tx, sql`
    select d.id, d.withdrawn_on::text as "withdrawnOn", d.drug_id as "drugId", r.code as drug from demand d join drug r on r.id = d.drug_id left join institution i on i.id = d.institution_id
    where d.list_id = ${list.id} and d.code = ${code} and i.code is not distinct from ${institution}::text for update of d`)
  if (!found) return null
  if (found.withdrawnOn !== null) return { withdrawnOn: found.withdrawnOn, drugId: found.drugId, drug: found.drug, isNew: false }
  await tx.execute(sql`update demand set withdrawn_on = ${on}::date where id = ${found.id} and withdrawn_on is null`)
  return { withdrawnOn: on, drugId: found.drugId, drug: found.drug, isNew: true }
}

import { sql } from 'drizzle-orm'
import type { Instant } from '@lastmile/shared/day'
import type { Role } from '@lastmile/shared/permission'
import type { StandardOrigin, StandardRule } from '@lastmile/shared/standard'
import { rowsOf, type Database } from '../database.js'
import { versionKnown } from '../version-known.js'

/** What is said of the standard of a drug, and by whom. */
export interface StandardSaid {
  origin: StandardOrigin
  author: string
  account: string | null
  role: Role | null
  why: string | null
  rules: readonly StandardRule[]
}

/** The version of a drug's standard that is known now. */
export interface StandardNow {
  version: number
  origin: StandardOrigin
  author: string
  knownFrom: Instant
  rules: StandardRule[]
}

/** What is known now of the standard of a drug, or null where nothing ever was. */
export async function standardNow(db: Database, drugId: number): Promise<StandardNow | null> {
  const [row] = await rowsOf<StandardNow>(db, sql`
    select version, origin, author, known_from::text as "knownFrom", rules from standard_version where drug_id = ${drugId} and known_to is null`)
  return row ? { ...row, knownFrom: new Date(row.knownFrom).toISOString() } : null
}

/** Says what is known of a drug's standard from an instant on; what was known until then stays, known until then. Where the clock of another server was ahead, it is known from when that was. */
export async function insertStandard(db: Database, drugId: number, before: StandardNow | null, { origin, author, account, role, why, rules }: StandardSaid, at: Instant): Promise<void> {
  const from = sql`greatest(${at}::timestamptz, ${before?.knownFrom ?? at}::timestamptz)`
  await db.execute(sql`update standard_version set known_to = ${from} where drug_id = ${drugId} and known_to is null`)
  await db.execute(sql`
    insert into standard_version (drug_id, version, origin, author, account, role, why, rules, known_from)
    values (${drugId}, ${(before?.version ?? 0) + 1}, ${origin}, ${author}, ${account}, ${role}, ${why}, ${JSON.stringify(rules)}::jsonb, ${from})`)
}

/** Which version of each drug's standard was known at an instant, and from when, by the drug's code. */
export async function versionsKnown(db: Database, listId: number, knownOn: Instant): Promise<Map<string, { version: number; knownFrom: Instant }>> {
  const rows = await rowsOf<{ drug: string; version: number; knownFrom: string }>(db, sql`
    select d.code as drug, v.version, v.known_from::text as "knownFrom" from standard_version v join drug d on d.id = v.drug_id where d.list_id = ${listId} and ${versionKnown(knownOn)}`)
  return new Map(rows.map(({ drug, version, knownFrom }) => [drug, { version, knownFrom: new Date(knownFrom).toISOString() }]))
}

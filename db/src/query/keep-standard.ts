import { sql } from 'drizzle-orm'
import type { AuditEvent } from '@lastmile/shared/audit'
import type { Instant } from '@lastmile/shared/day'
import type { Role } from '@lastmile/shared/permission'
import type { StandardRule } from '@lastmile/shared/standard'
import { appendAudit } from '../audit/append.js'
import { canonical } from '../canonical.js'
import { rowsOf, textArray, type Database } from '../database.js'
import { bumpVersion } from './acceptance.js'
import type { DrugRow } from './drugs.js'
import type { ListRow } from './lists.js'
import { factsFor } from './question.js'
import { insertStandard, standardNow, type StandardNow, type StandardSaid } from './standard-versions.js'

/** Which officer decides, when and why. */
export interface Deciding {
  at: Instant
  account: string
  author: string
  role: Role
  why: string
  /** What the audit is told of it; nothing of what the program does of itself. */
  event?: (before: StandardNow | null, after: StandardNow) => AuditEvent
}

/** The standard is at another version than the one that was named: somebody decided since. */
export class OtherStandard extends Error {
  override readonly name = 'OtherStandard'
  constructor(readonly version: number) {
    super(`the standard is at version ${version}`)
  }
}

/** A unit or institution that a rule names and that there is not, or that cannot serve: the field, and what is wrong with it. */
export interface NotOfList {
  field: string
  what: 'unit' | 'institution' | 'within'
  code: string
}

/** The first unit or institution of some rules that there is not, or that lies in the unit that it should serve from elsewhere. */
export async function notOfList(db: Database, list: ListRow, rules: readonly StandardRule[]): Promise<NotOfList | null> {
  const { unitCodes } = await factsFor(db, list)
  const rows = await rowsOf<{ code: string; unit: string | null }>(db, sql`
    select i.code, u.code as unit from institution i join institution_version v on v.institution_id = i.id and v.known_to is null left join unit u on u.id = v.unit_id
    where i.region_set_id = ${list.regionSetId} and i.code = any(${textArray([...new Set(rules.flatMap(({ servedBy }) => servedBy.map((one) => one.institution)))])})`)
  const unitOf = new Map(rows.map(({ code, unit }) => [code, unit]))
  for (const [i, { units, servedBy }] of rules.entries()) {
    for (const [j, code] of (units ?? []).entries()) if (!unitCodes.has(code)) return { field: `rules.${i}.units.${j}`, what: 'unit', code }
    for (const [j, { unit, institution }] of servedBy.entries()) {
      if (!unitCodes.has(unit)) return { field: `rules.${i}.servedBy.${j}.unit`, what: 'unit', code: unit }
      if (!unitOf.has(institution)) return { field: `rules.${i}.servedBy.${j}.institution`, what: 'institution', code: institution }
      if (unitOf.get(institution) === unit) return { field: `rules.${i}.servedBy.${j}.institution`, what: 'within', code: institution }
    }
  }
  return null
}

/** Decides the standard of a drug: all its rules. What was known before stays as what was known until now. What says the same changes nothing. Answers the list's new version, or null. @throws OtherStandard */
export async function changeStandard(db: Database, list: ListRow, drug: DrugRow, { version, rules }: { version: number; rules: readonly StandardRule[] }, deciding: Deciding): Promise<number | null> {
  return decide(db, list, drug, version, deciding, async (_, now) => (canonical(now?.rules ?? []) === canonical(rules) ? null : { origin: 'officer', author: deciding.author, rules }))
}

/** Gives an officer's decision up: what the files of the edition say last is the standard again, and follows them from now on. What is the edition's already stays. @throws OtherStandard */
export async function releaseStandard(db: Database, list: ListRow, drug: DrugRow, version: number, deciding: Deciding): Promise<number | null> {
  return decide(db, list, drug, version, deciding, async (tx, now) => {
    if (now?.origin !== 'officer') return null
    const [filed] = await rowsOf<{ author: string; rules: StandardRule[] }>(tx, sql`select author, rules from standard_filed where drug_id = ${drug.id}`)
    return { origin: 'edition', author: filed?.author ?? '', rules: filed?.rules ?? [] }
  })
}

/** Whoever decides of the same drug waits at its row, and so does a load of the edition; then he finds what the one before has said. */
async function decide(db: Database, list: ListRow, drug: DrugRow, version: number, { at, account, role, why, event }: Deciding, saidOf: (tx: Database, now: StandardNow | null) => Promise<Pick<StandardSaid, 'origin' | 'author' | 'rules'> | null>): Promise<number | null> {
  return db.transaction(async (transaction) => {
    const tx = transaction as Database
    // The list first, as a load does: it is moved in the end, and whoever takes the two in another order waits for ever.
    await tx.execute(sql`select id from list where id = ${list.id} for update`)
    await tx.execute(sql`select id from drug where id = ${drug.id} for update`)
    const now = await standardNow(tx, drug.id)
    if ((now?.version ?? 0) !== version) throw new OtherStandard(now?.version ?? 0)
    const said = await saidOf(tx, now)
    if (said === null) return null
    await insertStandard(tx, drug.id, now, { ...said, account, role, why }, at)
    const listVersion = await bumpVersion(tx, list.id)
    if (event) await appendAudit(tx, at, [event(now, (await standardNow(tx, drug.id))!)])
    return listVersion
  })
}

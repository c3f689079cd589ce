import { sql } from 'drizzle-orm'
import { endOfDays } from '@lastmile/shared/day'
import { packFiled, type FiledDays } from './coverage/shelf.js'
import { arrayOf, bytesArray, rowsOf, textArray, type Database } from './database.js'

/** Institutions in memory together. */
const institutionsAtOnce = 2_000

interface Version {
  institution: number
  list: number
  from: string
  to: string | null
  days: Map<number, { from: number; to: number }[]>
}

/**
 * Packs who is eligible, which was stored a row a pair: a row an institution, for each of the instants at which something
 * became known of it. In one transaction: an interrupted one leaves everything as it was.
 */
export async function packEligibility(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    const inside = tx as Database
    const [old] = await rowsOf<{ there: boolean }>(inside, sql`select to_regclass('unpacked_eligibility') is not null as there`)
    if (!old!.there) return
    const institutions = (await rowsOf<{ id: number }>(inside, sql`select distinct institution_id as id from unpacked_eligibility order by 1`)).map((row) => row.id)
    for (let at = 0; at < institutions.length; at += institutionsAtOnce) await save(inside, await versionsOf(inside, institutions.slice(at, at + institutionsAtOnce)))
    await inside.execute(sql`drop table unpacked_eligibility`)
  })
}

async function versionsOf(db: Database, institutions: readonly number[]): Promise<Version[]> {
  const rows = await rowsOf<{ institution: number; list: number; known: string; until: string | null; drug: number; from: number; to: number | null }>(db, sql`
    with old as (
      select e.*, d.list_id from unpacked_eligibility e join drug d on d.id = e.drug_id where e.institution_id = any(${arrayOf('int', institutions)})
    ), instants as (
      select institution_id, list_id, at, lead(at) over (partition by institution_id, list_id order by at) as until
      from (select institution_id, list_id, known_from as at from old union select institution_id, list_id, known_to from old where known_to is not null) as either
    )
    select i.institution_id as institution, i.list_id as list, i.at::text as known, i.until::text as until, o.drug_id as drug, o.from_day - date '1970-01-01' as from, o.to_day - date '1970-01-01' as to
    from instants i join old o on o.institution_id = i.institution_id and o.list_id = i.list_id and o.known_from <= i.at and (o.known_to is null or o.known_to > i.at)
    order by i.institution_id, i.list_id, i.at, o.drug_id, o.from_day`)
  const versions: Version[] = []
  for (const { institution, list, known, until, drug, from, to } of rows) {
    let own = versions.at(-1)
    if (own?.institution !== institution || own.list !== list || own.from !== known) versions.push((own = { institution, list, from: known, to: until, days: new Map() }))
    const days = own.days.get(drug) ?? []
    days.push({ from, to: to ?? endOfDays })
    own.days.set(drug, days)
  }
  return versions
}

async function save(db: Database, versions: readonly Version[]): Promise<void> {
  await db.execute(sql`
    insert into eligibility (institution_id, list_id, known_from, known_to, days) select i, l, f::timestamptz, t::timestamptz, d
    from unnest(${arrayOf('int', versions.map((one) => one.institution))}, ${arrayOf('int', versions.map((one) => one.list))}, ${textArray(versions.map((one) => one.from))},
      ${textArray(versions.map((one) => one.to))}, ${bytesArray(versions.map((one) => packFiled(one.days as FiledDays)))}) as n(i, l, f, t, d)`)
}

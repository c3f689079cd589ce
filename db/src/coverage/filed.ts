import { sql } from 'drizzle-orm'
import { endOfDays, type Instant } from '@lastmile/shared/day'
import { arrayOf, rowsOf, type Database } from '../database.js'
import type { Institutions } from './institutions.js'

/** On which days eligibility files name institutions, by institution and drug, as known now or at an instant. */
export async function filedDays(db: Database, listId: number, institutions: Institutions | null, knownOn: Instant | null): Promise<Map<number, Map<number, { from: number; to: number }[]>>> {
  const known = knownOn === null ? sql`known_to is null` : sql`known_from <= ${knownOn} and (known_to is null or known_to > ${knownOn})`
  const some = institutions === null ? sql`true` : 'first' in institutions ? sql`institution_id between ${institutions.first} and ${institutions.last}` : sql`institution_id = any(${arrayOf('int', institutions)})`
  const rows = await rowsOf<{ institution: number; drug: number; from: number; to: number | null }>(db, sql`
    select institution_id as institution, drug_id as drug, from_day - date '1970-01-01' as from, to_day - date '1970-01-01' as to
    from eligibility where ${some} and ${known} and drug_id in (select id from drug where list_id = ${listId})
    order by institution_id, drug_id, from_day`)
  const filed = new Map<number, Map<number, { from: number; to: number }[]>>()
  for (const { institution, drug, from, to } of rows) {
    let drugs = filed.get(institution)
    if (!drugs) filed.set(institution, (drugs = new Map()))
    const days = drugs.get(drug) ?? []
    days.push({ from, to: to ?? endOfDays })
    drugs.set(drug, days)
  }
  return filed
}

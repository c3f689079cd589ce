import { sql } from 'drizzle-orm'
import type { Instant } from '@lastmile/shared/day'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { versionKnown } from '../version-known.js'
import type { Institutions } from './institutions.js'
import { unpackFiled, type FiledDays } from './shelf.js'

/** On which days eligibility files name institutions, by institution and drug, as known now or at an instant. */
export async function filedDays(db: Database, listId: number, institutions: Institutions, knownOn: Instant | null): Promise<Map<number, FiledDays>> {
  return new Map((await packedDays(db, listId, institutions, knownOn)).map(({ institution, days }) => [institution, unpackFiled(days)]))
}

/** The same as it is stored, as known now. */
export async function packedFiledDays(db: Database, listId: number, institutions: Institutions): Promise<Map<number, Uint8Array>> {
  return new Map((await packedDays(db, listId, institutions, null)).map(({ institution, days }) => [institution, days]))
}

async function packedDays(db: Database, listId: number, institutions: Institutions, knownOn: Instant | null): Promise<{ institution: number; days: Uint8Array }[]> {
  const some = 'first' in institutions ? sql`v.institution_id between ${institutions.first} and ${institutions.last}` : sql`v.institution_id = any(${arrayOf('int', institutions)})`
  return rowsOf<{ institution: number; days: Uint8Array }>(db, sql`select v.institution_id as institution, v.days from eligibility v where ${some} and v.list_id = ${listId} and ${versionKnown(knownOn)}`)
}

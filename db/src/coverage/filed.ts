import { sql, type SQL } from 'drizzle-orm'
import type { Instant } from '@lastmile/shared/day'
import { arrayOf, rowsOf, type Database } from '../database.js'
import type { Institutions } from './institutions.js'
import { unpackFiled, type FiledDays } from './shelf.js'

/** On which days eligibility files name institutions, by institution and drug, as known now or at an instant. */
export async function filedDays(db: Database, listId: number, institutions: Institutions, knownOn: Instant | null): Promise<Map<number, FiledDays>> {
  const known = knownOn === null ? sql`known_to is null` : sql`known_from <= ${knownOn} and (known_to is null or known_to > ${knownOn})`
  return new Map((await packedDays(db, listId, institutions, known)).map(({ institution, days }) => [institution, unpackFiled(days)]))
}

/** The same as it is stored, as known now. */
export async function packedFiledDays(db: Database, listId: number, institutions: Institutions): Promise<Map<number, Uint8Array>> {
  return new Map((await packedDays(db, listId, institutions, sql`known_to is null`)).map(({ institution, days }) => [institution, days]))
}

async function packedDays(db: Database, listId: number, institutions: Institutions, known: SQL): Promise<{ institution: number; days: Uint8Array }[]> {
  const some = 'first' in institutions ? sql`institution_id between ${institutions.first} and ${institutions.last}` : sql`institution_id = any(${arrayOf('int', institutions)})`
  return rowsOf<{ institution: number; days: Uint8Array }>(db, sql`select institution_id as institution, days from eligibility where ${some} and list_id = ${listId} and ${known}`)
}

import { sql, type SQL } from 'drizzle-orm'
import type { Instant } from '@lastmile/shared/day'

/** Picks of the versions of something (an institution, whom a file names as eligible, a standard, a duty), named `v` unless said otherwise, the one that the question knows: rows lie where their figures were counted. */
export function versionKnown(knownOn: Instant | null, version: SQL = sql`v`): SQL {
  return knownOn === null ? sql`${version}.known_to is null` : sql`${version}.known_from <= ${knownOn} and (${version}.known_to is null or ${version}.known_to > ${knownOn})`
}

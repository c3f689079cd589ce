import { sql, type SQL } from 'drizzle-orm'
import type { Instant } from '@lastmile/shared/day'

/** Picks of the versions `v` of something (an institution, a standard, a duty) the one that the question knows: rows lie where their figures were counted. */
export function versionKnown(knownOn: Instant | null): SQL {
  return knownOn === null ? sql`v.known_to is null` : sql`v.known_from <= ${knownOn} and (v.known_to is null or v.known_to > ${knownOn})`
}

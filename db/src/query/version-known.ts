import { sql, type SQL } from 'drizzle-orm'
import type { Instant } from '@lastmile/shared/day'

/** Picks of an institution's versions `v` the one that the question knows: rows lie where their figures were counted. */
export function versionKnown(knownOn: Instant | null): SQL {
  return knownOn === null ? sql`v.known_to is null` : sql`v.known_from <= ${knownOn} and (v.known_to is null or v.known_to > ${knownOn})`
}

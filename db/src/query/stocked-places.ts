import { sql } from 'drizzle-orm'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Kind } from '@lastmile/shared/kind'
import { stateCode } from '@lastmile/shared/state'
import type { ListFacts } from '../coverage/list-facts.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { evidenceCodes, kindCodes } from '../schema/codes.js'
import { institutionsSaidOf } from './institutions-in.js'
import type { ListRow } from './lists.js'
import { isMaintained, lookupFor, type When } from './question.js'
import { versionKnown } from './version-known.js'

/** An institution that stocks a drug, as far as it is known where it stands: by its own position, else by the middle of its city. */
export interface StockedPlace {
  kind: Kind
  eligible: boolean
  lat: number
  lng: number
}

/** Institutions looked up together. */
const institutionsAtOnce = 1_000

/** Everybody who stocks a drug on a day and stands somewhere. Costs as many looks at shelves as institutions ever named it. */
export async function stockedPlaces(db: Database, list: ListRow, facts: ListFacts, when: When & { evidence: Evidence }, drug: number): Promise<StockedPlace[]> {
  const all = await institutionsSaidOf(db, list, { areas: null, kind: null }, { knownOn: when.knownOn, maintained: isMaintained(list, when) }, drug, null)
  const lookup = lookupFor(db, list, facts, when)
  const eligibleOf = new Map<number, boolean>()
  for (let at = 0; at < all.length; at += institutionsAtOnce) {
    const on = await lookup.on(evidenceCodes.code(when.evidence), all.slice(at, at + institutionsAtOnce), drug)
    for (const [institution, { pairs, eligible }] of on) if (pairs[0]?.state === stateCode('in_stock')) eligibleOf.set(institution, eligible === true)
  }
  const rows = await rowsOf<{ institution: number; kind: number; lat: number; lng: number }>(db, sql`
    select v.institution_id as institution, v.kind, coalesce(v.latitude, c.latitude) as lat, coalesce(v.longitude, c.longitude) as lng
    from institution_version v left join region c on c.id = v.city_id
    where ${versionKnown(when.knownOn)} and v.institution_id = any(${arrayOf('int', [...eligibleOf.keys()])}) and coalesce(v.latitude, c.latitude) is not null and coalesce(v.longitude, c.longitude) is not null`)
  return rows.map(({ institution, kind, lat, lng }) => ({ kind: kindCodes.word(kind), eligible: eligibleOf.get(institution)!, lat, lng }))
}

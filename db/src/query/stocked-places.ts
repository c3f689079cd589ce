import { sql } from 'drizzle-orm'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Stretch } from '@lastmile/shared/gap-episode'
import type { Kind } from '@lastmile/shared/kind'
import { stateCode } from '@lastmile/shared/state'
import type { ListFacts } from '../coverage/list-facts.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { evidenceCodes, kindCodes } from '../schema/codes.js'
import { institutionsSaidOf } from './institutions-in.js'
import type { ListRow } from './lists.js'
import { lookupFor, momentOf, type When } from './question.js'
import { versionKnown } from './version-known.js'

/** What is looked at, and as of when. */
export interface Looking {
  db: Database
  list: ListRow
  facts: ListFacts
  when: When & { evidence: Evidence }
}

/** An institution that stocks a drug on some days, as far as it is known where it stands: by its own position, else by the middle of its city. */
export interface StockedPlace {
  kind: Kind
  lat: number
  lng: number
  stocked: readonly Stretch[]
  eligible: readonly Stretch[]
}

/** Institutions looked up together. */
const institutionsAtOnce = 1_000

/** The days from one on, up to the question's, on which some institutions stock a drug, and on which they are eligible; those that do on none are left out. */
export async function stockedDays({ db, list, facts, when }: Looking, drug: number, institutions: readonly number[], from: number): Promise<Map<number, Pick<StockedPlace, 'stocked' | 'eligible'>>> {
  const lookup = lookupFor(db, list, facts, when)
  const found = new Map<number, Pick<StockedPlace, 'stocked' | 'eligible'>>()
  for (let at = 0; at < institutions.length; at += institutionsAtOnce) {
    const since = await lookup.since(evidenceCodes.code(when.evidence), institutions.slice(at, at + institutionsAtOnce), drug, from)
    for (const [institution, { spans, eligible }] of since) {
      const stocked = spans.filter(({ state }) => state === stateCode('in_stock'))
      if (stocked.length > 0) found.set(institution, { stocked, eligible })
    }
  }
  return found
}

/** Everybody who stocks a drug on any day from one on, and stands somewhere. Costs as many looks at shelves as institutions ever named it. */
export async function stockedPlaces(looking: Looking, drug: number, from: number): Promise<StockedPlace[]> {
  const { db, list, when } = looking
  const all = await institutionsSaidOf(db, list, { areas: null, kind: null }, momentOf(list, when), drug, null)
  const days = await stockedDays(looking, drug, all, from)
  const rows = await rowsOf<{ institution: number; kind: number; lat: number; lng: number }>(db, sql`
    select v.institution_id as institution, v.kind, coalesce(v.latitude, c.latitude) as lat, coalesce(v.longitude, c.longitude) as lng
    from institution_version v left join region c on c.id = v.city_id
    where ${versionKnown(when.knownOn)} and v.institution_id = any(${arrayOf('int', [...days.keys()])}) and coalesce(v.latitude, c.latitude) is not null and coalesce(v.longitude, c.longitude) is not null`)
  return rows.map(({ institution, kind, lat, lng }) => ({ kind: kindCodes.word(kind), lat, lng, ...days.get(institution)! }))
}

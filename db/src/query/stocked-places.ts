import { sql } from 'drizzle-orm'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Stretch } from '@lastmile/shared/gap-episode'
import type { Kind } from '@lastmile/shared/kind'
import { stateCode } from '@lastmile/shared/state'
import type { ListFacts } from '../coverage/list-facts.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { evidenceCodes, kindCodes } from '../schema/codes.js'
import { versionKnown } from '../version-known.js'
import { institutionsSaidOf } from './institutions-in.js'
import { publicVersionNow, type ListRow } from './lists.js'
import { lookupFor, momentOf, type When } from './question.js'

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

type StockedDays = Pick<StockedPlace, 'stocked' | 'eligible'>

/** The days from one on, up to the question's, on which some institutions stock some drugs, and on which they are eligible, by drug and institution; those that do on none are left out. */
export async function stockedDays({ db, list, facts, when }: Looking, drugs: readonly number[], institutions: readonly number[], from: number): Promise<ReadonlyMap<number, ReadonlyMap<number, StockedDays>>> {
  const lookup = lookupFor(db, list, facts, when)
  const found = new Map(drugs.map((drug) => [drug, new Map<number, StockedDays>()]))
  for (let at = 0; at < institutions.length; at += institutionsAtOnce) {
    const since = await lookup.since(evidenceCodes.code(when.evidence), institutions.slice(at, at + institutionsAtOnce), drugs, from)
    for (const [drug, own] of since) {
      for (const [institution, { spans, eligible }] of own) {
        const stocked = spans.filter(({ state }) => state === stateCode('in_stock'))
        if (stocked.length > 0) found.get(drug)!.set(institution, { stocked, eligible })
      }
    }
  }
  return found
}

/** Where a drug is stocked, on all days from one on. */
interface PlacesFrom { from: number; places: readonly StockedPlace[] }

/** What was read of a list's drugs at one version of what anybody may see of it, by question and drug. */
interface Held { version: number | null; byQuestion: Map<string, Map<number, PlacesFrom>> }

/** By the database and the list. */
const held = new WeakMap<Database, Map<number, Held>>()

/** Days and kinds of evidence of a list whose places are held together. */
const questionsHeld = 8

/**
 * Everybody who stocks some drugs on any day from one on, and stands somewhere, by drug. Costs a look at each shelf that ever
 * named one of them, once for each version of the list: what was read is held, but for what was known then.
 */
export async function stockedPlaces(looking: Looking, drugs: readonly number[], from: number): Promise<ReadonlyMap<number, readonly StockedPlace[]>> {
  const { db, list, when } = looking
  if (when.knownOn !== null) return readPlaces(looking, drugs, from)
  const version = await publicVersionNow(db, list.id)
  const known = heldOf(db, list.id, version, `${when.evidence} ${when.since ?? ''} ${when.asOf}`)
  const missing = drugs.filter((drug) => (known.get(drug)?.from ?? Infinity) > from)
  const read = missing.length === 0 ? new Map<number, readonly StockedPlace[]>() : await readPlaces(looking, missing, from)
  if (read.size > 0 && (await publicVersionNow(db, list.id)) === version) for (const [drug, places] of read) known.set(drug, { from, places })
  return new Map(drugs.map((drug) => [drug, read.get(drug) ?? known.get(drug)!.places]))
}

function heldOf(db: Database, listId: number, version: number | null, question: string): Map<number, PlacesFrom> {
  let lists = held.get(db)
  if (!lists) held.set(db, (lists = new Map()))
  let own = lists.get(listId)
  if (!own || own.version !== version) lists.set(listId, (own = { version, byQuestion: new Map() }))
  let known = own.byQuestion.get(question)
  if (!known) {
    own.byQuestion.set(question, (known = new Map()))
    for (const oldest of own.byQuestion.keys()) if (own.byQuestion.size > questionsHeld) own.byQuestion.delete(oldest)
  }
  return known
}

async function readPlaces(looking: Looking, drugs: readonly number[], from: number): Promise<Map<number, StockedPlace[]>> {
  const { db, list, when } = looking
  const all = await institutionsSaidOf(db, list, { areas: null, kind: null }, momentOf(list, when), drugs, null)
  const days = await stockedDays(looking, drugs, all, from)
  const stocking = new Set([...days.values()].flatMap((own) => [...own.keys()]))
  const rows = await rowsOf<{ institution: number; kind: number; lat: number; lng: number }>(db, sql`
    select v.institution_id as institution, v.kind, coalesce(v.latitude, c.latitude) as lat, coalesce(v.longitude, c.longitude) as lng
    from institution_version v left join region c on c.id = v.city_id
    where ${versionKnown(when.knownOn)} and v.institution_id = any(${arrayOf('int', [...stocking])}) and coalesce(v.latitude, c.latitude) is not null and coalesce(v.longitude, c.longitude) is not null`)
  return new Map([...days].map(([drug, own]) => [drug, rows.flatMap(({ institution, kind, lat, lng }) => {
    const stocked = own.get(institution)
    return stocked ? [{ kind: kindCodes.word(kind), lat, lng, ...stocked }] : []
  })]))
}

import { sql } from 'drizzle-orm'
import { dayNumber, dayOfNumber, type Day } from '@lastmile/shared/day'
import { statuses, type Status } from '@lastmile/shared/status'
import type { Text } from '@lastmile/shared/text'
import { loadHoldings } from '../coverage/holding.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { kindCodes } from '../schema/codes.js'
import type { Area } from './area.js'
import type { DrugRow } from './drugs.js'
import { institutionsIn } from './institutions-in.js'
import type { ListRow } from './lists.js'
import type { SourceRow } from './sources.js'

/** Of which pairs a template is made. */
export interface TemplateLimits {
  /** Where the institutions lie; null: anywhere. */
  areas: readonly Area[] | null
  kinds: readonly string[] | null
  drugs: readonly DrugRow[]
  asOf: Day
  /** Pairs that are told at most. */
  atMost: number
}

/** A pair as a template has it. */
export interface TemplatePair {
  institution: string
  institutionName: string
  city: Text | null
  drug: DrugRow
  /** What the source said of it last, and of which day; null where it never did, or left it out last. */
  last: { status: Status; day: Day } | null
}

/** Institutions whose shelves are looked at together. */
const atOnce = 2_000

/**
 * The pairs that a source reports on: of which it said something that it has not left out since, or for which the
 * institution is eligible on the day; of a source that is one institution, all its drugs. By unit, institution and drug.
 * `total`: how many there are, told or not.
 */
export async function templatePairs(db: Database, list: ListRow, source: SourceRow, { areas, kinds, drugs, asOf, atMost }: TemplateLimits): Promise<{ pairs: TemplatePair[]; total: number }> {
  const day = dayNumber(asOf)
  const { institution: own, evidence } = source.data
  const ids = await institutionsIn(db, list, { areas, kind: null, code: own, said: own === null }, null, null)
  const pairs: TemplatePair[] = []
  let total = 0
  for (let at = 0; at < ids.length; at += atOnce) {
    const some = ids.slice(at, at + atOnce)
    const holdings = await loadHoldings(db, list.id, some, null)
    const facts = await factsOf(db, some)
    for (const id of some) {
      const place = facts.get(id)
      if (!place || (kinds !== null && !kinds.includes(place.kind)) || (place.closed !== null && place.closed <= day)) continue
      const holding = holdings.get(id)
      for (const drug of drugs) {
        const trail = holding?.pairs.find((pair) => pair.drug === drug.id)?.[evidence === 'declared' ? 'declared' : 'confirmed'] ?? null
        const word = trail?.words.find((one) => one.source === source.id && one.line > 0)
        const eligible = holding?.filed.get(drug.id)?.some(({ from, to }) => from <= day && day < to) ?? false
        if (!word && !eligible && own === null) continue
        if (++total > atMost) continue
        pairs.push({ institution: place.code, institutionName: place.name, city: place.city, drug, last: word ? { status: statuses[word.status]!, day: dayOfNumber(word.day) } : null })
      }
    }
  }
  return { pairs, total }
}

interface PlaceFacts { code: string; name: string; kind: string; city: Text | null; closed: number | null }

async function factsOf(db: Database, institutions: readonly number[]): Promise<Map<number, PlaceFacts>> {
  const rows = await rowsOf<Omit<PlaceFacts, 'kind'> & { id: number; kind: number }>(db, sql`
    select i.id, i.code, v.name, v.kind, c.name as city, v.closed_on - date '1970-01-01' as closed from institution i
    join institution_version v on v.institution_id = i.id and v.known_to is null left join region c on c.id = v.city_id where i.id = any(${arrayOf('int', institutions)})`)
  return new Map(rows.map(({ id, kind, ...facts }) => [id, { ...facts, kind: kindCodes.word(kind) }]))
}

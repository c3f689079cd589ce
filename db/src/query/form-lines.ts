import { sql } from 'drizzle-orm'
import { spanOn } from '@lastmile/shared/chain'
import { dayNumber, type Day } from '@lastmile/shared/day'
import { kinds, type Kind } from '@lastmile/shared/kind'
import type { Scope } from '@lastmile/shared/source'
import type { Text } from '@lastmile/shared/text'
import type { Word } from '@lastmile/shared/trail'
import { emptyHolding, loadHoldings } from '../coverage/holding.js'
import { placesOf } from '../coverage/places.js'
import { coveringTest } from '../coverage/reports-known.js'
import { eligibleDays } from '../coverage/view.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { evidenceCodes, kindCodes } from '../schema/codes.js'
import type { Area } from './area.js'
import { institutionsIn } from './institutions-in.js'
import { lastWordOf, type Speaker } from './last-said.js'
import type { ListRow } from './lists.js'
import { factsFor } from './question.js'
import type { SourceRow } from './sources.js'

/** Of which pairs a form is made: within a scope that is the source's own or narrower, by area, drug and kind, as of a day. */
export interface FormFilter {
  scope: Scope
  /** Areas in which institutions are looked for: those that the scope names, or fewer; null: everywhere. */
  areas: readonly Area[] | null
  drug: number | null
  kind: Kind | null
  day: Day
}

/** A pair that a source is asked about, by narrow ids: whether it is eligible (null: nobody said who is), and what the source said of it last. */
export interface FormLine {
  institution: number
  drug: number
  eligible: boolean | null
  word: Word | null
}

/** Institutions looked up together. */
const institutionsAtOnce = 1_000

/**
 * Goes over the pairs that a source reports on, by unit, institution and drug: of which it said something that it has not
 * left out since, and those that are eligible; of an institution that reports of itself, every drug. Closed institutions
 * have none. Costs what is kept of the institutions in the scope.
 */
export async function eachFormLine(db: Database, list: ListRow, source: SourceRow, { scope, areas, drug: wanted, kind, day: asOf }: FormFilter, take: (line: FormLine) => void): Promise<void> {
  const facts = await factsFor(db, list)
  const day = dayNumber(asOf)
  const speaker = speakerOf(source)
  const covers = coveringTest(scope, facts.drugCodes, facts.unitCodes, kinds)
  const own = source.data.institution
  const ids = await institutionsIn(db, list, { areas, kind, code: own, said: own === null }, null, null)
  for (let at = 0; at < ids.length; at += institutionsAtOnce) {
    const some = ids.slice(at, at + institutionsAtOnce)
    const [holdings, places] = [await loadHoldings(db, list.id, some, null), await placesOf(db, list.regionSetId, some, null)]
    for (const institution of some) {
      const place = places.get(institution)
      if (!place || (place.closed !== null && place.closed <= day)) continue
      const holding = holdings.get(institution) ?? emptyHolding(institution)
      const pairs = new Map(holding.pairs.map((pair) => [pair.drug, pair]))
      for (const [drug, { eligibleWhenReported, eligibilityLoaded }] of facts.drugs) {
        if ((wanted !== null && drug !== wanted) || !covers(drug, place)) continue
        const pair = pairs.get(drug)
        const filed = holding.filed.get(drug)
        if (!pair && !filed && own === null) continue
        const word = pair && speaker.source !== 0 ? lastWordOf(pair, speaker) : null
        const eligible = eligibilityLoaded ? spanOn(eligibleDays(filed ?? [], eligibleWhenReported, pair?.firstNamed ?? null, place), day) !== null : null
        if (word !== null || eligible || own !== null) take({ institution, drug, eligible, word })
      }
    }
  }
}

/** A source that states, as what it says is kept. */
export function speakerOf({ id, data: { evidence } }: SourceRow): Speaker {
  return { source: id, lens: evidenceCodes.code(evidence) }
}

/** What a form calls an institution. */
export interface FormInstitution {
  code: string
  name: string
  kind: Kind
  city: string | null
  cityName: Text | null
}

/** The institutions of lines, by narrow id. */
export async function institutionsOfLines(db: Database, lines: readonly Pick<FormLine, 'institution'>[]): Promise<Map<number, FormInstitution>> {
  const rows = await rowsOf<Omit<FormInstitution, 'kind'> & { id: number; kind: number }>(db, sql`
    select i.id, i.code, v.name, v.kind, c.code as city, c.name as "cityName" from institution i
    join institution_version v on v.institution_id = i.id and v.known_to is null left join region c on c.id = v.city_id
    where i.id = any(${arrayOf('int', [...new Set(lines.map((line) => line.institution))])})`)
  return new Map(rows.map(({ id, kind, ...facts }) => [id, { ...facts, kind: kindCodes.word(kind) }]))
}

import { sql, type SQL } from 'drizzle-orm'
import type { Day } from '@lastmile/shared/day'
import { kinds, type Kind } from '@lastmile/shared/kind'
import type { Text } from '@lastmile/shared/text'
import { citiesEligibleStocked, citiesStocked } from '../coverage/counts.js'
import type { ListFacts } from '../coverage/list-facts.js'
import { rowsOf, type Database } from '../database.js'
import { askedCounters, countersOf, type AskedCounters } from './gap-reason.js'
import type { ListRow } from './lists.js'
import { onceAList } from './once-a-list.js'
import { factsFor, type When } from './question.js'

/** What counts as covered, for a drug in some units (null: in all), from a day on. */
interface StandardRow {
  drugId: number
  drug: string
  company: string
  reason: Text
  minInstitutions: number
  minCities: number
  kinds: Kind[]
  eligibleOnly: boolean
  units: string[] | null
  from: Day
}

/** A standard with the counters that it looks at. */
export interface Measure {
  standard: StandardRow
  /** Where the drug stands in a sheet, and in the list. */
  slot: number
  place: number
  eligibilityLoaded: boolean
  /** Counters of the institutions that stock and that the standard counts, and of those of other kinds. */
  wanted: readonly number[]
  others: readonly number[]
  /** Counters of the kinds that it asks. */
  asked: AskedCounters
  cities: number
  /** Null: it speaks of all units. */
  units: ReadonlySet<string> | null
}

/** The standards begun by the as-of day, as known on that instant: in the order of the list, a drug's latest first. */
export async function measuresOn(db: Database, list: ListRow, when: Pick<When, 'asOf' | 'knownOn'>): Promise<Measure[]> {
  const known = when.knownOn === null ? await knownNow(db, list) : await readMeasures(db, list, sql`s.known_from <= ${when.knownOn} and (s.known_to is null or s.known_to > ${when.knownOn})`)
  return known.filter((one) => one.standard.from <= when.asOf)
}

const knownNow = onceAList((db, list) => readMeasures(db, list, sql`s.known_to is null`))

async function readMeasures(db: Database, list: ListRow, known: SQL): Promise<Measure[]> {
  const facts = await factsFor(db, list)
  const rows = await rowsOf<StandardRow>(db, sql`
    select d.id as "drugId", d.code as drug, c.code as company, s.reason, s.min_institutions as "minInstitutions", s.min_cities as "minCities",
           s.kinds, s.eligible_only as "eligibleOnly", s.units, s.from_day::text as from
    from standard s join drug d on d.id = s.drug_id join company c on c.id = d.company_id
    where d.list_id = ${list.id} and ${known} order by d.no, s.from_day desc, s.id`)
  return measuresOf(rows, facts)
}

function measuresOf(standards: readonly StandardRow[], { drugs, drugSlots }: ListFacts): Measure[] {
  const places = new Map([...drugs.keys()].map((id, place) => [id, place]))
  return standards.flatMap((standard) => {
    const { kinds: asked, units, drugId } = standard
    const drug = drugs.get(drugId)
    if (!drug) return []
    const eligibleOnly = standard.eligibleOnly && drug.eligibilityLoaded
    return [{
      standard, slot: drugSlots.get(drugId)!, place: places.get(drugId)!, eligibilityLoaded: drug.eligibilityLoaded,
      wanted: countersOf(asked, eligibleOnly), others: countersOf(kinds.filter((kind) => !asked.includes(kind)), eligibleOnly), asked: askedCounters(asked),
      cities: eligibleOnly ? citiesEligibleStocked : citiesStocked, units: units && new Set(units),
    }]
  })
}

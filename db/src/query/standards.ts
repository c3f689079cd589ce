import { sql, type SQL } from 'drizzle-orm'
import type { Day } from '@lastmile/shared/day'
import type { Kind } from '@lastmile/shared/kind'
import type { Text } from '@lastmile/shared/text'
import { rowsOf, type Database } from '../database.js'
import type { ListRow } from './lists.js'
import { onceAList } from './once-a-list.js'
import type { When } from './question.js'

/** What counts as covered, for a drug in some units (null: in all), from a day on. */
export interface StandardRow {
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

/** The standards begun by the as-of day, as known then: in the order of the list, a drug's latest first. */
export async function standardsOn(db: Database, list: ListRow, when: When): Promise<StandardRow[]> {
  const known = when.knownOn === null ? await knownNow(db, list) : await readStandards(db, list, sql`s.known_from <= ${when.knownOn} and (s.known_to is null or s.known_to > ${when.knownOn})`)
  return known.filter((one) => one.from <= when.asOf)
}

const knownNow = onceAList((db, list) => readStandards(db, list, sql`s.known_to is null`))

function readStandards(db: Database, list: ListRow, known: SQL): Promise<StandardRow[]> {
  return rowsOf<StandardRow>(db, sql`
    select d.id as "drugId", d.code as drug, c.code as company, s.reason, s.min_institutions as "minInstitutions", s.min_cities as "minCities",
           s.kinds, s.eligible_only as "eligibleOnly", s.units, s.from_day::text as from
    from standard s join drug d on d.id = s.drug_id join company c on c.id = d.company_id
    where d.list_id = ${list.id} and ${known} order by d.no, s.from_day desc, s.id`)
}

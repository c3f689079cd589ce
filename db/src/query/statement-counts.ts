import { sql } from 'drizzle-orm'
import type { Evidence } from '@lastmile/shared/evidence'
import type { StatementsAnswer } from '@lastmile/shared/statement'
import { stateCode } from '@lastmile/shared/state'
import { anyDrug, citiesStocked, countAt, countIn, unitsStocked, wholeSlot, type Counts } from '../coverage/counts.js'
import type { ListFacts } from '../coverage/list-facts.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { kindCodes } from '../schema/codes.js'
import { versionKnown } from '../version-known.js'
import type { Area } from './area.js'
import { countedStates, countedStatesOfUnits } from './counted-states.js'
import type { ListRow } from './lists.js'
import type { When } from './question.js'
import type { StatementFilter } from './statements.js'

/** How many drugs, institutions, units and cities rows are of; null where it would take reading them all. */
export type RowsOf = StatementsAnswer['of']

/** Pairs that were looked at, as far as they are counted. */
export interface Seen {
  drugs: Set<number>
  institutions: Set<number>
}

/** What is asked of which list. */
interface Counting {
  db: Database
  list: ListRow
  when: When & { evidence: Evidence }
  facts: ListFacts
  filter: StatementFilter
}

/** How many rows there are of some drugs in some slots. */
export function sumOf(counts: Counts, slots: readonly number[], { kind, states }: Pick<StatementFilter, 'kind' | 'states'>): number {
  return countIn(counts, slots, kind && kindCodes.code(kind), states && states.map(stateCode))
}

/** The drugs that a question is about. */
export function drugsOf(facts: ListFacts, filter: StatementFilter): number[] {
  return filter.drug === null ? [...facts.drugs.keys()] : [filter.drug]
}

/**
 * The same by the counters. They tell of how many drugs and units rows are, whatever is asked for; how many institutions where these
 * are of one drug (a row each) or of what is in stock (any drug is counted so), and how many cities where that is in stock at
 * institutions of whichever kind. What else there is to know would take reading every row.
 */
export async function countedRowsOf({ db, list, when, facts, filter }: Counting, area: Area | null, total: number): Promise<RowsOf> {
  const drugs = drugsOf(facts, filter)
  const counted = await countedStates(db, list, when, area, filter.drug === null ? [...drugs, anyDrug] : drugs)
  const own = counted.filter(({ drug, counts, slots }) => drug !== anyDrug && sumOf(counts, slots, filter) > 0)
  const isInStock = filter.states?.length === 1 && filter.states[0] === 'in_stock'
  const all = counted.find(({ drug }) => drug === (filter.drug ?? anyDrug))
  const inCities = all === undefined ? 0 : area?.level === 'city' ? Math.min(1, total) : all.slots.reduce((sum, slot) => sum + countAt(all.counts, slot, citiesStocked), 0)
  return {
    drugs: own.length,
    institutions: filter.drug !== null ? total : !isInStock ? null : all === undefined ? 0 : sumOf(all.counts, all.slots, filter),
    units: area === null ? await unitsOf({ db, list, when, facts, filter }, isInStock && filter.kind === null ? all?.counts : undefined) : new Set(own.flatMap(({ counts, slots }) => slots.filter((slot) => sumOf(counts, [slot], filter) > 0))).size,
    cities: area?.level === 'city' || (isInStock && filter.kind === null) ? inCities : null,
  }
}

async function unitsOf({ db, list, when, facts, filter }: Counting, stocked: Counts | undefined): Promise<number> {
  if (stocked !== undefined) return countAt(stocked, wholeSlot, unitsStocked)
  const counted = await countedStatesOfUnits(db, list, when, drugsOf(facts, filter))
  return facts.units.filter(({ slot }) => counted.some((counts) => sumOf(counts, [slot], filter) > 0)).length
}

/** The same of rows that were looked at anyway. */
export async function seenRowsOf(db: Database, when: When, { drugs, institutions }: Seen): Promise<RowsOf> {
  const [row] = await rowsOf<{ units: number; cities: number }>(db, sql`
    select count(distinct v.unit_id)::int as units, count(distinct v.city_id)::int as cities from institution_version v
    where v.institution_id = any(${arrayOf('int', [...institutions])}) and ${versionKnown(when.knownOn)}`)
  return { drugs: drugs.size, institutions: institutions.size, ...row! }
}

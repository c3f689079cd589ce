import { sql, type SQL } from 'drizzle-orm'
import { dayNumber } from '@lastmile/shared/day'
import { kinds } from '@lastmile/shared/kind'
import type { StandardRule } from '@lastmile/shared/standard'
import { citiesEligibleStocked, citiesStocked } from '../coverage/counts.js'
import type { ListFacts } from '../coverage/list-facts.js'
import { rowsOf, type Database } from '../database.js'
import { versionKnown } from '../version-known.js'
import { askedCounters, countersOf, type AskedCounters } from './gap-reason.js'
import type { ListRow } from './lists.js'
import { onceAList } from './once-a-list.js'
import { factsFor, type When } from './question.js'

/** A rule of a drug's standard. */
interface RuleOfDrug extends StandardRule {
  drugId: number
  drug: string
  company: string
}

/** A rule of a standard with the counters that it looks at. */
export interface Measure {
  standard: RuleOfDrug
  /** Where the drug stands in a sheet, and in the list. */
  slot: number
  place: number
  eligibilityLoaded: boolean
  /** Whether the eligible alone are counted: it says so, and it is known who they are. */
  eligibleOnly: boolean
  /** Counters of the institutions that stock and that the standard counts, and of those of other kinds. */
  wanted: readonly number[]
  others: readonly number[]
  /** Counters of the kinds that it asks. */
  asked: AskedCounters
  cities: number
  /** From which day on gaps are judged by it, in days since 1970-01-01: nothing was to be covered before the list came into force. */
  begins: number
  /** Null: it speaks of all units. */
  units: ReadonlySet<string> | null
  /** Codes of the institutions that serve units, by these. */
  servedBy: ReadonlyMap<string, string>
}

/** The rules of standards begun by the as-of day, as known on that instant: in the order of the list, a drug's latest first. */
export async function measuresOn(db: Database, list: ListRow, when: Pick<When, 'asOf' | 'knownOn'>): Promise<Measure[]> {
  const known = when.knownOn === null ? await knownNow(db, list) : await readMeasures(db, list, versionKnown(when.knownOn))
  return known.filter((one) => one.begins <= dayNumber(when.asOf))
}

const knownNow = onceAList((db, list) => readMeasures(db, list, versionKnown(null)))

async function readMeasures(db: Database, list: ListRow, known: SQL): Promise<Measure[]> {
  const facts = await factsFor(db, list)
  const rows = await rowsOf<{ drugId: number; rules: StandardRule[] }>(db, sql`
    select v.drug_id as "drugId", v.rules from standard_version v join drug d on d.id = v.drug_id where d.list_id = ${list.id} and ${known} order by d.no`)
  return rows.flatMap(({ drugId, rules }) => measuresOf(facts, drugId, rules))
}

/** The rules of a drug, the latest first, with the counters that they look at. */
export function measuresOf({ drugs, drugSlots, inForce }: ListFacts, drugId: number, rules: readonly StandardRule[]): Measure[] {
  const drug = drugs.get(drugId)
  if (!drug) return []
  const place = [...drugs.keys()].indexOf(drugId)
  return [...rules].sort((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : 0)).map((rule) => {
    const { kinds: asked, units } = rule
    const eligibleOnly = rule.eligibleOnly && drug.eligibilityLoaded
    return {
      standard: { ...rule, drugId, drug: drug.code, company: drug.company }, slot: drugSlots.get(drugId)!, place, eligibilityLoaded: drug.eligibilityLoaded, eligibleOnly,
      wanted: countersOf(asked, eligibleOnly), others: countersOf(kinds.filter((kind) => !asked.includes(kind)), eligibleOnly), asked: askedCounters(asked),
      cities: eligibleOnly ? citiesEligibleStocked : citiesStocked, begins: Math.max(dayNumber(rule.from), inForce), units: units && new Set(units), servedBy: new Map(rule.servedBy.map(({ unit, institution }) => [unit, institution])),
    }
  })
}

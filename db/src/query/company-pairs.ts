import { setImmediate } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { spanOn, type Opening } from '@lastmile/shared/chain'
import type { PairSaid } from '@lastmile/shared/contradiction'
import { dayNumber } from '@lastmile/shared/day'
import type { Kind } from '@lastmile/shared/kind'
import type { PairRow } from '@lastmile/shared/drop-off'
import { stateCode } from '@lastmile/shared/state'
import { declaredLens } from '../coverage/lens.js'
import type { Lookup } from '../coverage/pairs-on.js'
import type { Holding } from '../coverage/holding.js'
import type { ListFacts } from '../coverage/list-facts.js'
import { spansSince } from '../coverage/view.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { kindCodes } from '../schema/codes.js'
import { versionKnown } from '../version-known.js'
import { saidOf } from './contradicted-pairs.js'
import type { ListRow } from './lists.js'
import { lookupFor, type When } from './question.js'

/** A pair of a company's drug and an open institution on a day: what is said of it, and until when its declaration holds. */
export interface CompanyPair {
  institution: number
  drug: number
  said: PairSaid
  /** The day on which what is declared that day will be stale; null: it will not, or nothing is declared. */
  staleOn: number | null
}

const stale = stateCode('stale')

/** Institutions looked up together. */
const institutionsAtOnce = 1_000

/** The narrow ids of a company's drugs, as the list has them. */
export function drugsOfCompany(facts: ListFacts, company: string): number[] {
  return [...facts.drugs].filter(([, one]) => one.company === company).map(([id]) => id)
}

/** What is said of pairs of some drugs at a moment, some hundred institutions at a time: of those that were open then. */
export async function* companyPairs(db: Database, list: ListRow, facts: ListFacts, when: When, drugs: readonly number[], institutions: readonly number[]): AsyncGenerator<CompanyPair[]> {
  const lookup = lookupFor(db, list, facts, when)
  for (let at = 0; at < institutions.length; at += institutionsAtOnce) {
    yield await pairsAt(lookup, facts, dayNumber(when.asOf), drugs, institutions.slice(at, at + institutionsAtOnce))
    await setImmediate()
  }
}

async function pairsAt(lookup: Lookup, facts: ListFacts, day: number, drugs: readonly number[], some: readonly number[]): Promise<CompanyPair[]> {
  const { openings, holdings } = await lookup.held(some, drugs.length === 1 ? drugs[0]! : null)
  const pairs: CompanyPair[] = []
  for (const institution of some) {
    const [opening, holding] = [openings.get(institution), holdings.get(institution)]
    if (opening && holding) pairs.push(...pairsIn(facts, day, drugs, holding, opening))
  }
  return pairs
}

/** What is said of pairs of some drugs at an institution on a day, if it is open then. */
export function pairsIn(facts: ListFacts, day: number, drugs: readonly number[], { institution, pairs, past }: Holding, opening: Opening): CompanyPair[] {
  if (!isOpen(opening, day)) return []
  return pairs.filter(({ drug }) => drugs.includes(drug)).map((pair) => {
    const { freshnessDays } = facts.drugs.get(pair.drug)!
    const spans = pair.declared === null ? [] : spansSince(pair, declaredLens, past, day, freshnessDays, opening)
    const declared = spanOn(spans, day)
    return {
      institution, drug: pair.drug, said: saidOf(pair, past, day, freshnessDays, opening),
      staleOn: declared !== null && spans.some(({ from, state }) => from === declared.to && state === stale) ? declared.to : null,
    }
  })
}

function isOpen({ opened, closed }: Opening, day: number): boolean {
  return (opened === null || opened <= day) && (closed === null || day < closed)
}

/** An institution as rows name it. */
export type NamedInstitution = Pick<PairRow, 'institution' | 'institutionName' | 'unit' | 'city'> & { kind: Kind }

/** Some institutions as the master names them, by id. */
export async function namedInstitutions(db: Database, ids: readonly number[], knownOn: string | null): Promise<Map<number, NamedInstitution>> {
  const rows = await rowsOf<{ id: number; code: string; name: string; kind: number; unit: string | null; city: string | null }>(db, sql`
    select i.id, i.code, v.name, v.kind, u.code as unit, c.code as city from institution i
    join institution_version v on v.institution_id = i.id and ${versionKnown(knownOn)} left join unit u on u.id = v.unit_id left join region c on c.id = v.city_id
    where i.id = any(${arrayOf('int', [...new Set(ids)])})`)
  return new Map(rows.map(({ id, code, name, kind, unit, city }) => [id, { institution: code, institutionName: name, kind: kindCodes.word(kind), unit, city }]))
}

import { sql } from 'drizzle-orm'
import { spanOn } from '@lastmile/shared/chain'
import { ownerOf, type Contradiction, type ContradictionOrder, type ContradictionsAnswer, type ContradictionSet, type Side } from '@lastmile/shared/contradiction'
import { dayNumber, dayOfNumber } from '@lastmile/shared/day'
import { evidences, type Evidence } from '@lastmile/shared/evidence'
import type { Kind } from '@lastmile/shared/kind'
import { holdsSender, type Purview } from '@lastmile/shared/purview'
import type { Source } from '@lastmile/shared/source'
import type { Sort } from '@lastmile/shared/sort'
import { standingCodeOf, standings } from '@lastmile/shared/standing'
import type { StatementRow } from '@lastmile/shared/statement'
import { spansSince } from '../coverage/view.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { evidenceCodes, kindCodes } from '../schema/codes.js'
import { versionKnown } from '../version-known.js'
import { pairKey, requestsOf, type RequestsOfSets } from './confirmation-requests.js'
import { contradictedPairs, saidOf, type ContradictionFilter, type FoundPairs, type PairsAsked } from './contradicted-pairs.js'
import { firstOf } from './first-of.js'
import type { ListRow } from './lists.js'
import { basisOf, factsFor, lookupFor, type When } from './question.js'
import { described, type FoundRow, type Sight } from './statement-rows.js'

/** Which pairs of all are answered, and in which order; `sort` null is the longest first. */
export interface ContradictionPage {
  offset: number
  limit: number
  sort: Sort<ContradictionOrder> | null
}

/** What an asker sees: which pairs, and of them what {@link Sight} says; of whose sources he may know that they are asked. */
export interface ContradictionSight extends Sight {
  pairs: Purview
  sources: Purview
}

/**
 * A page of the pairs of a set, each with what every kind of evidence says of it, whose turn it is and how a request to
 * confirm it stands; and how many pairs and institutions are in each set. Both come of one look at every pair asked for.
 */
export async function contradictionsOf(db: Database, list: ListRow, when: When & { evidence: 'supplied' }, set: ContradictionSet, filter: ContradictionFilter, { offset, limit, sort }: ContradictionPage, sees: ContradictionSight): Promise<ContradictionsAnswer> {
  const facts = await factsFor(db, list)
  const requests = await requestsOf(db, list)
  const asked: PairsAsked = { db, list, facts, when, filter, purview: sees.pairs, requests }
  const found = await foundOnce(asked, set)
  const numbers = Int32Array.from(found.drug.keys())
  const page = [...firstOf(numbers, orderOf(asked, found, sort), offset + limit).subarray(offset)]
  const rows: Contradiction[] = []
  for (let at = 0; at < page.length; at += rowsAtOnce) rows.push(...await told(asked, set, found, page.slice(at, at + rowsAtOnce), sees, requests))
  return { basis: { ...basisOf(list, when), evidence: null }, set, totals: found.totals, rows, page: { offset, limit, total: found.drug.length } }
}

/** Rows told together. */
const rowsAtOnce = 1_000

/** Who turns pages asks the same again: what was found for a list as it stands is kept for the next, unless it is much. */
const kept = new WeakMap<ListRow, Map<string, Promise<FoundPairs>>>()
const keptAtMost = 4
const pairsKeptAtMost = 500_000

function foundOnce(asked: PairsAsked, set: ContradictionSet): Promise<FoundPairs> {
  const { list, when, filter, purview } = asked
  if (filter.only) return contradictedPairs(asked, set)
  const own = kept.get(list) ?? new Map<string, Promise<FoundPairs>>()
  kept.set(list, own)
  const key = JSON.stringify([set, when, filter, purview])
  const known = own.get(key)
  if (known) return known
  const found = contradictedPairs(asked, set)
  own.set(key, found)
  const forget = () => void own.delete(key)
  found.then(({ drug }) => { if (drug.length > pairsKeptAtMost) forget() }, forget)
  for (const oldest of own.keys()) if (own.size > keptAtMost) own.delete(oldest)
  return found
}

/** By what the rows of a question are ordered; what is alike by unit, institution and drug. */
function orderOf({ facts }: PairsAsked, { institution, drug, began, places }: FoundPairs, sort: Sort<ContradictionOrder> | null): (a: number, b: number) => number {
  const drugPlaces = new Map([...facts.drugs.keys()].map((id, place) => [id, place]))
  const [unit, no] = [(at: number) => places.get(institution[at]!)!, (at: number) => drugPlaces.get(drug[at]!)!]
  const company = (at: number) => facts.drugs.get(drug[at]!)!.company
  const usually = (a: number, b: number) => unit(a) - unit(b) || no(a) - no(b)
  const { by, falling } = sort ?? { by: 'age' as const, falling: true }
  const way = falling ? -1 : 1
  switch (by) {
    // The longest began first.
    case 'age': return (a, b) => way * (began[b]! - began[a]!) || usually(a, b)
    case 'unit': return (a, b) => way * (unit(a) - unit(b)) || no(a) - no(b)
    case 'drug': return (a, b) => way * (no(a) - no(b)) || usually(a, b)
    case 'company': return (a, b) => (company(a) === company(b) ? usually(a, b) : company(a) < company(b) ? -way : way)
  }
}

interface InstitutionRow { id: number; code: string; name: string; kind: number; unit: string | null; city: string | null }

/** Pairs with the words of their reports, whose turn it is, and how a request stands. */
async function told(asked: PairsAsked, set: ContradictionSet, found: FoundPairs, page: readonly number[], sees: ContradictionSight, requests: RequestsOfSets): Promise<Contradiction[]> {
  const { db, list, facts, when } = asked
  const ids = [...new Set(page.map((at) => found.institution[at]!))]
  const institutions = new Map((await rowsOf<InstitutionRow>(db, sql`
    select i.id, i.code, v.name, v.kind, u.code as unit, c.code as city from institution i
    join institution_version v on v.institution_id = i.id and ${versionKnown(when.knownOn)} left join unit u on u.id = v.unit_id left join region c on c.id = v.city_id
    where i.id = any(${arrayOf('int', ids)})`)).map((row) => [row.id, row]))
  const { sides, sayings } = await sidesOf(asked, found, page, ids, sees)
  const sources = (await sourcesOf(db, list)).map(({ data }) => data)
  const refuters = await refutersOf(db, page.map((at) => sayings.get(pairKey(found.institution[at]!, found.drug[at]!))?.refutedIn ?? null))
  const day = dayNumber(when.asOf)
  return page.map((at, i) => {
    const { code, name, kind, unit, city } = institutions.get(found.institution[at]!)!
    const drug = facts.drugs.get(found.drug[at]!)!
    const key = pairKey(found.institution[at]!, found.drug[at]!)
    const place = { drug: drug.code, company: drug.company, institution: code, kind: kindCodes.word(kind), unit, city }
    const side = (evidence: Evidence) => sides.get(`${evidence} ${code} ${drug.code}`) ?? null
    return {
      ...place, institutionName: name, standing: sayings.get(key)?.standing ?? null, began: dayOfNumber(found.began[at]!), age: day - found.began[at]!,
      declared: side('declared'), confirmed: side('confirmed'), supplied: side('supplied'), owner: ownerShown(set, place, refuters[i] ?? null, sources, sees.sources), request: requests[set].get(key) ?? null,
    }
  })
}

function ownerShown(set: ContradictionSet, pair: { drug: string; company: string; institution: string; kind: Kind; unit: string | null; city: string | null }, refuter: string | null, sources: readonly Source[], sees: Purview): Contradiction['owner'] {
  const owner = ownerOf(set, pair, refuter, sources)
  if (owner === null) return null
  const { source, ...shown } = owner
  const { company, unit, institution, scope, name } = sources.find(({ code }) => code === source)!
  return holdsSender(sees, { source, company, unit, institution, regions: scope.regions }) ? { ...shown, source, sourceName: name } : shown
}

/** What each kind of evidence says of some pairs, as far as the asker sees it; and their standing, and the report that says no. */
export async function sidesOf({ db, list, facts, when }: Pick<PairsAsked, 'db' | 'list' | 'facts' | 'when'>, found: Pick<FoundPairs, 'institution' | 'drug'>, page: readonly number[], ids: readonly number[], sees: Sight): Promise<{ sides: Map<string, Side>; sayings: Map<string, { standing: Contradiction['standing']; refutedIn: number | null }> }> {
  const day = dayNumber(when.asOf)
  const { openings, holdings } = await lookupFor(db, list, facts, when).held(ids, null)
  const rows: Record<Evidence, FoundRow[]> = { declared: [], confirmed: [], supplied: [] }
  const sayings = new Map<string, { standing: Contradiction['standing']; refutedIn: number | null }>()
  for (const at of page) {
    const [institution, drug] = [found.institution[at]!, found.drug[at]!]
    const [opening, { pairs, past }] = [openings.get(institution)!, holdings.get(institution)!]
    const { freshnessDays } = facts.drugs.get(drug)!
    const pair = pairs.find((one) => one.drug === drug)!
    for (const evidence of evidences) {
      const span = spanOn(spansSince(pair, evidenceCodes.code(evidence), past, day, freshnessDays, opening), day)
      if (span !== null) rows[evidence].push({ institution, drug, state: span.state, report: span.report, line: span.line === 0 ? null : span.line })
    }
    const { declared, confirmed, supplied, firstDeclared } = saidOf(pair, past, day, freshnessDays, opening)
    // A standing goes by the supplies since the list came into force.
    const standing = when.since !== null && when.since !== list.inForce ? undefined : standings[standingCodeOf(declared, confirmed, supplied !== null, firstDeclared !== null)]
    const last = rows.confirmed.at(-1)
    sayings.set(pairKey(institution, drug), { standing: standing ?? null, refutedIn: last?.institution === institution && last.drug === drug ? last.report : null })
  }
  const sides = new Map<string, Side>()
  for (const evidence of evidences) {
    for (const row of await described(db, { ...when, evidence }, facts, rows[evidence], sees)) sides.set(`${evidence} ${row.institution} ${row.drug}`, sideOf(row))
  }
  return { sides, sayings }
}

function sideOf({ state, status, day, dayBasis, reason, source, report, line }: StatementRow): Side {
  return { state, status, day, dayBasis, ...(reason === undefined ? {} : { reason }), ...(source === undefined ? {} : { source }), ...(report === undefined ? {} : { report }), ...(line === undefined ? {} : { line }) }
}

/** The sources of a list, as they say whose they are and of what they speak, with their narrow ids, by code. */
export async function sourcesOf(db: Database, list: ListRow): Promise<{ id: number; data: Source }[]> {
  return rowsOf<{ id: number; data: Source }>(db, sql`select id, data from source where list_id = ${list.id} order by code collate "C"`)
}

/** The codes of the sources of some reports, place by place. */
export async function refutersOf(db: Database, reports: readonly (number | null)[]): Promise<(string | null)[]> {
  const ids = [...new Set(reports.filter((one) => one !== null))]
  const codes = new Map((await rowsOf<{ id: number; code: string }>(db, sql`select r.id, o.code from report r join source o on o.id = r.source_id where r.id = any(${arrayOf('int', ids)})`)).map(({ id, code }) => [id, code]))
  return reports.map((one) => (one === null ? null : codes.get(one) ?? null))
}

import { setImmediate } from 'node:timers/promises'
import { spanOn, type Opening, type Span } from '@lastmile/shared/chain'
import { contradictionSets, isContradicted, refutedSince, silentSince, type ContradictionSet, type PairSaid, type RequestState } from '@lastmile/shared/contradiction'
import { dayNumber } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Kind } from '@lastmile/shared/kind'
import type { Purview } from '@lastmile/shared/purview'
import { noState } from '@lastmile/shared/state'
import { addPastOf, emptyHolding, type Holding } from '../coverage/holding.js'
import { confirmedLens, declaredLens } from '../coverage/lens.js'
import type { ListFacts } from '../coverage/list-facts.js'
import type { PastSpan } from '../coverage/past.js'
import type { ShelfPair } from '../coverage/shelf.js'
import { beginning, spansSince } from '../coverage/view.js'
import type { Database } from '../database.js'
import { findArea, type Area, type NoUnit } from './area.js'
import { pairKey, type RequestsOfSets } from './confirmation-requests.js'
import { institutionsIn, institutionsSaidOf, type InstitutionLimits } from './institutions-in.js'
import type { ListRow } from './lists.js'
import { isMaintained, lookupFor, momentOf, type When } from './question.js'

/** Which pairs are asked for. */
export interface ContradictionFilter {
  drug: number | null
  area: Area | NoUnit | null
  institution: string | null
  company: string | null
  kind: Kind | null
  /** Those about which a source was asked, by how the last request stands; `never`: about which none was. */
  asked: RequestState | 'never' | null
  /** These alone, by {@link pairKey}, of these institutions. */
  only?: { institutions: readonly number[]; pairs: ReadonlySet<string> }
}

/** Pairs of a set: place by place an institution, a drug, and the day since which it is so. Institutions stand by unit and code. */
export interface FoundPairs {
  institution: number[]
  drug: number[]
  began: number[]
  /** How many pairs and distinct institutions are in each set. */
  totals: Record<ContradictionSet, { pairs: number; institutions: number }>
  /** Where each institution stands among all that were looked at. */
  places: ReadonlyMap<number, number>
}

/** What is asked of which list. */
export interface PairsAsked {
  db: Database
  list: ListRow
  facts: ListFacts
  when: When & { evidence: Evidence }
  filter: ContradictionFilter
  purview: Purview
  requests: RequestsOfSets
}

/** Institutions looked up together. */
const institutionsAtOnce = 1_000

/**
 * The pairs of a set on a day, with how many are in each set: every pair within the filter and the purview is looked at
 * once, from what is maintained where that answers the question. Only of refuted pairs the past is read, to find since when
 * both sides have said so.
 */
export async function contradictedPairs(asked: PairsAsked, set: ContradictionSet): Promise<FoundPairs> {
  const { db, list, facts, when, filter, requests } = asked
  const [day, since] = [dayNumber(when.asOf), dayNumber(when.since ?? list.inForce)]
  const institutions = await institutionsAsked(asked)
  const lookup = lookupFor(db, list, facts, when)
  const drugs = drugsAsked(asked)
  const found: FoundPairs = {
    institution: [], drug: [], began: [], places: new Map(institutions.map((id, place) => [id, place])),
    totals: { refuted: { pairs: 0, institutions: 0 }, never_supplied: { pairs: 0, institutions: 0 }, never_declared: { pairs: 0, institutions: 0 } },
  }
  for (let at = 0; at < institutions.length; at += institutionsAtOnce) {
    const some = institutions.slice(at, at + institutionsAtOnce)
    const { openings, holdings } = await lookup.held(some, filter.drug)
    const refuted: { holding: Holding; opening: Opening; pair: ShelfPair; place: number }[] = []
    for (const institution of some) {
      const [opening, holding] = [openings.get(institution), holdings.get(institution)]
      if (!opening || !holding || !isOpen(opening, day)) continue
      const seen = { refuted: false, never_supplied: false, never_declared: false }
      for (const pair of holding.pairs) {
        if (!drugs.has(pair.drug) || (filter.only && !filter.only.pairs.has(pairKey(institution, pair.drug)))) continue
        const said = saidOf(pair, holding.past, day, facts.drugs.get(pair.drug)!.freshnessDays, opening)
        for (const one of contradictionSets) {
          if (!isContradicted(one, said) || !isAskedSo(filter.asked, requests[one].get(pairKey(institution, pair.drug))?.state)) continue
          found.totals[one].pairs += 1
          seen[one] = true
          if (one !== set) continue
          if (one === 'refuted') refuted.push({ holding, opening, pair, place: found.began.length })
          found.institution.push(institution)
          found.drug.push(pair.drug)
          found.began.push(one === 'refuted' ? day : silentSince(one, said, since))
        }
      }
      for (const one of contradictionSets) if (seen[one]) found.totals[one].institutions += 1
    }
    if (refuted.length > 0) {
      const past = await wholePast(asked, refuted.map(({ holding }) => holding))
      for (const { holding, opening, pair, place } of refuted) {
        const of = (lens: number): Span[] => spansSince(pair, lens, past.get(holding.institution) ?? holding.past, beginning, facts.drugs.get(pair.drug)!.freshnessDays, opening)
        found.began[place] = refutedSince(of(declaredLens), of(confirmedLens), day)
      }
    }
    await setImmediate()
  }
  return found
}

/** What is said of a pair on a day. */
export function saidOf(pair: ShelfPair, past: readonly PastSpan[], day: number, freshnessDays: number, opening: Opening): PairSaid {
  const stateUnder = (lens: number) => spanOn(spansSince(pair, lens, past, day, freshnessDays, opening), day)?.state ?? noState
  const by = (first: number | null) => (first !== null && first <= day ? first : null)
  return { declared: pair.declared === null ? noState : stateUnder(declaredLens), confirmed: pair.confirmed === null ? noState : stateUnder(confirmedLens), supplied: by(pair.supplied?.day ?? null), firstDeclared: by(pair.firstDeclared) }
}

function isOpen({ opened, closed }: Opening, day: number): boolean {
  return (opened === null || opened <= day) && (closed === null || day < closed)
}

function isAskedSo(wanted: ContradictionFilter['asked'], state: RequestState | undefined): boolean {
  return wanted === null || (state ?? 'never') === wanted
}

/** All that is past of some institutions. What was computed from statements holds it already. */
async function wholePast({ db, list, when }: PairsAsked, holdings: readonly Holding[]): Promise<Map<number, PastSpan[]>> {
  if (!isMaintained(list, when)) return new Map()
  const whole = new Map(holdings.map(({ institution }) => [institution, emptyHolding(institution)]))
  await addPastOf(db, list.id, [...whole.values()], { from: beginning, to: dayNumber(when.asOf) + 1 })
  return new Map([...whole].map(([institution, { past }]) => [institution, past]))
}

/** The drugs asked for: of the filter, its company, and of the asker's own where he is a company. */
function drugsAsked({ facts, filter, purview }: PairsAsked): Set<number> {
  const own = purview.of === 'company' ? purview.company : null
  return new Set([...facts.drugs].filter(([id, { company }]) => (filter.drug === null || id === filter.drug) && (filter.company === null || company === filter.company) && (own === null || company === own)).map(([id]) => id))
}

/** The institutions asked for, by unit and code, that are within the asker's purview. */
async function institutionsAsked(asked: PairsAsked): Promise<number[]> {
  const { db, list, when, filter, purview } = asked
  const limits: InstitutionLimits = { areas: filter.area && [filter.area], kind: filter.kind, code: filter.institution }
  const all = filter.only ? await institutionsIn(db, list, limits, when.knownOn, null, filter.only.institutions) : await institutionsSaidOf(db, list, limits, momentOf(list, when), filter.drug, null)
  if (purview.of === 'all' || purview.of === 'company') return all
  const own = await ownLimits(asked)
  if (own === null) return []
  const within = new Set(await institutionsIn(db, list, own, when.knownOn, null))
  return all.filter((id) => within.has(id))
}

/** The limits of a purview of institutions; null: none are within it. */
async function ownLimits({ db, list, facts, purview }: PairsAsked): Promise<InstitutionLimits | null> {
  if (purview.of === 'institution') return { areas: null, kind: null, code: purview.institution }
  if (purview.of !== 'unit' && purview.of !== 'city') return null
  const unit = facts.units.find(({ code }) => code === purview.unit)?.id
  if (unit === undefined) return null
  if (purview.of === 'unit') return { areas: null, kind: null, unit }
  const city = await findArea(db, list.regionSetId, purview.city)
  return city?.level === 'city' ? { areas: [city], kind: null, unit } : null
}

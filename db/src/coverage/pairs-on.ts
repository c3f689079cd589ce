import { likelier, spanOn, type Opening, type Span } from '@lastmile/shared/chain'
import { dayNumber, type Day, type Instant } from '@lastmile/shared/day'
import { noState } from '@lastmile/shared/state'
import type { Database } from '../database.js'
import { factsOf } from './facts.js'
import { filedDays } from './filed.js'
import { pairsFromFacts, snapshotsOf } from './from-facts.js'
import { emptyHolding, loadHoldings, loadHoldingsOn, type Holding } from './holding.js'
import type { ListFacts } from './list-facts.js'
import { openingsOf, placesOf, type Place } from './places.js'
import { reportsKnown, type KnownReport } from './reports-known.js'
import { beginning, eligibleDays, spansSince, type Days } from './view.js'

/** Of which day, as known when, supplies since when (null: since the list came into force); `maintained` is true where what is kept up to date answers that. */
export interface Moment {
  asOf: Day
  knownOn: Instant | null
  since: Day | null
  maintained: boolean
}

/** What a pair counts as on a day, with the report and line it rests on. */
export interface PairOn {
  drug: number
  state: number
  report: number
  /** Null where the report speaks by leaving the pair out. */
  line: number | null
}

/** What is known of an institution on a day. */
export interface InstitutionOn {
  institution: number
  /** Pairs of which anything was ever said, in the order of drugs. */
  pairs: PairOn[]
  /** Over its drugs; `noState` where nothing was said. */
  state: number
  /** True if it is eligible for the drug asked for; null without one. */
  eligible: boolean | null
}

/** What holds of one drug at an institution from a day on, and when it is eligible for it. */
export interface PairSince {
  spans: readonly Span[]
  eligible: readonly Days[]
}

/** What is held of institutions, and when they are open. Past spans reach to the day alone where what is maintained was read. */
export interface Held {
  openings: ReadonlyMap<number, Opening>
  holdings: ReadonlyMap<number, Holding>
}

/** Looks institutions up on a day, one batch after another. */
export interface Lookup {
  /** All that is held of them, of one drug or (null) of all, for who looks at several kinds of evidence together. Institutions that are not known at the moment are left out of the openings. */
  held(institutions: readonly number[], drug: number | null): Promise<Held>
  /** States under one kind of evidence, of one drug or (null) of all. Institutions that are not known at the moment are left out. */
  on(lens: number, institutions: readonly number[], drug: number | null): Promise<Map<number, InstitutionOn>>
  /** Some drugs under one kind of evidence on all days from one up to the moment's, by drug and institution: each institution is read once. Those that are not known at the moment are left out. */
  since(lens: number, institutions: readonly number[], drugs: readonly number[], from: number): Promise<Map<number, Map<number, PairSince>>>
}

/** A look-up at one moment. */
export function lookupAt(db: Database, list: ListFacts, moment: Moment): Lookup {
  const day = dayNumber(moment.asOf)
  let reports: Promise<KnownReport[]> | null = null
  const fromStatements = async (institutions: readonly number[], places: ReadonlyMap<number, Place>): Promise<Map<number, Holding>> => {
    const known = await (reports ??= reportsKnown(db, list.listId, moment.knownOn))
    const snapshots = snapshotsOf(list, known)
    const facts = await factsOf(db, known, institutions)
    const filed = await filedDays(db, list.listId, institutions, moment.knownOn)
    return new Map(institutions.flatMap((institution) => {
      const place = places.get(institution)
      const own = facts.get(institution)
      if (!place) return []
      const made = own ? pairsFromFacts(list, own, snapshots, place, moment.since === null ? undefined : dayNumber(moment.since)) : []
      const holding: Holding = { institution, pairs: made.map((one) => one.pair), past: made.flatMap((one) => one.past), filed: filed.get(institution) ?? new Map() }
      return [[institution, holding] as const]
    }))
  }
  const known = async (institutions: readonly number[], drug: number | null, from = day): Promise<Held> => {
    if (moment.maintained) {
      const loaded = from === day ? loadHoldingsOn(db, list.listId, institutions, day, drug) : loadHoldings(db, list.listId, institutions, { from, to: day + 1 })
      const [openings, holdings] = await Promise.all([openingsOf(db, list.regionSetId, institutions), loaded])
      return { openings, holdings }
    }
    const openings = await placesOf(db, list.regionSetId, institutions, moment.knownOn)
    return { openings, holdings: await fromStatements(institutions, openings) }
  }
  return {
    held: known,
    async on(lens, institutions, drug) {
      const { openings, holdings } = await known(institutions, drug)
      const result = new Map<number, InstitutionOn>()
      for (const institution of institutions) {
        const place = openings.get(institution)
        if (place) result.set(institution, institutionOn(list, lens, holdings.get(institution) ?? emptyHolding(institution), place, day, drug))
      }
      return result
    },
    async since(lens, institutions, drugs, from) {
      const { openings, holdings } = await known(institutions, drugs.length === 1 ? drugs[0]! : null, from)
      const found = new Map(drugs.map((drug) => [drug, new Map<number, PairSince>()]))
      for (const [institution, place] of openings) {
        const holding = holdings.get(institution) ?? emptyHolding(institution)
        const pairs = new Map(holding.pairs.map((one) => [one.drug, one]))
        for (const [drug, own] of found) {
          const { freshnessDays, eligibleWhenReported } = list.drugs.get(drug)!
          const pair = pairs.get(drug) ?? null
          const spans = spansSince(pair, lens, holding.past, from, freshnessDays, place)
          own.set(institution, { spans, eligible: eligibleDays(holding.filed.get(drug) ?? [], eligibleWhenReported, pair?.firstNamed ?? null, place) })
        }
      }
      return found
    },
  }
}

/** What a holding says of its institution on a day: of one drug, or of all that are held. */
export function institutionOn(list: ListFacts, lens: number, holding: Holding, place: Opening, day: number, drug: number | null): InstitutionOn {
  const pairs: PairOn[] = []
  let state = noState
  let firstNamed: number | null = null
  for (const pair of holding.pairs) {
    if (drug !== null && pair.drug !== drug) continue
    firstNamed = pair.firstNamed
    const span = spanOn(spansSince(pair, lens, holding.past, beginning, list.drugs.get(pair.drug)!.freshnessDays, place), day)
    if (span === null) continue
    pairs.push({ drug: pair.drug, state: span.state, report: span.report, line: span.line === 0 ? null : span.line })
    state = likelier(state, span.state)
  }
  const own = drug === null ? undefined : list.drugs.get(drug)
  const eligible = own ? spanOn(eligibleDays(holding.filed.get(drug!) ?? [], own.eligibleWhenReported, firstNamed, place), day) !== null : null
  return { institution: holding.institution, pairs, state, eligible }
}

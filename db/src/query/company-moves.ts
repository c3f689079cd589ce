import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { movesOf, nothingSaid, type MovedGap, type MovedRung, type MoveRow, type MovesAnswer, type MoveSet } from '@lastmile/shared/company-moves'
import type { PairSaid } from '@lastmile/shared/contradiction'
import { dayNumber, dayOfNumber, type Instant } from '@lastmile/shared/day'
import { evidences, type Evidence } from '@lastmile/shared/evidence'
import type { LadderRow } from '@lastmile/shared/ladder-answer'
import { noState } from '@lastmile/shared/state'
import { dayOfVisit } from '@lastmile/shared/visit'
import { CountsOfHoldings } from '../coverage/counted.js'
import { HistoriesOfHoldings } from '../coverage/histories.js'
import { withDrugs } from '../coverage/list-facts.js'
import { institutionsNaming } from '../coverage/named.js'
import { wholeHoldings } from '../coverage/whole.js'
import { rowsOf, type Database } from '../database.js'
import { stateCodes } from '../schema/codes.js'
import { gapLenses, gapsAt, laddersAt, movedGapsOf, movedRungsOf, type GapMoves } from './company-news.js'
import { companyPairs, drugsOfCompany, namedInstitutions, pairsIn, type CompanyPair } from './company-pairs.js'
import { drugsOfStocks } from './ladder-stock.js'
import type { ListRow } from './lists.js'
import { factsFor, type When } from './question.js'
import { SaidPairs } from './said-pairs.js'

/** All that moved of a company's drugs between two looks, as far as it takes reading what was known then: pages and sets are read off it. */
export interface CompanyLook {
  /** The pairs that moved, with what was said of each at both ends. */
  pairs: SaidPairs
  rungs: readonly MovedRung[]
  gaps: Record<Evidence, GapMoves>
}

/** How many bytes a look takes, about. */
export function bytesOfLook({ pairs, rungs, gaps }: CompanyLook): number {
  return pairs.bytes + bytesOfRow * (rungs.length + evidences.reduce((sum, one) => sum + gaps[one].opened.length + gaps[one].closed.length, 0))
}

/** What a step of a ladder or a gap takes, about. */
const bytesOfRow = 200

/** Which pairs of a look: of which set and kind of evidence the rows, of one drug (its narrow id) or all. */
export interface MovesAsked {
  evidence: Evidence
  set: MoveSet
  drug: number | null
  page: { offset: number; limit: number }
}

type Totals = MovesAnswer['totals']

/** What was known of a company's drugs at an instant, of the list's day of it. It stands still once that instant is settled: reports move the other end alone. */
export interface CompanyThen {
  pairs: SaidPairs
  rungs: readonly LadderRow[]
  gaps: Record<Evidence, readonly MovedGap[]>
}

/** How many bytes that takes, about. */
export function bytesOfThen({ pairs, rungs, gaps }: CompanyThen): number {
  return pairs.bytes + bytesOfRow * (rungs.reduce((sum, one) => sum + one.rungs.length, 0) + evidences.reduce((sum, one) => sum + gaps[one].length, 0))
}

/** Looks at a company's drugs as they were known at an instant: all that was ever said is read once, and pairs, ladders and gaps are made of it as it is read. */
export async function companyThen(db: Database, list: ListRow, company: string, since: Instant): Promise<CompanyThen> {
  const when: When = { evidence: 'supplied', asOf: dayOfVisit(since, list.timeZone, list.today), knownOn: since, since: null }
  const [facts, day] = [await factsFor(db, list), dayNumber(when.asOf)]
  const drugs = drugsOfCompany(facts, company)
  const [pairs, counts, histories] = [new SaidPairs(1), new CountsOfHoldings(withDrugs(facts, drugs), when.asOf, gapLenses), new HistoriesOfHoldings(facts, day, new Set(drugsOfStocks(drugs)))]
  for await (const batch of wholeHoldings(db, facts, { knownOn: since })) {
    // In the order in which pairs are read now.
    for (const holding of [...batch].sort((a, b) => a.institution - b.institution)) for (const { institution, drug, said } of pairsIn(facts, day, drugs, holding, holding.place)) pairs.add(institution, drug, said)
    counts.take(batch)
    histories.take(batch)
  }
  return { pairs, rungs: await laddersAt(db, list, company, when, await histories.made(db)), gaps: await gapsAt(db, list, company, when, await counts.counted(db)) }
}

/** What else a look at an instant rests on, in a few letters: the edition's rules as they are now, by which then is counted too. */
export async function rulesOfThen(db: Database, list: ListRow): Promise<string> {
  const { drugs, units, inForce } = await factsFor(db, list)
  const [row] = await rowsOf<{ drugs: string | null }>(db, sql`select md5(string_agg(data::text, ' ' order by id)) as drugs from drug where list_id = ${list.id}`)
  return createHash('sha256').update(JSON.stringify([[...drugs], units, inForce, row?.drugs ?? null])).digest('base64url')
}

/** Looks at a company's drugs as they are known now, of today, and holds that against what was known then. */
export async function companyLook(db: Database, list: ListRow, company: string, then: CompanyThen): Promise<CompanyLook> {
  const now: When = { evidence: 'supplied', asOf: list.today, knownOn: null, since: null }
  return { pairs: await movedPairs(db, list, company, then.pairs, now), rungs: movedRungsOf(then.rungs, await laddersAt(db, list, company, now)), gaps: movedGapsOf(then.gaps, await gapsAt(db, list, company, now)) }
}

/** The totals of a look, and a page of the pairs of one set. */
export async function pairMovesOf(db: Database, list: ListRow, { pairs }: Pick<CompanyLook, 'pairs'>, { evidence, set, drug, page }: MovesAsked): Promise<Pick<MovesAnswer, 'totals' | 'rows' | 'page'>> {
  const facts = await factsFor(db, list)
  const found: number[] = []
  const totals = newTotals()
  for (let at = 0; at < pairs.length; at++) {
    if (drug !== null && pairs.drugAt(at) !== drug) continue
    const moved = movesOf(pairs.saidAt(at, 0), pairs.saidAt(at, 1))
    totals.count(pairs.institutionAt(at), moved)
    if (set === 'gained' ? moved.gained.includes(evidence) : set === 'lost' ? moved.lost.includes(evidence) : moved.contradictions.includes(set)) found.push(at)
  }
  const shown = found.slice(page.offset, page.offset + page.limit)
  const names = await namedInstitutions(db, shown.map((at) => pairs.institutionAt(at)), null)
  const rows = shown.map((at): MoveRow => {
    const [institution, of, then, now] = [pairs.institutionAt(at), pairs.drugAt(at), pairs.saidAt(at, 0), pairs.saidAt(at, 1)]
    const ends = (word: 'declared' | 'confirmed') => ({ before: stateOf(then[word]), after: stateOf(now[word]) })
    return { drug: facts.drugs.get(of)!.code, ...names.get(institution)!, declared: ends('declared'), confirmed: ends('confirmed'), supplied: { before: dayOf(then.supplied), after: dayOf(now.supplied) } }
  })
  return { totals: totals.all, rows, page: { ...page, total: found.length } }
}

/** Totals of sets, and the distinct institutions of each. */
function newTotals(): { all: Totals; count: (institution: number, moved: ReturnType<typeof movesOf>) => void } {
  const all: Totals = { gained: none(), lost: none(), refuted: nothing(), undeclared: nothing(), settled: nothing() }
  const seen = new Map<{ pairs: number; institutions: number }, Set<number>>()
  return {
    all,
    count: (institution, { gained, lost, contradictions }) => {
      for (const total of [...gained.map((one) => all.gained[one]), ...lost.map((one) => all.lost[one]), ...contradictions.map((one) => all[one])]) {
        total.pairs += 1
        const own = seen.get(total) ?? new Set<number>()
        seen.set(total, own.add(institution))
        total.institutions = own.size
      }
    },
  }
}

/** Every pair of a company's drugs of which anything was said, at a moment: of institutions that were open then. */
async function* pairsOfCompany(db: Database, list: ListRow, company: string, when: When): AsyncGenerator<CompanyPair> {
  const facts = await factsFor(db, list)
  const drugs = drugsOfCompany(facts, company)
  const institutions = drugs.length === 0 ? [] : await institutionsNaming(db, drugs)
  for await (const batch of companyPairs(db, list, facts, when, drugs, institutions)) yield* batch
}

/** The pairs that moved since they were looked at. */
async function movedPairs(db: Database, list: ListRow, company: string, was: SaidPairs, now: When): Promise<SaidPairs> {
  const places = new Map<string, number>()
  const key = (institution: number, of: number) => `${institution} ${of}`
  for (let at = 0; at < was.length; at++) places.set(key(was.institutionAt(at), was.drugAt(at)), at)
  const found = new SaidPairs(2)
  const look = (institution: number, drug: number, before: PairSaid, after: PairSaid) => {
    const moves = movesOf(before, after)
    if (moves.gained.length + moves.lost.length + moves.contradictions.length > 0) found.add(institution, drug, before, after)
  }
  for await (const { institution, drug, said } of pairsOfCompany(db, list, company, now)) {
    const at = places.get(key(institution, drug))
    look(institution, drug, at === undefined ? nothingSaid : was.saidAt(at, 0), said)
    places.delete(key(institution, drug))
  }
  // Of institutions that have closed since, nothing is said any more.
  for (const at of places.values()) look(was.institutionAt(at), was.drugAt(at), was.saidAt(at, 0), nothingSaid)
  return found
}

const nothing = () => ({ pairs: 0, institutions: 0 })
const none = () => Object.fromEntries(evidences.map((one) => [one, nothing()])) as Totals['gained']
const stateOf = (code: number) => (code === noState ? null : stateCodes.word(code))
const dayOf = (day: number | null) => (day === null ? null : dayOfNumber(day))

import { movesOf, nothingSaid, type MovedGap, type MovedRung, type MoveRow, type MovesAnswer, type MoveSet } from '@lastmile/shared/company-moves'
import type { PairSaid } from '@lastmile/shared/contradiction'
import { dayOfNumber, type Instant } from '@lastmile/shared/day'
import { evidences, type Evidence } from '@lastmile/shared/evidence'
import { noState } from '@lastmile/shared/state'
import { dayOfVisit } from '@lastmile/shared/visit'
import { institutionsNaming } from '../coverage/named.js'
import type { Database } from '../database.js'
import { stateCodes } from '../schema/codes.js'
import { movedGapsOf, movedRungsOf } from './company-news.js'
import { companyPairs, drugsOfCompany, namedInstitutions } from './company-pairs.js'
import type { ListRow } from './lists.js'
import { factsFor, type When } from './question.js'

/** A pair that moved, by narrow ids, with what was said of it at both ends, and the sets in which it is. */
interface MovedPair extends ReturnType<typeof movesOf> {
  institution: number
  drug: number
  before: PairSaid
  after: PairSaid
}

/** All that moved of a company's drugs between two looks, as far as it takes reading what was known then: pages and sets are read off it. */
export interface CompanyLook {
  pairs: readonly MovedPair[]
  rungs: readonly MovedRung[]
  gaps: Record<Evidence, { opened: readonly MovedGap[]; closed: readonly MovedGap[] }>
}

/** Which pairs of a look: of which set and kind of evidence the rows, of one drug (its narrow id) or all. */
export interface MovesAsked {
  evidence: Evidence
  set: MoveSet
  drug: number | null
  page: { offset: number; limit: number }
}

type Totals = MovesAnswer['totals']

/** Looks at a company's drugs at both ends: as they were known at an instant, of the list's day of it, and as they are known now, of today. Reads the past once for each of pairs, ladders and gaps. */
export async function companyLook(db: Database, list: ListRow, company: string, since: Instant): Promise<CompanyLook> {
  const [before, after] = endsOf(list, since)
  return { pairs: await movedPairs(db, list, company, before, after), rungs: await movedRungsOf(db, list, company, before, after), gaps: await movedGapsOf(db, list, company, before, after) }
}

/** The totals of a look, and a page of the pairs of one set. */
export async function pairMovesOf(db: Database, list: ListRow, { pairs }: Pick<CompanyLook, 'pairs'>, { evidence, set, drug, page }: MovesAsked): Promise<Pick<MovesAnswer, 'totals' | 'rows' | 'page'>> {
  const facts = await factsFor(db, list)
  const own = drug === null ? pairs : pairs.filter((one) => one.drug === drug)
  const found = own.filter(({ gained, lost, contradictions }) => (set === 'gained' ? gained.includes(evidence) : set === 'lost' ? lost.includes(evidence) : contradictions.includes(set)))
  const shown = found.slice(page.offset, page.offset + page.limit)
  const names = await namedInstitutions(db, shown.map(({ institution }) => institution), null)
  const rows = shown.map(({ institution, drug: of, before: then, after: now }): MoveRow => {
    const ends = (word: 'declared' | 'confirmed') => ({ before: stateOf(then[word]), after: stateOf(now[word]) })
    return { drug: facts.drugs.get(of)!.code, ...names.get(institution)!, declared: ends('declared'), confirmed: ends('confirmed'), supplied: { before: dayOf(then.supplied), after: dayOf(now.supplied) } }
  })
  return { totals: totalsOf(own), rows, page: { ...page, total: found.length } }
}

function totalsOf(pairs: readonly MovedPair[]): Totals {
  const totals: Totals = { gained: none(), lost: none(), refuted: nothing(), undeclared: nothing(), settled: nothing() }
  const seen = new Map<{ pairs: number; institutions: number }, Set<number>>()
  for (const { institution, gained, lost, contradictions } of pairs) {
    for (const total of [...gained.map((one) => totals.gained[one]), ...lost.map((one) => totals.lost[one]), ...contradictions.map((one) => totals[one])]) {
      total.pairs += 1
      const own = seen.get(total) ?? new Set<number>()
      seen.set(total, own.add(institution))
      total.institutions = own.size
    }
  }
  return totals
}

/** The pairs that moved: one look at every pair at both ends. */
async function movedPairs(db: Database, list: ListRow, company: string, before: When, after: When): Promise<MovedPair[]> {
  const facts = await factsFor(db, list)
  const drugs = drugsOfCompany(facts, company)
  const institutions = drugs.length === 0 ? [] : await institutionsNaming(db, drugs)
  const was = new Map<string, PairSaid>()
  const key = (institution: number, of: number) => `${institution} ${of}`
  for await (const batch of companyPairs(db, list, facts, before, drugs, institutions)) for (const pair of batch) was.set(key(pair.institution, pair.drug), pair.said)
  const found: MovedPair[] = []
  const look = (institution: number, drug: number, then: PairSaid, now: PairSaid) => {
    const moves = movesOf(then, now)
    if (moves.gained.length + moves.lost.length + moves.contradictions.length > 0) found.push({ institution, drug, before: then, after: now, ...moves })
  }
  for await (const batch of companyPairs(db, list, facts, after, drugs, institutions)) {
    for (const { institution, drug: of, said } of batch) {
      look(institution, of, was.get(key(institution, of)) ?? nothingSaid, said)
      was.delete(key(institution, of))
    }
  }
  // Of institutions that have closed since, nothing is said any more.
  for (const [pair, said] of was) {
    const [institution, of] = pair.split(' ').map(Number) as [number, number]
    look(institution, of, said, nothingSaid)
  }
  return found
}

/** The two ends: the day of an instant as it was known then, and today as it is known now. */
function endsOf(list: ListRow, since: Instant): [When, When] {
  return [
    { evidence: 'supplied', asOf: dayOfVisit(since, list.timeZone, list.today), knownOn: since, since: null },
    { evidence: 'supplied', asOf: list.today, knownOn: null, since: null },
  ]
}

const nothing = () => ({ pairs: 0, institutions: 0 })
const none = () => Object.fromEntries(evidences.map((one) => [one, nothing()])) as Totals['gained']
const stateOf = (code: number) => (code === noState ? null : stateCodes.word(code))
const dayOf = (day: number | null) => (day === null ? null : dayOfNumber(day))

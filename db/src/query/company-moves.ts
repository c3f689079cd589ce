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
import { SaidPairs } from './said-pairs.js'

/** All that moved of a company's drugs between two looks, as far as it takes reading what was known then: pages and sets are read off it. */
export interface CompanyLook {
  /** The pairs that moved, with what was said of each at both ends. */
  pairs: SaidPairs
  rungs: readonly MovedRung[]
  gaps: Record<Evidence, { opened: readonly MovedGap[]; closed: readonly MovedGap[] }>
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

/** Looks at a company's drugs at both ends: as they were known at an instant, of the list's day of it, and as they are known now, of today. Reads the past once for each of pairs, ladders and gaps. */
export async function companyLook(db: Database, list: ListRow, company: string, since: Instant): Promise<CompanyLook> {
  const [before, after] = endsOf(list, since)
  return { pairs: await movedPairs(db, list, company, before, after), rungs: await movedRungsOf(db, list, company, before, after), gaps: await movedGapsOf(db, list, company, before, after) }
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

/** The pairs that moved: one look at every pair at both ends. */
async function movedPairs(db: Database, list: ListRow, company: string, before: When, after: When): Promise<SaidPairs> {
  const facts = await factsFor(db, list)
  const drugs = drugsOfCompany(facts, company)
  const institutions = drugs.length === 0 ? [] : await institutionsNaming(db, drugs)
  const was = new Map<string, PairSaid>()
  const key = (institution: number, of: number) => `${institution} ${of}`
  for await (const batch of companyPairs(db, list, facts, before, drugs, institutions)) for (const pair of batch) was.set(key(pair.institution, pair.drug), pair.said)
  const found = new SaidPairs(2)
  const look = (institution: number, drug: number, then: PairSaid, now: PairSaid) => {
    const moves = movesOf(then, now)
    if (moves.gained.length + moves.lost.length + moves.contradictions.length > 0) found.add(institution, drug, then, now)
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

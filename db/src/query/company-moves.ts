import { movesOf, nothingSaid, type MoveRow, type MovesAnswer, type MoveSet } from '@lastmile/shared/company-moves'
import type { PairSaid } from '@lastmile/shared/contradiction'
import { dayOfNumber, type Instant } from '@lastmile/shared/day'
import { evidences, type Evidence } from '@lastmile/shared/evidence'
import { noState } from '@lastmile/shared/state'
import { dayOfVisit } from '@lastmile/shared/visit'
import { institutionsNaming } from '../coverage/named.js'
import type { Database } from '../database.js'
import { stateCodes } from '../schema/codes.js'
import { companyPairs, drugsOfCompany, namedInstitutions } from './company-pairs.js'
import type { ListRow } from './lists.js'
import { factsFor, type When } from './question.js'

/** Which moves: of a company's drugs since an instant; of which set and kind of evidence the rows, of one drug (its narrow id) or all. */
export interface MovesAsked {
  company: string
  since: Instant
  evidence: Evidence
  set: MoveSet
  drug: number | null
  page: { offset: number; limit: number }
}

type Totals = MovesAnswer['totals']

/** What moved of a company's pairs since an instant: as it was known then, of the list's day of it, against what is known now, of today. One look at every pair at both ends. */
export async function pairMovesOf(db: Database, list: ListRow, { company, since, evidence, set, drug, page }: MovesAsked): Promise<Pick<MovesAnswer, 'totals' | 'rows' | 'page'>> {
  const facts = await factsFor(db, list)
  const drugs = drugsOfCompany(facts, company).filter((id) => drug === null || id === drug)
  const institutions = drugs.length === 0 ? [] : await institutionsNaming(db, drugs)
  const [before, after] = endsOf(list, since)
  const was = new Map<string, PairSaid>()
  const key = (institution: number, of: number) => `${institution} ${of}`
  for await (const batch of companyPairs(db, list, facts, before, drugs, institutions)) for (const pair of batch) was.set(key(pair.institution, pair.drug), pair.said)
  const totals: Totals = { gained: none(), lost: none(), refuted: nothing(), undeclared: nothing(), settled: nothing() }
  const found: { institution: number; drug: number; before: PairSaid; after: PairSaid }[] = []
  const seen = new Map<{ pairs: number; institutions: number }, Set<number>>()
  const look = (institution: number, of: number, then: PairSaid, now: PairSaid) => {
    const { gained, lost, contradictions } = movesOf(then, now)
    const into = [...gained.map((one) => totals.gained[one]), ...lost.map((one) => totals.lost[one]), ...contradictions.map((one) => totals[one])]
    for (const total of into) {
      total.pairs += 1
      const own = seen.get(total) ?? new Set<number>()
      seen.set(total, own.add(institution))
      total.institutions = own.size
    }
    const isWanted = set === 'gained' ? gained.includes(evidence) : set === 'lost' ? lost.includes(evidence) : contradictions.includes(set)
    if (isWanted) found.push({ institution, drug: of, before: then, after: now })
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
  const shown = found.slice(page.offset, page.offset + page.limit)
  const names = await namedInstitutions(db, shown.map(({ institution }) => institution), null)
  const rows = shown.map(({ institution, drug: of, before: then, after: now }): MoveRow => {
    const ends = (word: 'declared' | 'confirmed') => ({ before: stateOf(then[word]), after: stateOf(now[word]) })
    return { drug: facts.drugs.get(of)!.code, ...names.get(institution)!, declared: ends('declared'), confirmed: ends('confirmed'), supplied: { before: dayOf(then.supplied), after: dayOf(now.supplied) } }
  })
  return { totals, rows, page: { ...page, total: found.length } }
}

/** The two ends: the day of an instant as it was known then, and today as it is known now. */
export function endsOf(list: ListRow, since: Instant): [When & { evidence: 'supplied' }, When & { evidence: 'supplied' }] {
  return [
    { evidence: 'supplied', asOf: dayOfVisit(since, list.timeZone, list.today), knownOn: since, since: null },
    { evidence: 'supplied', asOf: list.today, knownOn: null, since: null },
  ]
}

const nothing = () => ({ pairs: 0, institutions: 0 })
const none = () => Object.fromEntries(evidences.map((one) => [one, nothing()])) as Totals['gained']
const stateOf = (code: number) => (code === noState ? null : stateCodes.word(code))
const dayOf = (day: number | null) => (day === null ? null : dayOfNumber(day))

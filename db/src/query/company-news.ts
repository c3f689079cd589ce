import { sql } from 'drizzle-orm'
import { caseCode } from '@lastmile/shared/case'
import { movedRungs, type MovedGap, type MovedLetter, type MovedRequest, type MovedRung } from '@lastmile/shared/company-moves'
import type { CompanyRequestEventKind } from '@lastmile/shared/company-request-answer'
import type { Day, Instant } from '@lastmile/shared/day'
import { evidences, type Evidence } from '@lastmile/shared/evidence'
import type { LadderRow } from '@lastmile/shared/ladder-answer'
import type { Counted } from '../coverage/counted.js'
import type { Histories } from '../coverage/histories.js'
import { rowsOf, type Database } from '../database.js'
import type { Lens } from '../schema/codes.js'
import { drugsOfCompany } from './company-pairs.js'
import { judgeCounts } from './gaps.js'
import { laddersOf } from './ladders.js'
import type { ListRow } from './lists.js'
import { measuresOn } from './measures.js'
import { countedOf, factsFor, type When } from './question.js'

/** Gaps that opened and closed between two ends. */
export interface GapMoves { opened: readonly MovedGap[]; closed: readonly MovedGap[] }

/** Gaps of a company's drugs that opened and closed between two ends, by each kind of evidence. */
export function movedGapsOf(was: Record<Evidence, readonly MovedGap[]>, is: Record<Evidence, readonly MovedGap[]>): Record<Evidence, GapMoves> {
  const keyOf = ({ drug, region }: MovedGap) => `${drug} ${region}`
  return Object.fromEntries(evidences.map((evidence) => {
    const [then, now] = [new Set(was[evidence].map(keyOf)), new Set(is[evidence].map(keyOf))]
    return [evidence, { opened: is[evidence].filter((gap) => !then.has(keyOf(gap))), closed: was[evidence].filter((gap) => !now.has(keyOf(gap))) }]
  })) as unknown as Record<Evidence, GapMoves>
}

/** The lenses whose counts tell gaps under each kind of evidence. */
export const gapLenses: readonly Lens[] = [...evidences, 'standing', 'eligible']

/** Gaps of a company's drugs at a moment, by each kind of evidence. What is not maintained is counted once for all kinds, and of its drugs alone, unless that is at hand. */
export async function gapsAt(db: Database, list: ListRow, company: string, when: When, atHand?: Counted): Promise<Record<Evidence, MovedGap[]>> {
  const facts = await factsFor(db, list)
  const measures = (await measuresOn(db, list, when)).filter(({ standard }) => standard.company === company)
  const counts = atHand ? { facts, counted: atHand } : await countedOf(db, list, when, gapLenses, drugsOfCompany(facts, company))
  const told = {} as Record<Evidence, MovedGap[]>
  for (const evidence of evidences) {
    const { gaps } = await judgeCounts(db, list, { ...when, evidence }, measures, null, counts)
    told[evidence] = Array.from({ length: gaps.length }, (_, at) => gaps.at(at)).map(({ drug, region, reason, class: is }) => ({ drug, region, reason, class: is }))
  }
  return told
}

/** The ladders of a company's drugs at a moment; `atHand`: of these histories. */
export async function laddersAt(db: Database, list: ListRow, company: string, when: When, atHand?: Histories): Promise<LadderRow[]> {
  return (await laddersOf(db, list, when, { drugs: drugsOfCompany(await factsFor(db, list), company), units: null }, atHand)).ladders
}

/** Steps of the ladders of a company's drugs that were reached or lost between two ends, by drug, unit and from the bottom. */
export function movedRungsOf(then: readonly LadderRow[], now: readonly LadderRow[]): MovedRung[] {
  const keyOf = ({ drug, unit }: Pick<LadderRow, 'drug' | 'unit'>) => `${drug} ${unit}`
  const was = new Map(then.map((one) => [keyOf(one), one.rungs]))
  return now.flatMap(({ drug, unit, rungs }) => movedRungs(was.get(keyOf({ drug, unit })) ?? [], rungs).map((one) => ({ drug, unit, ...one })))
}

/** What is told since an instant, and the instant of the latest of it. */
interface News<Row> {
  rows: Row[]
  last: Instant | null
}

/** Letters of supervision cases that were sent to a company, or withdrawn, since an instant; the latest first. */
export async function movedLettersOf(db: Database, list: ListRow, company: string, since: Instant): Promise<News<MovedLetter>> {
  const rows = await rowsOf<Omit<MovedLetter, 'case'> & { year: number; caseNumber: number; at: string }>(db, sql`
    select k.year, k.number as "caseNumber", n.code as notice, case when n.number is null then null else jsonb_build_object('zh', n.letters->'zh'->'number', 'en', n.letters->'en'->'number') end as number,
      e.kind as what, e.on_day::text as on, e.at::text as at, case when n.state in ('sent', 'acknowledged') then n.due_on::text end as "dueOn"
    from case_event e join supervision_case k on k.id = e.case_id join notice n on n.code = e.notice and n.case_id = k.id join company y on y.id = n.company_id
    where k.list_id = ${list.id} and y.code = ${company} and n.number is not null and e.kind in ('send', 'withdraw') and e.at > ${since}::timestamptz order by e.id desc limit ${toldAtMost}`)
  return { rows: rows.map(({ year, caseNumber, at: _, ...row }) => ({ case: caseCode(year, caseNumber), ...row })), last: lastOf(rows) }
}

/** Steps that offices took of a company's requests since an instant; the latest first. */
export async function movedRequestsOf(db: Database, list: ListRow, company: string, since: Instant): Promise<News<MovedRequest>> {
  const rows = await rowsOf<{ year: number; number: number; drug: string; what: CompanyRequestEventKind; on: Day; at: string; state: MovedRequest['state'] }>(db, sql`
    select q.year, q.number, r.code as drug, e.kind as what, e.on_day::text as on, e.at::text as at, e.state
    from company_request_event e join company_request q on q.id = e.request_id join company y on y.id = q.company_id join drug r on r.id = q.drug_id
    where q.list_id = ${list.id} and y.code = ${company} and e.role <> 'company' and e.at > ${since}::timestamptz order by e.id desc limit ${toldAtMost}`)
  return { rows: rows.map(({ year, number, at: _, ...row }) => ({ request: caseCode(year, number), ...row })), last: lastOf(rows) }
}

/** The instant of the latest step of some; null: there is none. */
function lastOf(rows: readonly { at: string }[]): Instant | null {
  return rows.length === 0 ? null : new Date(Math.max(...rows.map(({ at }) => Date.parse(at)))).toISOString()
}

/** So many letters and steps are told; what is older is found on their own pages. */
const toldAtMost = 200

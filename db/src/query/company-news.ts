import { sql } from 'drizzle-orm'
import { caseCode } from '@lastmile/shared/case'
import type { MovedCell, MovedGap, MovedLetter, MovedRequest } from '@lastmile/shared/company-moves'
import type { CompanyRequestVerb } from '@lastmile/shared/company-request'
import type { Day, Instant } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import type { LadderRow } from '@lastmile/shared/ladder-answer'
import { climbRungs, type ClimbRung, type Rung } from '@lastmile/shared/rung'
import { rowsOf, type Database } from '../database.js'
import { endsOf } from './company-moves.js'
import { drugsOfCompany } from './company-pairs.js'
import { judgeGaps } from './gaps.js'
import { laddersOf } from './ladders.js'
import type { ListRow } from './lists.js'
import { measuresOn } from './measures.js'
import { factsFor, type When } from './question.js'

/** Gaps of a company's drugs that opened and closed since an instant, by one kind of evidence: as they were known then, of the list's day of it, against those of today. */
export async function movedGapsOf(db: Database, list: ListRow, company: string, evidence: Evidence, since: Instant): Promise<{ opened: MovedGap[]; closed: MovedGap[] }> {
  const drugs = drugsOfCompany(await factsFor(db, list), company)
  const [before, after] = await Promise.all(endsOf(list, since).map(async (when) => gapsAt(db, list, { ...when, evidence }, company, drugs)))
  const keys = (gaps: readonly MovedGap[]) => new Set(gaps.map(({ drug, region }) => `${drug} ${region}`))
  const [was, is] = [keys(before!), keys(after!)]
  return { opened: after!.filter(({ drug, region }) => !was.has(`${drug} ${region}`)), closed: before!.filter(({ drug, region }) => !is.has(`${drug} ${region}`)) }
}

async function gapsAt(db: Database, list: ListRow, when: When & { evidence: Evidence }, company: string, drugs: readonly number[]): Promise<MovedGap[]> {
  const measures = (await measuresOn(db, list, when)).filter(({ standard }) => standard.company === company)
  const { gaps } = await judgeGaps(db, list, when, measures, { drug: drugs.length === 1 ? drugs[0]! : null, area: null })
  return Array.from({ length: gaps.length }, (_, at) => gaps.at(at)).map(({ drug, region, reason, class: is }) => ({ drug, region, reason, class: is }))
}

/** Cells of a company's board that got further up their ladder since an instant, or less far. */
export async function movedCellsOf(db: Database, list: ListRow, company: string, since: Instant): Promise<MovedCell[]> {
  const drugs = drugsOfCompany(await factsFor(db, list), company)
  const [before, after] = await Promise.all(endsOf(list, since).map(async ({ asOf, knownOn }) => (await laddersOf(db, list, { asOf, knownOn }, { drugs, units: null })).ladders))
  const was = new Map(before!.map((one) => [keyOf(one), one.reach.highest]))
  return after!.flatMap((one): MovedCell[] => {
    const [from, to] = [was.get(keyOf(one)) ?? null, one.reach.highest]
    return from === to ? [] : [{ drug: one.drug, unit: one.unit, from, to, up: rank(to) > rank(from) }]
  })
}

const keyOf = ({ drug, unit }: Pick<LadderRow, 'drug' | 'unit'>) => `${drug} ${unit}`
const rank = (rung: Rung | null) => (rung === null ? -1 : climbRungs.indexOf(rung as ClimbRung))

/** Letters of supervision cases that were sent to a company, or withdrawn, since an instant; the latest first. */
export async function movedLettersOf(db: Database, list: ListRow, company: string, since: Instant): Promise<MovedLetter[]> {
  const rows = await rowsOf<Omit<MovedLetter, 'case'> & { year: number; caseNumber: number }>(db, sql`
    select k.year, k.number as "caseNumber", n.code as notice, case when n.number is null then null else jsonb_build_object('zh', n.letters->'zh'->'number', 'en', n.letters->'en'->'number') end as number,
      e.kind as what, e.on_day::text as on, case when n.state in ('sent', 'acknowledged') then n.due_on::text end as "dueOn"
    from case_event e join supervision_case k on k.id = e.case_id join notice n on n.code = e.notice and n.case_id = k.id join company y on y.id = n.company_id
    where k.list_id = ${list.id} and y.code = ${company} and n.number is not null and e.kind in ('send', 'withdraw') and e.at > ${since}::timestamptz order by e.id desc limit ${toldAtMost}`)
  return rows.map(({ year, caseNumber, ...row }) => ({ case: caseCode(year, caseNumber), ...row }))
}

/** Steps that offices took of a company's requests since an instant; the latest first. */
export async function movedRequestsOf(db: Database, list: ListRow, company: string, since: Instant): Promise<MovedRequest[]> {
  const rows = await rowsOf<{ year: number; number: number; drug: string; what: CompanyRequestVerb; on: Day; state: MovedRequest['state'] }>(db, sql`
    select q.year, q.number, r.code as drug, e.kind as what, e.on_day::text as on, e.state
    from company_request_event e join company_request q on q.id = e.request_id join company y on y.id = q.company_id join drug r on r.id = q.drug_id
    where q.list_id = ${list.id} and y.code = ${company} and e.role <> 'company' and e.at > ${since}::timestamptz order by e.id desc limit ${toldAtMost}`)
  return rows.map(({ year, number, ...row }) => ({ request: caseCode(year, number), ...row }))
}

/** So many letters and steps are told; what is older is found on their own pages. */
const toldAtMost = 200

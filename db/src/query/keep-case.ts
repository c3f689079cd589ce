import { sql } from 'drizzle-orm'
import type { CaseState, CaseSubject } from '@lastmile/shared/case'
import type { CaseEventDetail, CaseEventKind } from '@lastmile/shared/case-answer'
import type { Day, Instant } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import type { NamedGap } from '@lastmile/shared/notice'
import type { Role } from '@lastmile/shared/permission'
import { arrayOf, rowsOf, textArray, type Database } from '../database.js'
import { caseComment, caseEvent, supervisionCase } from '../schema/case.js'
import { evidenceCodes } from '../schema/codes.js'
import type { ListRow } from './lists.js'

/* What steps of a case write, in the transaction of the verb. */

/** Whoever opens cases or gives letters their numbers waits for whoever else does, until his transaction ends: of two who take the same gap, one does. */
export async function lockCases(tx: Database): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(7414)`)
}

/** A case that is being moved: nobody else moves it until the transaction ends. */
export interface LockedCase {
  id: number
  state: CaseState
  version: number
  round: number
  steps: string[]
  openedOn: Day
  closedOn: Day | null
  checkedOn: Day | null
  checkedReport: number
  checkedVersion: number
  checkedAt: Instant | null
}

/** Waits for whoever else moves a case, and looks at it as it is then. */
export async function lockCase(tx: Database, id: number): Promise<LockedCase> {
  const [row] = await rowsOf<LockedCase>(tx, sql`
    select id, state, version, round, steps, opened_on::text as "openedOn", closed_on::text as "closedOn", checked_on::text as "checkedOn", checked_report as "checkedReport", checked_version as "checkedVersion", checked_at::text as "checkedAt" from supervision_case where id = ${id} for update`)
  return row!
}

/** Pairs of drug and unit that cases of an office (null: the national regulator) are about and that are not closed, with the code of each. */
export async function pairsInCases(tx: Database, list: ListRow, unit: string | null, evidence: Evidence): Promise<Map<string, { year: number; number: number }>> {
  const rows = await rowsOf<{ drug: string; unit: string; year: number; number: number }>(tx, sql`
    select r.code as drug, w.code as unit, k.year, k.number from supervision_case k left join unit o on o.id = k.unit_id join case_gap g on g.case_id = k.id join drug r on r.id = g.drug_id join unit w on w.id = g.unit_id
    where k.list_id = ${list.id} and k.state <> 'closed' and k.evidence = ${evidenceCodes.code(evidence)} and o.code is not distinct from ${unit}`)
  return new Map(rows.map((row) => [`${row.drug} ${row.unit}`, { year: row.year, number: row.number }]))
}

/** A case as it is opened. */
export interface NewCase {
  unit: string | null
  subject: CaseSubject
  subjectCode: string
  evidence: Evidence
  gaps: readonly NamedGap[]
  on: Day
  judgedBy: JudgedBy
}

/** Keeps a case with its gaps, under the next number of its year. Inside the transaction of {@link lockCases}. */
export async function insertCase(tx: Database, list: ListRow, { unit, subject, subjectCode, evidence, gaps, on, judgedBy }: NewCase): Promise<{ id: number; year: number; number: number }> {
  const year = Number(on.slice(0, 4))
  const [last] = await rowsOf<{ number: number | null }>(tx, sql`select max(number) as number from supervision_case where list_id = ${list.id} and year = ${year}`)
  const number = (last?.number ?? 0) + 1
  const unitId = unit === null ? null : (await rowsOf<{ id: number }>(tx, sql`select id from unit where region_set_id = ${list.regionSetId} and code = ${unit}`))[0]!.id
  const [row] = await tx.insert(supervisionCase).values({ listId: list.id, year, number, unitId, subject, subjectCode, evidence: evidenceCodes.code(evidence), state: 'open', openedOn: on, checkedOn: on, checkedReport: judgedBy.lastReport, checkedVersion: judgedBy.version, checkedAt: judgedBy.at }).returning({ id: supervisionCase.id })
  const { id } = row!
  await tx.execute(sql`
    insert into case_gap (case_id, drug_id, unit_id, opened)
    select ${id}, r.id, w.id, n.opened::jsonb from unnest(${textArray(gaps.map(({ drug }) => drug))}, ${textArray(gaps.map((gap) => gap.unit))}, ${textArray(gaps.map(({ drug: _, unit: __, ...opened }) => JSON.stringify(opened)))}) as n(drug, unit, opened)
    join drug r on r.list_id = ${list.id} and r.code = n.drug join unit w on w.region_set_id = ${list.regionSetId} and w.code = n.unit`)
  return { id, year, number }
}

/** What of a case a step changes. */
export interface CaseChange {
  state?: CaseState
  round?: number
  steps?: string[]
  closedOn?: Day | null
}

/** Moves a case on from where it was seen to be. False where it is not there any more: somebody was quicker. Answers its new version. */
export async function moveCase(tx: Database, { id, version, state }: Pick<LockedCase, 'id' | 'version' | 'state'>, change: CaseChange): Promise<number | null> {
  const [row] = await rowsOf<{ version: number }>(tx, sql`
    update supervision_case set version = version + 1, state = ${change.state ?? state}, round = coalesce(${change.round ?? null}::int, round), steps = coalesce(${change.steps === undefined ? null : JSON.stringify(change.steps)}::jsonb, steps),
      closed_on = case when ${change.closedOn === undefined} then closed_on else ${change.closedOn ?? null}::date end
    where id = ${id} and version = ${version} and state = ${state} returning version`)
  return row?.version ?? null
}

/** By what a case was judged: the last report and the version of the list that there were, and when. */
export interface JudgedBy {
  lastReport: number
  version: number
  at: Instant
}

/** Notes by what a case was judged, whatever came of it. */
export async function noteJudged(tx: Database, caseId: number, { lastReport, version, at }: JudgedBy): Promise<void> {
  await tx.execute(sql`update supervision_case set checked_report = ${lastReport}, checked_version = ${version}, checked_at = ${at}::timestamptz where id = ${caseId}`)
}

/** Notes that the gaps of a case were looked at on a day: which are met, each with the day on which it was first found so. */
export async function noteChecked(tx: Database, caseId: number, gaps: readonly { drug: string; unit: string; metOn: Day | null }[], on: Day): Promise<void> {
  await tx.execute(sql`update supervision_case set checked_on = ${on} where id = ${caseId}`)
  await tx.execute(sql`
    update case_gap g set met_on = n.met from unnest(${textArray(gaps.map(({ drug }) => drug))}, ${textArray(gaps.map(({ unit }) => unit))}, ${arrayOf('date', gaps.map(({ metOn }) => metOn))}) as n(drug, unit, met), drug r, unit w
    where g.case_id = ${caseId} and r.id = g.drug_id and r.code = n.drug and w.id = g.unit_id and w.code = n.unit and g.met_on is distinct from n.met`)
}

/** A step of a case as it is kept. `by` null: the statements, or the day. */
export interface NewEvent {
  caseId: number
  notice?: string | null
  kind: CaseEventKind
  on: Day
  at: Instant
  by: { id: string; role: Role } | null
  state: CaseState
  detail?: CaseEventDetail
}

/** Keeps a step. */
export async function insertEvent(tx: Database, { by, detail = {}, notice = null, ...event }: NewEvent): Promise<void> {
  await tx.insert(caseEvent).values({ ...event, notice, detail, by: by?.id ?? null, role: by?.role ?? null })
}

/** Keeps what somebody said. */
export async function insertComment(tx: Database, comment: { caseId: number; notice: string | null; at: Instant; by: string; role: Role; side: 'office' | 'addressee'; text: string }): Promise<void> {
  await tx.insert(caseComment).values(comment)
}

/** The last report of a list that had come by an instant, whatever became of it; 0 where there is none. */
export async function lastReportOf(db: Database, list: ListRow, at: Instant): Promise<number> {
  const [row] = await rowsOf<{ id: number }>(db, sql`select coalesce(max(id), 0) as id from report where list_id = ${list.id} and received_at <= ${at}::timestamptz`)
  return row!.id
}

/** Standards of some drugs of a list that were decided after an instant and by another, the latest of each drug. */
export async function standardsSince(db: Database, list: ListRow, { after, until }: { after: Instant; until: Instant }, drugs: readonly string[]): Promise<NonNullable<CaseEventDetail['standards']>> {
  return rowsOf(db, sql`
    select distinct on (r.no, r.code) r.code as drug, v.version, v.why from standard_version v join drug r on r.id = v.drug_id
    where r.list_id = ${list.id} and r.code = any(${textArray(drugs)}) and v.known_from > ${after}::timestamptz and v.known_from <= ${until}::timestamptz order by r.no, r.code, v.version desc`)
}

/** Codes of the reports that count, came after one and up to another, are of a kind of evidence, and speak of any of these drugs in any of these units. Of a source of one unit, those of that unit. */
export async function reportsSince(db: Database, list: ListRow, evidence: Evidence, { after, last }: { after: number; last: number }, pairs: readonly { drug: string; unit: string }[]): Promise<string[]> {
  if (pairs.length === 0) return []
  const rows = await rowsOf<{ code: string }>(db, sql`
    select r.code from report r join source o on o.id = r.source_id
    where r.list_id = ${list.id} and r.state = 'accepted' and r.evidence = ${evidenceCodes.code(evidence)} and r.id > ${after} and r.id <= ${last}
      and exists (select from unnest(${textArray(pairs.map(({ drug }) => drug))}, ${textArray(pairs.map(({ unit }) => unit))}) as n(drug, unit)
        where (r.drugs_named is null or r.drugs_named ? n.drug) and (o.data->>'unit' is null or o.data->>'unit' = n.unit))
    order by r.accepted_at desc, r.id desc limit 20`)
  return rows.map(({ code }) => code)
}

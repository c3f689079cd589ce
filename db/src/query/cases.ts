import { sql, type SQL } from 'drizzle-orm'
import { caseCode, caseStates, type CaseState, type CaseSubject } from '@lastmile/shared/case'
import type { CaseOrder, CaseRow, CasesQuestion } from '@lastmile/shared/case-answer'
import { addDays, daysBetween, type Day } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { waitingNotices, type NoticeState } from '@lastmile/shared/notice'
import { everything, type Purview } from '@lastmile/shared/purview'
import type { Sort } from '@lastmile/shared/sort'
import { ladderFor, stepDue } from '@lastmile/shared/supervision'
import type { Text } from '@lastmile/shared/text'
import { addWorkingDays, backWorkingDays, workingDaysBetween } from '@lastmile/shared/working-day'
import { rowsOf, textArray, type Database } from '../database.js'
import { evidenceCodes } from '../schema/codes.js'
import type { ListRow } from './lists.js'
import { followingOf, type Following } from './supervision.js'
import { casesKeptWithin, casesWithin, noticesWithin } from './within-purview.js'

/** Which cases are asked for. */
export type CaseFilter = Partial<Pick<CasesQuestion, 'state' | 'due' | 'drug' | 'company' | 'region' | 'evidence' | 'office'>> & { code?: { year: number; number: number } }

/** A case as the database holds it, as far as its asker may see it. */
export interface CaseFacts {
  id: number
  year: number
  number: number
  /** By the letters that its asker sees: what becomes of the others is not told him by this either. */
  state: CaseState
  version: number
  round: number
  unit: string | null
  subject: CaseSubject
  subjectCode: string
  evidence: number
  steps: string[]
  openedOn: Day
  closedOn: Day | null
  checkedOn: Day | null
  isOffice: boolean
  pairs: { drug: string; unit: string; met: boolean }[]
  letters: { code: string; number: Text | null; office: 'company' | 'province'; to: string; state: NoticeState; round: number; dueOn: Day | null }[]
  dueOn: Day | null
}

const waiting = sql`n.state = any(${textArray(waitingNotices)}) and n.round = k.round and k.state <> 'closed'`
/** `caseStateOf` (shared), over letters `n` of a case `k`. */
const stateOfLetters = sql`case when k.state = 'closed' then 'closed' when bool_or(${waiting}) then 'notified' when bool_or(n.state = 'answered' and n.round = k.round) then 'answered' else 'open' end`
const ordersOn = (today: Day): Record<CaseOrder, SQL> => ({
  code: sql`(k.year, k.number)`, age: sql`coalesce(k.closed_on, ${today}::date) - k.opened_on`, due: sql`d.due`, state: sql`array_position(${textArray(caseStates)}, m.state)`, gaps: sql`jsonb_array_length(p.pairs)`,
})

/** Cases `k` with their pairs `p`, letters `m` and the first day `d` on which an answer is due: as far as the asker may see them. */
function casesFrom(list: ListRow, purview: Purview): SQL {
  // Whose office it is sees every gap; whoever has a letter, those that it names.
  const pairs = sql`${casesKeptWithin(purview)} or exists (select from notice n where n.case_id = k.id and n.number is not null and ${noticesWithin(purview)} and n.gaps @> jsonb_build_array(jsonb_build_object('drug', r.code, 'unit', w.code)))`
  return sql`from supervision_case k left join unit o on o.id = k.unit_id
    cross join lateral (select coalesce(jsonb_agg(jsonb_build_object('drug', r.code, 'unit', w.code, 'met', g.met_on is not null) order by r.no, w.slot), '[]') as pairs
      from case_gap g join drug r on r.id = g.drug_id join unit w on w.id = g.unit_id where g.case_id = k.id and (${pairs})) p
    cross join lateral (select coalesce(jsonb_agg(jsonb_build_object('code', n.code, 'number', case when n.number is null then null else jsonb_build_object('zh', n.letters->'zh'->'number', 'en', n.letters->'en'->'number') end,
        'office', case when n.company_id is null then 'province' else 'company' end, 'to', coalesce(y.code, v.code), 'state', n.state, 'round', n.round, 'dueOn', n.due_on) order by n.id), '[]') as letters, ${stateOfLetters} as state
      from notice n left join company y on y.id = n.company_id left join unit v on v.id = n.unit_id where n.case_id = k.id and ${noticesWithin(purview)}) m
    cross join lateral (select min(n.due_on) as due from notice n where n.case_id = k.id and ${waiting} and ${noticesWithin(purview)}) d
    where k.list_id = ${list.id} and ${casesWithin(purview)}`
}

const columns = (purview: Purview) => sql`k.id, k.year, k.number, m.state, k.version, k.round, o.code as unit, k.subject, k.subject_code as "subjectCode", k.evidence, k.steps, k.opened_on::text as "openedOn", k.closed_on::text as "closedOn",
  k.checked_on::text as "checkedOn", ${casesKeptWithin(purview)} as "isOffice", p.pairs, m.letters, d.due::text as "dueOn"`

/** A page of cases within a purview; unless ordered otherwise what is due first stands first, then the newest. */
export async function casesOf(db: Database, list: ListRow, purview: Purview, filter: CaseFilter, page: { offset: number; limit: number }, sort: Sort<CaseOrder> | null): Promise<{ rows: CaseRow[]; total: number }> {
  const following = await followingOf(db, list)
  const where = sql`${conditions(filter)} and ${dueWithin(list, purview, following, filter.due)}`
  const from = casesFrom(list, purview)
  const [count] = await rowsOf<{ total: number }>(db, sql`select count(*)::int as total ${from} and ${where}`)
  const first = sort === null ? sql`` : sql`${ordersOn(list.today)[sort.by]} ${sort.falling ? sql`desc` : sql`asc`} nulls last, `
  const rows = await rowsOf<CaseFacts>(db, sql`select ${columns(purview)} ${from} and ${where} order by ${first}d.due asc nulls last, k.state = 'closed', k.opened_on desc, k.id desc limit ${page.limit} offset ${page.offset}`)
  return { rows: rows.map((row) => caseRow(list, following, row)), total: count!.total }
}

/** How many cases stand in each state, and how many are overdue, soon due, or have a step to be decided of. */
export async function countCases(db: Database, list: ListRow, purview: Purview, filter: CaseFilter): Promise<Record<CaseState | 'overdue' | 'soon' | 'step', number>> {
  const following = await followingOf(db, list)
  const of = (which: SQL, name: string) => sql`(count(*) filter (where ${which}))::int as ${sql.raw(name)}`
  const [row] = await rowsOf<Record<CaseState | 'overdue' | 'soon' | 'step', number>>(db, sql`
    select ${sql.join([...caseStates.map((state) => of(sql`m.state = ${state}`, state)), ...(['overdue', 'soon', 'step'] as const).map((due) => of(dueWithin(list, purview, following, due), due))], sql`, `)}
    ${casesFrom(list, purview)} and ${conditions({ ...filter, state: undefined })}`)
  return row!
}

/** One case as far as its asker may see it; null where he may know of none. */
export async function findCase(db: Database, list: ListRow, purview: Purview, code: { year: number; number: number }): Promise<CaseFacts | null> {
  const [row] = await rowsOf<CaseFacts>(db, sql`select ${columns(purview)} ${casesFrom(list, purview)} and ${conditions({ code })}`)
  return row ?? null
}

/** Cases in which a letter waits for its answer. `id`: that one, if it does. */
export async function casesWaiting(db: Database, list: ListRow, id: number | null = null): Promise<CaseFacts[]> {
  return rowsOf<CaseFacts>(db, sql`select ${columns(everything)} ${casesFrom(list, everything)} and d.due is not null and ${id === null ? sql`true` : sql`k.id = ${id}`} order by k.id`)
}

/** Cases that what is reported may close, or open again: all that are not closed, and those that closed within some days. */
export async function casesToCheck(db: Database, list: ListRow, within: number): Promise<CaseFacts[]> {
  return rowsOf<CaseFacts>(db, sql`select ${columns(everything)} ${casesFrom(list, everything)} and (k.closed_on is null or k.closed_on >= ${addDays(list.today, -within)}) order by k.id`)
}

function conditions({ state, drug, company, region, evidence, office, code }: { [Name in keyof CaseFilter]?: CaseFilter[Name] | undefined }): SQL {
  const parts: SQL[] = [sql`true`]
  const hasPair = (of: SQL) => sql`exists (select from jsonb_array_elements(p.pairs) q where ${of})`
  if (code !== undefined) parts.push(sql`k.year = ${code.year} and k.number = ${code.number}`)
  if (state !== undefined) parts.push(sql`m.state = ${state}`)
  if (drug !== undefined) parts.push(hasPair(sql`q->>'drug' = ${drug}`))
  if (company !== undefined) parts.push(hasPair(sql`q->>'drug' in (select r.code from drug r join company y on y.id = r.company_id where r.list_id = k.list_id and y.code = ${company})`))
  if (region !== undefined) parts.push(hasPair(sql`q->>'unit' = ${region}`))
  if (evidence !== undefined) parts.push(sql`k.evidence = ${evidenceCodes.code(evidence)}`)
  if (office !== undefined) parts.push(office === 'national' ? sql`k.unit_id is null` : sql`o.code = ${office}`)
  return sql.join(parts, sql` and `)
}

/** All units climb the same ladder. */
const anyUnit = ''

/** Cases of which an answer is overdue, or soon due, or in which an officer has a step to decide of. */
function dueWithin({ today }: ListRow, purview: Purview, { rules, calendar }: Following, due: CaseFilter['due']): SQL {
  switch (due) {
    case undefined: return sql`true`
    case 'overdue': return sql`d.due < ${today}`
    // As many working days away at most: up to the day before the one that is one more.
    case 'soon': return sql`d.due >= ${today} and d.due < ${addWorkingDays(calendar, today, (rules?.dueSoon ?? 0) + 1)}`
    case 'step': {
      // The first step that was not taken, as `stepDue` (shared) says; steps are the office's to know.
      const isDue = (unit: string | null) => sql.join([sql`false`, ...ladderFor(rules, unit).flatMap(({ code, by, overdue }, i, ladder) => (by !== 'officer' ? []
        : [sql`(not k.steps ? ${code} and k.steps ?& ${textArray(ladder.slice(0, i).map((step) => step.code))} and d.due <= ${backWorkingDays(calendar, today, overdue)})`]))], sql` or `)
      return sql`(${casesKeptWithin(purview)} and case when k.unit_id is null then ${isDue(null)} else ${isDue(anyUnit)} end)`
    }
  }
}

/** A case as a row of a list. Steps up are its office's to know. */
export function caseRow({ today }: ListRow, { rules, calendar }: Following, facts: CaseFacts): CaseRow {
  const { year, number, state, version, unit, subject, subjectCode, openedOn, closedOn, checkedOn, isOffice, pairs, letters, dueOn } = facts
  const left = dueOn === null ? null : workingDaysBetween(calendar, today, dueOn)
  const due = isOffice && left !== null ? stepDue(ladderFor(rules, unit), facts.steps, -left) : null
  return {
    code: caseCode(year, number), state, version, seenAs: isOffice ? 'office' : 'addressee', unit, about: { by: subject, code: subjectCode }, evidence: evidenceOf(facts),
    drugs: [...new Set(pairs.map(({ drug }) => drug))], units: [...new Set(pairs.map((pair) => pair.unit))], gaps: pairs.length, met: pairs.filter(({ met }) => met).length, checkedOn,
    openedOn, closedOn, age: daysBetween(openedOn, closedOn ?? today), dueOn, workingDaysLeft: left, steps: isOffice ? facts.steps : [], stepDue: due?.code ?? null,
    notices: letters.map(({ office, to, round: _, ...letter }) => ({ ...letter, to: { office, code: to } })),
  }
}

/** Under which kind of evidence its gaps are gaps. */
export function evidenceOf({ evidence }: Pick<CaseFacts, 'evidence'>): Evidence {
  return evidenceCodes.word(evidence)
}

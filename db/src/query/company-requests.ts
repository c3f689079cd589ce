import { sql, type SQL } from 'drizzle-orm'
import { caseCode } from '@lastmile/shared/case'
import { companyRequestKinds, companyRequestStates, nationalOffice, type CompanyRequestKind, type CompanyRequestOutcome, type CompanyRequestState } from '@lastmile/shared/company-request'
import type { CompanyRequestOrder, CompanyRequestRow, CompanyRequestsQuestion, DisputedStatement } from '@lastmile/shared/company-request-answer'
import { daysBetween, type Day } from '@lastmile/shared/day'
import { everything, type Purview } from '@lastmile/shared/purview'
import type { Sort } from '@lastmile/shared/sort'
import { addWorkingDays, workingDaysBetween } from '@lastmile/shared/working-day'
import { rowsOf, textArray, type Database } from '../database.js'
import type { ListRow } from './lists.js'
import { followingOf, type Following } from './supervision.js'
import { companyRequestsWithin } from './within-purview.js'

/** Which requests are asked for. */
export type CompanyRequestFilter = { [Name in 'state' | 'due' | 'kind' | 'drug' | 'company' | 'region' | 'office']?: CompanyRequestsQuestion[Name] | undefined } & { code?: { year: number; number: number } | undefined }

/** A request as the database holds it. */
export interface CompanyRequestFacts {
  id: number
  year: number
  number: number
  state: CompanyRequestState
  version: number
  kind: CompanyRequestKind
  company: string
  drug: string
  institution: string | null
  institutionName: string | null
  unit: string | null
  office: string | null
  text: string
  disputed: DisputedStatement | null
  round: number
  openedOn: Day
  dueOn: Day
  firstDueOn: Day
  outcome: CompanyRequestOutcome | null
  resolveBy: Day | null
  endedOn: Day | null
}

const waits = sql`q.state in ('open', 'acknowledged')`
const due = sql`case when ${waits} then q.due_on end`
const columns = sql`q.id, q.year, q.number, q.state, q.version, q.kind, y.code as company, r.code as drug, i.code as institution, v.name as "institutionName", u.code as unit, o.code as office, q.text, q.disputed, q.round,
  q.opened_on::text as "openedOn", q.due_on::text as "dueOn", q.first_due_on::text as "firstDueOn", q.outcome, q.resolve_by::text as "resolveBy", q.ended_on::text as "endedOn"`
const ordersOn = (today: Day): Record<CompanyRequestOrder, SQL> => ({
  code: sql`(q.year, q.number)`, age: sql`coalesce(q.ended_on, ${today}::date) - q.opened_on`, due, state: sql`array_position(${textArray(companyRequestStates)}, q.state)`, kind: sql`array_position(${textArray(companyRequestKinds)}, q.kind)`, drug: sql`r.no`,
})

/** Requests `q` of companies `y` about drugs `r`, institutions `i` and units `u`, at offices `o`: those that the asker may see. */
function requestsFrom(list: ListRow, purview: Purview): SQL {
  return sql`from company_request q join company y on y.id = q.company_id join drug r on r.id = q.drug_id left join unit u on u.id = q.unit_id left join unit o on o.id = q.office_id
    left join institution i on i.id = q.institution_id left join institution_version v on v.institution_id = i.id and v.known_to is null
    where q.list_id = ${list.id} and ${companyRequestsWithin(purview)}`
}

/** A page of requests within a purview; unless ordered otherwise what is due first stands first, then the newest. */
export async function companyRequestsOf(db: Database, list: ListRow, purview: Purview, filter: CompanyRequestFilter, page: { offset: number; limit: number }, sort: Sort<CompanyRequestOrder> | null): Promise<{ rows: CompanyRequestRow[]; total: number }> {
  const following = await followingOf(db, list)
  const where = sql`${requestsFrom(list, purview)} and ${conditions(list, following, filter)}`
  const [count] = await rowsOf<{ total: number }>(db, sql`select count(*)::int as total ${where}`)
  const first = sort === null ? sql`` : sql`${ordersOn(list.today)[sort.by]} ${sort.falling ? sql`desc` : sql`asc`} nulls last, `
  const rows = await rowsOf<CompanyRequestFacts>(db, sql`select ${columns} ${where} order by ${first}${due} asc nulls last, q.opened_on desc, q.id desc limit ${page.limit} offset ${page.offset}`)
  return { rows: rows.map((row) => companyRequestRow(list, following, row)), total: count!.total }
}

/** How many requests stand in each state, and how many are overdue or soon due. */
export async function countCompanyRequests(db: Database, list: ListRow, purview: Purview, filter: CompanyRequestFilter): Promise<Record<CompanyRequestState | 'overdue' | 'soon', number>> {
  const following = await followingOf(db, list)
  const of = (which: SQL, name: string) => sql`(count(*) filter (where ${which}))::int as ${sql.raw(name)}`
  const [row] = await rowsOf<Record<CompanyRequestState | 'overdue' | 'soon', number>>(db, sql`
    select ${sql.join([...companyRequestStates.map((state) => of(sql`q.state = ${state}`, state)), ...(['overdue', 'soon'] as const).map((one) => of(dueWithin(list, following, one), one))], sql`, `)}
    ${requestsFrom(list, purview)} and ${conditions(list, following, { ...filter, state: undefined, due: undefined })}`)
  return row!
}

/** One request; null where its asker may know of none. */
export async function findCompanyRequest(db: Database, list: ListRow, purview: Purview, code: { year: number; number: number }): Promise<CompanyRequestFacts | null> {
  const [row] = await rowsOf<CompanyRequestFacts>(db, sql`select ${columns} ${requestsFrom(list, purview)} and q.year = ${code.year} and q.number = ${code.number}`)
  return row ?? null
}

/** Requests that somebody is told of on a day: that wait for an answer, and of which the day has passed by which they were to be resolved. */
export async function companyRequestsToFollow(db: Database, list: ListRow): Promise<CompanyRequestFacts[]> {
  return rowsOf<CompanyRequestFacts>(db, sql`select ${columns} ${requestsFrom(list, everything)} and (${waits} or (q.state = 'answered' and q.resolve_by < ${list.today})) order by q.id`)
}

function conditions(list: ListRow, following: Following, { state, due: when, kind, drug, company, region, office }: CompanyRequestFilter): SQL {
  const parts: SQL[] = [sql`true`]
  if (state !== undefined) parts.push(sql`q.state = ${state}`)
  if (when !== undefined) parts.push(dueWithin(list, following, when))
  if (kind !== undefined) parts.push(sql`q.kind = ${kind}`)
  if (drug !== undefined) parts.push(sql`r.code = ${drug}`)
  if (company !== undefined) parts.push(sql`y.code = ${company}`)
  if (region !== undefined) parts.push(sql`(u.code = ${region} or o.code = ${region})`)
  if (office !== undefined) parts.push(office === nationalOffice ? sql`q.office_id is null` : sql`o.code = ${office}`)
  return sql.join(parts, sql` and `)
}

/** Requests of which an answer is overdue, or soon due. */
function dueWithin({ today }: ListRow, { rules, calendar }: Following, which: 'overdue' | 'soon'): SQL {
  if (which === 'overdue') return sql`coalesce(${due} < ${today}::date, false)`
  return sql`coalesce(${due} >= ${today}::date and ${due} <= ${addWorkingDays(calendar, today, rules?.requests?.dueSoon ?? 0)}::date, false)`
}

/** A request as a row of a list. */
export function companyRequestRow({ today }: ListRow, { calendar }: Following, facts: CompanyRequestFacts): CompanyRequestRow {
  const { year, number, state, version, kind, company, drug, institution, institutionName, unit, office, round, openedOn, endedOn, firstDueOn, outcome, resolveBy } = facts
  const dueOn = state === 'open' || state === 'acknowledged' ? facts.dueOn : null
  return {
    code: caseCode(year, number), state, version, kind, company, drug, institution: institution === null ? null : { code: institution, name: institutionName ?? institution }, unit, office, round, openedOn, endedOn,
    age: daysBetween(openedOn, endedOn ?? today), dueOn, firstDueOn: facts.dueOn === firstDueOn ? null : firstDueOn, workingDaysLeft: dueOn === null ? null : workingDaysBetween(calendar, today, dueOn), outcome, resolveBy,
  }
}

import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { CompanyRequestKind, CompanyRequestOutcome, CompanyRequestState } from '@lastmile/shared/company-request'
import type { CompanyRequestEventDetail, CompanyRequestEventKind, DisputedStatement } from '@lastmile/shared/company-request-answer'
import type { Day, Instant } from '@lastmile/shared/day'
import type { Role } from '@lastmile/shared/permission'
import { rowsOf, textArray, type Database } from '../database.js'
import { companyRequest, companyRequestEvent, companyRequestFile } from '../schema/company-request.js'
import type { ListRow } from './lists.js'

/* What steps of a company request write, in the transaction of the verb. */

/** Whoever opens a request waits for whoever else does, until his transaction ends: each gets a number of its own, and a key opens one. */
export async function lockCompanyRequests(tx: Database): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(7417)`)
}

/** A request as it is opened. Units, companies and institutions by their codes. */
export interface OpenedRequest {
  company: string
  drugId: number
  kind: CompanyRequestKind
  institution: string | null
  unit: string | null
  office: string | null
  text: string
  disputed: DisputedStatement | null
  openedOn: Day
  dueOn: Day
  idempotencyKey: string | null
  asked: string
}

/** Keeps a request under the next number of its year. Inside the transaction of {@link lockCompanyRequests}. */
export async function insertCompanyRequest(tx: Database, list: ListRow, { company, institution, unit, office, ...own }: OpenedRequest): Promise<{ id: number; year: number; number: number }> {
  const year = Number(own.openedOn.slice(0, 4))
  const [found] = await rowsOf<{ number: number; companyId: number; institutionId: number | null; unitId: number | null; officeId: number | null }>(tx, sql`
    select (select coalesce(max(number), 0) + 1 from company_request where list_id = ${list.id} and year = ${year})::int as number, y.id as "companyId",
      (select id from institution where region_set_id = ${list.regionSetId} and code = ${institution}) as "institutionId", (select id from unit where region_set_id = ${list.regionSetId} and code = ${unit}) as "unitId", (select id from unit where region_set_id = ${list.regionSetId} and code = ${office}) as "officeId"
    from company y where y.list_id = ${list.id} and y.code = ${company}`)
  const [row] = await tx.insert(companyRequest).values({ listId: list.id, year, state: 'open', firstDueOn: own.dueOn, ...own, ...found! }).returning({ id: companyRequest.id })
  return { id: row!.id, year, number: found!.number }
}

/** The request that a key of a company opened before, and the hash of what was asked then. */
export async function companyRequestOfKey(tx: Database, list: ListRow, company: string, key: string): Promise<{ year: number; number: number; state: CompanyRequestState; version: number; asked: string } | null> {
  const [row] = await rowsOf<{ year: number; number: number; state: CompanyRequestState; version: number; asked: string }>(tx, sql`
    select q.year, q.number, q.state, q.version, q.asked from company_request q join company y on y.id = q.company_id where y.list_id = ${list.id} and y.code = ${company} and q.idempotency_key = ${key}`)
  return row ?? null
}

/** A request that is being moved: nobody else moves it until the transaction ends. */
export interface LockedRequest {
  id: number
  state: CompanyRequestState
  version: number
  round: number
  office: string | null
  dueOn: Day
  firstDueOn: Day
}

/** Waits for whoever else moves a request, and looks at it as it is then. */
export async function lockCompanyRequest(tx: Database, id: number): Promise<LockedRequest> {
  const [row] = await rowsOf<LockedRequest>(tx, sql`
    select q.id, q.state, q.version, q.round, (select code from unit where id = q.office_id) as office, q.due_on::text as "dueOn", q.first_due_on::text as "firstDueOn" from company_request q where q.id = ${id} for update`)
  return row!
}

/** What of a request a step changes. `office`: a unit's code, or null for the national regulator. */
export interface CompanyRequestChange {
  state?: CompanyRequestState
  office?: string | null
  round?: number
  dueOn?: Day
  firstDueOn?: Day
  outcome?: CompanyRequestOutcome | null
  resolveBy?: Day | null
  endedOn?: Day
}

/** Moves a request on from where it was seen to be. Null where it is not there any more; else its new version. */
export async function moveCompanyRequest(tx: Database, list: ListRow, { id, version, state }: Pick<LockedRequest, 'id' | 'version' | 'state'>, { office, ...change }: CompanyRequestChange): Promise<number | null> {
  const unitId = office === undefined ? {} : { officeId: office === null ? null : (await rowsOf<{ id: number }>(tx, sql`select id from unit where region_set_id = ${list.regionSetId} and code = ${office}`))[0]!.id }
  const [row] = await tx.update(companyRequest).set({ ...change, ...unitId, version: version + 1 })
    .where(sql`${companyRequest.id} = ${id} and ${companyRequest.version} = ${version} and ${companyRequest.state} = ${state}`).returning({ version: companyRequest.version })
  return row?.version ?? null
}

/** A step of a request as it is kept. Which office has it is read off the request as it is by then. */
export interface NewRequestEvent {
  requestId: number
  kind: CompanyRequestEventKind
  on: Day
  at: Instant
  by: { id: string; role: Role }
  state: CompanyRequestState
  detail?: CompanyRequestEventDetail
}

/** Keeps a step. Answers its id. */
export async function insertRequestEvent(tx: Database, { by, detail = {}, requestId, ...event }: NewRequestEvent): Promise<number> {
  const [request] = await rowsOf<{ officeId: number | null }>(tx, sql`select office_id as "officeId" from company_request where id = ${requestId}`)
  const [row] = await tx.insert(companyRequestEvent).values({ ...event, requestId, detail, by: by.id, role: by.role, officeId: request!.officeId }).returning({ id: companyRequestEvent.id })
  return row!.id
}

/** Notes a file that was sent to go with a step. Answers its code. */
export async function insertRequestFile(db: Database, file: { listId: number; name: string; type: string; bytes: number; sha256: string; by: string; at: Instant }): Promise<string> {
  const code = randomBytes(8).toString('hex')
  await db.insert(companyRequestFile).values({ ...file, code })
  return code
}

/** Files become part of a step: such as the same person sent for this list, and that belong to none yet. Answers how many were. */
export async function takeRequestFiles(tx: Database, list: ListRow, eventId: number, by: string, codes: readonly string[]): Promise<number> {
  if (codes.length === 0) return 0
  return (await rowsOf(tx, sql`update company_request_file set event_id = ${eventId} where list_id = ${list.id} and by_actor = ${by} and event_id is null and code = any(${textArray(codes)}) returning id`)).length
}

/** How many files of somebody's no step has named. */
export async function countUnnamedOf(db: Database, list: Pick<ListRow, 'id'>, by: string): Promise<number> {
  return (await rowsOf<{ files: number }>(db, sql`select count(*)::int as files from company_request_file where list_id = ${list.id} and by_actor = ${by} and event_id is null`))[0]!.files
}

/** Lets go of what was sent before an instant and that no step has named. Answers how many. */
export async function letRequestFilesGo(db: Database, before: Instant): Promise<number> {
  return (await rowsOf(db, sql`delete from company_request_file where event_id is null and at < ${before}::timestamptz returning id`)).length
}

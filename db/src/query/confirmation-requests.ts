import { sql } from 'drizzle-orm'
import { requestStateOf, type ConfirmationRequest, type ContradictionSet, contradictionSets } from '@lastmile/shared/contradiction'
import type { Day, Instant } from '@lastmile/shared/day'
import type { Role } from '@lastmile/shared/permission'
import { LineReader } from '@lastmile/shared/report-lines'
import { arrayOf, rowsOf, textArray, type Database } from '../database.js'
import type { ListRow } from './lists.js'

/** The last request about each pair of a set, by {@link pairKey}. */
export type RequestsOfSets = Record<ContradictionSet, ReadonlyMap<string, ConfirmationRequest>>

/** Names a pair by its narrow ids. */
export const pairKey = (institution: number, drug: number) => `${institution}/${drug}`

interface Raw { id: number; set: ContradictionSet; institution: number; drug: number; askedAt: string; until: Day; role: Role }

/** The last request about each pair of a list, and how it stands today: answered where its source has said anything of the pair since, in a report that counts. */
export async function requestsOf(db: Database, list: ListRow): Promise<RequestsOfSets> {
  const rows = await rowsOf<Raw>(db, sql`
    select distinct on (q.contradiction_set, q.institution_id, q.drug_id) q.id, q.contradiction_set as set, q.institution_id as institution, q.drug_id as drug, q.asked_at::text as "askedAt", q.until::text as until, q.role
    from confirmation_request q join drug d on d.id = q.drug_id where d.list_id = ${list.id} order by q.contradiction_set, q.institution_id, q.drug_id, q.id desc`)
  const answered = await answeredAmong(db, rows)
  const result = Object.fromEntries(contradictionSets.map((set) => [set, new Map<string, ConfirmationRequest>()])) as Record<ContradictionSet, Map<string, ConfirmationRequest>>
  for (const { id, set, institution, drug, askedAt, until, role } of rows) {
    result[set].set(pairKey(institution, drug), { state: requestStateOf({ until, isAnswered: answered.has(id) }, list.today), askedAt: new Date(askedAt).toISOString(), until, askedBy: role })
  }
  return result
}

/** Those of some requests whose source has spoken of the pair since. */
async function answeredAmong(db: Database, requests: readonly Raw[]): Promise<Set<number>> {
  const answered = new Set<number>()
  if (requests.length === 0) return answered
  const drugOf = new Map(requests.map(({ id, drug }) => [id, drug]))
  const said = await rowsOf<{ id: number; lines: Uint8Array }>(db, sql`
    select q.id, l.lines from confirmation_request q join report r on r.source_id = q.source_id and r.state = 'accepted' and r.accepted_at > q.asked_at
    join report_lines l on l.institution_id = q.institution_id and l.report_id = r.id where q.id = any(${arrayOf('int', requests.map(({ id }) => id))})`)
  const reader = new LineReader()
  for (const { id, lines } of said) {
    if (answered.has(id)) continue
    reader.open(lines)
    while (reader.next()) if (reader.drug === drugOf.get(id)) answered.add(id)
  }
  return answered
}

/** A request as it is made. */
export interface NewRequest {
  set: ContradictionSet
  drug: number
  institution: number
  source: number
}

/** Whoever asks waits for whoever else is asking, until his transaction ends: of two who ask the same, one does. */
export async function lockRequests(tx: Database): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(7413)`)
}

/** Keeps requests. Inside the transaction of {@link lockRequests}. */
export async function insertRequests(tx: Database, requests: readonly NewRequest[], { askedBy, role, askedAt, until }: { askedBy: string; role: Role; askedAt: Instant; until: Day }): Promise<void> {
  if (requests.length === 0) return
  const of = (pick: (one: NewRequest) => number) => arrayOf('int', requests.map(pick))
  await tx.execute(sql`
    insert into confirmation_request (contradiction_set, drug_id, institution_id, source_id, asked_by, role, asked_at, until)
    select s, d, i, o, ${askedBy}, ${role}, ${askedAt}::timestamptz, ${until}::date
    from unnest(${textArray(requests.map(({ set }) => set))}, ${of(({ drug }) => drug)}, ${of(({ institution }) => institution)}, ${of(({ source }) => source)}) as n(s, d, i, o)`)
}

import { sql } from 'drizzle-orm'
import type { Attachment } from '@lastmile/shared/attachment'
import type { CompanyRequestState } from '@lastmile/shared/company-request'
import type { CompanyRequestEvent, CompanyRequestEventDetail, CompanyRequestEventKind, DisputedStatement } from '@lastmile/shared/company-request-answer'
import type { Day } from '@lastmile/shared/day'
import type { Role } from '@lastmile/shared/permission'
import type { Purview } from '@lastmile/shared/purview'
import { rowsOf, type Database } from '../database.js'
import type { ListRow } from './lists.js'
import { companyRequestsWithin, reportsWithin } from './within-purview.js'

interface Raw {
  kind: CompanyRequestEventKind; on: Day; at: string; role: Role; name: string | null; office: string | null; state: CompanyRequestState; detail: CompanyRequestEventDetail; attachments: Attachment[]
}

const sideOf = (role: Role): CompanyRequestEvent['by'] => (role === 'company' ? 'company' : role === 'province_officer' ? 'province' : 'national')

/** The steps of a request, the first first. `sees`: whose names are told: of one's own side alone; offices are one. */
export async function companyRequestEvents(db: Database, requestId: number, sees: 'company' | 'offices'): Promise<CompanyRequestEvent[]> {
  const rows = await rowsOf<Raw>(db, sql`
    select e.kind, e.on_day::text as on, e.at::text as at, e.role, z.name, o.code as office, e.state, e.detail,
      (select coalesce(jsonb_agg(jsonb_build_object('code', f.code, 'name', f.name, 'type', f.type, 'bytes', f.bytes, 'sha256', f.sha256, 'at', f.at) order by f.id), '[]') from company_request_file f where f.event_id = e.id) as attachments
    from company_request_event e left join unit o on o.id = e.office_id left join account z on z.id = e.by_actor where e.request_id = ${requestId} order by e.id`)
  return rows.map(({ at, role, name, attachments, ...event }) => {
    const by = sideOf(role)
    return { ...event, at: new Date(at).toISOString(), by, byName: (by === 'company') === (sees === 'company') ? name : null, attachments: attachments.map((one) => ({ ...one, at: new Date(one.at).toISOString() })) }
  })
}

/** What was recorded of a disputed pair; in which report it stands is told to those alone who may see that. */
export async function disputedWithin(db: Database, list: ListRow, purview: Purview, disputed: DisputedStatement): Promise<DisputedStatement> {
  const seen = disputed.report !== null && (await rowsOf(db, sql`select 1 from report r join source o on o.id = r.source_id where r.list_id = ${list.id} and r.code = ${disputed.report} and ${reportsWithin(purview)}`)).length > 0
  return seen ? disputed : { ...disputed, source: null, report: null, line: null }
}

/** A file beside a step of a request that is the asker's to see. */
export async function findCompanyRequestFile(db: Database, purview: Purview, requestId: number, code: string): Promise<{ name: string; type: string; bytes: number; sha256: string } | null> {
  const [row] = await rowsOf<{ name: string; type: string; bytes: number; sha256: string }>(db, sql`
    select f.name, f.type, f.bytes::int as bytes, f.sha256 from company_request_file f join company_request_event s on s.id = f.event_id join company_request q on q.id = s.request_id
    where q.id = ${requestId} and f.code = ${code} and ${companyRequestsWithin(purview)}`)
  return row ?? null
}

import { sql, type SQL } from 'drizzle-orm'
import type { CaseState } from '@lastmile/shared/case'
import type { CaseComment, CaseEvent, CaseEventDetail, CaseEventKind } from '@lastmile/shared/case-answer'
import type { Day } from '@lastmile/shared/day'
import type { NamedGap } from '@lastmile/shared/notice'
import type { Role } from '@lastmile/shared/permission'
import type { Purview } from '@lastmile/shared/purview'
import { rowsOf, textArray, type Database } from '../database.js'
import { casesKeptWithin } from './within-purview.js'

/** A gap of a case, as it was when it was opened. */
export interface CaseGapFacts {
  drug: string
  unit: string
  company: string
  opened: Omit<NamedGap, 'drug' | 'unit'>
  metOn: Day | null
}

/** The gaps of a case, in the order of the list and its units. */
export async function gapsOfCase(db: Database, caseId: number): Promise<CaseGapFacts[]> {
  return rowsOf<CaseGapFacts>(db, sql`
    select r.code as drug, w.code as unit, y.code as company, g.opened, g.met_on::text as "metOn"
    from case_gap g join drug r on r.id = g.drug_id join company y on y.id = r.company_id join unit w on w.id = g.unit_id where g.case_id = ${caseId} order by r.no, w.slot`)
}

/** What of a case its asker may see: all of it where his office keeps it, else what belongs to some letters. */
interface Sight {
  purview: Purview
  /** Codes of the letters that he sees. */
  notices: readonly string[]
}

/** Steps that concern every addressee: that the case is closed or open again. */
const everybodys = ['close', 'reopen']

const seen = ({ purview, notices }: Sight, table: SQL, besides: SQL) => sql`(${casesKeptWithin(purview)} or ${table}.notice = any(${textArray(notices)}) ${besides})`

/** The steps of a case, the first first. Names are told within the offices; whoever else asks is told those of his own side. */
export async function eventsOf(db: Database, caseId: number, sight: Sight): Promise<CaseEvent[]> {
  const rows = await rowsOf<{ kind: CaseEventKind; on: Day; at: string; by: string | null; role: Role | null; name: string | null; notice: string | null; state: CaseState; detail: CaseEventDetail; isOffice: boolean }>(db, sql`
    select e.kind, e.on_day::text as on, e.at::text as at, e.by_actor as by, e.role, z.name, e.notice, e.state, e.detail, ${casesKeptWithin(sight.purview)} as "isOffice"
    from case_event e join supervision_case k on k.id = e.case_id left join account z on z.id = e.by_actor
    where e.case_id = ${caseId} and ${seen(sight, sql`e`, sql`or e.kind = any(${textArray(everybodys)})`)} order by e.id`)
  return rows.filter(({ kind, isOffice }) => isOffice || (kind !== 'draft' && kind !== 'change')).map(({ at, by, role, name, isOffice, detail, ...event }) => {
    const side = role === null ? (event.kind === 'check' || event.kind === 'close' || event.kind === 'reopen' ? byWhat(detail) : 'day') : detail.onBehalf !== true && (event.kind === 'acknowledge' || event.kind === 'answer') ? 'addressee' : 'office'
    return { ...event, at: new Date(at).toISOString(), by: side, byName: isOffice || side === 'addressee' ? name : null, state: isOffice ? event.state : null, detail: isOffice ? detail : withoutReports(detail) }
  })
}

/** What moved a case that nobody did: reports that came; where none did, a standard that says otherwise now. */
function byWhat({ reports, standards }: CaseEventDetail): 'statements' | 'standard' {
  return (reports ?? []).length === 0 && (standards ?? []).length > 0 ? 'standard' : 'statements'
}

/** Which reports moved it is told to who sees reports: not to every addressee. */
function withoutReports({ reports: _, met: __, again: ___, ...detail }: CaseEventDetail): CaseEventDetail {
  return detail
}

/** What was said of a case, the first first. */
export async function commentsOf(db: Database, caseId: number, sight: Sight): Promise<CaseComment[]> {
  const rows = await rowsOf<{ at: string; by: 'office' | 'addressee'; byName: string | null; notice: string | null; text: string; isOffice: boolean }>(db, sql`
    select c.at::text as at, c.side as by, z.name as "byName", c.notice, c.text, ${casesKeptWithin(sight.purview)} as "isOffice"
    from case_comment c join supervision_case k on k.id = c.case_id left join account z on z.id = c.by_actor where c.case_id = ${caseId} and ${seen(sight, sql`c`, sql``)} order by c.id`)
  return rows.map(({ at, isOffice, byName, ...comment }) => ({ ...comment, at: new Date(at).toISOString(), byName: isOffice || comment.by === 'addressee' ? byName : null }))
}

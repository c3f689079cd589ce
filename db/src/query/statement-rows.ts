import { sql } from 'drizzle-orm'
import { addDays, dayOfNumber, type Day } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { holdsPair, holdsSender, type Purview, type SentBy } from '@lastmile/shared/purview'
import type { StatementRow } from '@lastmile/shared/statement'
import type { ListFacts } from '../coverage/list-facts.js'
import type { PairOn } from '../coverage/pairs-on.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { dayBasisCodes, kindCodes, reasonCodes, stateCodes, statusCodes } from '../schema/codes.js'
import { versionKnown } from '../version-known.js'
import { lineKey, linesOf } from './lines-of.js'
import type { When } from './question.js'

/** A pair on the day, with its institution. */
export type FoundRow = PairOn & { institution: number }

interface InstitutionRow { id: number; code: string; name: string; kind: number; unit: string | null; city: string | null }
interface ReportRow extends SentBy { id: number; code: string; asOf: Day }

/** What an asker sees of rows beside what is public: of which pairs the reason, the days to get it and the quantity, and of whose reports their source, code and line. */
export interface Sight {
  details: Purview
  reports: Purview
}

/** Rows told together: a few milliseconds of work, between which others have their turn. */
const rowsAtOnce = 2_000

/** Rows with the words of their reports. */
export async function described(db: Database, when: When & { evidence: Evidence }, facts: ListFacts, rows: readonly FoundRow[], sees: Sight): Promise<StatementRow[]> {
  const told: StatementRow[] = []
  for (let at = 0; at < rows.length; at += rowsAtOnce) told.push(...await describedTogether(db, when, facts, rows.slice(at, at + rowsAtOnce), sees))
  return told
}

async function describedTogether(db: Database, when: When & { evidence: Evidence }, facts: ListFacts, rows: readonly FoundRow[], sees: Sight): Promise<StatementRow[]> {
  const institutions = new Map((await rowsOf<InstitutionRow>(db, sql`
    select i.id, i.code, v.name, v.kind, u.code as unit, c.code as city from institution i
    join institution_version v on v.institution_id = i.id and ${versionKnown(when.knownOn)} left join unit u on u.id = v.unit_id left join region c on c.id = v.city_id
    where i.id = any(${arrayOf('int', [...new Set(rows.map((row) => row.institution))])})`)).map((row) => [row.id, row]))
  const reports = new Map((await rowsOf<ReportRow>(db, sql`
    select r.id, r.code, o.code as source, o.data->>'company' as company, o.data->>'unit' as unit, o.data->>'institution' as institution, r.scope->'regions' as regions, r.as_of::text as "asOf" from report r join source o on o.id = r.source_id
    where r.id = any(${arrayOf('int', [...new Set(rows.map((row) => row.report))])})`)).map((row) => [row.id, row]))
  const lines = await linesOf(db, rows)
  return rows.map((row) => {
    const institution = institutions.get(row.institution)!
    const report = reports.get(row.report)!
    const drug = facts.drugs.get(row.drug)!
    const said = lines.get(lineKey(row)) ?? null
    const supplied = when.evidence === 'supplied'
    return {
      drug: drug.code, institution: institution.code, institutionName: institution.name, kind: kindCodes.word(institution.kind), unit: institution.unit, city: institution.city, evidence: when.evidence,
      state: stateCodes.word(row.state), status: said === null || supplied ? null : statusCodes.word(said.status),
      // An absence dates from the report that left the pair out.
      day: said ? dayOfNumber(said.day) : report.asOf, dayBasis: said === null || supplied ? (supplied ? 'observed' : 'as_of') : dayBasisCodes.word(said.dayBasis),
      staleOn: supplied || said === null ? null : addDays(dayOfNumber(said.day), drug.freshnessDays + 1),
      ...(holdsPair(sees.details, { unit: institution.unit, city: institution.city, institution: institution.code, company: drug.company })
        ? { reason: said === null || said.reason === null ? null : reasonCodes.word(said.reason), leadDays: said?.leadDays ?? null, quantity: said?.quantity ?? null } : {}),
      ...(holdsSender(sees.reports, report) ? { source: report.source, report: report.code, line: row.line } : {}),
    }
  })
}

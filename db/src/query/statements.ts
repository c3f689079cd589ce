import { sql, type SQL } from 'drizzle-orm'
import { addDays, type Day } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Kind } from '@lastmile/shared/kind'
import type { State } from '@lastmile/shared/state'
import type { StatementRow, StatementsAnswer } from '@lastmile/shared/statement'
import { rowsOf, type Database } from '../database.js'
import { dayBasisCodes, kindCodes, reasonCodes, stateCodes, statusCodes } from '../schema/codes.js'
import type { Area } from './area.js'
import type { ListRow } from './lists.js'
import { basisOf, type When } from './question.js'
import { pairsOn, versionKnown } from './rows-on.js'

/** Which rows are asked for. */
export interface StatementFilter {
  drug: number | null
  area: Area | null
  institution: string | null
  kind: Kind | null
  states: State[] | null
  report: string | null
  /** Row in the report's file. */
  line: number | null
}

/** The rows behind a number: each pair with the state it counts as on the day, and the statement or event it rests on. */
export async function statementsOf(db: Database, list: ListRow, when: When & { evidence: Evidence }, filter: StatementFilter, page: { offset: number; limit: number }): Promise<StatementsAnswer> {
  const supplied = when.evidence === 'supplied'
  const from = sql`${await pairsOn(db, list, when, when.evidence)} p
    join institution i on i.id = p.institution_id
    join institution_version v on v.institution_id = i.id and ${versionKnown(when.knownOn)}
    left join unit u on u.id = v.unit_id
    left join region c on c.id = v.city_id
    join drug d on d.id = p.drug_id
    join report r on r.id = p.report_id
    join source o on o.id = r.source_id`
  const where = conditions(filter)
  const [count] = await rowsOf<{ total: number }>(db, sql`select count(*)::int as total from ${from} where ${where}`)
  const said = supplied
    ? sql`left join supply s on s.institution_id = p.institution_id and s.drug_id = p.drug_id and s.report_id = p.report_id and s.line = p.line`
    : sql`left join statement s on s.institution_id = p.institution_id and s.drug_id = p.drug_id and s.report_id = p.report_id`
  const words = supplied ? sql`null::int as status, null::int as "dayBasis", null::int as reason, null::int as "leadDays"` : sql`s.status, s.day_basis as "dayBasis", s.reason, s.lead_days as "leadDays"`
  const rows = await rowsOf<Raw>(db, sql`
    select d.code as drug, i.code as institution, v.name as "institutionName", v.kind, u.code as unit, c.code as city, p.state,
           s.day::text as day, ${words}, s.quantity, r.as_of::text as "asOf", d.freshness_days as "freshnessDays", o.code as source, r.code as report, p.line
    from ${from} ${said} where ${where} order by d.no, u.slot, i.code limit ${page.limit} offset ${page.offset}`)
  return {
    basis: basisOf(list, when),
    rows: rows.map((row) => statementRow(row, when.evidence)),
    page: { ...page, total: count!.total },
  }
}

interface Raw {
  drug: string
  institution: string
  institutionName: string
  kind: number
  unit: string | null
  city: string | null
  state: number
  status: number | null
  day: Day | null
  dayBasis: number | null
  reason: number | null
  leadDays: number | null
  quantity: number | null
  asOf: Day
  freshnessDays: number
  source: string
  report: string
  line: number | null
}

function statementRow(row: Raw, evidence: Evidence): StatementRow {
  return {
    drug: row.drug, institution: row.institution, institutionName: row.institutionName, kind: kindCodes.word(row.kind), unit: row.unit, city: row.city, evidence,
    state: stateCodes.word(row.state), status: row.status === null ? null : statusCodes.word(row.status),
    // An absence dates from the report that left the pair out.
    day: row.day ?? row.asOf, dayBasis: row.dayBasis === null ? (evidence === 'supplied' ? 'observed' : 'as_of') : dayBasisCodes.word(row.dayBasis),
    staleOn: evidence === 'supplied' || row.day === null ? null : addDays(row.day, row.freshnessDays + 1),
    reason: row.reason === null ? null : reasonCodes.word(row.reason), leadDays: row.leadDays, quantity: row.quantity,
    source: row.source, report: row.report, line: row.line,
  }
}

function conditions(filter: StatementFilter): SQL {
  const parts: SQL[] = [sql`true`]
  if (filter.drug !== null) parts.push(sql`p.drug_id = ${filter.drug}`)
  if (filter.area) parts.push(filter.area.level === 'unit' ? sql`v.unit_id = ${filter.area.unitId}` : sql`v.city_id = ${filter.area.cityId}`)
  if (filter.institution !== null) parts.push(sql`i.code = ${filter.institution}`)
  if (filter.kind) parts.push(sql`v.kind = ${kindCodes.code(filter.kind)}`)
  if (filter.states) parts.push(sql`p.state in (${sql.join(filter.states.map((state) => sql`${stateCodes.code(state)}`), sql`, `)})`)
  if (filter.report !== null) parts.push(sql`r.code = ${filter.report}`)
  if (filter.line !== null) parts.push(sql`p.line = ${filter.line}`)
  return sql.join(parts, sql` and `)
}

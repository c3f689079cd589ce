import { sql } from 'drizzle-orm'
import { addDays, dayOfNumber, type Day } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Kind } from '@lastmile/shared/kind'
import { stateCode, type State } from '@lastmile/shared/state'
import type { StatementRow, StatementsAnswer } from '@lastmile/shared/statement'
import { countAt, stateCounter } from '../coverage/counts.js'
import type { ListFacts } from '../coverage/list-facts.js'
import type { PairOn } from '../coverage/pairs-on.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { dayBasisCodes, evidenceCodes, kindCodes, reasonCodes, stateCodes, statusCodes } from '../schema/codes.js'
import type { Area } from './area.js'
import { countedStates } from './counted-states.js'
import { institutionsSaidOf } from './institutions-in.js'
import { lineKey, linesOf } from './lines-of.js'
import type { ListRow } from './lists.js'
import { basisOf, factsFor, isMaintained, lookupFor, type When } from './question.js'
import { versionKnown } from './version-known.js'

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

/** A pair on the day, with its institution. */
type Row = PairOn & { institution: number }

/** Institutions looked up together. */
const institutionsAtOnce = 1_000

/**
 * The rows behind a number: each pair with the state it counts as on the day, and the statement or event it rests on, by
 * unit, institution and drug. How many there are is read from the counters where they say it; else all are looked up.
 */
export async function statementsOf(db: Database, list: ListRow, when: When & { evidence: Evidence }, filter: StatementFilter, page: { offset: number; limit: number }): Promise<StatementsAnswer> {
  const facts = await factsFor(db, list)
  const report = filter.report === null ? null : await reportId(db, list.id, filter.report)
  const counted = isMaintained(list, when) && filter.institution === null && filter.report === null && filter.line === null
    ? await countedStates(db, list, when, filter.area, filter.drug === null ? [...facts.drugs.keys()] : [filter.drug]) : null
  const total = counted && counted.reduce((sum, { counts, slots }) => sum + sumOf(counts, slots, filter), 0)
  const { rows, found } = await findRows(db, list, when, facts, filter, report, page, total)
  return { basis: basisOf(list, when), rows: await described(db, when, facts, rows), page: { ...page, total: total ?? found } }
}

function sumOf(counts: Int32Array, slots: readonly number[], filter: StatementFilter): number {
  const ofKinds = filter.kind === null ? [0, 1, 2] : [kindCodes.code(filter.kind)]
  const ofStates = filter.states === null ? [0, 1, 2, 3, 4, 5, 6, 7] : filter.states.map(stateCode)
  let sum = 0
  for (const slot of slots) for (const kind of ofKinds) for (const state of ofStates) sum += countAt(counts, slot, stateCounter(kind, state))
  return sum
}

async function findRows(db: Database, list: ListRow, when: When & { evidence: Evidence }, facts: ListFacts, filter: StatementFilter, report: number | null, page: { offset: number; limit: number }, total: number | null): Promise<{ rows: Row[]; found: number }> {
  const rows: Row[] = []
  let found = 0
  if (total === 0 || report === missing) return { rows, found }
  const institutions = await institutionsSaidOf(db, list, { areas: filter.area && [filter.area], kind: filter.kind, code: filter.institution }, when.knownOn, filter.drug)
  const lookup = lookupFor(db, list, facts, when)
  const states = filter.states && new Set(filter.states.map(stateCode))
  for (let at = 0; at < institutions.length; at += institutionsAtOnce) {
    // Where it is known how many there are, nobody looks further than the page.
    if (total !== null && found >= Math.min(total, page.offset + page.limit)) break
    const some = institutions.slice(at, at + institutionsAtOnce)
    const on = await lookup.on(evidenceCodes.code(when.evidence), some, filter.drug)
    for (const institution of some) {
      for (const pair of on.get(institution)?.pairs ?? []) {
        if ((states && !states.has(pair.state)) || (report !== null && pair.report !== report) || (filter.line !== null && pair.line !== filter.line)) continue
        if (found >= page.offset && rows.length < page.limit) rows.push({ institution, ...pair })
        found += 1
      }
    }
  }
  return { rows, found }
}

const missing = -1

async function reportId(db: Database, listId: number, code: string): Promise<number> {
  const [row] = await rowsOf<{ id: number }>(db, sql`select id from report where list_id = ${listId} and code = ${code}`)
  return row?.id ?? missing
}

interface InstitutionRow { id: number; code: string; name: string; kind: number; unit: string | null; city: string | null }
interface ReportRow { id: number; code: string; source: string; asOf: Day }

/** Rows with the words of their reports. */
async function described(db: Database, when: When & { evidence: Evidence }, facts: ListFacts, rows: readonly Row[]): Promise<StatementRow[]> {
  if (rows.length === 0) return []
  const institutions = new Map((await rowsOf<InstitutionRow>(db, sql`
    select i.id, i.code, v.name, v.kind, u.code as unit, c.code as city from institution i
    join institution_version v on v.institution_id = i.id and ${versionKnown(when.knownOn)} left join unit u on u.id = v.unit_id left join region c on c.id = v.city_id
    where i.id = any(${arrayOf('int', [...new Set(rows.map((row) => row.institution))])})`)).map((row) => [row.id, row]))
  const reports = new Map((await rowsOf<ReportRow>(db, sql`
    select r.id, r.code, o.code as source, r.as_of::text as "asOf" from report r join source o on o.id = r.source_id
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
      reason: said === null || said.reason === null ? null : reasonCodes.word(said.reason), leadDays: said?.leadDays ?? null, quantity: said?.quantity ?? null,
      source: report.source, report: report.code, line: row.line,
    }
  })
}

import { sql } from 'drizzle-orm'
import { dayNumber, dayOfNumber, type Day, type Instant } from '@lastmile/shared/day'
import { evidences, type Evidence } from '@lastmile/shared/evidence'
import type { Kind } from '@lastmile/shared/kind'
import { holdsPair, holdsSender } from '@lastmile/shared/purview'
import { LineReader } from '@lastmile/shared/report-lines'
import type { State } from '@lastmile/shared/state'
import type { DayBasis, Reason, Status } from '@lastmile/shared/status'
import type { ListFacts } from '../coverage/list-facts.js'
import { institutionOn, lookupAt } from '../coverage/pairs-on.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { dayBasisCodes, evidenceCodes, kindCodes, reasonCodes, stateCodes, statusCodes } from '../schema/codes.js'
import { versionKnown } from '../version-known.js'
import type { AcceptedReport } from './accepted-reports.js'
import { institutionsIn } from './institutions-in.js'
import type { ListRow } from './lists.js'
import { factsFor } from './question.js'
import type { Sight } from './statement-rows.js'

/**
 * A statement about a pair, whether or not it still holds: a line of a report, or that a report left the pair out. What stands
 * there for some alone (as on the rows behind a number) is undefined for everybody else.
 */
export interface PairStatement {
  drug: string
  institution: string
  institutionName: string
  kind: Kind
  unit: string | null
  city: string | null
  evidence: Evidence
  /** Null for a supply, which is an event, and for a pair that was left out. */
  status: Status | null
  day: Day
  dayBasis: DayBasis
  /** As what it counts on the as-of day; null: another statement holds, or it was corrected. */
  countsAs: State | null
  isCorrected: boolean
  reason?: Reason | null
  leadDays?: number | null
  quantity?: number | null
  /** Who said it, in which report and (null where it was left out) line. */
  report?: AcceptedReport
  line?: number | null
}

/** Of which pairs of drug and unit, as of which day, known when, and what of it the asker sees. `reports`: all that were accepted by then. */
export interface PairsAsked {
  pairs: readonly { drug: string; unit: string }[]
  asOf: Day
  knownOn: Instant
  reports: ReadonlyMap<number, AcceptedReport>
  sees: Sight
}

/** Institutions whose statements are in memory together. */
const institutionsAtOnce = 200

interface InstitutionRow { id: number; code: string; name: string; kind: number; unit: string | null; city: string | null }

/** A statement by narrow ids. */
interface Said { drug: number; report: AcceptedReport; line: number | null; status: number | null; day: number; dayBasis: number | null; reason: number | null; leadDays: number | null; quantity: number | null; countsAs: number | null }

/** Everything that was said of pairs up to a day, under every kind of evidence: by unit, institution, drug, kind of evidence and acceptance, some institutions at a time. */
export async function* statementsOfPairs(db: Database, list: ListRow, asked: PairsAsked): AsyncGenerator<PairStatement[]> {
  const facts = await factsFor(db, list)
  const ids = new Map([...facts.drugs].map(([id, { code }]) => [code, id]))
  for (const unit of facts.units) {
    const drugs = asked.pairs.filter((pair) => pair.unit === unit.code).map(({ drug }) => ids.get(drug)!)
    if (drugs.length === 0) continue
    const institutions = await institutionsIn(db, list, { areas: null, kind: null, unit: unit.id }, asked.knownOn, null)
    for (let at = 0; at < institutions.length; at += institutionsAtOnce) yield await saidOf(db, facts, asked, institutions.slice(at, at + institutionsAtOnce), drugs)
  }
}

async function saidOf(db: Database, facts: ListFacts, asked: PairsAsked, institutions: readonly number[], drugs: readonly number[]): Promise<PairStatement[]> {
  const rows = new Map((await rowsOf<InstitutionRow>(db, sql`
    select i.id, i.code, v.name, v.kind, u.code as unit, c.code as city from institution i
    join institution_version v on v.institution_id = i.id and ${versionKnown(asked.knownOn)} left join unit u on u.id = v.unit_id left join region c on c.id = v.city_id
    where i.id = any(${arrayOf('int', institutions)})`)).map((row) => [row.id, row]))
  const said = await linesOf(db, asked, institutions, drugs)
  await markHolding(db, facts, asked, institutions, drugs, said)
  const places = new Map([...facts.drugs.keys()].map((id, place) => [id, place]))
  const orderOf = ({ drug, report, line }: Said) => [places.get(drug)!, evidences.indexOf(report.evidence), report.order, line ?? 0]
  return institutions.flatMap((id) => {
    const institution = rows.get(id)
    const own = said.get(id)
    if (!institution || !own) return []
    return own.map((one) => ({ one, order: orderOf(one) })).sort((a, b) => a.order.reduce((found, value, i) => found || value - b.order[i]!, 0)).map(({ one }) => told(facts, asked, institution, one))
  })
}

/** The lines of known reports about some drugs at some institutions, by institution. */
async function linesOf(db: Database, { asOf, reports }: PairsAsked, institutions: readonly number[], drugs: readonly number[]): Promise<Map<number, Said[]>> {
  const [wanted, last, reader] = [new Set(drugs), dayNumber(asOf), new LineReader()]
  const said = new Map<number, Said[]>()
  for (const { institution, report: id, lines } of await rowsOf<{ institution: number; report: number; lines: Uint8Array }>(db, sql`
    select institution_id as institution, report_id as report, lines from report_lines where institution_id = any(${arrayOf('int', institutions)})`)) {
    const report = reports.get(id)
    if (!report) continue
    const isEvent = report.evidence === 'supplied'
    reader.open(lines)
    while (reader.next()) {
      const { drug, line, status, day, dayBasis, reason, leadDays, quantity } = reader
      if (!wanted.has(drug) || day > last) continue
      const own = said.get(institution) ?? []
      if (own.length === 0) said.set(institution, own)
      own.push({ drug, report, line, status: isEvent ? null : status, day, dayBasis: isEvent ? null : dayBasis, reason, leadDays, quantity, countsAs: null })
    }
  }
  return said
}

/** Marks what holds on the as-of day, as the rows behind a number tell it, and adds what holds by leaving out. */
async function markHolding(db: Database, facts: ListFacts, { asOf, knownOn, reports }: PairsAsked, institutions: readonly number[], drugs: readonly number[], said: Map<number, Said[]>): Promise<void> {
  const { openings, holdings } = await lookupAt(db, facts, { asOf, knownOn, since: null, maintained: false }).held(institutions, null)
  for (const id of institutions) {
    const [opening, holding, own] = [openings.get(id), holdings.get(id), said.get(id)]
    if (!opening || !holding || !own) continue
    for (const evidence of evidences) {
      for (const drug of drugs) {
        for (const { state, report: by, line } of institutionOn(facts, evidenceCodes.code(evidence), holding, opening, dayNumber(asOf), drug).pairs) {
          const report = reports.get(by)!
          const one = own.find((row) => row.drug === drug && row.report === report && row.line === line)
          if (one) one.countsAs = state
          // An absence dates from the report that left the pair out.
          else own.push({ drug, report, line: null, status: null, day: dayNumber(report.asOf), dayBasis: null, reason: null, leadDays: null, quantity: null, countsAs: state })
        }
      }
    }
  }
}

function told(facts: ListFacts, { sees }: PairsAsked, { code, name, kind, unit, city }: InstitutionRow, { drug: id, report, line, status, day, dayBasis, reason, leadDays, quantity, countsAs }: Said): PairStatement {
  const drug = facts.drugs.get(id)!
  return {
    drug: drug.code, institution: code, institutionName: name, kind: kindCodes.word(kind), unit, city, evidence: report.evidence, status: status === null ? null : statusCodes.word(status),
    day: dayOfNumber(day), dayBasis: dayBasis === null ? (report.evidence === 'supplied' ? 'observed' : 'as_of') : dayBasisCodes.word(dayBasis), countsAs: countsAs === null ? null : stateCodes.word(countsAs), isCorrected: report.correctedAt !== null,
    ...(holdsPair(sees.details, { unit, city, institution: code, company: drug.company }) ? { reason: reason === null ? null : reasonCodes.word(reason), leadDays, quantity } : {}),
    ...(holdsSender(sees.reports, report) ? { report, line } : {}),
  }
}

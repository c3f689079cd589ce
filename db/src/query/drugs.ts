import { sql, type SQL } from 'drizzle-orm'
import { daysBetween, type Day } from '@lastmile/shared/day'
import type { Company, CompanyAnswer, Drug, DrugAnswer } from '@lastmile/shared/drug'
import { evidences, type Evidence } from '@lastmile/shared/evidence'
import type { Text } from '@lastmile/shared/text'
import { unitsStocked } from '../coverage/cell.js'
import { maintainedCounts } from '../coverage/counted.js'
import { stockedAt } from '../coverage/counts.js'
import { listFacts } from '../coverage/list-facts.js'
import { nationSlot } from '../coverage/write-coverage.js'
import { rowsOf, type Database } from '../database.js'
import { evidenceCodes, stateCodes } from '../schema/codes.js'
import type { ListRow } from './lists.js'
import { timeline } from './trend.js'

/** A drug with its narrow ids. */
export interface DrugRow {
  id: number
  data: Drug
  company: Company
}

/** The drugs of a list, in list order. */
export async function drugsOf(db: Database, listId: number): Promise<DrugRow[]> {
  return rowsOf<DrugRow>(db, sql`select d.id, d.data, c.data as company from drug d join company c on c.id = d.company_id where d.list_id = ${listId} order by d.no`)
}

/** One drug of a list by code, or null. */
export async function findDrug(db: Database, listId: number, code: string): Promise<DrugRow | null> {
  const [row] = await rowsOf<DrugRow>(db, sql`select d.id, d.data, c.data as company from drug d join company c on c.id = d.company_id where d.list_id = ${listId} and d.code = ${code}`)
  return row ?? null
}

/** The companies of a list with the codes of their drugs. */
export async function companiesOf(db: Database, listId: number): Promise<(Company & { drugs: string[] })[]> {
  const rows = await rowsOf<{ data: Company; drugs: string[] }>(db, sql`
    select c.data, array_agg(d.code order by d.no) as drugs from company c join drug d on d.company_id = c.id
    where c.list_id = ${listId} group by c.id order by min(d.no)`)
  return rows.map((row) => ({ ...row.data, drugs: row.drugs }))
}

/** All that is said of one drug: its standard, days from listing to the n-th unit, and the last word under each kind of evidence. */
export async function drugDetail(db: Database, list: ListRow, drug: DrugRow, asOf: Day): Promise<DrugAnswer> {
  const facts = await listFacts(db, list.id)
  const unitSlots = facts.units.map((unit) => unit.slot)
  const [standard] = await rowsOf<{ minInstitutions: number; minCities: number; reason: Text; from: Day }>(db, sql`
    select min_institutions as "minInstitutions", min_cities as "minCities", reason, from_day::text as from from standard
    where drug_id = ${drug.id} and known_to is null and from_day <= ${asOf} order by from_day desc, id limit 1`)
  const milestones: DrugAnswer['milestones'] = []
  for (const evidence of evidences) {
    const rows = await timeline(db, list.id, evidence, drug.id, null, '0001-01-01', asOf)
    const unitsReached: DrugAnswer['milestones'][number]['unitsReached'] = []
    for (const row of rows) {
      const units = unitsStocked(row.counts, unitSlots)
      while (unitsReached.length < units) unitsReached.push({ n: unitsReached.length + 1, day: row.day, daysSinceListing: daysBetween(list.inForce, row.day) })
    }
    milestones.push({ evidence, unitsReached })
  }
  return { drug: drug.data, company: drug.company, standard: standard ?? null, milestones, lastStatements: await lastStatements(db, drug.id, asOf) }
}

/** A company's drugs, those stocked nowhere first. */
export async function companyDetail(db: Database, list: ListRow, code: string, asOf: Day): Promise<CompanyAnswer | null> {
  const own = (await drugsOf(db, list.id)).filter((drug) => drug.company.code === code)
  if (!own[0]) return null
  const facts = await listFacts(db, list.id)
  const counted = maintainedCounts(db, facts, asOf)
  const unitSlots = facts.units.map((unit) => unit.slot)
  const counts = { declared: await counted.byUnit('declared'), confirmed: await counted.byUnit('confirmed'), supplied: await counted.byUnit('supplied') }
  const drugs: CompanyAnswer['drugs'] = []
  for (const drug of own) {
    const figure = (evidence: keyof typeof counts) => counts[evidence].get(drug.id) ?? new Int32Array(0)
    drugs.push({
      drug: drug.data.code,
      institutions: { declared: stockedAt(figure('declared'), nationSlot), confirmed: stockedAt(figure('confirmed'), nationSlot), supplied: stockedAt(figure('supplied'), nationSlot) },
      units: { declared: unitsStocked(figure('declared'), unitSlots), confirmed: unitsStocked(figure('confirmed'), unitSlots), supplied: unitsStocked(figure('supplied'), unitSlots) },
      lastStatements: await lastStatements(db, drug.id, asOf),
    })
  }
  drugs.sort((a, b) => a.institutions.declared - b.institutions.declared)
  return { company: own[0].company, asOf, drugs }
}

/**
 * The last word under each kind of evidence: the day of which the latest statement speaks. An older statement that comes
 * to hold again (another source left the pair out) is no new word. Of supplies it is the latest day on which an
 * institution's first supply was seen: later ones leave no span, and reading every event would cost too much.
 */
async function lastStatements(db: Database, drugId: number, asOf: Day): Promise<DrugAnswer['lastStatements']> {
  const result: DrugAnswer['lastStatements'] = []
  for (const evidence of evidences) {
    // Read from spans, not by counting statements; a span that begins because a word grew stale, or is missing, is no new word.
    const reports = await rowsOf<{ report: number; last: Day; acceptedAt: string }>(db, sql`
      select s.report_id as report, max(s.from_day)::text as last, max(r.accepted_at)::text as "acceptedAt" from ${wordsOf(drugId, evidence, asOf)} s join report r on r.id = s.report_id
      group by s.report_id order by 2 desc`)
    const receivedAt = reports.map((row) => new Date(row.acceptedAt).toISOString()).reduce<string | null>((last, one) => (last === null || one > last ? one : last), null)
    result.push({ evidence, day: evidence === 'supplied' ? reports[0]?.last ?? null : await lastDay(db, drugId, evidence, asOf, reports), receivedAt })
  }
  return result
}

/** The latest day of which a statement speaks. No span begins before its statement's day, so reports whose spans all begin earlier need not be opened. */
async function lastDay(db: Database, drugId: number, evidence: Evidence, asOf: Day, reports: readonly { report: number; last: Day }[]): Promise<Day | null> {
  let latest: Day | null = null
  for (const { report, last } of reports) {
    if (latest !== null && last <= latest) break
    const [row] = await rowsOf<{ day: Day | null }>(db, sql`
      select max(t.day)::text as day from ${wordsOf(drugId, evidence, asOf)} s
      join statement t on t.institution_id = s.institution_id and t.drug_id = ${drugId} and t.report_id = s.report_id where s.report_id = ${report}`)
    if (row?.day && (latest === null || row.day > latest)) latest = row.day
  }
  return latest
}

function wordsOf(drugId: number, evidence: Evidence, asOf: Day): SQL {
  return sql`(select institution_id, report_id, from_day from pair_span where drug_id = ${drugId} and lens = ${evidenceCodes.code(evidence)}
    and from_day <= ${asOf} and state not in (${stateCodes.code('stale')}, ${stateCodes.code('not_reported')}))`
}

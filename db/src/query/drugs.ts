import { sql } from 'drizzle-orm'
import { daysBetween, type Day } from '@lastmile/shared/day'
import type { Company, CompanyAnswer, Drug, DrugAnswer } from '@lastmile/shared/drug'
import { evidences } from '@lastmile/shared/evidence'
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

async function lastStatements(db: Database, drugId: number, asOf: Day): Promise<DrugAnswer['lastStatements']> {
  const result: DrugAnswer['lastStatements'] = []
  for (const evidence of evidences) {
    // Read from spans, not by counting statements; a span that begins because a word grew stale, or is missing, is no new word.
    const [row] = await rowsOf<{ day: Day | null; receivedAt: string | null }>(db, sql`
      select max(s.from_day)::text as day, max(r.accepted_at)::text as "receivedAt" from pair_span s join report r on r.id = s.report_id
      where s.drug_id = ${drugId} and s.lens = ${evidenceCodes.code(evidence)} and s.from_day <= ${asOf} and s.state not in (${stateCodes.code('stale')}, ${stateCodes.code('not_reported')})`)
    result.push({ evidence, day: row?.day ?? null, receivedAt: row?.receivedAt ? new Date(row.receivedAt).toISOString() : null })
  }
  return result
}

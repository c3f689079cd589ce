import { sql } from 'drizzle-orm'
import { dayNumber, dayOfNumber, type Day } from '@lastmile/shared/day'
import type { Company, Drug } from '@lastmile/shared/drug'
import type { CompanyAnswer, DrugAnswer } from '@lastmile/shared/drug-answer'
import { evidences, type Evidence } from '@lastmile/shared/evidence'
import { rulesOn } from '@lastmile/shared/standard'
import { countAt, stockedAt, unitsStocked, wholeSlot } from '../coverage/counts.js'
import { reachDay } from '../coverage/reach-day.js'
import { readTimeline } from '../coverage/timeline-rows.js'
import { beginning } from '../coverage/view.js'
import { rowsOf, type Database } from '../database.js'
import { evidenceCodes } from '../schema/codes.js'
import type { ListRow } from './lists.js'
import { countedFor, factsFor } from './question.js'
import { standardNow } from './standard-versions.js'

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
  const [known, facts] = [await standardNow(db, drug.id), await factsFor(db, list)]
  const standard = rulesOn(known?.rules ?? [], facts.units.map(({ code }) => code), asOf)
  await reachDay(db, facts, dayNumber(asOf))
  const milestones: DrugAnswer['milestones'] = []
  for (const evidence of evidences) milestones.push({ evidence, unitsReached: await unitsReached(db, list, drug.id, evidence, dayNumber(asOf)) })
  return { drug: drug.data, company: drug.company, standard, milestones, lastStatements: await lastStatements(db, drug.id, asOf) }
}

/** The first day on which the drug was in stock in n units at once, for each n. */
async function unitsReached(db: Database, list: ListRow, drug: number, evidence: Evidence, asOf: number): Promise<DrugAnswer['milestones'][number]['unitsReached']> {
  const timeline = await readTimeline(db, 'drug', list.id, evidenceCodes.code(evidence), [drug, wholeSlot], { from: beginning, to: asOf, slots: 1 })
  if (!timeline) return []
  const { length, days, cells, counts } = timeline.changes
  const reached: DrugAnswer['milestones'][number]['unitsReached'] = []
  let units = 0
  for (let i = 0; i < length && days[i]! <= asOf; i++) {
    if (cells[i] === unitsStocked) units += counts[i]!
    while (reached.length < units) reached.push({ n: reached.length + 1, day: dayOfNumber(days[i]!), daysSinceListing: days[i]! - dayNumber(list.inForce) })
  }
  return reached
}

/** A company's drugs, those stocked nowhere first. */
export async function companyDetail(db: Database, list: ListRow, code: string, asOf: Day): Promise<CompanyAnswer | null> {
  const own = (await drugsOf(db, list.id)).filter((drug) => drug.company.code === code)
  if (!own[0]) return null
  const { counted } = await countedFor(db, list, { evidence: null, asOf, knownOn: null, since: null }, evidences)
  const counts = { declared: await counted.whole('declared'), confirmed: await counted.whole('confirmed'), supplied: await counted.whole('supplied') }
  const drugs: CompanyAnswer['drugs'] = []
  for (const drug of own) {
    const figure = (evidence: keyof typeof counts) => counts[evidence].get(drug.id) ?? new Int32Array(0)
    drugs.push({
      drug: drug.data.code,
      institutions: { declared: stockedAt(figure('declared'), wholeSlot), confirmed: stockedAt(figure('confirmed'), wholeSlot), supplied: stockedAt(figure('supplied'), wholeSlot) },
      units: { declared: countAt(figure('declared'), wholeSlot, unitsStocked), confirmed: countAt(figure('confirmed'), wholeSlot, unitsStocked), supplied: countAt(figure('supplied'), wholeSlot, unitsStocked) },
      lastStatements: await lastStatements(db, drug.id, asOf),
    })
  }
  drugs.sort((a, b) => a.institutions.declared - b.institutions.declared)
  return { company: own[0].company, asOf, drugs }
}

/** The last word under each kind of evidence: the latest day of which a report speaks, up to the as-of day. */
async function lastStatements(db: Database, drugId: number, asOf: Day): Promise<DrugAnswer['lastStatements']> {
  const rows = await rowsOf<{ evidence: number; day: number }>(db, sql`
    select r.evidence, max(said.day) as day
    from report_drug n join report r on r.id = n.report_id and r.state = 'accepted'
    cross join lateral (select max(day) as day from unnest(n.days) as y(day) where day <= ${dayNumber(asOf)}) said
    where n.drug_id = ${drugId} and said.day is not null group by r.evidence`)
  return evidences.map((evidence) => {
    const row = rows.find((one) => one.evidence === evidenceCodes.code(evidence))
    return { evidence, day: row ? dayOfNumber(row.day) : null }
  })
}

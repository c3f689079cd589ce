import type { Evidence } from '@lastmile/shared/evidence'
import { casesOfSheet, drugsOfSheet, periodsOfSheet, rowsOfSheet, type InspectionAnswer, type InspectionSheet, type InspectionSubject, type SheetFigures, type SheetTrend } from '@lastmile/shared/inspection'
import { earlierDay } from '@lastmile/shared/day'
import type { Purview } from '@lastmile/shared/purview'
import type { Database } from '../database.js'
import type { UnitArea } from './area.js'
import { atOneVersion } from './at-one-version.js'
import { casesOf, countCases } from './cases.js'
import { contradictionsOf, type ContradictionSight } from './contradictions.js'
import type { DrugRow } from './drugs.js'
import { figuresOfDrug, figuresOfUnit, partsOf, peersOfDrug, peersOfUnit } from './inspection-figures.js'
import { inspectionWorld, type GapsOf, type InspectionWorld } from './inspection-world.js'
import type { ListRow } from './lists.js'
import { basisOf, isMaintained, type When } from './question.js'
import { lastReportedDay, reportingOf } from './reporting.js'
import { trendOf } from './trend.js'

/** What an asker sees of what is not public. */
export interface InspectionSight extends ContradictionSight { cases: Purview }

/** Whose sheets are asked for: of a kind, by their codes, in order. */
export interface Inspected {
  of: InspectionSubject
  codes: readonly string[]
  /** To whose drugs it was limited, to be said with the answer. */
  company: string | null
}

/**
 * A page of sheets. Each is put together of the answers that the pages of its subject show, within what the asker may see:
 * what is public, and of what is not whatever is his to see of the whole subject; a part of that would be read as all.
 */
export async function inspectionOf(db: Database, list: ListRow, when: When & { evidence: Evidence }, { of, codes, company }: Inspected, page: { offset: number; limit: number }, sees: InspectionSight): Promise<Omit<InspectionAnswer, 'made'>> {
  const asked = codes.slice(page.offset, page.offset + page.limit)
  const sheets = await atOneVersion(db, list, () => sheetsFrom(db, list, when, of, asked, sees))
  return { basis: basisOf(list, when), of, company, sheets, page: { ...page, total: codes.length } }
}

async function sheetsFrom(db: Database, list: ListRow, when: When & { evidence: Evidence }, of: InspectionSubject, asked: readonly string[], sees: InspectionSight): Promise<InspectionSheet[]> {
  const world = await inspectionWorld(db, list, when, of === 'drug' && asked.length === 1 ? asked[0]! : null)
  const sheets: InspectionSheet[] = []
  for (const code of asked) sheets.push(await sheetOf(world, of, code, sees))
  return sheets
}

async function sheetOf(world: InspectionWorld, of: InspectionSubject, code: string, sees: InspectionSight): Promise<InspectionSheet> {
  const [drug, unit] = [of === 'drug' ? world.drugs.find((one) => one.data.code === code)! : null, of === 'province' ? world.units.find((one) => one.code === code)! : null]
  const company = drug?.data.company ?? (of === 'company' ? code : null)
  const gapsAsked: GapsOf = drug ? { drug } : unit ? { unit } : { company: code }
  const { gaps: rows, page, reasons, judged, standards } = await world.gaps(gapsAsked)
  const places = new Map(rows.map((gap, at) => [of === 'drug' ? gap.region : gap.drug, at]))
  const place = ({ drug, region }: SheetFigures) => places.get((of === 'drug' ? region : drug)!) ?? rows.length
  const parts = drug || unit ? (await partsOf(world, drug ? { drug } : { unit: unit! })).sort((a, b) => place(a) - place(b)) : []
  const drugs = drug ? [drug] : of === 'company' ? await drugsOfCompany(world, code) : []
  const shown = drugs.slice(0, drugsOfSheet)
  const [figures, peers] = unit
    ? [await figuresOfUnit(world, unit), [await peersOfUnit(world, unit)]]
    : [(await Promise.all(shown.map((one) => figuresOfDrug(world, one)))).flat(), await Promise.all(shown.map((one) => peersOfDrug(world, one)))]
  const isAllOf = (purview: Purview) => purview.of === 'all' || (purview.of === 'unit' && purview.unit === unit?.code) || (purview.of === 'company' && purview.company === company)
  return {
    of, code, figures, parts: parts.slice(0, rowsOfSheet), partsTotal: of === 'company' ? drugs.length : parts.length, gaps: { total: page.total, judged, reasons, rows, standards },
    trends: await trendsOf(world, unit ? [null] : shown, unit), peers,
    ...(drug === null && world.when.knownOn === null && isAllOf(sees.sources) ? { reporting: await reportingFor(world, unit, code, sees) } : {}),
    ...(isAllOf(sees.pairs) ? { contradictions: await contradictionsFor(world, { drug, unit, company: of === 'company' ? code : null }, sees) } : {}),
    ...(world.when.knownOn === null && world.when.asOf === world.list.today && isAllOf(sees.cases) ? { cases: await casesFor(world, { drug, unit, company: of === 'company' ? code : null }, sees.cases) } : {}),
  }
}

/** A company's drugs, those in stock nowhere first. */
async function drugsOfCompany(world: InspectionWorld, company: string): Promise<DrugRow[]> {
  const { drugs } = await world.headline(world.when.evidence, null)
  const isStocked = ({ data: { code } }: DrugRow) => drugs.some((one) => one.drug === code && one.institutions > 0)
  return world.drugs.filter((one) => one.company.code === company).sort((a, b) => Number(isStocked(a)) - Number(isStocked(b)))
}

/** The course of some drugs (null: of any) in a unit or in all, from the day on which the list came into force; null where it cannot be told as it is asked. */
async function trendsOf({ db, list, when }: InspectionWorld, drugs: readonly (DrugRow | null)[], unit: UnitArea | null): Promise<SheetTrend[] | null> {
  if (!isMaintained(list, when)) return null
  return Promise.all(drugs.map(async (drug) => {
    const { from, to, points, breaks } = await trendOf(db, list, when.evidence, { drug: drug && { id: drug.id, code: drug.data.code }, area: unit, from: earlierDay(list.inForce, when.asOf), to: when.asOf })
    return {
      drug: drug?.data.code ?? null, from, to,
      points: points.map(({ day, stocked, states }) => ({ day, institutions: Object.values(states).some((count) => count > 0) ? stocked.institutions : null })),
      breaks: breaks.map(({ day, reason }) => ({ day, reason })),
    }
  }))
}

async function reportingFor({ db, list, when: { asOf } }: InspectionWorld, unit: UnitArea | null, code: string, { sources, reports }: ContradictionSight): Promise<InspectionSheet['reporting']> {
  const filter = { asOf, periods: periodsOfSheet, area: unit, ...(unit ? {} : { company: code }), purview: sources, reports }
  const [{ total }, lastAsOf] = await Promise.all([reportingOf(db, list, filter, { offset: 0, limit: 0 }, null), lastReportedDay(db, list, filter)])
  return { ...total, periods: periodsOfSheet, lastAsOf }
}

async function contradictionsFor({ db, list, when }: InspectionWorld, { drug, unit, company }: { drug: DrugRow | null; unit: UnitArea | null; company: string | null }, sees: ContradictionSight): Promise<InspectionSheet['contradictions']> {
  const since = when.evidence === 'supplied' ? when.since : null
  if (since !== null && since < list.inForce) return undefined
  const filter = { drug: drug?.id ?? null, area: unit, institution: null, company, kind: null, asked: null }
  return (await contradictionsOf(db, list, { ...when, evidence: 'supplied', since }, 'refuted', filter, { offset: 0, limit: 0, sort: null }, sees)).totals
}

async function casesFor({ db, list }: InspectionWorld, { drug, unit, company }: { drug: DrugRow | null; unit: UnitArea | null; company: string | null }, purview: Purview): Promise<InspectionSheet['cases']> {
  const filter = { ...(drug ? { drug: drug.data.code } : {}), ...(unit ? { region: unit.code } : {}), ...(company === null ? {} : { company }) }
  const [{ rows }, { open, notified, answered, closed, overdue }] = await Promise.all([casesOf(db, list, purview, filter, { offset: 0, limit: casesOfSheet }, null), countCases(db, list, purview, filter)])
  const going = rows.filter((row) => row.state !== 'closed')
  return {
    isAll: purview.of === 'all', counts: { open, notified, answered, closed, overdue },
    rows: going.map(({ code, about, state, evidence, gaps, met, openedOn, age, dueOn, workingDaysLeft }) => ({ code, about, state, evidence, gaps, met, openedOn, age, dueOn, workingDaysLeft })),
  }
}

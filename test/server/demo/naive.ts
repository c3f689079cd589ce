import type { DemonstrationReport } from '@lastmile/server/demo/demonstration'
import { daysBetween, type Day, type Instant } from '@lastmile/shared/day'
import type { Field } from '@lastmile/shared/source'
import type { State } from '@lastmile/shared/state'
import type { Status } from '@lastmile/shared/status'
import type { editionFiles } from './files.js'

/*
 * The rules of meaning, written down once more as plainly as can be, slow and without any code of the product:
 * it reads the demonstration's files and answers what held of each pair.
 */

export interface Row { institution: string; drug: string; status: Status; day: Day; cells: Partial<Record<Field, string>> }
export interface ReadReport extends DemonstrationReport { evidence: string; rows: Row[] }
export interface MasterRow { code: string; kind: string; unit: string; openedOn: string; closedOn: string; cells: string[] }

type Files = ReturnType<typeof editionFiles>

export function readMaster(csv: string): Map<string, MasterRow> {
  const rows = csv.trimEnd().split('\n').slice(1).map((line) => line.split(','))
  return new Map(rows.map((cells) => [cells[0] ?? '', { code: cells[0] ?? '', kind: cells[2] ?? '', unit: cells[4] ?? '', openedOn: cells[12] ?? '', closedOn: cells[13] ?? '', cells }]))
}

/** Reads a file by the profile of its source; throws where a heading or word is not the profile's. */
export function readReport(report: DemonstrationReport, files: Files): ReadReport {
  const source = files.sources.find((one) => one.code === report.source)
  const profile = files.profiles.find((one) => one.code === source?.profile)
  if (!source || !profile) throw new Error(`no source ${report.source}`)
  const [head = '', ...lines] = new TextDecoder().decode(report.bytes).trimEnd().split(/\r?\n/)
  const fields = head.split(',').map((heading) => {
    const found = Object.entries(profile.columns).find(([, accepted]) => accepted?.includes(heading))
    if (!found) throw new Error(`${report.filename}: heading ${heading}`)
    return found[0] as Field
  })
  const rows = lines.map((line): Row => {
    const cells: Partial<Record<Field, string>> = Object.fromEntries(line.split(',').map((cell, index) => [fields[index] ?? '', cell]))
    for (const field of profile.filled) if (!cells[field]) throw new Error(`${report.filename}: ${field} is empty in ${line}`)
    const status = profile.statusFrom === 'event' ? 'in_stock' : Object.entries(profile.statusWords).find(([, words]) => words?.includes(cells.status ?? ''))?.[0]
    if (!status) throw new Error(`${report.filename}: status ${cells.status}`)
    if (cells.reason && !Object.values(profile.reasonWords).some((words) => words?.includes(cells.reason ?? ''))) throw new Error(`${report.filename}: reason ${cells.reason}`)
    return { institution: cells.institution_code ?? '', drug: cells.drug_code ?? '', status: status as Status, day: dayOf(cells.observed_on || cells.reported_on) ?? report.asOf, cells }
  })
  return { ...report, evidence: source.evidence, rows }
}

export function dayOf(text: string | undefined): Day | null {
  const parts = text?.match(/\d+/g)
  return parts ? parts.map((part) => part.padStart(2, '0')).join('-') : null
}

/** What each pair's state was as of a day, known on an instant. */
export function statesOf(reports: readonly ReadReport[], master: ReadonlyMap<string, MasterRow>, files: Files, question: { evidence: string; asOf: Day; knownOn?: Instant }): Map<string, State> {
  const { evidence, asOf, knownOn = '9999' } = question
  const known = reports.filter((report) => report.evidence === evidence && report.acceptedAt <= knownOn)
  const corrected = new Set(known.map((report) => report.corrects))
  const valid = known.filter((report) => !corrected.has(reports.indexOf(report)))
  const freshness = new Map(files.drugs.map((drug) => [drug.code, drug.freshnessDays]))
  const states = new Map<string, State>()
  for (const source of new Set(valid.map((report) => report.source))) {
    const own = valid.filter((report) => report.source === source)
    const past = own.filter((report) => report.asOf <= asOf).sort((a, b) => (a.asOf < b.asOf ? -1 : 1))
    const named = new Map<string, Row[]>()
    for (const report of own) for (const row of report.rows) if (row.day <= asOf) named.set(`${row.institution} ${row.drug}`, [...(named.get(`${row.institution} ${row.drug}`) ?? []), row])
    const last = new Set((past.at(-1)?.rows ?? []).map((row) => `${row.institution} ${row.drug}`))
    for (const [pair, rows] of named) {
      const [code = '', drug = ''] = pair.split(' ')
      const institution = master.get(code)
      if (!institution || (institution.closedOn && institution.closedOn <= asOf) || (institution.openedOn && institution.openedOn > asOf)) continue
      const row = rows.reduce((best, one) => (one.day >= best.day ? one : best))
      const lastSaid = past.at(-1)
      const leftOut = lastSaid !== undefined && !last.has(pair) && row.day <= lastSaid.asOf
      states.set(pair, leftOut ? 'not_reported' : daysBetween(row.day, asOf) > (freshness.get(drug) ?? 0) ? 'stale' : row.status)
    }
  }
  return states
}

/** Pairs with a supply between two days. */
export function suppliedPairs(reports: readonly ReadReport[], since: Day, asOf: Day): Set<string> {
  const corrected = new Set(reports.map((report) => report.corrects))
  const valid = reports.filter((report, index) => report.evidence === 'supplied' && !corrected.has(index))
  return new Set(valid.flatMap((report) => report.rows.filter((row) => row.day >= since && row.day <= asOf).map((row) => `${row.institution} ${row.drug}`)))
}

/** The counts of a bulletin over a set of pairs. */
export function countsOf(pairs: Iterable<string>, master: ReadonlyMap<string, MasterRow>) {
  const perDrug = new Map<string, Set<string>>()
  for (const pair of pairs) {
    const [code = '', drug = ''] = pair.split(' ')
    perDrug.set(drug, (perDrug.get(drug) ?? new Set()).add(code))
  }
  const institutions = new Set([...perDrug.values()].flatMap((codes) => [...codes]))
  const ofKind = (kind: string): number => [...institutions].filter((code) => master.get(code)?.kind === kind).length
  const units = new Map([...perDrug].map(([drug, codes]) => [drug, new Set([...codes].map((code) => master.get(code)?.unit)).size]))
  const inMoreThan = (limit: number): number => [...units.values()].filter((count) => count > limit).length
  return { institutions: institutions.size, hospitals: ofKind('hospital'), pharmacies: ofKind('pharmacy'), drugs: perDrug.size, perDrug, units, inMoreThan }
}

export function stockedPairs(states: ReadonlyMap<string, State>): string[] {
  return [...states].filter(([, state]) => state === 'in_stock').map(([pair]) => pair)
}

import { dayNumber, endOfDays, type Day } from '@lastmile/shared/day'
import { kinds } from '@lastmile/shared/kind'
import { LineReader, type PackedLines } from '@lastmile/shared/report-lines'
import type { ReportMode, Scope } from '@lastmile/shared/source'
import type { Database } from '../database.js'
import { Pauses } from '../pause.js'
import { Difference } from '../coverage/difference.js'
import { addPast, addPastOf, emptyHolding, loadHoldings, reachesPast, saveShelves } from '../coverage/holding.js'
import { suppliedLens } from '../coverage/lens.js'
import { listFacts, type ListFacts } from '../coverage/list-facts.js'
import { Named } from '../coverage/named.js'
import type { PastSpan } from '../coverage/past.js'
import { placesOf, type Place } from '../coverage/places.js'
import { recomputeInstitutions } from '../coverage/recompute.js'
import { coveringTest, reportsKnown, type KnownReport } from '../coverage/reports-known.js'
import type { ShelfPair } from '../coverage/shelf.js'
import { takeLines, type Effect, type TakenReport } from '../coverage/take-lines.js'
import { beginning } from '../coverage/view.js'
import { writeCoverage } from '../coverage/write-coverage.js'
import { eachInstitution, type InstitutionLines } from './each-institution.js'
import { candidatesOf, touchedBy } from './left-out.js'
import { saveReportDrugs, storeInstitutions } from './store-report-lines.js'

/** The report whose lines are accepted; its row stands already, and so does that of the report it replaces. */
export interface AcceptedReport {
  id: number
  listId: number
  source: number
  /** Code of its kind of evidence. */
  evidence: number
  mode: ReportMode
  scope: Scope
  asOf: Day
  /** The report whose place it takes, or null. */
  former: { id: number; mode: ReportMode; scope: Scope } | null
  /** False for a report that is kept and counts no more when it arrives. */
  counts: boolean
}

/** Institutions in memory together: few enough that what they hold dies young. */
const institutionsAtOnce = 500

/**
 * Stores the lines of an accepted report and brings everything maintained up to date, in the caller's transaction. A
 * report that goes on from what is known costs what it says; where it speaks of the past, corrects another or comes out
 * of order, the institutions concerned are computed from all their statements. `progress` is told the lines done.
 */
export async function acceptLines(db: Database, report: AcceptedReport, parts: readonly PackedLines[], progress: (lines: number) => void = () => {}): Promise<Effect> {
  const work = await begin(db, report)
  const named = new Set<number>()
  let lines = 0
  for (const batch of batchesOf(eachInstitution(parts))) {
    for (const one of batch) named.add(one.institution)
    await storeInstitutions(db, report.id, batch)
    if (report.counts) await take(db, work, batch)
    lines += batch.reduce((sum, one) => sum + one.count, 0)
    progress(lines)
    await work.pauses.take()
  }
  await saveReportDrugs(db, report.id, parts)
  if (!report.counts) return work.effect
  await leaveOut(db, work, named)
  work.latest = Math.max(work.latest, await recomputeInstitutions(db, {
    list: work.list, reports: work.known, places: await placesFor(db, work, work.past), difference: work.difference, report: report.id,
    effect: { lens: work.taken.lens, asOf: work.taken.asOf, of: work.effect }, named: (drug, institution) => work.newlyNamed.add(drug, institution),
  }, [...work.past].sort((a, b) => a - b)))
  await work.newlyNamed.save(db)
  await writeCoverage(db, work.list, work.difference.tallies, work.difference.places, work.latest, report.id)
  return work.effect
}

interface Work {
  report: AcceptedReport
  list: ListFacts
  known: readonly KnownReport[]
  taken: TakenReport
  /** It goes on from what is known: it is the latest by acceptance, and of its source the latest by as-of day, and replaces none. */
  goesOn: boolean
  difference: Difference
  effect: Effect
  newlyNamed: Named
  /** Institutions that have to be computed from all their statements. */
  past: Set<number>
  latest: number
  pauses: Pauses
}

async function begin(db: Database, report: AcceptedReport): Promise<Work> {
  const list = await listFacts(db, report.listId)
  const known = await reportsKnown(db, report.listId, null)
  const asOf = dayNumber(report.asOf)
  const covers = report.mode === 'snapshot' && report.evidence !== suppliedLens ? coveringTest(report.scope, list.drugCodes, list.unitCodes, kinds) : null
  return {
    report, list, known, taken: { id: report.id, source: report.source, lens: report.evidence, asOf, lastSnapshot: lastSnapshotBefore(report, known), covers },
    goesOn: report.former === null && goesOn(report, asOf, known.filter((one) => one.evidence === report.evidence)),
    difference: new Difference(), effect: { pairsEntered: 0, pairsLeft: 0 }, newlyNamed: new Named(), past: new Set(), latest: asOf, pauses: new Pauses(),
  }
}

function lastSnapshotBefore(report: AcceptedReport, known: readonly KnownReport[]): number {
  return known.reduce((last, one) => (one.source === report.source && one.id !== report.id && one.mode === 'snapshot' ? Math.max(last, one.asOf) : last), beginning)
}

function goesOn(report: AcceptedReport, asOf: number, known: readonly KnownReport[]): boolean {
  if (report.evidence === suppliedLens) return true
  if (known.at(-1)?.id !== report.id) return false
  // Being left out is judged by as-of days: a snapshot that comes after one of a later day speaks of the past.
  return known.every((one) => one.source !== report.source || one.asOf <= asOf || (one.mode === 'changes' && report.mode === 'changes'))
}

/** Takes in institutions that the report names; those that it speaks of in the past are noted. */
async function take(db: Database, work: Work, batch: readonly InstitutionLines[]): Promise<void> {
  if (!work.goesOn) {
    for (const one of batch) work.past.add(one.institution)
    return
  }
  await takeSome(db, work, batch.map((one) => one.institution), new Map(batch.map((one) => [one.institution, one])))
}

async function takeSome(db: Database, work: Work, institutions: readonly number[], named: ReadonlyMap<number, InstitutionLines>): Promise<void> {
  const { list, taken } = work
  const holdings = await loadHoldings(db, list.listId, institutions, null)
  const earliestOf = (institution: number) => Math.min(taken.asOf, named.get(institution)?.earliest ?? taken.asOf)
  const reached = [...holdings.values()].filter((one) => one.pairs.some((pair) => reachesPast(pair, earliestOf(one.institution))))
  await addPastOf(db, list.listId, reached, { from: reached.reduce((first, one) => Math.min(first, earliestOf(one.institution)), taken.asOf), to: endOfDays })
  const places = await placesOf(db, list.regionSetId, institutions, null)
  const shelves: { institution: number; pairs: ShelfPair[] }[] = []
  const past: { institution: number; spans: PastSpan[] }[] = []
  for (const institution of institutions) {
    await work.pauses.take()
    const place = places.get(institution)
    if (!place) continue
    const own = named.get(institution)
    const result = takeLines(list, taken, holdings.get(institution) ?? emptyHolding(institution), place, own ? reader.open(own.lines) : null, work.difference, work.effect)
    if (result === 'past') work.past.add(institution)
    if (result === null || result === 'past') continue
    shelves.push({ institution, pairs: result.pairs })
    past.push({ institution, spans: result.ended })
    for (const drug of result.firstNamed) work.newlyNamed.add(drug, institution)
  }
  await saveShelves(db, list.listId, shelves)
  await addPast(db, list.listId, taken.id, past)
}

const reader = new LineReader()

/** Takes in what a snapshot says of institutions that it does not name, and what a correction takes back. */
async function leaveOut(db: Database, work: Work, named: ReadonlySet<number>): Promise<void> {
  const { report } = work
  const isSnapshot = work.taken.covers !== null || report.former?.mode === 'snapshot'
  if (report.former !== null) for (const institution of await touchedBy(db, report.former.id)) work.past.add(institution)
  if (!isSnapshot || report.evidence === suppliedLens) return
  const candidates = await candidatesOf(db, work.list, [report.scope, ...(report.former ? [report.former.scope] : [])])
  const others = candidates.filter((institution) => !named.has(institution))
  for (let at = 0; at < others.length; at += institutionsAtOnce) {
    const some = others.slice(at, at + institutionsAtOnce)
    if (work.goesOn) await takeSome(db, work, some, new Map())
    else for (const institution of await withWordsOf(db, work, some)) work.past.add(institution)
    await work.pauses.take()
  }
}

/** Of some institutions those of which the report's source has ever said anything that still shows, now or in the past. */
async function withWordsOf(db: Database, work: Work, institutions: readonly number[]): Promise<number[]> {
  const holdings = await loadHoldings(db, work.list.listId, institutions, null)
  return [...holdings.values()].filter(({ pairs }) => pairs.some((pair) => [pair.declared, pair.confirmed].some((trail) => trail?.words.some((word) => word.source === work.report.source))))
    .map((one) => one.institution)
}

async function placesFor(db: Database, work: Work, institutions: ReadonlySet<number>): Promise<Map<number, Place>> {
  return institutions.size === 0 ? new Map() : placesOf(db, work.list.regionSetId, [...institutions], null)
}

function* batchesOf(all: Iterable<InstitutionLines>): Generator<InstitutionLines[]> {
  let batch: InstitutionLines[] = []
  for (const one of all) {
    batch.push(one)
    if (batch.length < institutionsAtOnce) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

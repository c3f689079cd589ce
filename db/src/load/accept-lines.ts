import { dayNumber } from '@lastmile/shared/day'
import { kinds } from '@lastmile/shared/kind'
import type { PackedLines } from '@lastmile/shared/report-lines'
import type { Database } from '../database.js'
import { CountsInWork } from '../coverage/counts-in-work.js'
import { loadHoldings } from '../coverage/holding.js'
import { suppliedLens } from '../coverage/lens.js'
import { listFacts } from '../coverage/list-facts.js'
import { Named } from '../coverage/named.js'
import { placesOf, type Place } from '../coverage/places.js'
import { recomputeInstitutions } from '../coverage/recompute.js'
import { coveringTest, reportsKnown, type KnownReport } from '../coverage/reports-known.js'
import type { Effect } from '../coverage/take-lines.js'
import { beginning } from '../coverage/view.js'
import { eachInstitution } from './each-institution.js'
import { candidatesOf, touchedBy } from './left-out.js'
import { saveReportDrugs } from './store-report-lines.js'
import { batchesOf, batchesOfUnnamed, takeBatches, type AcceptedReport, type Work } from './take-batches.js'

/**
 * Stores the lines of an accepted report and brings everything maintained up to date, in the caller's transaction. A
 * report that goes on from what is known costs what it says; where it speaks of the past, corrects another or comes out
 * of order, the institutions concerned are computed from all their statements. `progress` is told the lines done.
 */
export async function acceptLines(db: Database, report: AcceptedReport, parts: readonly PackedLines[], progress: (lines: number) => void = () => {}): Promise<Effect> {
  const work = await begin(db, report)
  const named = new Set<number>()
  let lines = 0
  await takeBatches(db, work, batchesOf(eachInstitution(parts)), (batch) => {
    for (const one of batch.institutions) named.add(one)
    for (const one of batch.named.values()) lines += one.count
    progress(lines)
  })
  await saveReportDrugs(db, report.id, parts)
  if (!report.counts) return work.effect
  await leaveOut(db, work, named)
  await recomputeInstitutions(db, {
    list: work.list, reports: work.known, places: await placesFor(db, work, work.past), counts: work.counts, report: report.id,
    effect: { lens: work.taken.lens, asOf: work.taken.asOf, of: work.effect }, named: (drug, institution) => work.newlyNamed.add(drug, institution),
  }, [...work.past].sort((a, b) => a - b))
  await work.newlyNamed.save(db)
  await work.counts.write()
  return work.effect
}

async function begin(db: Database, report: AcceptedReport): Promise<Work> {
  const list = await listFacts(db, report.listId)
  const known = await reportsKnown(db, report.listId, null)
  const asOf = dayNumber(report.asOf)
  const covers = report.mode === 'snapshot' && report.evidence !== suppliedLens ? coveringTest(report.scope, list.drugCodes, list.unitCodes, kinds) : null
  return {
    report, list, known, taken: { id: report.id, source: report.source, lens: report.evidence, asOf, lastSnapshot: lastSnapshotBefore(report, known), covers },
    goesOn: report.former === null && goesOn(report, asOf, known.filter((one) => one.evidence === report.evidence)),
    counts: new CountsInWork(db, list, asOf), effect: { pairsEntered: 0, pairsLeft: 0 }, newlyNamed: new Named(), past: new Set(),
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

/** Takes in what a snapshot says of institutions that it does not name, and what a correction takes back. */
async function leaveOut(db: Database, work: Work, named: ReadonlySet<number>): Promise<void> {
  const { report } = work
  const isSnapshot = work.taken.covers !== null || report.former?.mode === 'snapshot'
  if (report.former !== null) for (const institution of await touchedBy(db, report.former.id)) work.past.add(institution)
  if (!isSnapshot || report.evidence === suppliedLens) return
  const candidates = await candidatesOf(db, work.list, [report.scope, ...(report.former ? [report.former.scope] : [])])
  const others = batchesOfUnnamed(candidates.filter((institution) => !named.has(institution)))
  if (work.goesOn) return takeBatches(db, work, others)
  for (const { institutions } of others) for (const institution of await withWordsOf(db, work, institutions)) work.past.add(institution)
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

import type { Day, Instant, Period } from '@lastmile/shared/day'
import type { RegionSetFile } from '@lastmile/shared/region'
import type { ReportMode } from '@lastmile/shared/source'
import { declarationDays, demonstrationToday, feedDays, instantAt, lastDay, officeHour } from './calendar.js'
import { confirmations } from './confirmed.js'
import { declaredSnapshots } from './declared.js'
import { institutionsOf } from './institutions.js'
import { drawnByLot, drawnUnsupplied } from './lot.js'
import { masterCsv } from './master.js'
import { brokenOff, firstFeedVersion, firstMonthVersion, firstVersion, laterVersion, mistakenSnapshots } from './mistakes.js'
import { at, randomOf } from './random.js'
import { confirmationFile, declarationFile, supplyFile } from './report-file.js'
import { correctionArrives, unitPlans } from './schedule.js'
import { supplyFeeds } from './supplied.js'
import type { DemonstrationEdition, World } from './world.js'
import { pairKey, worldOf } from './world.js'

export { demonstrationToday, drawnByLot, drawnUnsupplied }
export type { DemonstrationEdition }

/** A report of the demonstration: a file and the circumstances under which it was accepted. */
export interface DemonstrationReport {
  source: string
  filename: string
  bytes: Uint8Array
  period: Period | null
  asOf: Day
  mode: ReportMode
  acceptedAt: Instant
  /** It does not look right, and waits in quarantine. */
  waits: boolean
  /** Index in the sequence of the report that this one corrects. */
  corrects: number | null
}

/** A report before the order of acceptance is settled: the one it corrects by reference. */
type Draft = Omit<DemonstrationReport, 'corrects' | 'waits'> & { correctsDraft: Draft | null; waits?: boolean }

/** The master file of the demonstration's invented institutions. */
export function demonstrationMaster(regions: RegionSetFile): string {
  return masterCsv(institutionsOf(regions))
}

/**
 * All reports of the demonstration in the order in which they are accepted. They are files, read by the same path as
 * everybody's: nothing here writes a result. What they add up to agrees with the published bulletins; the rest is drawn.
 */
export function demonstrationReports(edition: DemonstrationEdition, regions: RegionSetFile): DemonstrationReport[] {
  const world = worldOf(edition, regions)
  const { snapshots, stocked } = declaredSnapshots(world)
  const everDeclared = new Set(snapshots.flatMap((snapshot) => snapshot.rows.map(pairKey)))
  const units = edition.sources.flatMap((source) => (source.unit === null ? [] : [{ unit: source.unit, source: source.code }]))
  const drafts = [
    ...declarations(world, snapshots, at(stocked, 0)),
    cutShort(snapshots),
    ...months(world, units, stocked.slice(1)),
    ...feeds(world, edition, supplyFeeds(world, stocked, everDeclared)),
  ]
  return inOrder(drafts)
}

function declarations(world: World, snapshots: ReturnType<typeof declaredSnapshots>['snapshots'], firstStocked: Parameters<typeof firstVersion>[2]): Draft[] {
  const { first, april } = mistakenSnapshots(snapshots)
  return snapshots.flatMap((snapshot) => {
    const { source, asOf } = snapshot
    const company = source.replace(/^company-/, '')
    const random = randomOf(`arrival of ${source} ${asOf}`)
    const acceptedAt = asOf === at(declarationDays, 0) ? instantAt('2026-01-12', 9 + random.below(8), random.below(60)) : officeHour(random, asOf, 1 + random.below(5))
    const draft = (rows: typeof snapshot.rows): Draft => ({
      source, filename: `配备申报_${company}_${asOf}.csv`, bytes: declarationFile(source, rows), period: null, asOf, mode: 'snapshot', acceptedAt, correctsDraft: null,
    })
    if (snapshot !== first && snapshot !== april) return [draft(snapshot.rows)]
    const wrong = draft(snapshot === first ? firstVersion(world, snapshot, firstStocked) : laterVersion(world, snapshot))
    return [wrong, correction(wrong, draft(snapshot.rows), snapshot === first ? instantAt('2026-01-14', 10, 20) : instantAt('2026-05-14', 15, 5))]
  })
}

/** What a company sent in the middle of June: an export that broke off, of which nobody has decided yet. */
function cutShort(snapshots: ReturnType<typeof declaredSnapshots>['snapshots']): Draft {
  const { source, rows } = brokenOff(snapshots)
  return {
    source, filename: `配备申报_${source.replace(/^company-/, '')}_2026-06-15.csv`, bytes: declarationFile(source, rows), period: null, asOf: '2026-06-15', mode: 'snapshot',
    acceptedAt: instantAt('2026-06-16', 10, 12), correctsDraft: null, waits: true,
  }
}

function months(world: World, units: readonly { unit: string; source: string }[], declaredByMonth: Parameters<typeof confirmations>[2]): Draft[] {
  const sourceOf = new Map(units.map(({ unit, source }) => [unit, source]))
  return unitPlans(units.map(({ unit }) => unit)).flatMap((plan) => confirmations(world, plan, declaredByMonth).flatMap(({ period, rows }) => {
    const source = sourceOf.get(plan.unit) ?? ''
    const draft = (lines: typeof rows): Draft => ({
      source, filename: `配备月报_${plan.unit}_${period}.csv`, bytes: confirmationFile(source, lines), period, asOf: lastDay(period), mode: 'snapshot',
      acceptedAt: plan.sent.get(period) ?? '', correctsDraft: null,
    })
    if (!plan.corrects || period !== '2026-02') return [draft(rows)]
    const wrong = draft(firstMonthVersion(rows))
    return [wrong, correction(wrong, draft(rows), correctionArrives(period))]
  }))
}

/** The feed that is corrected: a few sales of the first half of March were taken back. */
const correctedFeed = '2026-03-14'

function feeds(world: World, edition: DemonstrationEdition, all: ReturnType<typeof supplyFeeds>): Draft[] {
  const source = edition.sources.find((one) => one.evidence === 'supplied')?.code ?? ''
  return all.flatMap(({ asOf, sales }) => {
    const draft = (rows: typeof sales): Draft => ({
      source, filename: `供应记录_${asOf}.csv`, bytes: supplyFile(source, rows), period: null, asOf, mode: 'changes',
      acceptedAt: officeHour(randomOf(`arrival of the feed ${asOf}`), asOf, asOf === at(feedDays, 1) ? 1 : 2), correctsDraft: null,
    })
    if (asOf !== correctedFeed) return [draft(sales)]
    const wrong = draft(firstFeedVersion(world, sales))
    return [wrong, correction(wrong, draft(sales), instantAt('2026-03-20', 11, 40))]
  })
}

function correction(wrong: Draft, right: Draft, acceptedAt: Instant): Draft {
  return { ...right, acceptedAt, filename: right.filename.replace(/\.csv$/, '_更正.csv'), correctsDraft: wrong }
}

/** By instant of acceptance, which is made to differ by a second where two fall together. */
function inOrder(drafts: readonly Draft[]): DemonstrationReport[] {
  const sorted = [...drafts].sort((a, b) => (a.acceptedAt < b.acceptedAt ? -1 : a.acceptedAt > b.acceptedAt ? 1 : 0))
  const places = new Map(sorted.map((draft, index) => [draft, index]))
  let last = 0
  return sorted.map(({ correctsDraft, waits = false, ...report }) => {
    last = Math.max(Date.parse(report.acceptedAt), last + 1_000)
    return { ...report, waits, acceptedAt: new Date(last).toISOString(), corrects: correctsDraft === null ? null : (places.get(correctsDraft) ?? null) }
  })
}

import { endOfDays, type Day } from '@lastmile/shared/day'
import { LineReader } from '@lastmile/shared/report-lines'
import type { ReportMode, Scope } from '@lastmile/shared/source'
import type { CountsInWork } from '../coverage/counts-in-work.js'
import { addPast, addPastOf, emptyHolding, loadHoldings, reachesPast, saveShelves, type Holding } from '../coverage/holding.js'
import type { ListFacts } from '../coverage/list-facts.js'
import type { Named } from '../coverage/named.js'
import type { PastSpan } from '../coverage/past.js'
import { placesOf, type Place } from '../coverage/places.js'
import type { KnownReport } from '../coverage/reports-known.js'
import type { ShelfPair } from '../coverage/shelf.js'
import { takeLines, type Effect, type TakenReport } from '../coverage/take-lines.js'
import type { Database } from '../database.js'
import { Pauses } from '../pause.js'
import { lookedUpAhead, withQueue } from '../statement-queue.js'
import type { InstitutionLines } from './each-institution.js'
import { storeInstitutions } from './store-report-lines.js'

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

/** A report that is being taken in. */
export interface Work {
  report: AcceptedReport
  list: ListFacts
  known: readonly KnownReport[]
  taken: TakenReport
  /** It goes on from what is known: it is the latest by acceptance, and of its source the latest by as-of day, and replaces none. */
  goesOn: boolean
  counts: CountsInWork
  effect: Effect
  newlyNamed: Named
  /** Institutions that have to be computed from all their statements. */
  past: Set<number>
}

/** Institutions that are taken in together, and what the report says of those that it names. */
export interface Batch {
  institutions: number[]
  named: ReadonlyMap<number, InstitutionLines>
}

/** Few enough that what they hold dies young. */
const institutionsAtOnce = 500

/** What is known of a batch before. */
interface Found {
  holdings: ReadonlyMap<number, Holding>
  places: ReadonlyMap<number, Place>
}

/**
 * Takes in institutions: stores what the report says of them, and goes on from what is known of them; those of which it
 * speaks in the past are noted. While one batch is computed the database stores the one before and looks up the next.
 */
export async function takeBatches(db: Database, work: Work, batches: Iterable<Batch>, done: (batch: Batch) => void = () => {}): Promise<void> {
  const pauses = new Pauses()
  const goesOn = work.report.counts && work.goesOn
  await withQueue(async (queue) => {
    for await (const [batch, found] of lookedUpAhead(batches, (one) => queue.run(async () => (goesOn ? lookUp(db, work, one) : null)))) {
      if (batch.named.size > 0) void queue.run(() => storeInstitutions(db, work.report.id, [...batch.named.values()]))
      if (found) {
        const { shelves, past } = await takeBatch(work, batch, found, pauses)
        void queue.run(() => saveShelves(db, work.list.listId, shelves))
        void queue.run(() => addPast(db, work.list.listId, work.taken.id, past))
        if (work.counts.isMuch) await queue.run(() => work.counts.write())
      } else if (work.report.counts) for (const one of batch.institutions) work.past.add(one)
      done(batch)
      await pauses.take()
    }
  })
}

async function lookUp(db: Database, { list, taken }: Work, batch: Batch): Promise<Found> {
  const holdings = await loadHoldings(db, list.listId, batch.institutions, null)
  const earliestOf = (institution: number) => Math.min(taken.asOf, batch.named.get(institution)?.earliest ?? taken.asOf)
  const reached = [...holdings.values()].filter((one) => one.pairs.some((pair) => reachesPast(pair, earliestOf(one.institution))))
  await addPastOf(db, list.listId, reached, { from: reached.reduce((first, one) => Math.min(first, earliestOf(one.institution)), taken.asOf), to: endOfDays })
  return { holdings, places: await placesOf(db, list.regionSetId, batch.institutions, null) }
}

/** What a batch's institutions are now, and what became past. */
async function takeBatch(work: Work, { institutions, named }: Batch, { holdings, places }: Found, pauses: Pauses): Promise<{ shelves: { institution: number; pairs: ShelfPair[] }[]; past: { institution: number; spans: PastSpan[] }[] }> {
  const { list, taken, counts } = work
  const shelves: { institution: number; pairs: ShelfPair[] }[] = []
  const past: { institution: number; spans: PastSpan[] }[] = []
  for (const institution of institutions) {
    await pauses.take()
    const place = places.get(institution)
    if (!place) continue
    const own = named.get(institution)
    const result = takeLines(list, taken, holdings.get(institution) ?? emptyHolding(institution), place, own ? reader.open(own.lines) : null, counts.difference, work.effect)
    if (result === 'past') work.past.add(institution)
    if (result === null || result === 'past') continue
    shelves.push({ institution, pairs: result.pairs })
    past.push({ institution, spans: result.ended })
    for (const drug of result.firstNamed) work.newlyNamed.add(drug, institution)
  }
  return { shelves, past }
}

const reader = new LineReader()

/** Batches of the institutions that a report names. */
export function* batchesOf(all: Iterable<InstitutionLines>): Generator<Batch> {
  let named = new Map<number, InstitutionLines>()
  for (const one of all) {
    named.set(one.institution, one)
    if (named.size < institutionsAtOnce) continue
    yield { institutions: [...named.keys()], named }
    named = new Map()
  }
  if (named.size > 0) yield { institutions: [...named.keys()], named }
}

/** Batches of institutions that a report does not name. */
export function* batchesOfUnnamed(institutions: readonly number[]): Generator<Batch> {
  for (let at = 0; at < institutions.length; at += institutionsAtOnce) yield { institutions: institutions.slice(at, at + institutionsAtOnce), named: new Map() }
}

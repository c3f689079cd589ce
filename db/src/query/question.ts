import type { Basis } from '@lastmile/shared/basis'
import { dayNumber, type Day, type Instant } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { computedCounts, maintainedCounts, type Counted } from '../coverage/counted.js'
import { lookupAt, type Lookup, type Moment } from '../coverage/pairs-on.js'
import { computedHistories, maintainedHistories, type Histories } from '../coverage/histories.js'
import { listFacts, withDrugs, type ListFacts } from '../coverage/list-facts.js'
import { reachDay } from '../coverage/reach-day.js'
import type { Database } from '../database.js'
import { isDiskFull } from '../disk-full.js'
import { newQueue } from '../queue.js'
import type { Lens } from '../schema/codes.js'
import type { ListRow } from './lists.js'
import { onceAList } from './once-a-list.js'

/** What every question about coverage says: whose word, as of when, known when, supplies since when. */
export interface When {
  evidence: Evidence | null
  asOf: Day
  knownOn: Instant | null
  /** Only for supplied evidence; null is the day the list came into force. */
  since: Day | null
}

/** What an answer rests on, to be sent with it. */
export function basisOf(list: ListRow, when: When): Basis {
  return {
    list: list.code, evidence: when.evidence, asOf: when.asOf, today: list.today, knownOn: when.knownOn,
    since: when.evidence === 'supplied' ? when.since ?? list.inForce : null, demonstration: list.demonstration,
  }
}

/** True if the question can be answered from what is maintained; else it is computed from the statements. */
export function isMaintained(list: ListRow, when: When): boolean {
  return when.knownOn === null && (when.since === null || when.since === list.inForce || when.evidence !== 'supplied')
}

/** The facts of a list, read once for each row of it. How far it is counted may be further by now (`reachDay`). */
export const factsFor: (db: Database, list: ListRow) => Promise<ListFacts> = onceAList((db, list) => listFacts(db, list.id))

/** Counts for a question, from what is maintained wherever that answers it. `only` says which lenses will be read, `drug` that no other drug will. */
export async function countedFor(db: Database, list: ListRow, when: When, only: readonly Lens[], drug: number | null = null): Promise<{ facts: ListFacts; counted: Counted }> {
  const facts = await factsFor(db, list)
  const compute = () => computedCounts(db, facts, when.asOf, { knownOn: when.knownOn, since: when.evidence === 'supplied' ? when.since ?? undefined : undefined, only })
  if (!isMaintained(list, when)) return { facts, counted: await compute() }
  return { facts, counted: (await canReach(db, facts, when.asOf)) ? maintainedCounts(db, facts, when.asOf, drug) : await unreached.run(compute) }
}

/** The same of some drugs alone, none of which is `any drug`: what is not maintained is counted of them and no others. */
export async function countedOf(db: Database, list: ListRow, when: When, only: readonly Lens[], drugs: readonly number[]): Promise<{ facts: ListFacts; counted: Counted }> {
  if (isMaintained(list, when)) return countedFor(db, list, when, only, drugs.length === 1 ? drugs[0]! : null)
  const facts = await factsFor(db, list)
  return { facts, counted: await computedCounts(db, withDrugs(facts, drugs), when.asOf, { knownOn: when.knownOn, since: when.evidence === 'supplied' ? when.since ?? undefined : undefined, only }) }
}

/** Counts over the days up to a question's, from what is maintained wherever that answers it; `drugs` are those that will be read. */
export async function historiesFor(db: Database, list: ListRow, facts: ListFacts, when: When, from: number, drugs: readonly number[]): Promise<Histories> {
  const to = dayNumber(when.asOf)
  const since = when.evidence === 'supplied' && when.since !== null ? dayNumber(when.since) : undefined
  const compute = () => computedHistories(db, facts, to, new Set(drugs), { knownOn: when.knownOn, since })
  if (!isMaintained(list, when)) return compute()
  return (await canReach(db, facts, when.asOf)) ? maintainedHistories(db, facts, { from, to }) : unreached.run(compute)
}

/** On a full disk everybody's question comes here: one after the other, since each reads all that was ever said. */
const unreached = newQueue(1)

/** Whether what is maintained reaches a day. Where the days up to it cannot be brought in because the disk is full, it does not, and the answer is computed. */
async function canReach(db: Database, facts: ListFacts, day: Day): Promise<boolean> {
  try {
    await reachDay(db, facts, dayNumber(day))
    return true
  } catch (error) {
    if (isDiskFull(error)) return false
    throw error
  }
}

/** A look-up of institutions at the moment of a question. */
export function lookupFor(db: Database, list: ListRow, facts: ListFacts, when: When): Lookup {
  return lookupAt(db, facts, momentOf(list, when))
}

/** The moment of a question, at which statements are looked at. */
export function momentOf(list: ListRow, when: When): Moment {
  return { asOf: when.asOf, knownOn: when.knownOn, since: when.evidence === 'supplied' ? when.since : null, maintained: isMaintained(list, when) }
}

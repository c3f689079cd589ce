import type { Instant } from '@lastmile/shared/day'
import type { Database } from '../database.js'
import { Pauses } from '../pause.js'
import { factsOf } from './facts.js'
import { filedDays } from './filed.js'
import { pairsFromFacts, snapshotsOf } from './from-facts.js'
import { emptyHolding, type Holding } from './holding.js'
import { institutionRanges } from './institutions.js'
import type { ListFacts } from './list-facts.js'
import { placesOf, type Place } from './places.js'
import { reportsKnown } from './reports-known.js'

/** Institutions whose statements are in memory together. */
const institutionsAtOnce = 2_000

/** One institution with all that is said of it. */
export interface WholeHolding extends Holding {
  place: Place
}

/**
 * Every institution of a list from its statements, as known now or as known at an instant: what is maintained, made from
 * scratch, some thousand institutions at a time. For rebuilding, for verifying, and for answers about what was known in
 * the past or supplies counted since another day. Costs in proportion to all that was ever said.
 */
export async function* wholeHoldings(db: Database, list: ListFacts, options: { knownOn: Instant | null; since?: number | undefined }): AsyncGenerator<WholeHolding[]> {
  const { knownOn } = options
  const reports = await reportsKnown(db, list.listId, knownOn)
  const snapshots = snapshotsOf(list, reports)
  const pauses = new Pauses()
  for (const { first, last } of await institutionRanges(db, list.regionSetId, institutionsAtOnce)) {
    const places = await placesOf(db, list.regionSetId, { first, last }, knownOn)
    const facts = await factsOf(db, reports, { first, last })
    const filed = await filedDays(db, list.listId, { first, last }, knownOn)
    const batch: WholeHolding[] = []
    for (const [institution, place] of places) {
      const own = facts.get(institution)
      const days = filed.get(institution)
      if (!own && !days) continue
      const made = own ? pairsFromFacts(list, own, snapshots, place, options.since) : []
      batch.push({ ...emptyHolding(institution), pairs: made.map((one) => one.pair), past: made.flatMap((one) => one.past), place, ...(days ? { filed: days } : {}) })
    }
    yield batch
    await pauses.take()
  }
}

import { sql } from 'drizzle-orm'
import type { Said } from '@lastmile/shared/coverage'
import type { Evidence } from '@lastmile/shared/evidence'
import { kinds } from '@lastmile/shared/kind'
import { negativeStates, stateCode, type State } from '@lastmile/shared/state'
import { stateCounter, stockedAt, sumAt, type Counts } from '../coverage/counts.js'
import { rowsOf, type Database } from '../database.js'
import { evidenceCodes } from '../schema/codes.js'
import type { ListRow } from './lists.js'
import type { When } from './question.js'

/** What is said, and leaves open whether the drug is there. */
const open = ['stale', 'not_known'] as const

/** The counters of some states, over all kinds of institutions. */
export function countersOf(some: readonly State[]): number[] {
  return some.flatMap((state) => kinds.map((_, kind) => stateCounter(kind, stateCode(state))))
}

const [noCounters, openCounters] = [countersOf(negativeStates), countersOf(open)]

/** What is said of a drug in some slots by its counts there. `reported`: anybody had reported under this kind of evidence ({@link hasReported}). */
export function saidIn(counts: Counts, slots: readonly number[], evidence: Evidence, reported: boolean): Said {
  const isAny = (counters: readonly number[]) => slots.some((slot) => sumAt(counts, slot, counters) > 0)
  if (slots.some((slot) => stockedAt(counts, slot) > 0)) return 'yes'
  if (isAny(noCounters)) return 'no'
  if (isAny(openCounters)) return 'unknown'
  return evidence === 'supplied' && reported ? 'no' : 'nothing'
}

/** True if a report of this kind speaks of the day or an earlier one, and was accepted by the instant asked for. Asked where no count tells it. */
export async function hasReported(db: Database, list: ListRow, when: When & { evidence: Evidence }): Promise<boolean> {
  const known = when.knownOn === null ? sql`accepted_at is not null` : sql`accepted_at <= ${when.knownOn}::timestamptz`
  const [row] = await rowsOf<{ reported: boolean }>(db, sql`
    select exists (select 1 from report where list_id = ${list.id} and evidence = ${evidenceCodes.code(when.evidence)} and as_of <= ${when.asOf} and ${known}) as reported`)
  return row!.reported
}

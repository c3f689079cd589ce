import { sql, type SQL } from 'drizzle-orm'
import { spanOn } from '@lastmile/shared/chain'
import type { Instant } from '@lastmile/shared/day'
import { listFacts } from '../coverage/list-facts.js'
import { pairOfKey } from '../coverage/pair.js'
import type { StoredSpan } from '../coverage/spans.js'
import { wholeSpans } from '../coverage/whole.js'
import { arrayOf, type Database } from '../database.js'
import { lensCodes, type Lens } from '../schema/codes.js'
import type { ListRow } from './lists.js'
import { isMaintained, type When } from './question.js'

/**
 * The pairs that have a state on a day, as a relation `(institution_id, drug_id, state, report_id, line)` to select
 * from: the maintained spans, or, for a question about what was known in the past, computed ones of the same shape.
 */
export async function pairsOn(db: Database, list: ListRow, when: When, lens: Lens): Promise<SQL> {
  if (isMaintained(list, when)) {
    return sql`(select institution_id, drug_id, state, report_id, line from pair_span
      where lens = ${lensCodes.code(lens)} and from_day <= ${when.asOf} and to_day > ${when.asOf} and drug_id in (select id from drug where list_id = ${list.id}))`
  }
  const whole = await wholeSpans(db, await listFacts(db, list.id), { knownOn: when.knownOn, since: when.since ?? undefined, only: [lens] })
  const rows: (StoredSpan & { institution: number; drug: number })[] = []
  for (const [key, spans] of whole.pairs.get(lensCodes.code(lens)) ?? []) {
    const span = spanOn(spans, when.asOf)
    if (span) rows.push({ ...pairOfKey(key), ...span })
  }
  return sql`(select * from unnest(${arrayOf('int', rows.map((row) => row.institution))}, ${arrayOf('int', rows.map((row) => row.drug))},
    ${arrayOf('smallint', rows.map((row) => row.state))}, ${arrayOf('int', rows.map((row) => row.report))}, ${arrayOf('int', rows.map((row) => row.line))})
    as pairs(institution_id, drug_id, state, report_id, line))`
}

/** Picks of an institution's versions `v` the one that the question knows: rows lie where their figures were counted. */
export function versionKnown(knownOn: Instant | null): SQL {
  return knownOn === null ? sql`v.known_to is null` : sql`v.known_from <= ${knownOn} and (v.known_to is null or v.known_to > ${knownOn})`
}

/** The institutions that have a state over all drugs on a day, as a relation `(institution_id, state)`. */
export async function institutionsOn(db: Database, list: ListRow, when: When, lens: Lens): Promise<SQL> {
  if (isMaintained(list, when)) {
    return sql`(select institution_id, state from institution_span
      where list_id = ${list.id} and lens = ${lensCodes.code(lens)} and from_day <= ${when.asOf} and to_day > ${when.asOf})`
  }
  const whole = await wholeSpans(db, await listFacts(db, list.id), { knownOn: when.knownOn, since: when.since ?? undefined, only: [lens] })
  const rows: { institution: number; state: number }[] = []
  for (const [institution, spans] of whole.institutions.get(lensCodes.code(lens)) ?? []) {
    const span = spanOn(spans, when.asOf)
    if (span) rows.push({ institution, state: span.state })
  }
  return sql`(select * from unnest(${arrayOf('int', rows.map((row) => row.institution))}, ${arrayOf('smallint', rows.map((row) => row.state))}) as spans(institution_id, state))`
}

import { sql } from 'drizzle-orm'
import type { Day, Instant } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import type { GapClass } from '@lastmile/shared/gap-act'
import type { AlertKind } from '@lastmile/shared/subscription'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { tellOfMessages } from '../load/notify.js'
import { evidenceCodes } from '../schema/codes.js'

/** An alert as it is kept: something that began on a day, and ended on another (exclusive; null: it lasts). */
export interface AlertRow {
  id: number
  kind: AlertKind
  drug: number
  unit: number | null
  class: GapClass
  from: Day
  to: Day | null
  isOver: boolean
}

/** Until the transaction ends, nobody else looks for alerts of a list. */
export async function lockAlerts(tx: Database, listId: number): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(7412, ${listId}::int)`)
}

/** How far alerts of a list were looked for, by kind of evidence. */
export async function watchesOf(db: Database, listId: number): Promise<Map<Evidence, { version: number; today: Day }>> {
  const rows = await rowsOf<{ evidence: number; version: number; today: Day }>(db, sql`select evidence::int as evidence, version, today::text as today from alert_watch where list_id = ${listId}`)
  return new Map(rows.map(({ evidence, ...own }) => [evidenceCodes.word(evidence), own]))
}

/** Notes how far they were looked for. */
export async function keepWatch(tx: Database, listId: number, evidence: Evidence, { version, today }: { version: number; today: Day }): Promise<void> {
  await tx.execute(sql`
    insert into alert_watch (list_id, evidence, version, today) values (${listId}, ${evidenceCodes.code(evidence)}, ${version}, ${today})
    on conflict (list_id, evidence) do update set version = excluded.version, today = excluded.today`)
}

/** Nobody wants to hear of a kind of evidence any more: whoever does again begins anew. */
export async function endWatch(tx: Database, listId: number, evidence: Evidence, at: Instant): Promise<void> {
  const rows = await rowsOf<{ addressees: string[] }>(tx, sql`
    update message m set settled_at = ${at}::timestamptz where m.settled_at is null and m.kind <> 'gap_closed'
      and m.id in (select t.message_id from alert_message t join alert a on a.id = t.alert_id where a.list_id = ${listId} and a.evidence = ${evidenceCodes.code(evidence)}) returning m.addressees`)
  await tellOfMessages(tx, [...new Set(rows.flatMap(({ addressees }) => addressees))])
  await tx.execute(sql`delete from alert_watch where list_id = ${listId} and evidence = ${evidenceCodes.code(evidence)}`)
  await tx.execute(sql`delete from alert where list_id = ${listId} and evidence = ${evidenceCodes.code(evidence)}`)
}

/** Alerts of a list that last, and those that ended on a day or later. */
export async function alertsSince(db: Database, listId: number, evidence: Evidence, since: Day): Promise<AlertRow[]> {
  return rowsOf(db, sql`
    select id, kind, drug_id as drug, unit_id as unit, class, from_day::text as from, to_day::text as to, is_over as "isOver" from alert
    where list_id = ${listId} and evidence = ${evidenceCodes.code(evidence)} and (not is_over or to_day >= ${since}) order by id`)
}

/** Keeps a new alert. Answers its id; null where it is kept already. */
export async function insertAlert(tx: Database, listId: number, evidence: Evidence, { kind, drug, unit, class: is, from, to, isOver }: Omit<AlertRow, 'id'>, at: Instant): Promise<number | null> {
  const [row] = await rowsOf<{ id: number }>(tx, sql`
    insert into alert (list_id, kind, evidence, drug_id, unit_id, class, from_day, to_day, is_over, seen_at)
    values (${listId}, ${kind}, ${evidenceCodes.code(evidence)}, ${drug}, ${unit}, ${is}, ${from}, ${to}, ${isOver}, ${at}::timestamptz) on conflict do nothing returning id`)
  return row?.id ?? null
}

/** It is seen to last from and to other days than before. */
export async function moveAlert(tx: Database, id: number, { to, isOver }: { to: Day | null; isOver: boolean }): Promise<void> {
  await tx.execute(sql`update alert set to_day = ${to}, is_over = ${isOver} where id = ${id}`)
}

/** Notes which message tells of which alerts; it is named by its key. */
export async function linkAlerts(tx: Database, listId: number, told: { kind: string; key: string; alerts: readonly number[] }): Promise<void> {
  await tx.execute(sql`
    insert into alert_message (alert_id, message_id) select a, m.id from message m, unnest(${arrayOf('int', told.alerts)}) as a
    where m.list_id = ${listId} and m.kind = ${told.kind} and m.key = ${told.key} on conflict do nothing`)
}

/** Settles messages of which every alert has ended, and takes that back where one of them goes on: among those that tell of some alerts. */
export async function settleAlerts(tx: Database, ids: readonly number[], at: Instant): Promise<void> {
  if (ids.length === 0) return
  const rows = await rowsOf<{ addressees: string[] }>(tx, sql`
    with told as (
      select m.id, bool_and(a.to_day is not null) as ended from message m join alert_message t on t.message_id = m.id join alert a on a.id = t.alert_id
      where m.id in (select message_id from alert_message where alert_id = any(${arrayOf('int', ids)})) and m.kind <> 'gap_closed' group by m.id)
    update message m set settled_at = case when told.ended then ${at}::timestamptz end from told
    where m.id = told.id and told.ended = (m.settled_at is null) returning m.addressees`)
  await tellOfMessages(tx, [...new Set(rows.flatMap(({ addressees }) => addressees))])
}

/** Lets go of alerts of a list that ended before a day of it: what tells of them is gone too. */
export async function letAlertsGo(db: Database, listId: number, before: Day): Promise<void> {
  await db.execute(sql`delete from alert where list_id = ${listId} and is_over and to_day < ${before}`)
}

import { sql } from 'drizzle-orm'
import { rowsOf, type Database } from './database.js'

/*
 * Where one server ends: the same schema on Citus, a PostgreSQL that spreads tables over several. What grows with the
 * nation lies with its institutions, by shards of `institution_id`, and all of an institution lies together; masters and
 * reports are small beside it and stand on every node; counts, which every question reads, stay on the coordinator.
 * Everything that Citus asks of the schema is in this file. Migrations run before the tables are spread; what later ones
 * may do to tables that are spread is narrower (no SET STORAGE, for one). Nor are policies of
 * row-level security that look into other tables (migration 0013) known to be taken there. Not yet run on Citus.
 */

/** Spread by institution, each institution's rows of all of them on one node. Every key of theirs begins with it. */
export const distributedTables = ['report_lines', 'past_spans', 'shelf', 'price', 'eligibility'] as const

/** Copied to every node, so that joins with them and foreign keys to them stay within a node. In the order of their foreign keys. */
export const referenceTables = [
  'region_set', 'region', 'unit', 'city_slot', 'list', 'company', 'drug', 'source', 'institution', 'institution_version', 'eligibility_rule', 'standard_version', 'standard_filed', 'report', 'report_error', 'report_drug', 'settlement_price', 'plan', 'plan_version', 'plan_drug', 'ladder_fact', 'ladder_fact_version', 'account', 'api_key', 'message', 'message_mark', 'message_mute', 'message_setting', 'digest', 'feed', 'feed_run', 'feed_file', 'confirmation_request', 'duty', 'duty_version', 'duty_entry', 'subscription', 'alert', 'alert_message', 'alert_watch', 'supervision_case', 'case_gap', 'case_event', 'case_comment', 'notice', 'notice_answer', 'attachment', 'company_request', 'company_request_event', 'company_request_file', 'bulletin', 'bulletin_form', 'bulletin_comment',
] as const

/** Read by every question and written by every report, a few rows at a time: they stay where the question arrives. So does what is asked of who comes, and the audit, which is one chain. */
export const coordinatorTables = [
  'coverage_by_unit', 'coverage_by_drug', 'coverage_by_city', 'coverage_ahead', 'drug_named',
  'account_session', 'account_credential', 'account_second_factor', 'account_verification', 'audit_entry', 'audit_head',
] as const

/** True if the database has the extension. */
async function isCitus(db: Database): Promise<boolean> {
  return (await rowsOf(db, sql`select 1 from pg_extension where extname = 'citus'`)).length > 0
}

/**
 * Spreads the tables that are not spread yet, with what they hold; without the extension nothing happens. The coordinator
 * must be among the nodes (`citus_set_coordinator_host`), so that its own tables can be joined with those on every node.
 * Answers the tables that were spread now.
 */
export async function distributeTables(db: Database): Promise<string[]> {
  if (!(await isCitus(db))) return []
  const spread = new Set((await rowsOf<{ name: string }>(db, sql`select logicalrelid::regclass::text as name from pg_dist_partition`)).map((row) => row.name))
  const done: string[] = []
  for (const table of referenceTables) {
    if (spread.has(table)) continue
    await db.execute(sql`select create_reference_table(${table}::regclass)`)
    done.push(table)
  }
  for (const table of distributedTables) {
    if (spread.has(table)) continue
    const beside = table === distributedTables[0] ? 'default' : distributedTables[0]
    await db.execute(sql`select create_distributed_table(${table}::regclass, 'institution_id', colocate_with => ${beside})`)
    done.push(table)
  }
  return done
}

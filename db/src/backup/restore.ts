import { sql } from 'drizzle-orm'
import { rowsOf, type Database } from '../database.js'
import { apply, bringUpToDate } from '../migrate.js'
import { migrations, type Migration } from '../migration.js'
import { lockCounts } from '../coverage/lock-counts.js'
import { tellOfLists } from '../query/acceptance.js'
import { inSession, quoted, type TableShape } from '../session.js'
import { dataSteps } from '../upgrade.js'
import { filledTables, referencesOf, tablesOf, type Sequence } from './catalogue.js'
import type { DataVersion } from './snapshot.js'

/** A copy of a database, to be put into an empty one. */
export interface TablesCopy {
  version: DataVersion
  tables: (TableShape & { rows: number })[]
  sequences: Sequence[]
  /** The rows of a table as COPY's text format, in pieces. */
  rows(table: TableShape): AsyncIterable<Uint8Array>
}

/** A copy that is not put back, and why, in a sentence that says what to do. Nothing was changed. */
export class CannotRestore extends Error {
  override readonly name = 'CannotRestore'
}

/**
 * Whether this program knows the shape of a copy's data.
 * @throws CannotRestore if a newer release made it
 */
export function checkDataVersion({ migration, steps }: DataVersion, program: string): void {
  const isKnown = migrations.some(({ tag }) => tag === migration) && steps.every((name) => dataSteps.some((step) => step.name === name))
  if (!isKnown) throw new CannotRestore(`The copy was made by Lastmile ${program} (${migration}), which is newer than this program. Restore it with that release or a newer one.`)
}

/**
 * Puts a copy into an empty database, in one transaction, and brings it up to date: a copy of an earlier release comes
 * in as it was and is upgraded as its own data would be.
 * @throws CannotRestore if the database holds anything, or the copy does not fit what it says of itself
 */
export async function restoreTables(db: Database, copy: TablesCopy): Promise<void> {
  await inSession(db, 'change', async (session) => {
    const own = session.db
    await lockCounts(own)
    // A server that runs on an empty home waits for who sets it up.
    await own.execute(sql`delete from account_verification where value = 'set_up'`)
    await checkIsEmpty(own)
    const upTo = migrations.findIndex(({ tag }) => tag === copy.version.migration) + 1
    if (upTo < migrations.length) await startAt(own, await tablesOf(own), migrations.slice(0, upTo))
    const tables = await tablesOf(own)
    const shapes = (all: readonly TableShape[]) => JSON.stringify(all.map(({ name, columns }) => [name, [...columns].sort()]))
    if (shapes(tables) !== shapes(copy.tables)) throw new CannotRestore('The copy holds other tables or columns than its version has. Make the copy anew.')
    // Without references the order of the tables does not matter, and they are checked once, at the end.
    const references = await referencesOf(own)
    for (const { drop } of references) await own.execute(sql.raw(drop))
    for (const table of copy.tables) {
      const rows = await session.copyIn(table, copy.rows(table))
      if (rows !== table.rows) throw new CannotRestore(`Of ${table.name} ${rows} rows came in, and the copy says ${table.rows}. Make the copy anew.`)
    }
    for (const { add } of references) await own.execute(sql.raw(add))
    for (const { name, value, isCalled } of copy.sequences) await own.execute(sql`select setval(${quoted(name)}::regclass, ${value}::bigint, ${isCalled})`)
    await own.execute(sql`delete from drizzle.data_step`)
    for (const step of copy.version.steps) await own.execute(sql`insert into drizzle.data_step (name) values (${step})`)
    // Plans for empty tables do not fit full ones.
    await own.execute(sql`analyze`)
  })
  await bringUpToDate(db)
  // COPY tells nobody: other servers of this database still know that it is empty.
  await tellOfLists(db)
}

/** @throws CannotRestore if a table of the database holds anything but a code that waits for who sets it up */
export async function checkIsEmpty(db: Database): Promise<void> {
  const isMore = (await rowsOf(db, sql`select from account_verification where value <> 'set_up' limit 1`)).length > 0
  const filled = (await filledTables(db, await tablesOf(db))).filter((name) => name !== 'account_verification' || isMore)
  if (filled.length > 0) throw new CannotRestore(`This home is not empty: there are rows in ${filled.join(', ')}. Name a new DATA_DIR or an empty database; nothing is ever written over.`)
}

/** Makes the empty tables of an earlier version in place of today's. */
async function startAt(db: Database, there: readonly TableShape[], applied: readonly Migration[]): Promise<void> {
  await db.execute(sql.raw(`drop table ${there.map(({ name }) => quoted(name)).join(', ')} cascade`))
  await db.execute(sql`delete from drizzle.__drizzle_migrations`)
  for (const migration of applied) await apply(db, migration)
}

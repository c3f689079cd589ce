import { sql } from 'drizzle-orm'
import { CannotOpen } from './cannot-open.js'
import { rowsOf, type Database } from './database.js'
import { migrations as known, type Migration } from './migration.js'
import { program } from './program.js'
import { dataSteps, dataStepsDone, upgradeData, type DataStep } from './upgrade.js'

/** The data were written by a newer release: this one would misread them. */
export class DataTooNew extends CannotOpen {
  override readonly name = 'DataTooNew'
  constructor(readonly writtenBy: string | null, what: string) {
    super(`The data were written by ${writtenBy === null ? 'a newer release' : `Lastmile ${writtenBy}`} (${what}), and this is Lastmile ${program.version}, which does not know them. Nothing was changed. `
      + `Start ${writtenBy === null ? 'the release that wrote them' : `Lastmile ${writtenBy}`} or a newer one; or restore a copy that was made before the upgrade into an empty home (pnpm restore COPY).`)
  }
}

/** What a database is brought up to. Unless stated, what this program knows; tests name others. */
export interface Target {
  migrations?: readonly Migration[]
  steps?: readonly DataStep[]
}

/**
 * Brings the schema and the data up to date: each migration in a transaction of its own, then the data steps. One that
 * was interrupted starts again at the next opening. One process at a time (`openServer` holds a lock, the embedded
 * folder another). Answers whether the database was `new`: had no table until now.
 * @throws DataTooNew before anything is written, if the database has had migrations or data steps that are not known
 */
export async function bringUpToDate(db: Database, { migrations = known, steps = dataSteps }: Target = {}): Promise<'new' | 'known'> {
  const applied = await refuseNewer(db, migrations, steps)
  await db.transaction(async (tx) => {
    await tx.execute(sql`create schema if not exists drizzle`)
    await tx.execute(sql`create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`)
    await tx.execute(sql`create table if not exists drizzle.data_step (name text primary key, at timestamptz not null default now())`)
    await tx.execute(sql`create table if not exists drizzle.writer (version text primary key, since timestamptz not null default now())`)
  })
  for (const migration of migrations) {
    if (!applied.has(migration.when)) await db.transaction((tx) => apply(tx as Database, migration))
  }
  await upgradeData(db, { isNew: applied.size === 0, steps })
  await db.execute(sql`insert into drizzle.writer (version) values (${program.version}) on conflict do nothing`)
  return applied.size === 0 ? 'new' : 'known'
}

/** Whether a database has had every migration that this program knows, and no other. */
export async function isUpToDate(db: Database): Promise<boolean> {
  const applied = await appliedMigrations(db)
  return applied.size === known.length && known.every(({ when }) => applied.has(when))
}

/** Applies one migration and notes it. Inside a transaction. */
export async function apply(tx: Database, { statements, hash, when }: Migration): Promise<void> {
  for (const statement of statements) await tx.execute(sql.raw(statement))
  await tx.execute(sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${when})`)
}

/** The migrations that a database has had, by when they were written. None if it is new. */
async function appliedMigrations(db: Database): Promise<Set<number>> {
  if (!(await hasTable(db, 'drizzle.__drizzle_migrations'))) return new Set()
  const rows = await rowsOf<{ at: string }>(db, sql`select created_at::text as at from drizzle.__drizzle_migrations`)
  return new Set(rows.map(({ at }) => Number(at)))
}

async function refuseNewer(db: Database, migrations: readonly Migration[], steps: readonly DataStep[]): Promise<Set<number>> {
  const applied = await appliedMigrations(db)
  const writtenBy = async () => {
    if (!(await hasTable(db, 'drizzle.writer'))) return null
    const [last] = await rowsOf<{ version: string }>(db, sql`select version from drizzle.writer order by since desc, version desc limit 1`)
    return last?.version ?? null
  }
  const unknown = [...applied].filter((when) => !migrations.some((migration) => migration.when === when))
  if (unknown.length > 0) throw new DataTooNew(await writtenBy(), `schema of ${new Date(Math.max(...unknown)).toISOString().slice(0, 10)}`)
  const unknownStep = (await hasTable(db, 'drizzle.data_step')) ? (await dataStepsDone(db)).find((name) => !steps.some((step) => step.name === name)) : undefined
  if (unknownStep !== undefined) throw new DataTooNew(await writtenBy(), `data step ${unknownStep}`)
  return applied
}

async function hasTable(db: Database, name: string): Promise<boolean> {
  const [row] = await rowsOf<{ there: boolean }>(db, sql`select to_regclass(${name}) is not null as there`)
  return row!.there
}

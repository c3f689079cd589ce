import { sql } from 'drizzle-orm'
import { rebuildCoverage } from './coverage/rebuild.js'
import { rowsOf, type Database } from './database.js'
import { packEligibility } from './pack-eligibility.js'
import { packStatements } from './pack-statements.js'

/**
 * A change of what the tables hold that SQL migrations cannot make. It runs once, after the migrations, when data of an
 * earlier release are opened. It may use transactions of its own, as many as it likes: one that was interrupted runs
 * again from its start, so it must leave alone what it has already done. New data need none of it: there it is only
 * noted.
 */
export interface DataStep {
  /** Names it for good, in every database. */
  name: string
  run(db: Database): Promise<void>
}

/** Every data step, in their order. None is ever taken out; a new one stands at the end, or before one that goes by what it makes. */
export const dataSteps: readonly DataStep[] = [
  { name: '2026-11 statements packed', run: packStatements },
  { name: '2026-11 eligibility packed', run: packEligibility },
  { name: '2026-11 counts by unit and by drug', run: countAnew },
  { name: '2026-11 what reports name', run: noteNamed },
]

/**
 * Runs the data steps that a database has not had, in their order, each noted when it has ended.
 * @param isNew the database had no tables until now: every step is noted and none runs
 */
export async function upgradeData(db: Database, { isNew, steps = dataSteps }: { isNew: boolean; steps?: readonly DataStep[] }): Promise<void> {
  const done = new Set(await dataStepsDone(db))
  for (const { name, run } of steps) {
    if (done.has(name)) continue
    if (!isNew) await run(db)
    await db.execute(sql`insert into drizzle.data_step (name) values (${name})`)
  }
}

/** Names of the data steps that a database has had, in the order of their names. */
export async function dataStepsDone(db: Database): Promise<string[]> {
  return (await rowsOf<{ name: string }>(db, sql`select name from drizzle.data_step order by name`)).map(({ name }) => name)
}

/** Notes of each stored report how many institutions and which drugs its lines name: by them the next one is judged. */
async function noteNamed(db: Database): Promise<void> {
  await db.execute(sql`
    update report r set institutions = n.institutions, drugs_named = coalesce((select jsonb_agg(d.code order by d.id) from report_drug rd join drug d on d.id = rd.drug_id where rd.report_id = r.id), '[]')
    from (select report_id, count(*)::int as institutions from report_lines group by report_id) n where n.report_id = r.id and r.institutions is null`)
}

/** Counts every list anew from its statements. In one transaction: an interrupted one leaves everything as it was. */
async function countAnew(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    for (const { id } of await rowsOf<{ id: number }>(tx as Database, sql`select id from list order by id`)) await rebuildCoverage(tx as Database, id)
  })
}

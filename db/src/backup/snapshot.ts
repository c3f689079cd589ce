import { sql } from 'drizzle-orm'
import { everything } from '@lastmile/shared/purview'
import { seeAs } from '../as-viewer.js'
import { rowsOf, type Database } from '../database.js'
import { migrations } from '../migration.js'
import { inSession, type TableShape } from '../session.js'
import { dataStepsDone } from '../upgrade.js'
import { sequencesOf, tablesOf, type Sequence } from './catalogue.js'

/** The shape of the data: the last migration they have had, and the data steps. */
export interface DataVersion {
  migration: string
  steps: string[]
}

/** The whole database as it is at one moment, while others go on changing it. */
export interface Snapshot {
  version: DataVersion
  /** The moment, by the database's clock. */
  at: string
  tables: TableShape[]
  /** The rows of a table as COPY's text format, in pieces. */
  rows(table: TableShape): AsyncIterable<Uint8Array>
  sequences(): Promise<Sequence[]>
}

/** Lets `work` read everything at one moment. On the embedded home everybody else waits until it has ended. */
export async function readSnapshot<Result>(db: Database, work: (snapshot: Snapshot) => Promise<Result>): Promise<Result> {
  return inSession(db, 'snapshot', async (session) => {
    // A copy holds what nobody sees: asked as a user who owns nothing, it would lack those rows without a word.
    await seeAs(session.db, everything)
    const [last] = await rowsOf<{ when: string; at: string }>(session.db, sql`select max(created_at)::text as when, now()::text as at from drizzle.__drizzle_migrations`)
    const { tag } = migrations.find(({ when }) => when === Number(last!.when))!
    return work({
      version: { migration: tag, steps: await dataStepsDone(session.db) },
      at: new Date(last!.at).toISOString(),
      tables: await tablesOf(session.db),
      rows: session.copyOut,
      sequences: () => sequencesOf(session.db),
    })
  })
}

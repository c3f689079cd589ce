import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Which home of the data the tests of this project run on. */
    home: 'embedded' | 'server'
    /** URL of the PostgreSQL server, and the name with which this run's databases begin. */
    server: { url: string; prefix: string }
  }
}

const local = 'postgres://postgres@127.0.0.1:5432/postgres'

/** URL of a PostgreSQL server to test on: TEST_DATABASE_URL, else the one on this machine if it answers; null prints why not. */
export async function findServer(): Promise<string | null> {
  const named = process.env['TEST_DATABASE_URL']
  const url = named ?? local
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  try {
    await client.connect()
    await client.end()
    return url
  } catch (error) {
    const reason = (error as Error).message || (error as NodeJS.ErrnoException).code
    if (named !== undefined) throw new Error(`TEST_DATABASE_URL does not answer: ${reason}`, { cause: error })
    // The configuration is read once for each project; the reason is told once.
    if (!process.env['LASTMILE_SERVER_MISSING']) console.log(`Skipped: the database tests on PostgreSQL. No server answers on 127.0.0.1:5432 (${reason}). Start one, or set TEST_DATABASE_URL.`)
    process.env['LASTMILE_SERVER_MISSING'] = 'told'
    return null
  }
}

/** The URL of another database on the same server. */
export function databaseUrl(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}

/** Runs statements on the server's own database, one after the other. */
export async function onServer(url: string, ...statements: string[]): Promise<{ name: string }[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    let rows: { name: string }[] = []
    for (const statement of statements) ({ rows } = await client.query<{ name: string }>(statement))
    return rows
  } finally {
    await client.end()
  }
}

/** Names the databases of this run (each worker makes its own) and drops them when it has ended. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env['TEST_DATABASE_URL'] ?? local
  const prefix = `lastmile_test_${randomBytes(5).toString('hex')}`
  project.provide('server', { url, prefix })
  return async () => {
    const made = await onServer(url, `select datname as name from pg_database where starts_with(datname, '${prefix}')`)
    for (const { name } of made) await onServer(url, `drop database if exists "${name}" with (force)`)
  }
}

import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** A database of this run's own on a PostgreSQL server. */
export interface OwnDatabase {
  name: string
  url: string
  drop(): Promise<void>
}

/** Makes an empty database, or a copy of one; its name begins with `lastmile_bench_`. */
export async function ownDatabase(serverUrl: string, what: string, template: string | null = null): Promise<OwnDatabase> {
  const name = `lastmile_bench_${what}_${randomBytes(4).toString('hex')}`
  await onServer(serverUrl, `create database "${name}"${template === null ? '' : ` template "${template}"`}`)
  return databaseOf(serverUrl, name)
}

/** A database by its name. */
export function databaseOf(serverUrl: string, name: string): OwnDatabase {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return { name, url: url.href, drop: async () => void (await onServer(serverUrl, `drop database if exists "${name}" with (force)`)) }
}

/** Runs one statement and answers its rows. */
export async function onServer<Row extends pg.QueryResultRow>(url: string, statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}

/** Size of a database or a table on the disk, in bytes. */
export async function bytesOf(url: string, table?: string): Promise<number> {
  const [row] = await onServer<{ bytes: string }>(url, table === undefined ? 'select pg_database_size(current_database()) as bytes' : `select pg_total_relation_size('${table}') as bytes`)
  return Number(row!.bytes)
}

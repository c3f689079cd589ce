import { randomBytes } from 'node:crypto'
import { rowsOf, type Database } from '@lastmile/db/database'
import { openEmbedded, openServer, type OpenDatabase } from '@lastmile/db/open'
import { sql } from 'drizzle-orm'
import { inject } from 'vitest'
import { databaseUrl, onServer } from './server.js'

let opened: Promise<{ home: OpenDatabase; tables: string }> | null = null

/** This worker's database, empty: opened and migrated once, on the home that the project names. */
export async function emptyDatabase(): Promise<Database> {
  opened ??= openHome()
  const { home, tables } = await opened
  await home.db.execute(sql.raw(`truncate ${tables} restart identity cascade`))
  // What the server remembers of masters it remembers by database: to it, every world is another one.
  return Object.create(home.db) as Database
}

async function openHome(): Promise<{ home: OpenDatabase; tables: string }> {
  const home = inject('home') === 'server' ? await openOnServer() : await openEmbedded(null)
  const tables = await rowsOf<{ name: string }>(home.db, sql`select format('%I', tablename) as name from pg_tables where schemaname = 'public'`)
  return { home, tables: tables.map((table) => table.name).join(', ') }
}

async function openOnServer(): Promise<OpenDatabase> {
  const { url, prefix } = inject('server')
  const name = `${prefix}_${randomBytes(3).toString('hex')}`
  // Nobody minds if a test's database loses its last second.
  await onServer(url, `create database "${name}"`, `alter database "${name}" set synchronous_commit = off`)
  return openServer(databaseUrl(url, name))
}

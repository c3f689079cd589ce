import { randomBytes } from 'node:crypto'
import { rowsOf, type Database } from '@lastmile/db/database'
import { openEmbedded, openServer, type OpenDatabase } from '@lastmile/db/open'
import { newAuditLog, type AuditLog, type AuditParts } from '@lastmile/server/audit/audit-log'
import { newStoring, type Storing } from '@lastmile/server/reports/storing'
import { sql } from 'drizzle-orm'
import { inject } from 'vitest'
import { databaseUrl, onServer } from './server.js'

let opened: Promise<{ home: OpenDatabase; clear: string }> | null = null

/**
 * This worker's database, empty: opened and migrated once, on the home that the project names. Worlds are small, and
 * deleting their rows takes 10 ms where truncating all tables takes 30 ms embedded and 200 ms on a server.
 */
export async function emptyDatabase(): Promise<Database> {
  opened ??= openHome()
  const { home, clear } = await opened
  // What the world before goes on to note of itself belongs to that.
  for (const audit of audits.splice(0)) await audit.settle()
  await home.db.execute(sql.raw(clear))
  // What the server remembers of masters it remembers by database: to it, every world is another one.
  return Object.create(home.db) as Database
}

/** Passes on where there are new messages, as a composed server hears it of this worker's database: until the worker ends. */
export async function onMessages(told: (addresses: string[]) => void): Promise<void> {
  opened ??= openHome()
  const { home } = await opened
  home.listen({ listening: () => {}, lost: () => {}, changed: (change) => (change !== null && 'addresses' in change ? told(change.addresses) : undefined) })
}

/** Stores reports as a server of this worker's database does. */
export async function storingOfHome(): Promise<Storing> {
  opened ??= openHome()
  const { home } = await opened
  return (storing ??= newStoring(home))
}

let storing: Storing | null = null
const audits: AuditLog[] = []

/** An audit of this worker's database, which is let come to rest before that is emptied. */
export function auditOfHome(parts: AuditParts): AuditLog {
  const audit = newAuditLog(parts)
  audits.push(audit)
  return audit
}

async function openHome(): Promise<{ home: OpenDatabase; clear: string }> {
  const home = inject('home') === 'server' ? await openOnServer() : await openEmbedded(null)
  const tables = await rowsOf<{ name: string; references: string[] }>(home.db, sql`
    select c.oid::regclass::text as name, array(select confrelid::regclass::text from pg_constraint where contype = 'f' and conrelid = c.oid and confrelid <> c.oid) as references
    from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`)
  // Entries of the audit go as they do where they are let go after their time; else the database refuses.
  return { home, clear: `do $$ begin perform set_config('lastmile.audit_retention', 'on', true); ${deletingOrder(tables).map((name) => `delete from ${name};`).join(' ')} end $$` }
}

/** Tables such that each stands before those that it refers to. */
function deletingOrder(tables: readonly { name: string; references: string[] }[]): string[] {
  const referred = new Set(tables.flatMap((table) => table.references))
  const free = tables.filter((table) => !referred.has(table.name))
  if (free.length === 0 && tables.length > 0) throw new Error(`tables refer to each other in a circle: ${[...referred].join(', ')}`)
  return tables.length === 0 ? [] : [...free.map((table) => table.name), ...deletingOrder(tables.filter((table) => referred.has(table.name)))]
}

async function openOnServer(): Promise<OpenDatabase> {
  const { url, prefix } = inject('server')
  const name = `${prefix}_${randomBytes(3).toString('hex')}`
  // Nobody minds if a test's database loses its last second.
  await onServer(url, `create database "${name}"`, `alter database "${name}" set synchronous_commit = off`)
  return openServer(databaseUrl(url, name))
}

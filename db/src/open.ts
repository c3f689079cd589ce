import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { drizzle as drizzleServer } from 'drizzle-orm/node-postgres'
import { migrate as migrateServer } from 'drizzle-orm/node-postgres/migrator'
import { drizzle as drizzleEmbedded } from 'drizzle-orm/pglite'
import { migrate as migrateEmbedded } from 'drizzle-orm/pglite/migrator'
import pg from 'pg'
import type { Database } from './database.js'
import * as schema from './schema/schema.js'

const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url))

/** An open database and the way to close it. */
export interface OpenDatabase {
  db: Database
  home: 'embedded' | 'server'
  close(): Promise<void>
}

/** Another live process has the embedded folder open; two would lose data without a word. */
export class FolderInUse extends Error {
  constructor(readonly folder: string, readonly pid: number) {
    super(`The data folder ${folder} is open in process ${pid}. Stop that process first, or send to it instead.`)
  }
}

/**
 * Opens PGlite in a folder (or in memory, for tests) and brings its schema up to date.
 * @throws FolderInUse if a live process has it open
 */
export async function openEmbedded(folder: string | null): Promise<OpenDatabase> {
  const release = folder === null ? async () => {} : await lockFolder(folder)
  const client = folder === null ? new PGlite() : new PGlite(folder)
  await client.waitReady
  const db = drizzleEmbedded(client, { schema })
  await migrateEmbedded(db, { migrationsFolder })
  return {
    db, home: 'embedded',
    close: async () => {
      await client.close()
      await release()
    },
  }
}

/** Opens a PostgreSQL server by its URL and brings its schema up to date. */
export async function openServer(url: string, onError: (error: Error) => void = () => {}): Promise<OpenDatabase> {
  const pool = new pg.Pool({ connectionString: url, max: 10, options: '-c TimeZone=UTC' })
  // Without these two a lost connection ends the process: the pool's idle clients and those checked out both emit.
  pool.on('error', onError)
  pool.on('connect', (client) => client.on('error', onError))
  const db = drizzleServer(pool, { schema })
  await migrateServer(db, { migrationsFolder })
  return { db, home: 'server', close: () => pool.end() }
}

/** A lock file beside the folder: pid and boot, stolen only from a process that is gone. */
async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = `${folder}.lock`
  await mkdir(dirname(folder), { recursive: true })
  const boot = await bootId()
  for (;;) {
    try {
      await writeFile(path, JSON.stringify({ pid: process.pid, boot }), { flag: 'wx' })
      return () => rm(path, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const held = await readFile(path, 'utf8').then((text) => JSON.parse(text) as { pid: number; boot: string }, () => null)
    if (held && held.boot === boot && held.pid !== process.pid && isAlive(held.pid)) throw new FolderInUse(folder, held.pid)
    if (held && held.boot === boot && held.pid === process.pid) throw new FolderInUse(folder, held.pid)
    await rm(path, { force: true })
  }
}

async function bootId(): Promise<string> {
  return readFile('/proc/sys/kernel/random/boot_id', 'utf8').then((text) => text.trim(), () => 'unknown')
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

import type { PGlite } from '@electric-sql/pglite'
import { sql } from 'drizzle-orm'
import { drizzle as drizzleServer, NodePgSession, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { drizzle as drizzleEmbedded } from 'drizzle-orm/pglite'
import pg from 'pg'
import { explainedConnection } from './cannot-connect.js'
import { distributeTables } from './citus.js'
import type { Database } from './database.js'
import { EmbeddedClient } from './embedded/client.js'
import { lockFolder } from './embedded/folder-lock.js'
import { checkFolderVersion, noteFolderVersion } from './embedded/folder-version.js'
import { patternFor } from './embedded/pattern.js'
import { bringUpToDate, type Target } from './migrate.js'
import { changeOf, listenTo, type ChangeListener } from './listen.js'
import { letWork, refuseOtherPlace } from './working-user.js'
import * as schema from './schema/schema.js'

/** An open database and the way to close it. */
export interface OpenDatabase {
  db: Database
  home: 'embedded' | 'server'
  /** Of a server: where others who belong to this program find it ({@link connectServer}). */
  url: string | null
  /** Tells of every change of a list that is committed by another process, and of new messages by whichever, until the database is closed. */
  listen(listener: ChangeListener): void
  /** Does what only the owner of the tables may: put a copy back. Whoever works here may use what has come to be afterwards. */
  asOwner<Result>(work: (db: Database) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

/** How the embedded database is used. */
export interface EmbeddedOptions extends Target {
  /** Told if the database ends by itself: nothing can be asked of it any more. */
  onLost?: (error: Error) => void
}

/**
 * Opens PGlite in a folder (or in memory, for tests) and brings its schema and data up to date.
 * @throws FolderInUse if a live process has it open, FolderOfOtherVersion or DataTooNew if this program does not know it
 */
export async function openEmbedded(folder: string | null, { onLost = () => {}, ...target }: EmbeddedOptions = {}): Promise<OpenDatabase> {
  const release = folder === null ? async () => {} : await lockFolder(folder)
  let client: EmbeddedClient | null = null
  try {
    if (folder !== null) await checkFolderVersion(folder)
    client = new EmbeddedClient(folder, patternFor(target), onLost)
    await client.waitReady
    // Drizzle asks for PGlite itself, and calls of it what the client has.
    const db: Database = drizzleEmbedded(client as unknown as PGlite, { schema })
    if (await bringUpToDate(db, target) === 'new') await client.keepAsPattern()
    if (folder !== null) await noteFolderVersion(folder)
    const opened = client
    return {
      db, home: 'embedded', url: null,
      // Nobody else can change what one process has open: of lists and accounts it knows; of messages it hears when they are committed.
      listen: (listener) => {
        opened.onTold = (told) => {
          const change = changeOf(told)
          if (change !== null && 'addresses' in change) listener.changed(change)
        }
        listener.listening()
      },
      asOwner: (work) => work(db),
      close: async () => {
        await opened.close()
        await release()
      },
    }
  } catch (error) {
    // A folder that did not open is nobody's: who mends it may try again.
    await client?.close().catch(() => {})
    await release()
    throw error
  }
}

/** How a PostgreSQL server is used. */
export interface ServerOptions extends Target {
  /** Told of connections that were lost. */
  onError?: (error: Error) => void
  /** A statement of a question that takes longer is cancelled, in milliseconds; 0 is never. Transactions have no such end. */
  questionTimeoutMs?: number
  /**
   * Whose tables they are, where it is another user than the one who works with them: schema and data are brought up to
   * date as him, and the one of the URL is given what it needs, and is held by row-level security.
   */
  ownerUrl?: string | undefined
}

/** One more connection to a server that this program has opened: for transactions that change data, however long they take. */
export function connectServer(url: string): Pick<OpenDatabase, 'db' | 'close'> {
  const pool = new pg.Pool({ connectionString: withSettings(url, 'TimeZone=UTC', 'statement_timeout=0'), max: 1 })
  // A connection that is lost while it is used fails what it is used for; one that idles is made again.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return { db: givingBack(pool, drizzleServer(pool, { schema })), close: () => pool.end() }
}

/**
 * The URL with settings for every session behind those that it names itself: of two, the later holds. In the URL, since
 * options beside one that has its own are dropped without a word.
 */
function withSettings(url: string, ...settings: string[]): string {
  const [, query] = url.split('?')
  const own = new URLSearchParams(query).get('options')
  const options = [...(own ? [own] : []), ...settings.map((one) => `-c ${one}`)].join(' ')
  return `${url}${query === undefined ? '?' : '&'}options=${encodeURIComponent(options)}`
}

/** Held while schema and data are brought up to date, so that of several processes that start at once one does it and the others wait. */
const upgradeLock = 7410

/**
 * Opens a PostgreSQL server by its URL and brings its schema and data up to date.
 * @throws DataTooNew if this program does not know what is there, CannotConnect if there is no such server, database or
 * user, UserNotHeld if, beside an owner, the user who works is not held by row-level security
 */
export async function openServer(url: string, { onError = () => {}, questionTimeoutMs = 0, ownerUrl, ...target }: ServerOptions = {}): Promise<OpenDatabase> {
  const pool = new pg.Pool({ connectionString: withSettings(url, 'TimeZone=UTC', `statement_timeout=${questionTimeoutMs}`), max: 10 })
  // Without these two a lost connection ends the process: the pool's idle clients and those checked out both emit.
  pool.on('error', onError)
  pool.on('connect', (client) => client.on('error', onError))
  const db = givingBack(pool, drizzleServer(pool, { schema }))
  try {
    if (ownerUrl === undefined) await upgraded(pool, async (first) => void (await bringUpToDate(first, target)))
    else {
      // Before anything is made: there is such a user, and he comes in.
      const user = await currentUser(url, pool)
      await asOwnerOf(ownerUrl, (owner) => upgraded(owner, async (first) => {
        await bringUpToDate(first, target)
        await letWork(first, user)
      }))
      await refuseOtherPlace(db)
    }
  } catch (error) {
    await pool.end()
    throw explainedConnection(url, error)
  }
  if (questionTimeoutMs > 0) endsInItsOwnTime(db)
  const listening: (() => Promise<void>)[] = []
  return {
    db, home: 'server', url,
    listen: (listener) => void listening.push(listenTo(url, listener)),
    asOwner: (work) => (ownerUrl === undefined ? work(db) : asOwnerOf(ownerUrl, async (owner) => {
      const result = await work(drizzleServer(owner, { schema }))
      await letWork(drizzleServer(owner, { schema }), await currentUser(url, pool))
      return result
    })),
    close: async () => {
      for (const stop of listening) await stop()
      await pool.end()
    },
  }
}

/** Lets what brings schema and data up to date work on one connection, while every other process that would waits. */
async function upgraded(pool: pg.Pool, work: (db: Database) => Promise<void>): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query(`set statement_timeout = 0`)
    await client.query(`select pg_advisory_lock(${upgradeLock})`)
    const first = drizzleServer(client, { schema })
    await work(first)
    await distributeTables(first)
  } finally {
    // Gone with the connection: the lock, and what was set on it.
    client.release(true)
  }
}

/** Works as the owner of the tables, on connections of his own that end with the work. */
async function asOwnerOf<Result>(ownerUrl: string, work: (pool: pg.Pool) => Promise<Result>): Promise<Result> {
  const pool = new pg.Pool({ connectionString: withSettings(ownerUrl, 'TimeZone=UTC', 'statement_timeout=0'), max: 2 })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  try {
    return await work(pool)
  } catch (error) {
    throw explainedConnection(ownerUrl, error, 'DATABASE_OWNER_URL')
  } finally {
    await pool.end()
  }
}

async function currentUser(url: string, pool: pg.Pool): Promise<string> {
  try {
    return (await pool.query<{ name: string }>('select current_user as name')).rows[0]!.name
  } catch (error) {
    throw explainedConnection(url, error)
  }
}

/**
 * Gives a transaction's connection back however it ends. Drizzle does so for one that has begun; where the connection was
 * lost just before, it would be kept for good, and once all of a pool are nobody could ask any more.
 */
function givingBack(pool: pg.Pool, db: NodePgDatabase<typeof schema>): NodePgDatabase<typeof schema> {
  const { dialect, schema: tables, options } = db._.session as unknown as { [Part in 'dialect' | 'schema' | 'options']: ConstructorParameters<typeof NodePgSession>[{ dialect: 1; schema: 2; options: 3 }[Part]] }
  db.transaction = async (work, config) => {
    const client = await pool.connect()
    try {
      return await new NodePgSession(client, dialect, tables, options).transaction(work as never, config) as never
    } finally {
      client.release()
    }
  }
  return db
}

/** Lets transactions take as long as they take: whoever changes data is not cut off in the middle. */
function endsInItsOwnTime(db: NodePgDatabase<typeof schema>): void {
  const begin = db.transaction.bind(db)
  db.transaction = (work, config) => begin(async (tx) => {
    await tx.execute(sql`set local statement_timeout = 0`)
    return work(tx)
  }, config)
}

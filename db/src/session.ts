import { pipeline } from 'node:stream/promises'
import type { PGlite } from '@electric-sql/pglite'
import { sql } from 'drizzle-orm'
import { drizzle as drizzleServer } from 'drizzle-orm/node-postgres'
import { drizzle as drizzleEmbedded } from 'drizzle-orm/pglite'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { rowsOf, type Database } from './database.js'
import { EmbeddedClient, type Asker } from './embedded/client.js'
import * as schema from './schema/schema.js'

/** A table with the columns that hold data of its own (no generated ones), in their order. */
export interface TableShape {
  name: string
  columns: string[]
}

/** A transaction on one connection, that also moves whole tables as COPY's text format: a line a row, UTF-8. */
export interface Session {
  db: Database
  /** The rows of a table, in pieces of any length. */
  copyOut(table: TableShape): AsyncIterable<Uint8Array>
  /** Adds rows to a table. Answers how many. */
  copyIn(table: TableShape, pieces: AsyncIterable<Uint8Array>): Promise<number>
}

/** How values are written, on whichever home. */
const forms = `set local datestyle = 'ISO'; set local timezone = 'UTC'; set local bytea_output = 'hex'; set local intervalstyle = 'iso_8601'; set local extra_float_digits = 1; set local client_encoding = 'UTF8'`

/**
 * Runs work in a transaction that takes as long as it takes. `snapshot` sees the data as they are at its begin, and
 * changes nothing. On the embedded home, everybody else waits until it has ended.
 */
export async function inSession<Result>(db: Database, kind: 'snapshot' | 'change', work: (session: Session) => Promise<Result>): Promise<Result> {
  const { $client: client } = db as Database & { $client: EmbeddedClient | pg.Pool }
  if (client instanceof EmbeddedClient) {
    return client.transaction(async (tx) => {
      await tx.exec(`${kind === 'snapshot' ? 'set transaction isolation level repeatable read, read only; ' : ''}${forms}`)
      return work(embeddedSession(tx))
    })
  }
  const own = await client.connect()
  try {
    await own.query(kind === 'snapshot' ? 'begin isolation level repeatable read read only' : 'begin')
    await own.query(`set local statement_timeout = 0; ${forms}`)
    const result = await work(serverSession(own))
    await own.query('commit')
    own.release()
    return result
  } catch (error) {
    // The connection may be in the middle of a copy: it ends, and what was begun with it.
    own.release(true)
    throw error
  }
}

/** A name as it stands in a statement. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

function columnsOf({ columns }: TableShape): string {
  return columns.map(quoted).join(', ')
}

function serverSession(client: pg.PoolClient): Session {
  return {
    db: drizzleServer(client, { schema }),
    copyOut: (table) => client.query(copyTo(`copy (select ${columnsOf(table)} from ${quoted(table.name)}) to stdout`)),
    copyIn: async (table, pieces) => {
      const sink = client.query(copyFrom(`copy ${quoted(table.name)} (${columnsOf(table)}) from stdin`))
      await pipeline(pieces, sink)
      return sink.rowCount
    },
  }
}

/** What the embedded database moves in one piece, it holds in memory: bytes read and written at once, roughly. */
const bytesAtOnce = 8_000_000

/** Rows that a block of 8 KiB holds at most. */
const rowsInBlock = 291

/**
 * Places in a table (`(block,row)`, from one to before the next) between which lies as much as is read at once. Large
 * values lie outside of the blocks, so few blocks can hold much.
 */
export function placesIn(blocks: number, bytes: number): string[] {
  if (blocks === 0) return []
  const perBlock = bytes / blocks
  const atOnce = Math.floor(bytesAtOnce / perBlock)
  const places: string[] = []
  if (atOnce >= 1) for (let block = 0; block < blocks; block += atOnce) places.push(`(${block},0)`)
  else {
    const rows = Math.max(1, Math.floor((rowsInBlock * bytesAtOnce) / perBlock))
    for (let block = 0; block < blocks; block += 1) for (let row = 0; row <= rowsInBlock; row += rows) places.push(`(${block},${row})`)
  }
  return [...places, `(${blocks},0)`]
}

function embeddedSession(tx: Asker): Session {
  const db: Database = drizzleEmbedded(tx as unknown as PGlite, { schema })
  return {
    db,
    async *copyOut(table) {
      const [size] = await rowsOf<{ blocks: number; bytes: number }>(db, sql`
        select (max(pg_relation_size(one)) / 8192)::int as blocks, sum(pg_table_size(one))::float8 as bytes
        from (select relid as one from pg_partition_tree(${quoted(table.name)}::regclass) union select ${quoted(table.name)}::regclass) as parts`)
      const places = placesIn(size!.blocks, size!.bytes)
      for (const [i, until] of places.slice(1).entries()) {
        const { blob } = await tx.query(`copy (select ${columnsOf(table)} from ${quoted(table.name)} where ctid >= '${places[i]}' and ctid < '${until}') to '/dev/blob'`)
        if (blob && blob.byteLength > 0) yield blob
      }
    },
    copyIn: async (table, pieces) => {
      const statement = `copy ${quoted(table.name)} (${columnsOf(table)}) from '/dev/blob'`
      let rows = 0
      for await (const lines of inLines(pieces)) {
        rows += countLines(lines)
        await tx.query(statement, [], { blob: lines })
      }
      return rows
    },
  }
}

/** The same bytes in pieces that end with a line. */
async function* inLines(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let held: Uint8Array[] = []
  let bytes = 0
  for await (const piece of pieces) {
    const end = piece.lastIndexOf(newline) + 1
    bytes += piece.byteLength
    if (end === 0 || bytes < bytesAtOnce) {
      held.push(piece)
      continue
    }
    yield Buffer.concat([...held, piece.subarray(0, end)])
    held = [piece.subarray(end)]
    bytes = piece.byteLength - end
  }
  if (bytes > 0) yield Buffer.concat(held)
}

const newline = 10

/** Rows in a piece of COPY's text format: line ends within values are written as `\n`. */
export function countLines(piece: Uint8Array): number {
  let lines = 0
  for (let at = piece.indexOf(newline); at >= 0; at = piece.indexOf(newline, at + 1)) lines += 1
  return lines
}

import type { SQL } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import pg from 'pg'
import { rowsOf, type Database } from './database.js'

/** What a column of a row holds: a whole number of at most six bytes, or bytes. None is null. */
export type Columns<Row> = { readonly [Name in keyof Row]: 'int' | 'bytes' }

const dialect = new PgDialect()

/**
 * Rows of a statement that end with packed bytes, its columns in the order in which they are named. A server sends them
 * in COPY's binary form: as text every byte would travel as two digits, written there and read here, and that took longer
 * than all else. The embedded database hands bytes over as they are. The values of the statement stand in its text, which
 * a server may log: none of them may tell of a person.
 */
export async function packedRowsOf<Row>(db: Database, statement: SQL, columns: Columns<Row>): Promise<Row[]> {
  const { client } = db._.session as unknown as { client: unknown }
  if (!(client instanceof pg.Pool || client instanceof pg.Client)) return rowsOf<Row>(db, statement)
  return rowsFrom<Row>(await copied(client, `copy (${dialect.sqlToQuery(statement.inlineParams()).sql}) to stdout (format binary)`), Object.entries(columns) as [keyof Row, 'int' | 'bytes'][])
}

/** What a COPY answers, in one piece. */
function copied(client: pg.Pool | pg.Client, text: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null | undefined, bytes: Buffer) => (error ? reject(error) : resolve(bytes))
    // Both take whatever submits itself, and call back when it has ended.
    ;(client as unknown as { query(query: CopyOut, values: undefined, done: (error: Error | null | undefined, bytes: Buffer) => void): void }).query(new CopyOut(text), undefined, done)
  })
}

/** A COPY as node-postgres's client carries it out: it calls each of these where the server's answer comes to it. */
class CopyOut {
  /** Set by the client. */
  callback!: (error: Error | null, bytes?: Buffer) => void
  readonly #pieces: Buffer[] = []

  constructor(readonly text: string) {}

  submit(connection: { query(text: string): void }): null {
    connection.query(this.text)
    return null
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    // The client reads on into the memory in which the piece lies.
    this.#pieces.push(Buffer.from(chunk))
  }

  handleError(error: Error): void {
    this.callback(error)
  }

  handleReadyForQuery(): void {
    this.callback(null, Buffer.concat(this.#pieces))
  }

  handleCommandComplete(): void {}
}

/** Signature, flags, and the length of what else there may be before the first row. */
const headerBytes = 19

function rowsFrom<Row>(bytes: Buffer, columns: readonly [name: keyof Row, type: 'int' | 'bytes'][]): Row[] {
  const rows: Row[] = []
  let at = headerBytes + bytes.readInt32BE(headerBytes - 4)
  // A row begins with the number of its columns; behind the last one stands -1.
  while (bytes.readInt16BE(at) === columns.length) {
    at += 2
    const row = {} as Record<keyof Row, number | Uint8Array>
    for (const [name, type] of columns) {
      const length = bytes.readInt32BE(at)
      at += 4
      if (length < 0) throw new Error(`the column ${String(name)} has no value, and packed rows have one in each`)
      row[name] = type === 'bytes' ? bytes.subarray(at, at + length) : bytes.readIntBE(at, length)
      at += length
    }
    rows.push(row as Row)
  }
  return rows
}

import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Engine } from './naive.js'
import { naiveTables } from './naive-tables.js'
import type { Nation } from './nation.js'
import { questionsOf } from './questions.js'
import { Stopped, type Ask } from './timing.js'

/** The naive tables in a DuckDB file, brought over as CSV from PostgreSQL where they are not there yet, and the same questions sent to them. */
export async function duckEngine(naiveUrl: string, folder: string, nation: Nation, limitSeconds: number, keptSeconds: number | null, say: (text: string) => void): Promise<Engine & { version: string; loadSeconds: number }> {
  const instance = await DuckDBInstance.create(join(folder, 'duck.db'))
  const connection = await instance.connect()
  const loadSeconds = keptSeconds ?? await takeOver(connection, naiveUrl, folder, say)
  const asks = questionsOf(nation).map(({ code, sql, figures }): [string, Ask] => [code, async () => {
    let stopped = false
    const limit = setTimeout(() => {
      stopped = true
      connection.interrupt()
    }, limitSeconds * 1_000)
    try {
      const rows = (await connection.runAndReadAll(sql)).getRowsJS()
      return () => figures(rows)
    } catch (error) {
      if (stopped) throw new Stopped()
      throw error
    } finally {
      clearTimeout(limit)
    }
  }])
  const version = String((await connection.runAndReadAll('select version()')).getRowsJS()[0]![0])
  return {
    name: 'DuckDB', version, loadSeconds, asks: new Map(asks),
    close: async () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** Brings the naive tables over. Answers the seconds it took. */
async function takeOver(connection: DuckDBConnection, naiveUrl: string, folder: string, say: (text: string) => void): Promise<number> {
  const start = performance.now()
  for (const [name, columns] of Object.entries(naiveTables)) {
    say(`DuckDB: taking over ${name} …`)
    const file = join(folder, `${name}.csv`)
    await exported(naiveUrl, name, file)
    await connection.run(`create table ${name} (${columns})`)
    await connection.run(`copy ${name} from '${file}' (format csv, header false)`)
    await rm(file)
  }
  return (performance.now() - start) / 1_000
}

async function exported(url: string, table: string, file: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await pipeline(client.query(copyTo(`copy ${table} to stdout (format csv)`)), createWriteStream(file))
  } finally {
    await client.end()
  }
}

import pg from 'pg'
import { loadNaive } from './naive-tables.js'
import type { Nation } from './nation.js'
import { questionsOf } from './questions.js'
import { Stopped, type Ask } from './timing.js'

/** What the naive session sets beside PostgreSQL's defaults: memory for its sorts and hashes. */
export const naiveSettings = { work_mem: '256MB', maintenance_work_mem: '512MB' }

/** Something that answers the questions, by their codes. */
export interface Engine {
  name: string
  asks: Map<string, Ask>
  close(): Promise<void>
}

/** What loading the naive tables took. */
export type NaiveLoaded = Awaited<ReturnType<typeof loadNaive>>

/** The naive tables, loaded into an empty database where they are not there yet, and the questions sent to them. A question that takes longer than the limit is stopped. */
export async function naiveEngine(url: string, nation: Nation, limitSeconds: number, kept: NaiveLoaded | null, say: (text: string) => void): Promise<Engine & { loaded: NaiveLoaded }> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (const [name, value] of Object.entries(naiveSettings)) await client.query(`set ${name} = '${value}'`)
  const loaded = kept ?? await loadNaive(client, nation, say)
  await client.query(`set statement_timeout = '${limitSeconds}s'`)
  const asks = questionsOf(nation).map(({ code, sql, figures }): [string, Ask] => [code, async () => {
    try {
      const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' })
      return () => figures(rows)
    } catch (error) {
      if ((error as { code?: string }).code === '57014') throw new Stopped()
      throw error
    }
  }])
  return { name: 'naive SQL', asks: new Map(asks), loaded, close: () => client.end() }
}

import type pg from 'pg'
import type { Database } from '@lastmile/db/database'
import type { Ask } from './timing.js'

/** A statement that a question sent, and how PostgreSQL carried it out: in a line. */
export interface Plan {
  question: string
  statement: string
  milliseconds: number
  plan: string
}

interface Node {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Shared Hit Blocks': number
  'Shared Read Blocks': number
  'Heap Fetches'?: number
  Plans?: Node[]
}

/** Every statement that a question sends through a pool, explained after it was answered. */
export async function explained(db: Database, question: string, ask: Ask): Promise<Plan[]> {
  const pool = (db as unknown as { $client: pg.Pool }).$client
  const sent: { text: string; values: unknown[] }[] = []
  const query = pool.query.bind(pool) as (config: unknown, values?: unknown[], done?: unknown) => unknown
  const listening = (config: unknown, values?: unknown[], done?: unknown) => {
    // What comes as a COPY is the statement within.
    const text = (typeof config === 'string' ? config : (config as pg.QueryConfig).text).replace(/^copy \((.*)\) to stdout \(format binary\)$/s, '$1')
    sent.push({ text, values: values ?? (config as pg.QueryConfig<unknown[]>).values ?? [] })
    return query(config, values, done)
  }
  pool.query = listening as typeof pool.query
  try {
    await ask()
  } finally {
    pool.query = query as typeof pool.query
  }
  const plans: Plan[] = []
  for (const { text, values } of sent) {
    const { rows } = await pool.query<{ 'QUERY PLAN': { Plan: Node; 'Execution Time': number }[] }>(`explain (analyze, buffers, format json) ${text}`, values)
    const [top] = rows[0]!['QUERY PLAN']
    plans.push({ question, statement: text.replace(/\s+/g, ' ').trim(), milliseconds: top!['Execution Time'], plan: lineOf(top!.Plan) })
  }
  return plans
}

/** What is read, through which index, in how many rows; and the blocks in all. */
function lineOf(top: Node): string {
  const reads = nodesOf(top).filter((node) => node['Relation Name'] !== undefined || node['Index Name'] !== undefined).map((node) => {
    const index = node['Index Name'] === undefined ? '' : ` by ${node['Index Name']}`
    const heap = node['Heap Fetches'] ? ` (${node['Heap Fetches']} from the table)` : ''
    return `${node['Node Type']} ${node['Relation Name'] ?? ''}${index}: ${Math.round(node['Actual Rows'] * node['Actual Loops'])} rows${heap}`
  })
  return `${[...new Set(reads)].join('; ') || top['Node Type']}; ${top['Shared Hit Blocks'] + top['Shared Read Blocks']} blocks`
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)]
}

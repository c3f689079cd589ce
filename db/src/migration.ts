import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** One change of the schema, as it lies in `migrations/`. */
export interface Migration {
  /** Name of its file: 0000_first. */
  tag: string
  /** When it was written, in milliseconds: the order in which migrations are applied, and how a database names them. */
  when: number
  statements: string[]
  hash: string
}

const folder = new URL('../migrations/', import.meta.url)

/** Every migration that this program knows, in their order. */
export const migrations: readonly Migration[] = (JSON.parse(readFileSync(new URL('meta/_journal.json', folder), 'utf8')) as { entries: { tag: string; when: number }[] }).entries.map(({ tag, when }) => {
  const text = readFileSync(new URL(`${tag}.sql`, folder), 'utf8')
  return { tag, when, statements: text.split('--> statement-breakpoint'), hash: createHash('sha256').update(text).digest('hex') }
})

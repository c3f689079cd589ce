import { HeadlineQuestion, StatementsQuestion } from '@lastmile/shared/basis'
import { Evidence } from '@lastmile/shared/evidence'
import { z } from 'zod'

/** Reads a page's query as the API reads its own: flat text, nothing guessed. */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text))
}

/** The inverse of {@link parseSearch}; colons and commas stay readable. */
export function stringifySearch(search: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) if (value !== undefined && value !== null && value !== '' && value !== false) query.set(key, String(value))
  const text = query.toString().replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%3B', ';')
  return text === '' ? '' : `?${text}`
}

/** What every page of a list has in its URL: whose word, as of when, known when, supplies since when, and the rows that are open. */
export const ListSearch = HeadlineQuestion.pick({ asOf: true, knownOn: true, since: true }).extend({
  evidence: Evidence.optional(),
  rows: z.string().max(300).optional(),
  /** How the open rows are ordered, and where their page begins. */
  rowsSort: StatementsQuestion.shape.sort,
  rowsFrom: z.coerce.number().int().min(0).optional(),
  /** Frames that show their table instead of their picture, by id, with commas. */
  table: z.string().max(200).optional(),
})
export type ListSearch = z.infer<typeof ListSearch>

/** What rows are asked for: a part of the question of `/statements`. What is left out comes from the page. */
export const RowsQuestion = StatementsQuestion.pick({ asOf: true, drug: true, region: true, institution: true, kind: true, state: true, report: true, knownOn: true, since: true })
  .extend({ evidence: Evidence.optional() })
export type RowsQuestion = { [K in keyof z.infer<typeof RowsQuestion>]?: z.infer<typeof RowsQuestion>[K] | undefined }

/** A rows question as one short text for the URL: `drug:CID2025001;region:110000`. */
export function encodeRows(question: RowsQuestion): string {
  return Object.entries(question).filter(([, value]) => value !== undefined).map(([key, value]) => `${key}:${value}`).join(';')
}

/** The inverse of {@link encodeRows}; null where the text says nothing that can be asked. */
export function decodeRows(text: string): RowsQuestion | null {
  const parts = text.split(';').filter((part) => part.includes(':')).map((part) => [part.slice(0, part.indexOf(':')), part.slice(part.indexOf(':') + 1)])
  const parsed = RowsQuestion.strict().safeParse(Object.fromEntries(parts))
  return parsed.success ? parsed.data : null
}

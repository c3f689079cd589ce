import { HeadlineQuestion, StatementsQuestion } from '@lastmile/shared/basis'
import { Evidence } from '@lastmile/shared/evidence'
import { State } from '@lastmile/shared/state'
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

/** In links from a page that shows what is known now, whatever its address asks: they open what stands behind its numbers. */
export const asKnownNow = { knownOn: undefined }

/** The same from a page that shows the present: its day as well, and supplies since the list came into force. */
export const asPresent = { asOf: undefined, knownOn: undefined, since: undefined }

/** What rows are asked for: a part of the question of `/statements`. What is left out comes from the page. */
export const RowsQuestion = StatementsQuestion.pick({ asOf: true, drug: true, region: true, institution: true, kind: true, state: true, report: true, knownOn: true, since: true })
  .extend({ evidence: Evidence.optional() })
export type RowsQuestion = { [K in keyof z.infer<typeof RowsQuestion>]?: z.infer<typeof RowsQuestion>[K] | undefined }

/** A rows question as one short text for the URL: `drug:CID2025001;region:110000`. */
export function encodeRows(question: RowsQuestion): string {
  return Object.entries(question).filter(([, value]) => value !== undefined).map(([key, value]) => `${key}:${value}`).join(';') || allRows
}

/** Where nothing is left out: an empty text would be left out of an address. */
const allRows = 'all'

/** The inverse of {@link encodeRows}; null where any of the text says nothing that can be asked: other rows than were meant would answer it. */
export function decodeRows(text: string): RowsQuestion | null {
  const parts = text === allRows ? [] : text.split(';').map((part) => (part.includes(':') ? [part.slice(0, part.indexOf(':')), part.slice(part.indexOf(':') + 1)] as const : ['', part] as const))
  const fields = new Map(parts)
  if (fields.size < parts.length || parts.some(([field, value]) => field === '' || value === '')) return null
  const parsed = RowsQuestion.strict().safeParse(Object.fromEntries(fields))
  return parsed.success && (parsed.data.state ?? 'in_stock').split(',').every((one) => State.safeParse(one).success) ? parsed.data : null
}

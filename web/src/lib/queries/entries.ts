import type { Entries, EntryFormQuestion, UnconfirmedQuestion } from '@lastmile/shared/entry'
import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import { answerTo, asQuery, lists, reach } from '../api'
import type { Asked } from './coverage'
import { sentOf, type Sent } from './send'

const api = lists[':list']

/** Through which sources whoever looks can state what he sees. */
export const entrySourcesQuery = (list: string) =>
  queryOptions({ queryKey: [list, 'entry-sources', {}] as const, queryFn: ({ signal }) => answerTo(api['entry-sources'].$get({ param: { list } }, { init: { signal } })) })

/** The question of a form: of which source, and of which part of it. */
export type AskedForm = { source: string } & { [K in keyof Omit<EntryFormQuestion, 'source'>]?: EntryFormQuestion[K] | undefined }

/** The form of a source. */
export const entryFormQuery = (list: string, { source, ...params }: AskedForm) =>
  queryOptions({ queryKey: [list, 'entry-form', { source, ...params }] as const, queryFn: ({ signal }) => answerTo(api['entry-form'].$get({ param: { list }, query: { ...asQuery(params), source } }, { init: { signal } })) })

/** Declared pairs that wait to be confirmed or refuted, one page of them. */
export const unconfirmedQuery = (list: string, params: Asked<UnconfirmedQuestion>) =>
  queryOptions({ queryKey: [list, 'unconfirmed', params] as const, queryFn: ({ signal }) => answerTo(api.unconfirmed.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** What is sent from a form on screen, as it is written. */
export type Letter = z.input<typeof Entries>

/** Sends it. `key` makes that it is taken once, however often it is sent; `corrects` is the version that it corrects. @throws ProblemError for what is refused before it is read */
export async function sendEntries(list: string, letter: Letter, { key, corrects }: { key: string; corrects?: number | undefined }): Promise<Sent> {
  const response = await reach(`/api/lists/${encodeURIComponent(list)}/reports/entries`, {
    method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json', ...(letter.dryRun ? {} : { 'idempotency-key': key }), ...(corrects === undefined ? {} : { 'if-match': `"${corrects}"` }) }, body: JSON.stringify(letter),
  })
  return sentOf(response.status, await response.json().catch(() => null))
}
